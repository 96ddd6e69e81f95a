// The guard driven as the program drives it: a step after each reading and whenever the guard asked to be woken, at no
// other time. Listings are written short: `{ orders: 'a b:down c@10.0.0.9' }` = instances a, b and c of the service orders.

import { guardStep } from '../../src/guard/guard.ts';
import type { Guarded } from '../../src/guard/guarded.ts';
import { emptyGuardMemory, type GuardMemory } from '../../src/guard/memory.ts';
import type { ObservedRegistry } from '../../src/guard/observed.ts';
import type { GuardOptions } from '../../src/guard/options.ts';
import { type Instance, type Service, type ServiceKey, STATUSES, serviceKey } from '../../src/model/service.ts';

export type Listing = Readonly<Record<string, string>>;

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;

export const GUARD_DEFAULTS: GuardOptions = {
  removalDebounceMs: 5 * SECOND,
  removalSharePercent: 30,
  removalMinimum: 3,
  removalWindowMs: 5 * MINUTE,
  holdForMs: () => 5 * MINUTE,
  emptyGraceMs: 10 * MINUTE,
  drainMs: { 'out-of-service': 0, down: 0, starting: 0 },
  freezes: [],
};

export class GuardRun {
  memory: GuardMemory = emptyGuardMemory;
  guarded: Guarded;
  nowMs = Date.UTC(2026, 0, 1);
  /** May be changed between steps, as by a reload. */
  options: GuardOptions;
  readonly #observed = new Map<string, ObservedRegistry>();

  constructor(options: Partial<GuardOptions> = {}, registries: readonly string[] = ['eureka']) {
    this.options = { ...GUARD_DEFAULTS, ...options };
    for (const registry of registries) {
      this.#observed.set(registry, { registry, scopeRevision: 0, reading: { kind: 'waiting' } });
    }
    this.guarded = this.step();
  }

  /** A good read. Services that are written as in the read before keep their object. */
  read(listing: Listing, registry = 'eureka'): Guarded {
    this.#publish(listing, registry);
    return this.step();
  }

  /** A good read, and a failed one before the guard was asked again. */
  readAndFail(listing: Listing, registry = 'eureka'): Guarded {
    this.#publish(listing, registry);
    return this.fail(registry);
  }

  /** A failed read. */
  fail(registry = 'eureka'): Guarded {
    const { scopeRevision, reading } = this.#of(registry);
    if (reading.kind !== 'waiting') {
      this.#observed.set(registry, { registry, scopeRevision, reading: { kind: 'stale', content: reading.content } });
    }
    return this.step();
  }

  /** The operator changes the scope: the same read shows other services. */
  rescope(listing: Listing, registry = 'eureka'): Guarded {
    const { scopeRevision, reading } = this.#of(registry);
    if (reading.kind === 'waiting') throw new Error('nothing was read yet');
    const services = listed(registry, listing, reading.content.services);
    const content = { services, readAtMs: reading.content.readAtMs };
    const kind = reading.kind;
    this.#observed.set(registry, { registry, scopeRevision: scopeRevision + 1, reading: { kind, content } });
    return this.step();
  }

  /** The registry leaves the configuration. */
  forget(registry: string): Guarded {
    this.#observed.delete(registry);
    return this.step();
  }

  /** Time passes; the guard is asked only when it wanted to be. */
  pass(durationMs: number): Guarded {
    const untilMs = this.nowMs + durationMs;
    for (;;) {
      const { wakeAtMs } = this.guarded;
      if (wakeAtMs === undefined || wakeAtMs > untilMs) break;
      if (wakeAtMs <= this.nowMs) throw new Error('the guard asks to be woken in the past: it would spin');
      this.nowMs = wakeAtMs;
      this.step();
    }
    this.nowMs = untilMs;
    return this.guarded;
  }

  step(): Guarded {
    const { memory, guarded } = guardStep(this.memory, [...this.#observed.values()], this.nowMs, this.options);
    this.memory = memory;
    this.guarded = guarded;
    return guarded;
  }

  /** What the guard lets out, written as a listing, with `:gone` and the like. Services of other registries as `registry/name`. */
  get shown(): Listing {
    const services = [...this.guarded.services.values()].map(({ registry, name, instances }) => {
      return [registry === 'eureka' ? name : `${registry}/${name}`, instances.map(written).join(' ')] as const;
    });
    return Object.fromEntries(services);
  }

  service(name: string, registry = 'eureka'): Service {
    const service = this.guarded.services.get(serviceKey(registry, name));
    if (service === undefined) throw new Error(`${name} is not shown`);
    return service;
  }

  /** The object that the registry publishes now. */
  listedService(name: string, registry = 'eureka'): Service | undefined {
    const { reading } = this.#of(registry);
    return reading.kind === 'waiting' ? undefined : reading.content.services.get(serviceKey(registry, name));
  }

  #publish(listing: Listing, registry: string): void {
    const { scopeRevision, reading } = this.#of(registry);
    const former = reading.kind === 'waiting' ? new Map<ServiceKey, Service>() : reading.content.services;
    const content = { services: listed(registry, listing, former), readAtMs: this.nowMs };
    this.#observed.set(registry, { registry, scopeRevision, reading: { kind: 'live', content } });
  }

  #of(registry: string): ObservedRegistry {
    return this.#observed.get(registry) ?? { registry, scopeRevision: 0, reading: { kind: 'waiting' } };
  }
}

/** The services of a listing; services and instances that are written as in `former` are its objects. */
export function listed(
  registry: string,
  listing: Listing,
  former: ReadonlyMap<ServiceKey, Service> = new Map(),
): ReadonlyMap<ServiceKey, Service> {
  return new Map(
    Object.entries(listing).map(([name, text]) => {
      const key = serviceKey(registry, name);
      const before = former.get(key);
      if (before?.instances.map(written).join(' ') === text) return [key, before];
      const words = text.split(' ').filter((word) => word !== '');
      const instances = words.map(
        (word) => before?.instances.find((one) => written(one) === word) ?? instanceFrom(word),
      );
      return [key, { key, registry, name, instances }];
    }),
  );
}

function instanceFrom(word: string): Instance {
  const [, id = '', status = 'up', address] = /^([^:@]+)(?::([^@]+))?(?:@(.+))?$/.exec(word) ?? [];
  const known = STATUSES.find((one) => one === status);
  if (known === undefined) throw new Error(`no such status: ${status}`);
  return {
    id,
    address: address ?? ownAddress(id),
    ports: [{ name: 'http', number: 8080, protocol: 'http', secure: false }],
    status: known,
    weight: undefined,
    locality: undefined,
    metadata: new Map(),
    attributes: new Map(),
  };
}

function written({ id, status, address }: Instance): string {
  return `${id}${status === 'up' ? '' : `:${status}`}${address === ownAddress(id) ? '' : `@${address}`}`;
}

function ownAddress(id: string): string {
  return `${id}.example.test`;
}
