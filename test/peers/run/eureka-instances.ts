// Applications as a Eureka server sees them: registered, renewed and cancelled by plain REST, in the form that Spring's own
// client sends. A lost registration is made again at the next heartbeat, as every Eureka client does.
import { setTimeout as pause } from 'node:timers/promises';
import type { Teardown } from './teardown.ts';

export interface Registration {
  readonly app: string;
  /** Unique within the application. */
  readonly id: string;
  readonly address: string;
  readonly port: number;
  readonly metadata?: Readonly<Record<string, unknown>>;
  readonly status?: 'UP' | 'DOWN' | 'STARTING' | 'OUT_OF_SERVICE';
  /** Put over the instance record as it is: for what no well-behaved client would send. */
  readonly extra?: Readonly<Record<string, unknown>>;
}

const LEASE_SECONDS = 90;
const DEADLINE_MS = 5_000;
const AT_A_TIME = 20;
/** Between looks while nobody is to be renewed. */
const IDLE_MS = 100;

export class EurekaInstances {
  readonly #urls: readonly string[];
  readonly #registered = new Map<string, Registration>();
  readonly #closed = new AbortController();
  #loop: Promise<void> = Promise.resolve();
  #suspended = false;

  private constructor(urls: readonly string[]) {
    this.#urls = urls;
  }

  /**
   * `urls` as Eureka clients have them: the first server that answers is used. Every instance is renewed once in each period,
   * until the teardown.
   */
  static start(teardown: Teardown, urls: readonly string[], heartbeatMs = 3_000): EurekaInstances {
    const instances = new EurekaInstances(urls);
    instances.#loop = instances.#beat(heartbeatMs);
    teardown.add('the heartbeats to Eureka', () => instances.#close());
    return instances;
  }

  async register(...registrations: readonly Registration[]): Promise<void> {
    await eachOf(registrations, async (registration) => {
      await this.#post(registration);
      this.#registered.set(keyOf(registration), registration);
    });
  }

  /** Cancels the lease: what a clean shutdown does. */
  async deregister(registration: Registration): Promise<void> {
    this.#registered.delete(keyOf(registration));
    await this.#expect([200], 'DELETE', pathOf(registration));
  }

  /** All clients fall silent at once, as when the network between them and Eureka is gone; `resumeHeartbeats` ends it. */
  suspendHeartbeats(): void {
    this.#suspended = true;
  }

  resumeHeartbeats(): void {
    this.#suspended = false;
  }

  /** What an operator does: the status holds until it is taken back. */
  async override(registration: Registration, status: 'OUT_OF_SERVICE' | 'DOWN'): Promise<void> {
    await this.#expect([200], 'PUT', `${pathOf(registration)}/status?value=${status}`);
  }

  async removeOverride(registration: Registration): Promise<void> {
    await this.#expect([200], 'DELETE', `${pathOf(registration)}/status?value=UP`);
  }

  async setMetadata(registration: Registration, key: string, value: string): Promise<void> {
    await this.#expect(
      [200],
      'PUT',
      `${pathOf(registration)}/metadata?${encodeURIComponent(key)}=${encodeURIComponent(value)}`,
    );
    const metadata = { ...registration.metadata, [key]: value };
    this.#registered.set(keyOf(registration), { ...registration, metadata });
  }

  /** One instance after the other, evenly over the period, as those of an estate are: after a loss they return one by one. */
  async #beat(periodMs: number): Promise<void> {
    const { signal } = this.#closed;
    while (!signal.aborted) {
      const round = [...this.#registered.values()];
      for (const registration of round) {
        if (this.#suspended) break;
        // A server that is away is the business of the test; the next round tries again.
        await this.#renew(registration).catch(() => undefined);
        await pause(periodMs / round.length, undefined, { signal }).catch(() => undefined);
        if (signal.aborted) return;
      }
      if (this.#suspended || round.length === 0) await pause(IDLE_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  async #renew(registration: Registration): Promise<void> {
    const status = await this.#send('PUT', pathOf(registration));
    const isStillOurs = this.#registered.get(keyOf(registration)) === registration;
    if (status === 404 && isStillOurs) await this.#post(registration);
  }

  async #post(registration: Registration): Promise<void> {
    const path = `/apps/${encodeURIComponent(registration.app)}`;
    await this.#expect([204], 'POST', path, JSON.stringify({ instance: recordOf(registration) }));
  }

  async #expect(allowed: readonly number[], method: string, path: string, body?: string): Promise<void> {
    const status = await this.#send(method, path, body);
    if (!allowed.includes(status)) throw new Error(`Eureka answered ${status} to ${method} ${path}`);
  }

  async #send(method: string, path: string, body?: string): Promise<number> {
    const failures: unknown[] = [];
    for (const url of this.#urls) {
      try {
        const headers = { 'content-type': 'application/json', accept: 'application/json' };
        const signal = AbortSignal.timeout(DEADLINE_MS);
        const response = await fetch(`${url}${path}`, { method, headers, signal, ...(body !== undefined && { body }) });
        await response.arrayBuffer();
        return response.status;
      } catch (error) {
        failures.push(error);
      }
    }
    throw new AggregateError(failures, `no Eureka server answered ${method} ${path}`);
  }

  async #close(): Promise<void> {
    this.#closed.abort();
    await this.#loop;
  }
}

function keyOf({ app, id }: Registration): string {
  return `${app}\n${id}`;
}

function pathOf({ app, id }: Registration): string {
  return `/apps/${encodeURIComponent(app)}/${encodeURIComponent(id)}`;
}

function recordOf({ app, id, address, port, metadata = {}, status = 'UP', extra = {} }: Registration): object {
  return {
    instanceId: id,
    hostName: address,
    app: app.toUpperCase(),
    ipAddr: address,
    status,
    overriddenStatus: 'UNKNOWN',
    port: { $: port, '@enabled': 'true' },
    securePort: { $: 443, '@enabled': 'false' },
    countryId: 1,
    dataCenterInfo: { '@class': 'com.netflix.appinfo.InstanceInfo$DefaultDataCenterInfo', name: 'MyOwn' },
    leaseInfo: { renewalIntervalInSecs: LEASE_SECONDS / 3, durationInSecs: LEASE_SECONDS },
    metadata,
    homePageUrl: `http://${address}:${port}/`,
    vipAddress: app.toLowerCase(),
    secureVipAddress: app.toLowerCase(),
    isCoordinatingDiscoveryServer: 'false',
    lastUpdatedTimestamp: String(Date.now()),
    lastDirtyTimestamp: String(Date.now()),
    ...extra,
  };
}

/** Like `Promise.all` over `values`, a bounded number at a time. */
async function eachOf<T>(values: readonly T[], act: (value: T) => Promise<void>): Promise<void> {
  const left = values[Symbol.iterator]();
  const worker = async () => {
    for (const value of left) await act(value);
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, worker));
}
