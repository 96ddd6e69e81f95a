// Whatever a registry said and the guard made of it is read back from the state file as it was.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { DRAIN_STATUSES } from '../../src/guard/drain.ts';
import type { Freeze, HoldReason, Missing, Seniority } from '../../src/guard/guarded.ts';
import type { RegistryMemory } from '../../src/guard/memory.ts';
import {
  type Instance,
  PROTOCOLS,
  type Service,
  type ServiceKey,
  STATUSES,
  serviceKey,
  splitServiceKey,
} from '../../src/model/service.ts';
import { decodeState } from '../../src/persist/decode-state.ts';
import { encodeState } from '../../src/persist/encode-state.ts';
import type { SavedState } from '../../src/persist/saved-state.ts';

function recordOf<T>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<T> {
  return fc.record(model, { noNullPrototype: true });
}

/** Also halves of surrogate pairs, control characters and names that plain objects cannot have. */
const text = fc.oneof(
  fc.constantFrom('', '__proto__', 'constructor', 'a/b', '\ud800', '"\\\n\u2028', 'ä€😀'),
  fc.string({ unit: 'binary', maxLength: 8 }),
);
const texts = fc.array(text, { maxLength: 3 });
const number = fc.oneof(fc.integer(), fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, -0, 1.5, 1e21));
const timeMs = fc.integer({ min: 0, max: 8.64e15 });

function mapOf<V>(value: fc.Arbitrary<V>): fc.Arbitrary<ReadonlyMap<string, V>> {
  return fc.array(fc.tuple(text, value), { maxLength: 3 }).map((pairs) => new Map(pairs));
}

const instance: fc.Arbitrary<Instance> = recordOf({
  id: text,
  address: text,
  ports: fc.array(recordOf({ name: text, number, protocol: fc.constantFrom(...PROTOCOLS), secure: fc.boolean() }), {
    maxLength: 2,
  }),
  status: fc.constantFrom(...STATUSES),
  weight: fc.option(number, { nil: undefined }),
  locality: fc.option(text, { nil: undefined }),
  metadata: mapOf(text),
  attributes: mapOf(texts),
});
const instances = fc.array(instance, { maxLength: 3 });

function service(registry: string, name: string): fc.Arbitrary<Service> {
  const bare = instances.map((list) => ({ key: serviceKey(registry, name), registry, name, instances: list }));
  const withInventory = fc.tuple(bare, mapOf(texts)).map(([one, inventory]) => ({ ...one, inventory }));
  return fc.oneof(bare, withInventory);
}

const beginning = recordOf({ reason: fc.constantFrom<HoldReason>('everything-gone', 'many-gone'), sinceMs: timeMs });
const missing: fc.Arbitrary<Missing> = fc.oneof(
  fc.tuple(instance, beginning).map(([one, hold]): Missing => ({ kind: 'held', instance: one, ...hold })),
  recordOf({
    kind: fc.constant('debounced' as const),
    instance,
    sinceMs: timeMs,
    formerHold: fc.option(beginning, { nil: undefined }),
  }),
);

const draining = recordOf({ id: text, status: fc.constantFrom(...DRAIN_STATUSES), sinceMs: timeMs });

/** What may be remembered of one service; more than a guard would ever remember together. */
function remembered(registry: string, name: string) {
  return recordOf({
    listed: fc.option(service(registry, name), { nil: undefined }),
    shown: fc.oneof(fc.constant('as listed' as const), fc.constant(undefined), service(registry, name)),
    missing: fc.option(fc.array(missing, { minLength: 1, maxLength: 3 }), { nil: undefined }),
    graceSinceMs: fc.option(timeMs, { nil: undefined }),
    draining: fc.option(fc.array(draining, { minLength: 1, maxLength: 3 }), { nil: undefined }),
    before: fc.option(fc.integer({ min: 1 }), { nil: undefined }),
    now: fc.option(fc.integer({ min: 1 }), { nil: undefined }),
  });
}

function memory(registry: string): fc.Arbitrary<RegistryMemory> {
  const records = fc
    .uniqueArray(text, { maxLength: 4 })
    .chain((names) => fc.tuple(...names.map((name) => fc.tuple(fc.constant(name), remembered(registry, name)))));
  return fc.tuple(records, fc.option(timeMs, { nil: undefined }), timeMs).map(([all, doubtedSinceMs, countedAtMs]) => {
    const part = <V>(value: (one: (typeof all)[number][1]) => V | undefined): ReadonlyMap<ServiceKey, V> =>
      new Map(
        all.flatMap(([name, one]) => {
          const found = value(one);
          return found === undefined ? [] : [[serviceKey(registry, name), found] as const];
        }),
      );
    return {
      scopeRevision: 0,
      doubtedSinceMs,
      listed: part(({ listed }) => listed),
      window: { countedAtMs, start: part(({ before }) => before), next: part(({ now }) => now) },
      shown: part(({ shown, listed }) => (shown === 'as listed' ? listed : shown)),
      missing: part((one) => one.missing),
      graces: part(({ graceSinceMs }) => graceSinceMs),
      draining: part((one) => one.draining),
    };
  });
}

