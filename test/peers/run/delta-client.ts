// A client of incremental xDS in Go, by way of go/istiod/delta: what it was told, and what it holds because of that.
import { LineProgram } from './line-program.ts';
import type { Teardown } from './teardown.ts';
import { waitFor } from './wait-for.ts';

/** Name → version. */
type Held = Readonly<Record<string, string>>;

interface DeltaEvent {
  readonly event: 'response' | 'whole' | 'lost' | 'obeyed';
  readonly changed: readonly string[] | null;
  readonly removed: readonly string[] | null;
  readonly refused?: string;
  readonly holds: Held;
}

type DeltaCommand =
  | { readonly do: 'open' | 'names'; readonly subscribe: readonly string[]; readonly unsubscribe: readonly string[] }
  | { readonly do: 'refuse'; readonly because: string }
  | { readonly do: 'accept' | 'whole' };

export class DeltaClient {
  readonly #program: LineProgram<DeltaCommand, DeltaEvent>;

  constructor(teardown: Teardown, hostPort: string, typeUrl: string) {
    this.#program = new LineProgram('delta', [hostPort, typeUrl]);
    teardown.add('the client of incremental xDS', () => this.#program.child.stop());
  }

  /** A new stream, on which it says what it holds. Without names it wants everything. */
  open(subscribe: readonly string[] = [], unsubscribe: readonly string[] = []): Promise<void> {
    return this.#obey({ do: 'open', subscribe, unsubscribe });
  }

  names(subscribe: readonly string[], unsubscribe: readonly string[] = []): Promise<void> {
    return this.#obey({ do: 'names', subscribe, unsubscribe });
  }

  /** All of every response, from the next one on. */
  refuse(because: string): Promise<void> {
    return this.#obey({ do: 'refuse', because });
  }

  accept(): Promise<void> {
    return this.#obey({ do: 'accept' });
  }

  /** Every response so far as `[+NAME -NAME]`, the first one first; `✗`: it refused it. */
  told(): readonly string[] {
    return this.#of('response').map(({ changed, removed, refused }) => {
      const names = [...(changed ?? []).map((name) => `+${name}`), ...(removed ?? []).map((name) => `-${name}`)];
      return `[${names.join(' ')}]${refused === undefined ? '' : ' ✗'}`;
    });
  }

  get holds(): Held {
    const own = this.#program.events().findLast(({ event }) => event !== 'whole');
    return own?.holds ?? {};
  }

  /** How many streams it lost. */
  losses(): number {
    return this.#of('lost').length;
  }

  /** What a client of the state of the world is told now, in one answer. */
  async stateOfTheWorld(): Promise<Held> {
    const { length } = this.#of('whole');
    this.#program.tell({ do: 'whole' });
    return (await waitFor(() => this.#of('whole')[length], 'the state of the world')).holds;
  }

  async #obey(command: DeltaCommand): Promise<void> {
    const { length } = this.#of('obeyed');
    this.#program.tell(command);
    await waitFor(() => this.#of('obeyed').length > length, `the client obeys "${command.do}"`);
  }

  #of(wanted: DeltaEvent['event']): readonly DeltaEvent[] {
    return this.#program.events().filter(({ event }) => event === wanted);
  }
}
