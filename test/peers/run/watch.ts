// Asks one question over and over while a test does something else, and keeps every different answer: what must not even
// flicker during an outage.
import { setTimeout as pause } from 'node:timers/promises';
import type { Teardown } from './teardown.ts';

const PAUSE_MS = 100;

export class Watch {
  readonly #answers = new Map<string, number>();
  readonly #closed = new AbortController();
  #loop: Promise<void> = Promise.resolve();

  /** `ask` is called one at a time; what it throws is an answer too. */
  static start(teardown: Teardown, what: string, ask: () => Promise<string>): Watch {
    const watch = new Watch();
    watch.#loop = watch.#run(ask);
    teardown.add(`the watch on ${what}`, async () => void (await watch.end()));
    return watch;
  }

  async #run(ask: () => Promise<string>): Promise<void> {
    const { signal } = this.#closed;
    while (!signal.aborted) {
      const answer = await ask().catch((error: unknown) => `failed: ${String(error)}`);
      this.#answers.set(answer, (this.#answers.get(answer) ?? 0) + 1);
      await pause(PAUSE_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  /** Every different answer with how often it was given. Asks no more. */
  async end(): Promise<ReadonlyMap<string, number>> {
    this.#closed.abort();
    await this.#loop;
    return this.#answers;
  }
}
