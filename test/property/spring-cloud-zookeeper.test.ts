// Whatever happens in a tree and in whatever portions it is told, the services of Spring Cloud ZooKeeper end as one fresh read
// of the tree gives them, seen through whatever scope it was read for.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { silentLog } from '../../src/observe/log.ts';
import type { ScopeOptions, ScopeRule } from '../../src/registry/scope.ts';
import type { SpringRole } from '../../src/registry/spring-cloud-zookeeper/spring-plan.ts';
import { createSpringCloudZooKeeperProjection } from '../../src/registry/spring-cloud-zookeeper/spring-projection.ts';
import { SelectedRegistry } from '../../src/registry/wrap/select.ts';
import type { Projected, TreeChange, TreeProjection } from '../../src/registry/zookeeper/tree-plan.ts';
import { curatorRecord, dubboRecord, springOptions, springRecord } from '../fakes/curator-records.ts';
import { aSlice, FakeRegistry } from '../fakes/model-values.ts';
import { type FakeTree, readTree, treeChanges, treeOf } from '../fakes/planned-tree.ts';

const WHOLE: ScopeOptions = { include: [], exclude: [] };

const record: fc.Arbitrary<string> = fc.oneof(
  fc
    .record({
      id: fc.constantFrom('a', 'b', null),
      address: fc.constantFrom('10.0.0.1', '10.0.0.2', 'vm', ''),
      registrationTimeUTC: fc.constantFrom(1, 2, undefined),
      serviceType: fc.constantFrom('DYNAMIC', 'STATIC'),
      team: fc.constantFrom('us', 'them'),
      status: fc.constantFrom('UP', 'DOWN'),
    })
    .map(({ team, status, ...fields }) => springRecord(fields, { team, instance_status: status, password: 'x' })),
  fc.constantFrom(dubboRecord(), curatorRecord({}), '', '10.0.0.1', '{}'),
);
const directory = fc.constantFrom('orders', 'io', 'io/acme', 'io/acme/orders', 'io/1', '1/2/3/4/5/6/7/8');
const node = fc.constantFrom('1', '2', '3', 'acme');
const place = fc.tuple(directory, node).map((parts) => `/services/${parts.join('/')}`);
const tree: fc.Arbitrary<FakeTree> = fc
  .array(fc.tuple(place, record), { maxLength: 12 })
  .map((nodes) => treeOf({ '/services': '', ...Object.fromEntries(nodes) }));

const rule: fc.Arbitrary<ScopeRule> = fc.record({
  attributes: fc.oneof(
    fc.constant({}),
    fc.constantFrom('Orders', 'io/*', 'io/acme', '*/orders', 'o*').map((service) => ({ service: [service] })),
  ),
  metadata: fc.constantFrom({}, { team: ['us'] }),
});
const scope: fc.Arbitrary<ScopeOptions> = fc.record({
  include: fc.array(rule, { maxLength: 2 }),
  exclude: fc.array(rule, { maxLength: 1 }),
});

function projection(wanted: ScopeOptions): TreeProjection<SpringRole> {
  return createSpringCloudZooKeeperProjection('zk', springOptions(), wanted);
}

/** What a fresh projection makes of the tree. */
function projectFresh(shown: FakeTree, wanted: ScopeOptions): Projected {
  const fresh = projection(wanted);
  return fresh.project(treeChanges(new Map(), readTree(fresh, shown)));
}

/** `changes` in an order and in portions that `seed` decides. */
function portions(
  changes: readonly TreeChange<SpringRole>[],
  seed: readonly number[],
): readonly (readonly TreeChange<SpringRole>[])[] {
  const at = (index: number): number => seed[index % seed.length] ?? 0;
  const shuffled = changes
    .map((change, index) => ({ change, place: at(index) }))
    .sort((a, b) => a.place - b.place)
    .map(({ change }) => change);
  const size = 1 + (at(0) % 5);
  return Array.from({ length: Math.ceil(shuffled.length / size) }, (_, index) =>
    shuffled.slice(index * size, (index + 1) * size),
  );
}

const seed = fc.array(fc.nat(1000), { minLength: 1, maxLength: 20 });

test('any way to a tree, in any order and any portions, gives what one fresh read gives', () => {
  fc.assert(
    fc.property(scope, fc.array(fc.tuple(tree, seed), { minLength: 1, maxLength: 4 }), (wanted, steps) => {
      const told = projection(wanted);
      let reading = readTree(told, {});
      let projected = told.project(treeChanges(new Map(), reading));
      for (const [shown, order] of steps) {
        const next = readTree(told, shown);
        for (const portion of portions(treeChanges(reading, next), order)) projected = told.project(portion);
        reading = next;
        assert.deepEqual(projected, projectFresh(shown, wanted));
      }
    }),
  );
});

test('a service keeps its object exactly as long as it says the same', () => {
  fc.assert(
    fc.property(scope, tree, tree, (wanted, first, second) => {
      const told = projection(wanted);
      const reading = readTree(told, first);
      const before = told.project(treeChanges(new Map(), reading));
      const after = told.project(treeChanges(reading, readTree(told, second)));
      for (const [key, service] of after.services) {
        const former = before.services.get(key);
        assert.equal(former === service, isDeepStrictEqual(former, service));
      }
    }),
  );
});

test('read for a scope it holds what the whole tree holds within that scope', () => {
  fc.assert(
    fc.property(scope, tree, (wanted, shown) => {
      const inner = new FakeRegistry('zk', [aSlice({ services: projectFresh(shown, WHOLE).services })]);
      const [selected] = new SelectedRegistry(inner, wanted, silentLog).slices();
      assert.ok(selected?.reading.kind === 'live');
      const { services, ofServices } = projectFresh(shown, wanted);
      assert.ok(ofServices >= services.size);
      // Which of two records of one instance counts is settled before the scope is asked, here as there.
      assert.deepEqual(services, selected.reading.content.services);
    }),
  );
});

test('no data of any node makes it throw, and none shows a secret', () => {
  const json = fc.json().map((text) => Buffer.from(text));
  const bytes = fc.uint8Array({ maxLength: 64 }).map((array) => Buffer.from(array));
  const members = fc.dictionary(
    fc.constantFrom('id', 'address', 'port', 'sslPort', 'payload', 'serviceType', 'enabled', 'uriSpec', '__proto__'),
    fc.jsonValue(),
  );
  const broken = members.map((fields) => Buffer.from(springRecord(fields)));
  const secret = fc
    .constantFrom('password', 'api-key', 'jdbc')
    .map((key) => Buffer.from(springRecord({}, { [key]: 'postgres://app:hunter2@db/orders' })));
  fc.assert(
    fc.property(fc.dictionary(place, fc.oneof(bytes, json, broken, secret)), (data) => {
      const { services, problems } = projectFresh(treeOf({ '/services': '', ...data }), WHOLE);
      const told = JSON.stringify([...services.values()].map(({ instances }) => instances.map((i) => [...i.metadata])));
      assert.doesNotMatch(told + JSON.stringify(problems), /hunter2/);
    }),
  );
});
