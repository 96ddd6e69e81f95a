// SPDX-License-Identifier: Apache-2.0
// What clients could not read or would not take, for a while after they left. An istiod that is sent more than it reads ends its
// stream within milliseconds and comes back a second later, so whoever looks at those who are connected hardly ever meets it.
import type { Clock } from '../lib/clock.ts';
import type { StreamState } from './stream.ts';

export type RememberedRefusal = RefusedResponse & Reason;

interface RefusedResponse {
  /** undefined: the client never said. */
  readonly nodeId: string | undefined;
  /** Without its port, which is another one whenever it comes back. */
  readonly address: string;
  /** Type url or collection. */
  readonly topic: string;
  readonly remedy: string;
  /** Since when it is remembered, in epoch milliseconds. */
  readonly atMs: number;
}

type Reason =
  /** It was sent more than such a client reads unless it is told to. */
  | { readonly code: 'RESPONSE_TOO_LARGE'; readonly bytes: number; readonly limitBytes: number }
  /** It left, and a refusal was its last word about the type. While it is connected, its stream tells that. */
  | { readonly code: 'RESPONSE_REFUSED'; readonly message: string };

/** What the memory needs of a stream. */
export interface RefusingStream {
  /** `address:port`. */
  readonly peer: string;
  readonly state: Pick<StreamState, 'identity' | 'subscriptions'>;
}

export type OversizedResponse = Omit<
  Extract<RememberedRefusal, { code: 'RESPONSE_TOO_LARGE' }>,
  'atMs' | 'nodeId' | 'address' | 'code'
>;

/** An istiod that cannot read what it is sent tries again within seconds, or has given up for good. */
const KEPT_MS = 10 * 60_000;
const MOST_KEPT = 64;
const KEPT_WHAT_IT_HAD = 'It kept what it had. Report it with the output of `/debug/snapshot`.';

export class RefusalMemory {
  readonly #clock: Clock;
  /** By client and topic; the latest is last. */
  readonly #known = new Map<string, RememberedRefusal>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  sentTooLarge(stream: RefusingStream, response: OversizedResponse): void {
    this.#remember({ ...whoIs(stream), ...response, code: 'RESPONSE_TOO_LARGE', atMs: this.#clock.now() });
  }

  /** The client has read what it was last sent, whatever it says of it. */
  answered(stream: RefusingStream, topic: string): void {
    this.#known.delete(keyOf({ ...whoIs(stream), topic }));
  }

  left(stream: RefusingStream): void {
    for (const { topic, nacked } of stream.state.subscriptions.values()) {
      if (nacked === undefined) continue;
      const refused = { topic, message: nacked.message, remedy: KEPT_WHAT_IT_HAD, atMs: this.#clock.now() };
      this.#remember({ ...whoIs(stream), ...refused, code: 'RESPONSE_REFUSED' });
    }
  }

  /** The latest first. */
  list(): readonly RememberedRefusal[] {
    const sinceMs = this.#clock.now() - KEPT_MS;
    return [...this.#known.values()].filter(({ atMs }) => atMs > sinceMs).reverse();
  }

  #remember(refusal: RememberedRefusal): void {
    const key = keyOf(refusal);
    this.#known.delete(key);
    this.#known.set(key, refusal);
    const [oldest] = this.#known.keys();
    if (this.#known.size > MOST_KEPT && oldest !== undefined) this.#known.delete(oldest);
  }
}

type Who = Pick<RememberedRefusal, 'nodeId' | 'address'>;

function whoIs({ peer, state: { identity } }: RefusingStream): Who {
  return { nodeId: identity?.nodeId || undefined, address: peer.slice(0, peer.lastIndexOf(':')) };
}

/** Istio up to 1.11 gives the same id for every pod, and up to 1.8 none: the address alone tells those apart. */
function keyOf({ nodeId = '', address, topic }: Who & { readonly topic: string }): string {
  return JSON.stringify([nodeId, address, topic]);
}
