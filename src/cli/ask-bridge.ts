// SPDX-License-Identifier: Apache-2.0
// A page of a running bridge's admin port. A bridge that cannot be asked is told in one sentence, with what to do.
import { errorCode } from '../lib/error-code.ts';
import { printable } from '../lib/printable.ts';

export const ADMIN_URL = 'http://127.0.0.1:9903';

export type BridgeAnswer =
  | { readonly kind: 'answered'; readonly text: string }
  /** `message` is a sentence. */
  | { readonly kind: 'failed'; readonly message: string };

const DEADLINE_MS = 10_000;

/** `server` is a base URL; `path` is relative to it. Never rejects. */
export async function askBridge(
  server: URL,
  path: string,
  query: Readonly<Record<string, string>>,
): Promise<BridgeAnswer> {
  const base = server.href.endsWith('/') ? server.href : `${server.href}/`;
  const url = new URL(path, base);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  const place = printable(`${server.origin}${server.pathname === '/' ? '' : server.pathname}`);
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(DEADLINE_MS), redirect: 'error' });
    const text = await response.text();
    if (response.ok) return { kind: 'answered', text };
    const why = printable(text.trim(), LONGEST_ANSWER);
    return failed(`${place} answered ${response.status} (${why}). Is it the admin port of a bridge of this release?`);
  } catch (thrown) {
    return failed(`No bridge can be asked at ${place} (${whyNot(thrown)}). Give its admin port with --server.`);
  }
}

const LONGEST_ANSWER = 200;

function failed(message: string): BridgeAnswer {
  return { kind: 'failed', message };
}

function whyNot(thrown: unknown): string {
  if (!(thrown instanceof Error)) return 'it does not answer';
  if (thrown.name === 'TimeoutError') return `no answer within ${DEADLINE_MS / 1000} s`;
  return errorCode(thrown) || 'it does not speak HTTP';
}
