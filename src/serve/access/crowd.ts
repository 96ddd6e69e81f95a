// SPDX-License-Identifier: Apache-2.0
// How many streams each address has open. An address is forgotten with its last stream.
import type { Cancel } from '../../lib/clock.ts';

export class Crowd {
  readonly #most: number;
  readonly #open = new Map<string, number>();

  /** `most`: of one address; 0: any number. */
  constructor(most: number) {
    this.#most = most;
  }

  /** Lets a stream of `peer` (`address:port`) in, until the cancel that is returned; undefined: its address has enough. */
  enter(peer: string): Cancel | undefined {
    const address = peer.slice(0, Math.max(0, peer.lastIndexOf(':'))) || peer;
    const open = this.#open.get(address) ?? 0;
    if (this.#most > 0 && open >= this.#most) return undefined;
    this.#open.set(address, open + 1);
    let isInside = true;
    return () => {
      if (!isInside) return;
      isInside = false;
      const left = (this.#open.get(address) ?? 1) - 1;
      if (left > 0) this.#open.set(address, left);
      else this.#open.delete(address);
    };
  }

  /** Addresses that have a stream open. */
  get size(): number {
    return this.#open.size;
  }
}
