// Whatever happens in a Eureka registry and however it is read, the model ends as one fresh full read gives it, seen through
// whatever scope it was read for.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Service } from '../../src/model/service.ts';
import { silentLog } from '../../src/observe/log.ts';
import { compileSecrets } from '../../src/registry/decoding/secrets.ts';
import { reconcileHash } from '../../src/registry/eureka/estate.ts';
import { EstateReader } from '../../src/registry/eureka/estate-reader.ts';
import { LibraryClient } from '../../src/registry/eureka/library-client.ts';
import { NOTHING_PUBLISHED, type Published, publish } from '../../src/registry/eureka/published.ts';
import { asReadFailure } from '../../src/registry/eureka/read-failure.ts';
import { judgeScope, type ScopeOptions, type ScopeRule } from '../../src/registry/scope.ts';
import { SelectedRegistry } from '../../src/registry/wrap/select.ts';
import { eurekaOptions } from '../fakes/eureka-options.ts';
import { FakeClock } from '../fakes/fake-clock.ts';
import { FakeEurekaRegistry } from '../fakes/fake-eureka-registry.ts';
import { aSlice, FakeRegistry } from '../fakes/model-values.ts';

const POLL_MS = 30_000;

type Step =
  | ({ readonly kind: 'register' | 'silent' } & Registration)
  | { readonly kind: 'cancel'; readonly app: string; readonly id: string }
  /** Three quiet minutes: the server forgets what changed. */
  | { readonly kind: 'pause' }
  | { readonly kind: 'poll' }
  /** A poll at which the current server fails, so that another one is asked. */
  | { readonly kind: 'failover' }
  /** A poll at which all servers fail. */
  | { readonly kind: 'outage' };

interface Registration {
  readonly app: string;
  readonly id: string;
  readonly status: string;
  readonly ip: string;
  readonly team: string;
  readonly vip: string;
  readonly group: string;
}

const app = fc.constantFrom('ORDERS', 'pay', '__proto__');
const id = fc.constantFrom('a', 'b', 'c', 'constructor');
const status = fc.constantFrom('UP', 'DOWN', 'STARTING', 'OUT_OF_SERVICE', 'ODD');
const ip = fc.constantFrom('10.0.0.1', '10.0.0.2', '', 'unknown');
const team = fc.constantFrom('us', 'them');
const vip = fc.constantFrom('Shop', 'shop,stock', 'stock');
const group = fc.constantFrom('WEB', 'BATCH');
const registration = { app, id, status, ip, team, vip, group };
const told: fc.Arbitrary<Step>[] = [
  fc.record({ kind: fc.constant('register' as const), ...registration }),
  fc.record({ kind: fc.constant('cancel' as const), app, id }),
  fc.constantFrom<Step>(
    { kind: 'pause' },
    { kind: 'poll' },
    { kind: 'poll' },
    { kind: 'failover' },
    { kind: 'outage' },
  ),
];
const silent: fc.Arbitrary<Step> = fc.record({ kind: fc.constant('silent' as const), ...registration });

const rule: fc.Arbitrary<ScopeRule> = fc.record({
  attributes: fc.oneof(
    fc.constant({}),
    fc.constantFrom('orders', 'p*', '*_').map((name) => ({ app: [name] })),
    fc.constantFrom('shop', 'st*').map((name) => ({ vip: [name] })),
    fc.constantFrom('web').map((name) => ({ group: [name] })),
  ),
  metadata: fc.constantFrom({}, { team: ['us'] }),
});
const scope: fc.Arbitrary<ScopeOptions> = fc.record({
  include: fc.array(rule, { maxLength: 2 }),
  exclude: fc.array(rule, { maxLength: 1 }),
});
const WHOLE: ScopeOptions = { include: [], exclude: [] };

function fieldsOf({ status: said, ip: ipAddr, team: owner, vip: vipAddress, group: appGroupName }: Registration) {
  // Where the address is no address the host name is none either.
  const hostName = ipAddr === 'unknown' ? 'unknown' : '10.20.0.17';
  return { status: said, ipAddr, hostName, vipAddress, appGroupName, metadata: { team: owner, password: 'x' } };
}

/** A reader of two servers that show one registry, with time in the hands of the steps. */
class Reading {
  readonly registry = new FakeEurekaRegistry();
  readonly clock = new FakeClock();
  readonly options;
  readonly #scope: ScopeOptions;
  published = NOTHING_PUBLISHED;
  #failing = 0;
  readonly #reader: EstateReader;

  constructor(scopeRead: ScopeOptions, key: 'app' | 'vip') {
    this.options = eurekaOptions({ pollIntervalMs: POLL_MS, serviceKey: key });
    this.#scope = scopeRead;
    this.#reader = this.reader(scopeRead);
  }

  reader(scopeRead = this.#scope): EstateReader {
    const client = new LibraryClient(['http://a/eureka', 'http://b/eureka'], async (_server, path) => {
      if (this.#failing > 0) {
        this.#failing--;
        return { status: 503, text: '' };
      }
      const document = path.endsWith('/delta') ? this.registry.delta() : this.registry.full();
      return { status: 200, text: JSON.stringify(document) };
    });
    const rules = { ...this.options, registry: 'legacy', judge: judgeScope(scopeRead) };
    const decoding = { rules, isSecret: compileSecrets([]) };
    const context = { clock: this.clock, log: silentLog, random: () => 0.5, onRead() {}, onDrift() {} };
    return new EstateReader(client, { ...this.options, ...decoding }, context);
  }

