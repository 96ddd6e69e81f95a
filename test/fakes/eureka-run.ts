// One Eureka registry under test, with its time, its dice, its log and its reports in the hands of the test.
import type { TestContext } from 'node:test';
import type { Service } from '../../src/model/service.ts';
import { eurekaKind } from '../../src/registry/eureka/eureka-registry.ts';
import type { EurekaOptions } from '../../src/registry/eureka/options.ts';
import type { ReadReport } from '../../src/registry/kind.ts';
import type { Content, Reading, Registry } from '../../src/registry/registry.ts';
import type { ScopeOptions } from '../../src/registry/scope.ts';
import { eurekaOptions } from './eureka-options.ts';
import { FakeClock } from './fake-clock.ts';
import { FakeEureka } from './fake-eureka.ts';
import { type LogLine, recordingLog } from './recording-log.ts';
import { until } from './until.ts';

export class EurekaRun {
  readonly clock = new FakeClock();
  readonly reads: ReadReport[] = [];
  readonly lines: LogLine[] = [];
  readonly registry: Registry;
  changes = 0;
  /** Every message that a reading ever showed. */
  readonly messages: string[] = [];

  constructor(
    t: TestContext,
    options: Partial<EurekaOptions>,
    scope: ScopeOptions = { include: [], exclude: [] },
    // In the middle: no jitter, and servers keep the order in which they are configured.
    random: () => number = () => 0.5,
  ) {
    this.registry = eurekaKind.create('legacy', eurekaOptions(options), scope, {
      clock: this.clock,
      log: recordingLog(this.lines),
      random,
      onRead: (read) => this.reads.push(read),
      onDrift() {},
    });
    t.after(() => this.registry.close());
  }

  /** Starts and waits for the first poll to end. */
  async start(): Promise<void> {
    this.begin();
    await until(() => this.changes === 1, 'the first poll ended');
  }

  /** Starts and waits for nothing. */
  begin(): void {
    this.registry.start(() => {
      this.changes++;
      if (this.reading.kind !== 'live') this.messages.push(this.reading.lastError?.message ?? '');
    });
    this.clock.advance(0);
  }

  /** Lets the next poll run, which is due in `afterMs`, and waits for its end. */
  async poll(afterMs = 30_000): Promise<void> {
    const before = this.changes;
    this.clock.advance(afterMs);
    await until(() => this.changes > before, 'a poll ended');
  }

  get reading(): Reading {
    const [slice] = this.registry.slices();
    if (slice === undefined) throw new Error('there is no slice');
    return slice.reading;
  }

  get content(): Content {
    if (this.reading.kind === 'waiting') throw new Error(`still waiting: ${JSON.stringify(this.reading.lastError)}`);
    return this.reading.content;
  }

  /** Code of the last error; '' when the reading is live. */
  get code(): string {
    return this.reading.kind === 'live' ? '' : (this.reading.lastError?.code ?? '');
  }

  /** `SERVICE: id=status ...` for all services. */
  get shown(): readonly string[] {
    const show = ({ name, instances }: Service): string =>
      `${name}: ${instances.map(({ id, status }) => `${id}=${status}`).join(' ')}`;
    return [...this.content.services.values()].map(show).sort();
  }

  /** Everything that left the registry, as text: where a secret would show. */
  get everything(): string {
    const content =
      this.reading.kind === 'waiting' ? [] : [...this.content.services.values()].flatMap(({ instances }) => instances);
    const metadata = content.flatMap((instance) => [...instance.metadata]);
    const problems = this.reading.kind === 'waiting' ? [] : this.content.problems;
    return JSON.stringify([this.lines, this.reads, this.messages, this.registry.slices(), content, metadata, problems]);
  }
}

export async function fakeEureka(t: TestContext, tls?: Parameters<typeof FakeEureka.start>[0]): Promise<FakeEureka> {
  const fake = await FakeEureka.start(tls);
  t.after(() => fake.close());
  return fake;
}
