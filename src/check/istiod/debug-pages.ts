// SPDX-License-Identifier: Apache-2.0
// The debug pages of an istiod, over HTTP: told apart by what stood in the way. What a page says is for others to decode.
import type { Clock } from '../../lib/clock.ts';
import { type HttpLimits, httpGet } from '../../lib/http-ask.ts';

export type Page =
  | { readonly kind: 'page'; readonly text: string }
  /** No answer. `why` ends a sentence that begins with the address. */
  | { readonly kind: 'unreachable'; readonly why: string }
  | { readonly kind: 'refused'; readonly status: number };

/** Pages of large meshes have some ten MiB, and istiod makes them on demand. */
const LIMITS: HttpLimits = { deadlineMs: 20_000, mostBytes: 512 * 1024 * 1024 };

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
    const page = new URL(`${this.shown}${path}`);
    page.username = this.#base.username;
    page.password = this.#base.password;
    const answer = await httpGet(page, LIMITS, this.#clock);
    switch (answer.kind) {
      case 'answered':
        return answer.status === 200 ? { kind: 'page', text: answer.text } : { kind: 'refused', status: answer.status };
      case 'silent':
        return unreachable(`does not answer within ${LIMITS.deadlineMs / 1000} s`);
      case 'failed':
        return unreachable(answer.code === '' ? 'cannot be asked' : `cannot be asked (${answer.code})`);
    }
  }
}

function unreachable(why: string): Page {
  return { kind: 'unreachable', why };
}
