// A session of Footbridge's own with a real ZooKeeper, in this process and with real time, and the states that it went through.
import { systemClock } from '../../../src/lib/clock.ts';
import { silentLog } from '../../../src/observe/log.ts';
import type { ZooKeeperOptions } from '../../../src/registry/zookeeper/options.ts';
import type { SessionState } from '../../../src/registry/zookeeper/reader.ts';
import { ZooKeeperSession } from '../../../src/registry/zookeeper/session/session.ts';
import { zooKeeperOptions } from '../../fakes/session-run.ts';
import type { Teardown } from './teardown.ts';
import { waitFor } from './wait-for.ts';

export class ReadingSession {
  readonly reader: ZooKeeperSession;
  readonly #states: SessionState[] = [];

  /** `options` as the configuration would give them. The servers are tried in their order. */
  constructor(teardown: Teardown, options: Partial<ZooKeeperOptions>) {
    const dependencies = { clock: systemClock, log: silentLog, random: () => 0.5 };
    this.reader = new ZooKeeperSession(zooKeeperOptions(options), dependencies);
    teardown.add('the session', () => this.reader.close());
  }

  /** Starts and waits until it is connected. */
  static async start(teardown: Teardown, options: Partial<ZooKeeperOptions>): Promise<ReadingSession> {
    const session = new ReadingSession(teardown, options);
    session.begin();
    await session.until('connected');
    return session;
  }

  begin(): void {
    this.reader.start((state) => this.#states.push(state));
  }

  /** Kinds of the states so far; a further failure in the same state is no further state. */
  get states(): readonly SessionState['kind'][] {
    const kinds = this.#states.map(({ kind }) => kind);
    return kinds.filter((kind, index) => kind !== kinds[index - 1]);
  }

  /** Codes of the failures so far, each once. */
  get codes(): readonly string[] {
    const codes = this.#states.map((state) => ('failure' in state ? (state.failure?.code ?? '') : ''));
    return [...new Set(codes)].filter((code) => code !== '');
  }

  /** The server that it was last connected to. */
  get server(): string | undefined {
    const state = this.reader.state();
    return 'server' in state ? state.server : undefined;
  }

  async until(kind: SessionState['kind']): Promise<void> {
    await waitFor(() => this.reader.state().kind === kind, `the session is ${kind}`).catch((error: unknown) => {
      throw new Error(`it went through ${this.states.join(', ')}; ${this.codes.join(', ')}`, { cause: error });
    });
  }
}
