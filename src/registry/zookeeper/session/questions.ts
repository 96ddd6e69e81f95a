// SPDX-License-Identifier: Apache-2.0
// What is asked over one connection, and who is told of changes: from what the library answers to outcomes that say what is
// known of a path. An answer that is about the session ends the connection instead.
import type { Clock } from '../../../lib/clock.ts';
import { zooKeeperFailure } from '../failure.ts';
import type { Hint, Outcome } from '../reader.ts';
import type { Answered, Generation } from './generation.ts';
import { Hints, type Watched } from './hints.ts';
import { runOurs } from './our-code.ts';
import { Reads } from './reads.ts';
import { type ConnectionEnd, meaningOf } from './reply-code.ts';

export interface QuestionsOptions {
  readonly generation: Generation;
  readonly server: string;
  readonly clock: Clock;
  readonly timeoutMs: number;
  readonly maxBytes: number;
  readonly onEnd: (end: ConnectionEnd) => void;
}

/** Makes the library ask. */
type Ask<Value> = (isWatched: boolean, answered: Answered<Value>) => void;

const NODE_PATH = /^\/$|^(?:\/(?!\.{1,2}(?:\/|$))[^/]+)+$/;

export class Questions {
  readonly #options: QuestionsOptions;
  readonly #reads: Reads;
  readonly #hints = new Hints();

  constructor(options: QuestionsOptions) {
    this.#options = options;
    const { clock, timeoutMs, server, onEnd } = options;
    const onOverdue = (path: string): void => {
      const failure = zooKeeperFailure('ZOOKEEPER_TIMEOUT', `${server} gave no answer for ${path} in ${timeoutMs} ms`);
      onEnd({ session: 'over', failure });
    };
    this.#reads = new Reads({ clock, timeoutMs, onOverdue });
  }

  children(path: string, onHint: Hint | undefined): Promise<Outcome<readonly string[]>> {
    const { generation } = this.#options;
    return this.#ask('children', path, onHint, (isWatched, answered) => generation.children(path, isWatched, answered));
  }

  data(path: string, onHint: Hint | undefined): Promise<Outcome<Buffer>> {
    const { generation } = this.#options;
    return this.#ask('data', path, onHint, (isWatched, answered) => generation.data(path, isWatched, answered));
  }

  async exists(path: string, onHint: Hint | undefined): Promise<Outcome<undefined>> {
    const { generation } = this.#options;
    const outcome = await this.#ask<boolean>('exists', path, onHint, (isWatched, answered) =>
      generation.exists(path, isWatched, answered),
    );
    if (outcome.kind !== 'found') return outcome;
    return outcome.value ? { kind: 'found', value: undefined } : { kind: 'no-node' };
  }

  /** A round trip, ahead of all that waits. Any answer will do but one that ends the connection. */
  probe(onAnswer: () => void): void {
    this.#reads.addUrgent<boolean>('/', (done) => {
      const finish = (outcome: Outcome<boolean>): void => {
        done(outcome);
        onAnswer();
      };
      this.#options.generation.exists('/', false, this.#answered('/', finish));
    });
  }

  /** The server has sent an event. */
  tell(type: number, path: string): void {
    for (const hint of this.#hints.take(type, path)) runOurs(hint);
  }

  /** Answers what is open with `disconnected`. */
  end(): void {
    this.#reads.end();
  }

  #ask<Value>(watched: Watched, path: string, onHint: Hint | undefined, ask: Ask<Value>): Promise<Outcome<Value>> {
    // The library throws for such a path.
    if (!NODE_PATH.test(path)) {
      const failure = zooKeeperFailure('ZOOKEEPER_SERVER_ERROR', `${path} is not the path of a node`);
      return Promise.resolve({ kind: 'failed', failure });
    }
    return this.#reads.add<Value>(path, (done) => {
      const finish = (outcome: Outcome<Value>): void => {
        // Before the next answer is looked at: an event can stand right behind this one.
        if (outcome.kind === 'found' && onHint !== undefined) this.#hints.add(watched, path, onHint);
        done(outcome);
      };
      ask(onHint !== undefined, this.#answered(path, finish));
    });
  }

  #answered<Value>(path: string, finish: (outcome: Outcome<Value>) => void): Answered<Value> {
    const { server, maxBytes, onEnd } = this.#options;
    return (answer) => {
      if (answer.kind === 'value') return finish({ kind: 'found', value: answer.value });
      const meaning = meaningOf(answer.code, { server, path, maxBytes });
      if (meaning.kind === 'end') onEnd(meaning.end);
      else finish(meaning.outcome);
    };
  }
}
