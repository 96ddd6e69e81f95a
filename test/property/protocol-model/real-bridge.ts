// The real thing: guard, conversion, gate, snapshot, cold-start rule and the streams of all protocols, over a registry that
// says what the test says and clients that the test holds by the hand. Time moves when the test says so.
import { type PipelineOptions, pipelineOptions } from '../../../src/app/options.ts';
import { Pipeline, type PipelineObserver } from '../../../src/app/pipeline.ts';
import { createTurnStages } from '../../../src/app/turn.ts';
import { loadConfig } from '../../../src/config/load.ts';
import type { Service, ServiceKey } from '../../../src/model/service.ts';
import { silentLog } from '../../../src/observe/log.ts';
import type { Reading, Registry, Slice } from '../../../src/registry/registry.ts';
import { Clients } from '../../../src/serve/clients.ts';
import { silentObserver } from '../../../src/serve/observer.ts';
import type { ServeOptions } from '../../../src/serve/options.ts';
import { createSnapshot, type ResourceSet, type Snapshot, setForOldIstio } from '../../../src/snapshot/snapshot.ts';
import { SnapshotStore } from '../../../src/snapshot/store.ts';
import { ROOMY, UNLIMITED } from '../../fakes/bridge.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';
import { type Listing, listed } from '../../fakes/guard-run.ts';
import { SERVICE_ENTRY } from '../../fakes/resources.ts';
import type { Holding, ProtocolKind } from './protocols.ts';
import { RealClient } from './real-client.ts';

export const DEBOUNCE_MS = 5_000;
export const HOLD_MS = 60_000;
export const BOUND_MS = 120_000;

const CONFIG = `namespace: payments
instance: test
registries: { eureka: { kind: eureka, urls: ['http://registry.invalid/eureka'], holdFor: ${HOLD_MS}ms } }
guard: { removalDebounce: ${DEBOUNCE_MS}ms, emptyGrace: 0s }
admit: { addresses: [10.0.0.0/8] }
`;

const OPTIONS = readOptions();

function readOptions(): PipelineOptions {
  const loaded = loadConfig({ file: { path: 'test', text: CONFIG }, env: {}, flags: {} });
  if (loaded.kind === 'invalid') throw new Error(JSON.stringify(loaded.problems));
  return pipelineOptions(loaded.config);
}

class ToldRegistry implements Registry {
  readonly name = 'eureka';
  #reading: Reading;
  #slices: readonly Slice[] = [];
  readonly #clock: FakeClock;
  #onChange: () => void = () => {};

  constructor(clock: FakeClock) {
    this.#clock = clock;
    this.#reading = { kind: 'waiting', sinceMs: clock.now(), lastError: undefined };
    this.#show();
  }

  slices(): readonly Slice[] {
    return this.#slices;
  }

  start(onChange: () => void): void {
    this.#onChange = onChange;
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  read(listing: Listing): void {
    const former: ReadonlyMap<ServiceKey, Service> =
      'content' in this.#reading ? this.#reading.content.services : new Map();
    const content = { services: listed('eureka', listing, former), problems: [], readAtMs: this.#clock.now() };
    this.#reading = { kind: 'live', content };
    this.#show();
    this.#onChange();
  }

  fail(): void {
    const sinceMs = this.#clock.now();
    const lastError = { code: 'EUREKA_TIMEOUT', message: 'It said nothing.', atMs: sinceMs };
    const known = this.#reading;
    this.#reading =
      'content' in known
        ? { kind: 'stale', content: known.content, sinceMs, lastError }
        : { kind: 'waiting', sinceMs, lastError };
    this.#show();
    this.#onChange();
  }

  #show(): void {
    const size = 'content' in this.#reading ? this.#reading.content.services.size : 0;
    const matched = { services: size, ofServices: size };
    this.#slices = [{ registry: 'eureka', kind: 'eureka', reading: this.#reading, scopeRevision: 0, matched }];
  }
}

export class RealBridge {
  readonly clock = new FakeClock();
  readonly registry = new ToldRegistry(this.clock);
  readonly store = new SnapshotStore(createSnapshot([], { serial: 0, complete: false, createdAtMs: this.clock.now() }));
  readonly #pipeline: Pipeline;
  readonly #clients: Clients;

  constructor(observer: PipelineObserver) {
    const { clock, registry, store } = this;
    this.#pipeline = new Pipeline({
      registry,
      readAnew() {},
      stages: createTurnStages(OPTIONS),
      store,
      clock,
      quietPeriodMs: 100,
      ceilingMs: 1000,
      observer,
    });
    const options: ServeOptions = {
      address: '127.0.0.1',
      port: 0,
      keepaliveTimeMs: 30_000,
      keepaliveTimeoutMs: 10_000,
      pushConcurrency: 2,
      publishedKinds: [SERVICE_ENTRY],
      plaintextPort: undefined,
      access: { tls: undefined, accessListFile: undefined },
      rateLimits: UNLIMITED,
      clientLimits: ROOMY,
      legacyMinor: 5,
      coldStartBoundMs: BOUND_MS,
      coldStartReadyPort: 8080,
      coldStartLegacy: 'hold',
      shutdown: { drainDelayMs: 0, staggerMs: 0, deadlineMs: 0 },
    };
    this.#clients = new Clients(options, store, {
      clock,
      log: silentLog,
      noncePrefix: 'test',
      observer: silentObserver,
      // Nobody says anything: what istiods say of themselves is tested where they are asked.
      askReadiness: () => new Promise(() => {}),
    });
    this.#pipeline.start();
  }

  connect(kind: ProtocolKind, pod: string, bornAtMs: number, holds: Holding): RealClient {
    return new RealClient(this.#clients, this.clock, kind, { pod, bornAtMs, holds });
  }

  /** Every hold that stands now. */
  release(): void {
    for (const { id } of this.#pipeline.last()?.guarded.holds ?? []) this.#pipeline.release(id);
  }

  close(): Promise<void> {
    this.#clients.close();
    return this.#pipeline.close();
  }
}

/** As clients hold it: name without the namespace → version. */
export function entriesOf({ kinds }: Snapshot): Holding {
  return namesIn(kinds.get(SERVICE_ENTRY));
}

/** As those of Istio up to 1.4 hold it: an entry without an endpoint is none to them. */
export function entriesForOldIstio({ kinds }: Snapshot): Holding {
  const set = kinds.get(SERVICE_ENTRY);
  return namesIn(set && setForOldIstio(set));
}

function namesIn(set: ResourceSet | undefined): Holding {
  return new Map(
    [...(set?.resources.values() ?? [])].map(({ name, version }) => [name.replace('payments/', ''), version]),
  );
}
