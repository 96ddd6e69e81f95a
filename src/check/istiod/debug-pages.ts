// SPDX-License-Identifier: Apache-2.0
// The debug pages of an istiod, over HTTP: asked with a deadline and a cap, and told apart by what stood in the way. What a page
// says is for others to decode.
import { request } from 'undici';
import type { Clock } from '../../lib/clock.ts';
import { errorCode } from '../../lib/error-code.ts';

export type Page =
  | { readonly kind: 'page'; readonly text: string }
  /** No answer. `why` ends a sentence that begins with the address. */
  | { readonly kind: 'unreachable'; readonly why: string }
  | { readonly kind: 'refused'; readonly status: number };

/** Pages of large meshes have some ten MiB, and istiod makes them on demand. */
const DEADLINE_MS = 20_000;
const MOST_BYTES = 512 * 1024 * 1024;

export class DebugPages {
  /** As it may be shown: without credentials, query and the slash at its end. */
  readonly shown: string;
  readonly #base: URL;
  readonly #clock: Clock;

  constructor(base: URL, clock: Clock) {
    this.#base = base;
    this.#clock = clock;
    this.shown = `${base.origin}${base.pathname.replace(/\/+$/, '')}`;
  }

  /** `path` is absolute. Never rejects. */
  async get(path: string): Promise<Page> {
    const attempt = new AbortController();
    const cancel = this.#clock.after(DEADLINE_MS, () => attempt.abort());
    try {
      const { username, password } = this.#base;
      const basic = Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString('base64');
      const { statusCode, body } = await request(`${this.shown}${path}`, {
        signal: attempt.signal,
        ...(username === '' ? {} : { headers: { authorization: `Basic ${basic}` } }),
      });
      if (statusCode !== 200) {
        await body.dump();
        return { kind: 'refused', status: statusCode };
      }
      return { kind: 'page', text: await textOf(body) };
    } catch (error) {
      if (attempt.signal.aborted) return unreachable(`does not answer within ${DEADLINE_MS / 1000} s`);
      const code = errorCode(error);
      return unreachable(code === '' ? 'cannot be asked' : `cannot be asked (${code})`);
    } finally {
      cancel();
    }
  }
}

async function textOf(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes > MOST_BYTES) throw new RangeError('the page is too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function unreachable(why: string): Page {
  return { kind: 'unreachable', why };
}
