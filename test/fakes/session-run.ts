// One session with ZooKeeper under test, with its time, its dice, its log and the history of its states in the hands of the test.
import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import type { ZooKeeperOptions } from '../../src/registry/zookeeper/options.ts';
import type { Outcome, SessionState } from '../../src/registry/zookeeper/reader.ts';
import { ZooKeeperSession } from '../../src/registry/zookeeper/session/session.ts';
import { FakeClock } from './fake-clock.ts';
import { FakeZooKeeperServer } from './fake-zookeeper-server.ts';
import { type LogLine, recordingLog } from './recording-log.ts';
import { until } from './until.ts';
import { OPERATIONS } from './zookeeper-packets.ts';

export const NO_DIGEST: ZooKeeperOptions['auth'] = {
  scheme: 'none',
  username: undefined,
  passwordFile: undefined,
  password: undefined,
};

export const PLAIN: ZooKeeperOptions['tls'] = {
  enabled: false,
  caFile: undefined,
  certificateFile: undefined,
  keyFile: undefined,
  serverName: undefined,
};

export function zooKeeperOptions(fields: Partial<ZooKeeperOptions> = {}): ZooKeeperOptions {
  return {
    servers: [],
    chroot: '/',
    sessionTimeoutMs: 30_000,
    connectTimeoutMs: 5_000,
    requestTimeoutMs: 10_000,
    maxBytes: 64 * 1024 * 1024,
    auditIntervalMs: 300_000,
    auth: NO_DIGEST,
    tls: PLAIN,
    ...fields,
  };
}

export class SessionRun {
  readonly clock = new FakeClock();
  readonly lines: LogLine[] = [];
  readonly states: SessionState[] = [];
  readonly session: ZooKeeperSession;

  constructor(t: TestContext, options: Partial<ZooKeeperOptions>, random: () => number = () => 0.5) {
    const log = recordingLog(this.lines);
    this.session = new ZooKeeperSession(zooKeeperOptions(options), { clock: this.clock, log, random });
    t.after(() => this.session.close());
  }

  /** Starts and lets the first connection be made. */
  begin(): void {
    this.session.start((state) => this.states.push(state));
    this.clock.advance(0);
  }

  /** Starts and waits until it is connected. */
  async start(): Promise<void> {
    this.begin();
    await this.until('connected');
  }

  async until(kind: SessionState['kind'], code?: string): Promise<void> {
    const what = `${kind} ${code ?? ''}`.trim();
    await until(() => this.kind === kind && (code === undefined || this.code === code), what);
  }

  /** Waits until so many states were told. */
  untilTold(count: number): Promise<void> {
    return until(() => this.states.length >= count, `${count} states`);
  }

  /** Lets the next connection be made, whose pause is over by then, and waits until the state is `kind`. */
  async retry(kind: SessionState['kind'], code?: string): Promise<void> {
    this.clock.advance(PAUSE_MS);
    await this.until(kind, code);
  }

  get kind(): SessionState['kind'] {
    return this.session.state().kind;
  }

  /** Of the failure that the state shows; '' where it shows none. */
  get code(): string {
    return codeOf(this.session.state());
  }

  /** Kinds of the states so far, with the code of the failure where there is one. */
  get history(): readonly string[] {
    return this.states.map((state) => `${state.kind} ${codeOf(state)}`.trim());
  }

  /** Everything that left the session, as text: where a secret would show. */
  get everything(): string {
    return JSON.stringify([this.lines, this.states]);
  }
}

/** Shorter than any deadline of a connection, and enough for the first three pauses. */
const PAUSE_MS = 4_000;

/** A session that is connected to this server alone. */
export async function connectedRun(
  t: TestContext,
  { address }: FakeZooKeeperServer,
  options: Partial<ZooKeeperOptions> = {},
): Promise<SessionRun> {
  const run = new SessionRun(t, { servers: [address], ...options });
  await run.start();
  return run;
}

/** A connected session with `/a` to read, and its server. */
export async function sessionScene(t: TestContext, options: Partial<ZooKeeperOptions> = {}) {
  const fake = await fakeZooKeeper(t);
  fake.set('/a', 'data');
  return { fake, run: await connectedRun(t, fake, options) };
}

/** `/a` of a `sessionScene` can be read. */
export async function readsAgain(run: SessionRun): Promise<void> {
  assert.equal(told(await run.session.data('/a')), 'found');
}

/** The kind of an outcome, or the code of its failure. */
export function told(outcome: Outcome<unknown>): string {
  return outcome.kind === 'failed' ? outcome.failure.code : outcome.kind;
}

/** When the test is over it looks at all that was ever asked: a session reads, and does nothing else. */
export async function fakeZooKeeper(
  t: TestContext,
  tls?: Parameters<typeof FakeZooKeeperServer.start>[0],
): Promise<FakeZooKeeperServer> {
  const fake = await FakeZooKeeperServer.start(tls);
  t.after(async () => {
    await fake.close();
    const others = fake.requests.map(({ operation }) => operation).filter((operation) => !READS.has(operation));
    assert.deepEqual(others, [], 'operations that are no reads');
  });
  return fake;
}

/** 0 is the request for the session. */
const READS: ReadonlySet<number> = new Set([
  0,
  OPERATIONS.exists,
  OPERATIONS.data,
  OPERATIONS.children,
  OPERATIONS.auth,
]);

function codeOf(state: SessionState): string {
  return state.kind === 'suspended' || state.kind === 'lost' ? (state.failure?.code ?? '') : '';
}
