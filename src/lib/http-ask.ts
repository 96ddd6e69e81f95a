// SPDX-License-Identifier: Apache-2.0
// One request over HTTP, with a deadline and a cap: whatever answers there may be slow, endless or something else.
import { request } from 'undici';
import type { Clock } from './clock.ts';
import { errorCode } from './error-code.ts';

export type HttpAnswer =
  | { readonly kind: 'answered'; readonly status: number; readonly text: string }
  /** Not within the deadline. */
  | { readonly kind: 'silent' }
  /** No connection, no HTTP, or more than the cap (`TOO_LARGE`); `code` is '' where nothing names it. */
  | { readonly kind: 'failed'; readonly code: string };

export interface HttpLimits {
  readonly deadlineMs: number;
  readonly mostBytes: number;
}

/** A user in the URL is sent as Basic authentication. Never rejects. */
export async function httpGet(address: URL, limits: HttpLimits, clock: Clock): Promise<HttpAnswer> {
  const headers = authorization(address.username, address.password);
  return headers === undefined ? { kind: 'failed', code: '' } : ask('GET', address, headers, limits, clock);
}

export interface HttpChange {
  readonly method: 'POST' | 'DELETE';
  /** Sent as a bearer token. */
  readonly token: string;
  /** JSON; undefined: none. */
  readonly body?: string;
}

/** Asks for a change. Never rejects. */
export function httpChange(address: URL, change: HttpChange, limits: HttpLimits, clock: Clock): Promise<HttpAnswer> {
  const { method, token, body } = change;
  const type = body === undefined ? {} : { 'content-type': 'application/json' };
  return ask(method, address, { authorization: `Bearer ${token}`, ...type }, limits, clock, body);
}

/** As `httpGet`, with a bearer token. Never rejects. */
export function httpGetWith(token: string, address: URL, limits: HttpLimits, clock: Clock): Promise<HttpAnswer> {
  return ask('GET', address, { authorization: `Bearer ${token}` }, limits, clock);
}

async function ask(
  method: 'GET' | HttpChange['method'],
  { href }: URL,
  headers: Readonly<Record<string, string>>,
  { deadlineMs, mostBytes }: HttpLimits,
  clock: Clock,
  body: string | null = null,
): Promise<HttpAnswer> {
  const url = new URL(href);
  url.username = '';
  url.password = '';
  const attempt = new AbortController();
  const cancel = clock.after(deadlineMs, () => attempt.abort());
  try {
    const answer = await request(url, { method, signal: attempt.signal, headers, body });
    return { kind: 'answered', status: answer.statusCode, text: await textOf(answer.body, mostBytes) };
  } catch (error) {
    return attempt.signal.aborted ? { kind: 'silent' } : { kind: 'failed', code: errorCode(error) };
  } finally {
    cancel();
  }
}

/** Code of a page that is larger than the cap. */
export const TOO_LARGE = 'TOO_LARGE';

async function textOf(body: AsyncIterable<Uint8Array>, mostBytes: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes > mostBytes) throw Object.assign(new RangeError('the page is too large'), { code: TOO_LARGE });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** undefined: what stands in the URL is not encoded as a part of a URL. */
function authorization(username: string, password: string): Readonly<Record<string, string>> | undefined {
  if (username === '' && password === '') return {};
  try {
    const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
    return { authorization: `Basic ${Buffer.from(pair).toString('base64')}` };
  } catch {
    return undefined;
  }
}
