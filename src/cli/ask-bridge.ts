// SPDX-License-Identifier: Apache-2.0
// A page of a running bridge's admin port. A bridge that cannot be asked is told in one sentence, with what to do.
import type { Clock } from '../lib/clock.ts';
import { type HttpLimits, httpGet } from '../lib/http-ask.ts';
import { printable } from '../lib/printable.ts';

export const ADMIN_URL = 'http://127.0.0.1:9903';

export type BridgeAnswer =
  | { readonly kind: 'answered'; readonly text: string }
  /** `message` is a sentence. */
  | { readonly kind: 'failed'; readonly message: string };

/** Entries of a large bridge are tens of megabytes. */
const LIMITS: HttpLimits = { deadlineMs: 10_000, mostBytes: 256 * 1024 * 1024 };

/** `server` is a base URL; `path` is relative to it. Never rejects. */
export async function askBridge(
  server: URL,
  path: string,
  query: Readonly<Record<string, string>>,
  clock: Clock,
): Promise<BridgeAnswer> {
  const url = pageOf(server, path);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  const place = printable(`${server.origin}${server.pathname === '/' ? '' : server.pathname}`);
  const answer = await httpGet(url, LIMITS, clock);
  switch (answer.kind) {
    case 'answered': {
      if (answer.status === 200) return { kind: 'answered', text: answer.text };
      const why = printable(answer.text.trim(), LONGEST_ANSWER);
      return failed(`${place} answered ${answer.status} (${why}). Is it the admin port of a bridge of this release?`);
    }
    case 'silent':
      return failed(noBridge(place, `no answer within ${LIMITS.deadlineMs / 1000} s`));
    case 'failed':
      return failed(noBridge(place, answer.code));
  }
}

const LONGEST_ANSWER = 200;

/** `server` is a base URL; `path` is relative to it. */
export function pageOf(server: URL, path: string): URL {
  return new URL(path, server.href.endsWith('/') ? server.href : `${server.href}/`);
}

/** A sentence. `why` is a few words or a code, '' where nothing names it. */
export function noBridge(place: string, why: string): string {
  return `No bridge can be asked at ${place} (${why || 'it does not speak HTTP'}). Give its admin port.`;
}

function failed(message: string): BridgeAnswer {
  return { kind: 'failed', message };
}
