// SPDX-License-Identifier: Apache-2.0
// Who is read next. Whole re-reads of a tree stand in a lane of their own, so that a change that was signalled is not behind
// 20,000 of them; the lanes take turns, so that endless changes do not keep a re-read from its end either.
import { Queue } from '../../../lib/queue.ts';
import { MOST_IN_FLIGHT } from '../session/reads.ts';

export type Lane = 'change' | 'whole';

export class ReadQueue<Item extends object> {
  readonly #read: (item: Item) => Promise<void> | undefined;
  readonly #lanes: Readonly<Record<Lane, Queue<Item>>> = { change: new Queue(), whole: new Queue() };
  #turn: Lane = 'change';
  #underWay = 0;

  /** `read` never rejects; it answers undefined where the item needs no read any more. */
  constructor(read: (item: Item) => Promise<void> | undefined) {
    this.#read = read;
  }

  push(item: Item, lane: Lane): void {
    this.#lanes[lane].add(item);
    this.#startReads();
  }

  /** Nobody who waits is read any more. Reads under way go on to their end. */
  clear(): void {
    this.#lanes.change.takeAll();
    this.#lanes.whole.takeAll();
  }

  /** No more at once than the session sends at once: whoever waits there cannot be overtaken any more. */
  #startReads(): void {
    while (this.#underWay < MOST_IN_FLIGHT) {
      const item = this.#next();
      if (item === undefined) return;
      const reading = this.#read(item);
      if (reading === undefined) continue;
      this.#underWay++;
      void reading.then(() => {
        this.#underWay--;
        this.#startReads();
      });
    }
  }

  #next(): Item | undefined {
    const first = this.#lanes[this.#turn];
    this.#turn = this.#turn === 'change' ? 'whole' : 'change';
    return first.take() ?? this.#lanes[this.#turn].take();
  }
}
