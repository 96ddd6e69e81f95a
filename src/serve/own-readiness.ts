// SPDX-License-Identifier: Apache-2.0
// What waiting istiods say of themselves (istiod-ready.ts), asked again and again for as long as they wait. Only an answer counts,
// and only until the next one: who cannot be asked has said nothing.
import type { Cancel, Clock } from '../lib/clock.ts';
import type { AskReadiness } from './istiod-ready.ts';

export interface OwnReadinessDeps {
  readonly clock: Clock;
  readonly ask: AskReadiness;
  /** One says something else than before. */
  readonly onChange: () => void;
}

const ASK_EVERY_MS = 5_000;
/** A mesh has a few istiods. Whoever opens more streams than this is not asked. */
const MOST_ASKED = 20;

interface Asked {
  readonly address: string;
  notReadySinceMs: number | undefined;
  cancel: Cancel;
}

export class OwnReadiness {
  readonly #deps: OwnReadinessDeps;
  /** By stream id. */
  readonly #asked = new Map<string, Asked>();

  constructor(deps: OwnReadinessDeps) {
    this.#deps = deps;
  }

  /** Whom to ask from now on: stream id → IP address. What others said is forgotten. */
  watch(addresses: ReadonlyMap<string, string>): void {
    for (const streamId of this.#asked.keys()) if (!addresses.has(streamId)) this.forget(streamId);
    for (const [streamId, address] of addresses) {
      if (this.#asked.has(streamId) || this.#asked.size >= MOST_ASKED) continue;
      const asked: Asked = { address, notReadySinceMs: undefined, cancel: () => {} };
      this.#asked.set(streamId, asked);
      void this.#ask(streamId, asked);
    }
  }

  /** Since when it has said at every asking that it is not ready; undefined: it has not. */
  notReadySinceMs(streamId: string): number | undefined {
    return this.#asked.get(streamId)?.notReadySinceMs;
  }

  forget(streamId: string): void {
    this.#asked.get(streamId)?.cancel();
    this.#asked.delete(streamId);
  }

  close(): void {
    for (const streamId of [...this.#asked.keys()]) this.forget(streamId);
  }

  async #ask(streamId: string, asked: Asked): Promise<void> {
    const { ask, clock, onChange } = this.#deps;
    const readiness = await ask(asked.address);
    if (this.#asked.get(streamId) !== asked) return;
    const former = asked.notReadySinceMs;
    asked.notReadySinceMs = readiness === 'notReady' ? (former ?? clock.now()) : undefined;
    asked.cancel = clock.after(ASK_EVERY_MS, () => void this.#ask(streamId, asked));
    if (former !== asked.notReadySinceMs) onChange();
  }
}