const seniority: fc.Arbitrary<ReadonlyMap<ServiceKey, Seniority>> = fc
  .array(
    fc.tuple(
      fc.tuple(fc.constantFrom('eureka', 'zk', 'gone'), text),
      recordOf({ sinceMs: timeMs, presentSinceMs: timeMs, present: fc.boolean() }),
    ),
    { maxLength: 5 },
  )
  .map((names) => new Map(names.map(([[registry, name], one]) => [serviceKey(registry, name), one])));

const freeze: fc.Arbitrary<Freeze> = recordOf({
  id: text,
  target: fc.oneof(
    fc.constant({ kind: 'all' as const }),
    fc.constant({ kind: 'registry' as const, registry: 'eureka' }),
    recordOf({
      kind: fc.constant('service' as const),
      registry: fc.constant('zk'),
      service: text.filter((name) => name !== ''),
    }),
  ),
  reason: text,
  sinceMs: timeMs,
  untilMs: fc.option(timeMs, { nil: undefined }),
  origin: fc.constantFrom('configuration' as const, 'hand' as const),
});

const bridge = recordOf({ namespace: text, instance: text });

const state: fc.Arbitrary<SavedState> = recordOf({
  writtenAtMs: timeMs,
  registries: fc.tuple(...['eureka', 'zk'].map((name) => saved(name))).chain((all) => fc.subarray(all)),
  seniority,
  freezes: fc.array(freeze, { maxLength: 3 }),
});

function saved(name: string) {
  return recordOf({ name: fc.constant(name), kind: text, scope: text, readAtMs: timeMs, memory: memory(name) });
}

describe('a saved state, whatever it holds', () => {
  test('is read back equal to what was written, in the same order', () => {
    fc.assert(
      fc.property(state, bridge, (written, whose) => {
        const found = decodeState(encodeState(written, whose), whose);
        assert.deepEqual(found, { kind: 'state', state: written });
        if (found.kind !== 'state') return;
        assert.deepEqual([...found.state.seniority.keys()], [...written.seniority.keys()]);
        for (const [index, { memory: read }] of found.state.registries.entries()) {
          const original = written.registries[index]?.memory;
          // Every later stage compares by identity: what is shown as it is listed must be the same object.
          for (const [key, one] of original?.shown ?? [])
            assert.equal(read.shown.get(key) === read.listed.get(key), one === original?.listed.get(key));
        }
      }),
      { numRuns: 200 },
    );
  });

  test('is written as the same bytes again, and is the same after it was read', () => {
    fc.assert(
      fc.property(state, bridge, (written, whose) => {
        const bytes = encodeState(written, whose);
        assert.deepEqual(encodeState(structuredClone(written), whose), bytes);
        const found = decodeState(bytes, whose);
        assert.deepEqual(found.kind === 'state' && encodeState(found.state, whose), bytes);
      }),
      { numRuns: 200 },
    );
  });

  test('is refused, never misread, when it is cut or one byte of it is another', () => {
    fc.assert(
      fc.property(state, bridge, fc.nat(), fc.integer({ min: 1, max: 255 }), (written, whose, place, change) => {
        const bytes = encodeState(written, whose);
        const at = place % bytes.length;
        assert.equal(decodeState(bytes.subarray(0, at), whose).kind, 'refused');
        bytes[at] = (bytes[at] ?? 0) ^ change;
        assert.equal(decodeState(bytes, whose).kind, 'refused');
      }),
      { numRuns: 200 },
    );
  });

  test('never throws, whatever bytes it is given, also under a right first line', () => {
    const anyBytes = fc.oneof(
      fc.uint8Array(),
      fc.json().map((json) => Buffer.from(json)),
    );
    fc.assert(
      fc.property(anyBytes, (bytes) => {
        assert.equal(decodeState(bytes, { namespace: 'a', instance: 'b' }).kind, 'refused');
      }),
    );
  });

  test('keeps the name of a service apart from its registry, also with a slash in it', () => {
    fc.assert(
      fc.property(state, bridge, (written, whose) => {
        const found = decodeState(encodeState(written, whose), whose);
        if (found.kind !== 'state') assert.fail();
        for (const { name, memory: read } of found.state.registries)
          for (const key of read.listed.keys()) assert.equal(splitServiceKey(key).registry, name);
      }),
      { numRuns: 50 },
    );
  });
});