  async poll(failing = 0): Promise<void> {
    this.clock.advance(POLL_MS);
    this.#failing = failing;
    try {
      this.published = publish(await this.#reader.read(), 'legacy', this.published);
    } catch (thrown) {
      assert.equal(asReadFailure(thrown).code === 'EUREKA_UNEXPECTED', false, String(thrown));
    }
    this.#failing = 0;
  }

  async take(step: Step): Promise<void> {
    switch (step.kind) {
      case 'register':
        return this.registry.register(step.app, step.id, fieldsOf(step));
      case 'silent':
        return this.registry.changeSilently(step.app, step.id, fieldsOf(step));
      case 'cancel':
        return this.registry.cancel(step.app, step.id);
      case 'pause':
        this.clock.advance(180_000);
        return this.registry.forgetChanges();
      case 'poll':
        return this.poll();
      case 'failover':
        return this.poll(1);
      case 'outage':
        return this.poll(2);
    }
  }

  async fresh(scopeRead: ScopeOptions): Promise<Published> {
    return publish(await this.reader(scopeRead).read(), 'legacy', NOTHING_PUBLISHED);
  }
}

function shown(services: Iterable<Service>): readonly unknown[] {
  return [...services].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** What the decorator makes of everything. */
function selected({ services }: Published, through: ScopeOptions): Iterable<Service> {
  const [slice] = new SelectedRegistry(new FakeRegistry('legacy', [aSlice({ services })]), through, silentLog).slices();
  assert.ok(slice?.reading.kind === 'live');
  return slice.reading.content.services.values();
}

async function endsLikeAFreshRead(
  { steps, read, key }: { readonly steps: readonly Step[]; readonly read: ScopeOptions; readonly key: 'app' | 'vip' },
  finish: (reading: Reading) => Promise<void>,
): Promise<void> {
  const reading = new Reading(read, key);
  for (const step of steps) await reading.take(step);
  await finish(reading);
  const whole = await reading.fresh(WHOLE);
  assert.deepEqual(shown(reading.published.services.values()), shown(selected(whole, read)));
  assert.equal(reading.published.ofServices, whole.services.size);
  assert.equal(reconcileHash(reading.published.estate), reading.registry.hash());
  const fresh = await reading.fresh(read);
  const problems = (list: readonly unknown[]): readonly string[] => list.map((found) => JSON.stringify(found)).sort();
  assert.deepEqual(problems(reading.published.problems), problems(fresh.problems));
}

/** Half of them are of the whole registry. */
function runs(steps: fc.Arbitrary<Step[]>) {
  return fc.record({ steps, read: fc.oneof(fc.constant(WHOLE), scope), key: fc.constantFrom('app' as const, 'vip') });
}

test('changes seen through fulls, deltas, failovers and outages end in the model of a fresh full read', async () => {
  const steps = fc.array(fc.oneof(...told), { maxLength: 30 });
  await fc.assert(
    fc.asyncProperty(runs(steps), (run) => endsLikeAFreshRead(run, (reading) => reading.poll())),
    { numRuns: 150 },
  );
});

test('changes that no delta tells of are found by the next periodic full read', async () => {
  const steps = fc.array(fc.oneof(...told, silent), { maxLength: 30 });
  const untilFull = async (reading: Reading): Promise<void> => {
    for (let ms = 0; ms <= 600_000; ms += POLL_MS) await reading.poll();
  };
  await fc.assert(
    fc.asyncProperty(runs(steps), (run) => endsLikeAFreshRead(run, untilFull)),
    { numRuns: 50 },
  );
});

test('no document makes the reader fail with anything but a named failure', async () => {
  const document = fc.oneof(
    fc.json(),
    fc.string(),
    fc
      .record({
        applications: fc.record({ apps__hashcode: fc.anything(), application: fc.anything() }, { requiredKeys: [] }),
      })
      .map((value) => {
        try {
          return JSON.stringify(value) ?? '';
        } catch {
          return '';
        }
      }),
  );
  await fc.assert(
    fc.asyncProperty(document, async (text) => {
      const client = new LibraryClient(['http://a/eureka'], async () => ({ status: 200, text }));
      const options = eurekaOptions();
      const decoding = { rules: { ...options, registry: 'legacy' }, isSecret: compileSecrets([]) };
      const context = { clock: new FakeClock(), log: silentLog, random: () => 0.5, onRead() {}, onDrift() {} };
      const reader = new EstateReader(client, { ...options, ...decoding }, context);
      const code = await reader.read().then(
        (estate) => {
          publish(estate, 'legacy', NOTHING_PUBLISHED);
          return '';
        },
        (thrown: unknown) => asReadFailure(thrown).code,
      );
      assert.notEqual(code, 'EUREKA_UNEXPECTED');
    }),
    { numRuns: 300 },
  );
});
