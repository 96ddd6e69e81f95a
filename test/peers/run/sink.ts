// Istio's own sink of legacy MCP, by way of the Go program in go/pilot-2020/sink: what it was given, response by response.
import { LineProgram } from './line-program.ts';
import type { Teardown } from './teardown.ts';
import { waitFor } from './wait-for.ts';

export interface SinkChange {
  readonly event: 'change';
  readonly collection: string;
  readonly incremental: boolean;
  /** Of the whole collection. */
  readonly version: string;
  readonly resources?: readonly { readonly name: string; readonly version: string; readonly type: string }[];
  readonly removed?: readonly string[];
  /** Why it refused it. */
  readonly refused?: string;
}

type SinkEvent =
  | SinkChange
  | { readonly event: 'stream' | 'obeyed' }
  | { readonly event: 'lost'; readonly error: string };
type SinkCommand = { readonly refuse: string; readonly because: string } | { readonly accept: string };

export class Sink {
  readonly #program: LineProgram<SinkCommand, SinkEvent>;

  /** A `+` before a collection: incrementally. */
  constructor(teardown: Teardown, hostPort: string, collections: readonly string[]) {
    this.#program = new LineProgram('sink', [hostPort, ...collections]);
    teardown.add('sink', () => this.stop());
  }

  stop(): Promise<void> {
    return this.#program.child.stop();
  }

  /** Every response for a collection, the first one first. */
  changes(collection: string): readonly SinkChange[] {
    return this.#program
      .events()
      .filter((it): it is SinkChange => it.event === 'change' && it.collection === collection);
  }

  /** How often each collection was answered. */
  answers(): ReadonlyMap<string, number> {
    const answers = new Map<string, number>();
    for (const it of this.#program.events()) {
      if (it.event === 'change') answers.set(it.collection, (answers.get(it.collection) ?? 0) + 1);
    }
    return answers;
  }

  /** How many streams it opened. */
  streams(): number {
    return this.#program.events().filter(({ event }) => event === 'stream').length;
  }

  /** From the next response on. */
  refuse(collection: string, because: string): Promise<void> {
    return this.#obey({ refuse: collection, because });
  }

  accept(collection: string): Promise<void> {
    return this.#obey({ accept: collection });
  }

  async #obey(command: SinkCommand): Promise<void> {
    const obeyed = () => this.#program.events().filter(({ event }) => event === 'obeyed').length;
    const before = obeyed();
    this.#program.tell(command);
    await waitFor(() => obeyed() > before, 'the sink obeys');
  }
}
