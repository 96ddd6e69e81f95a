import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Service, serviceKey } from '../../../../src/model/service.ts';
import type { ScopeOptions, ScopeRule } from '../../../../src/registry/scope.ts';
import type { SpringRole } from '../../../../src/registry/spring-cloud-zookeeper/spring-plan.ts';
import { createSpringCloudZooKeeperProjection } from '../../../../src/registry/spring-cloud-zookeeper/spring-projection.ts';
import type { Projected } from '../../../../src/registry/zookeeper/tree-plan.ts';
import { curatorRecord, dubboRecord, springOptions, springRecord } from '../../../fakes/curator-records.ts';
import { type FakeTree, type Reading, readTree, treeChanges, treeOf } from '../../../fakes/planned-tree.ts';

/** A projection with the tree that it was shown last. */
class Projection {
  readonly #projection;
  #reading: Reading<SpringRole> = new Map();

  constructor(scope: Partial<ScopeOptions> = {}) {
    this.#projection = createSpringCloudZooKeeperProjection('zk', springOptions(), {
      include: [],
      exclude: [],
      ...scope,
    });
  }

  show(tree: FakeTree): Projected {
    const former = this.#reading;
    this.#reading = readTree(this.#projection, tree);
    return this.#projection.project(treeChanges(former, this.#reading));
  }
}

function project(data: Readonly<Record<string, string>>, scope: Partial<ScopeOptions> = {}): Projected {
  return new Projection(scope).show(treeOf(data));
}

function idsOf({ services }: Projected): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries([...services.values()].map(({ name, instances }) => [name, instances.map(({ id }) => id)]));
}

function problemsOf({ problems }: Projected): readonly (readonly [code: string, service: string, value: string])[] {
  return problems.map(({ code, service, value }) => [code, service, value]);
}

function serviceOf({ services }: Projected, name: string): Service | undefined {
  return services.get(serviceKey('zk', name));
}

const ofServices = (...service: string[]): ScopeRule => ({ attributes: { service }, metadata: {} });
const ofTeam = (team: string): ScopeRule => ({ attributes: {}, metadata: { team: [team] } });

describe('a service', () => {
  test('is a directory with records of Spring Cloud, its instances ordered by id', () => {
    const projected = project({
      '/services/orders/a': springRecord({ id: 'two' }),
      '/services/orders/b': springRecord({ id: 'one' }),
      '/services/stock/c': springRecord({ id: 'three' }),
    });
    assert.deepEqual(idsOf(projected), { orders: ['one', 'two'], stock: ['three'] });
    assert.equal(projected.ofServices, 2);
    assert.deepEqual(projected.problems, []);
  });

  test('is named by the whole path below the root, also beside nested ones', () => {
    const projected = project({
      '/services/io/acme/orders/1': springRecord(),
      '/services/io/acme/2': springRecord({ id: 'two' }),
    });
    assert.deepEqual(idsOf(projected), { 'io/acme/orders': ['one'], 'io/acme': ['two'] });
  });

  test('is not what has no instance: directories without records, dependencies, leftovers', () => {
    const projected = project({
      '/services/empty': '10.0.0.1',
      '/services/dependencies/io/acme/orders': '',
      '/services/orders/config': '{"some":"JSON"}',
    });
    assert.equal(projected.services.size, 0);
    assert.equal(projected.ofServices, 0);
    assert.deepEqual(projected.problems, []);
  });

  test('of Dubbo under the same name is not mixed in, and nothing is said of it', () => {
    const projected = project({
      '/services/orders/1': springRecord(),
      '/services/orders/10.20.0.17:20880': dubboRecord(),
      '/services/pay/10.20.0.17:20880': dubboRecord(),
    });
    assert.deepEqual(idsOf(projected), { orders: ['one'] });
    assert.equal(projected.ofServices, 1);
    assert.deepEqual(projected.problems, []);
  });
});

describe('records that are not read', () => {
  test('of other users of Curator are counted for their service, with the classes that they name', () => {
    const other = (payload: unknown) => curatorRecord({ payload });
    const projected = project({
      '/services/batch/1': other({ '@class': 'com.acme.Details' }),
      '/services/batch/2': other({ '@class': 'com.acme.Details' }),
      '/services/batch/3': other(null),
      '/services/orders/1': springRecord(),
      '/services/stock/1': other(['hunter2 or what', {}]),
    });
    assert.deepEqual(idsOf(projected), { orders: ['one'] });
    assert.deepEqual(problemsOf(projected), [
      ['RECORDS_SKIPPED', 'batch', '3 records of other writers (payload class: com.acme.Details, none)'],
      ['RECORDS_SKIPPED', 'stock', '1 record of other writers (payload class: none)'],
    ]);
  });

  test('because they lie too deep are counted where reading ended', () => {
    const projected = project({
      '/services/1/2/3/4/5/6/7/8/9/10': springRecord(),
      '/services/1/2/3/4/5/6/7/8/9b': 'x',
      '/services/1/2/3/4/5/6/7/8/one': springRecord(),
    });
    assert.deepEqual(idsOf(projected), { '1/2/3/4/5/6/7/8': ['one'] });
    assert.deepEqual(problemsOf(projected), [['RECORDS_SKIPPED', '1/2/3/4/5/6/7/8', '2 nodes too deep in the tree']]);
  });
});

describe('two records with one id', () => {
  const at = (address: string, registrationTimeUTC?: number) => springRecord({ address, registrationTimeUTC });
  const cases: [what: string, nodes: Readonly<Record<string, string>>, kept: string][] = [
    ['the newer one counts', { a: at('old', 1), b: at('new', 2) }, 'new'],
    ['whatever the order of their nodes', { a: at('new', 2), b: at('old', 1) }, 'new'],
    ['of two of one age that with the later node', { 'one-01': at('old', 1), 'one-02': at('new', 1) }, 'new'],
    ['one that says its age is newer than one that does not', { a: at('new', 1), b: at('old') }, 'new'],
  ];
  for (const [what, nodes, kept] of cases) {
    test(what, () => {
      const projected = project(
        Object.fromEntries(Object.entries(nodes).map(([node, record]) => [`/services/orders/${node}`, record])),
      );
      assert.deepEqual(
        serviceOf(projected, 'orders')?.instances.map(({ address }) => address),
        [kept],
      );
      assert.deepEqual(problemsOf(projected), [['INSTANCE_DUPLICATE', 'orders', 'one']]);
    });
  }

  test('are told of once, however many there are', () => {
    const nodes = Array.from({ length: 5 }, (_, index) => [`/services/orders/${index}`, at(`vm-${index}`, 1)]);
    const projected = project(Object.fromEntries(nodes));
    assert.equal(serviceOf(projected, 'orders')?.instances[0]?.address, 'vm-4');
    assert.equal(projected.problems.length, 1);
  });

  test('one of which cannot be used are one record', () => {
    const projected = project({ '/services/orders/a': at('old', 1), '/services/orders/b': at('', 2) });
    assert.deepEqual(
      serviceOf(projected, 'orders')?.instances.map(({ address }) => address),
      ['old'],
    );
    assert.deepEqual(problemsOf(projected), [['INSTANCE_MALFORMED', 'orders', 'it has no usable address']]);
  });

  test('in two services are two instances', () => {
    const projected = project({ '/services/orders/a': at('x', 1), '/services/stock/a': at('x', 2) });
    assert.deepEqual(idsOf(projected), { orders: ['one'], stock: ['one'] });
    assert.deepEqual(projected.problems, []);
  });

  test('the newer of which left the scope are none', () => {
    const projected = project(
      {
        '/services/orders/a': springRecord({ registrationTimeUTC: 1 }, { team: 'pay' }),
        '/services/orders/b': springRecord({ registrationTimeUTC: 2 }, { team: 'stock' }),
      },
      { include: [ofTeam('pay')] },
    );
    assert.deepEqual(idsOf(projected), {});
    assert.deepEqual(projected.problems, []);
    assert.equal(projected.ofServices, 1);
  });
});

describe('with a scope', () => {
  const data = {
    '/services/orders/1': springRecord({ id: 'one' }, { team: 'pay' }),
    '/services/orders/2': springRecord({ id: 'two', serviceType: 'STATIC' }, { team: 'stock' }),
    '/services/stock/3': springRecord({ id: 'three' }, { team: 'stock', token: 'hunter2' }),
    '/services/io/acme/orders/4': springRecord({ id: 'four' }, { team: 'pay' }),
    '/services/io/5': curatorRecord({}),
  };

  test('what is outside is counted and not listed, and has no problems', () => {
    const projected = project(data, { include: [ofTeam('pay')] });
    assert.deepEqual(idsOf(projected), { orders: ['one'], 'io/acme/orders': ['four'] });
    assert.equal(projected.ofServices, 3);
    assert.deepEqual(problemsOf(projected), [
      ['RECORDS_SKIPPED', 'io', '1 record of other writers (payload class: none)'],
    ]);
  });

  test('what is not even read counts as a service for each node that was seen', () => {
    const projected = project(data, { include: [ofServices('orders')] });
    assert.deepEqual(idsOf(projected), { orders: ['one', 'two'] });
    assert.equal(projected.ofServices, 3);
    assert.deepEqual(problemsOf(projected), [['INSTANCE_PERSISTENT', 'orders', 'STATIC']]);
  });

  test('a directory below a service that is in scope counts as one too', () => {
    const nested = { '/services/orders/1': springRecord(), '/services/orders/archive/1': springRecord() };
    assert.equal(project(nested, { include: [ofServices('orders')] }).ofServices, 2);
  });

  test('that names nothing, because of a typing error, there are services all the same', () => {
    assert.equal(project(data, { include: [ofServices('odrers')] }).ofServices, 3);
    assert.equal(project(data, { include: [ofServices('io/acme/odrers')] }).ofServices, 4);
  });

  test("records of others on the way to what is in scope are nobody's business", () => {
    const projected = project(data, { include: [ofServices('io/*')] });
    assert.deepEqual(idsOf(projected), { 'io/acme/orders': ['four'] });
    assert.deepEqual(projected.problems, []);
  });
});

describe('when something changes', () => {
  const data: Record<string, string> = {};
  for (let index = 0; index < 1000; index++)
    data[`/services/app-${index % 100}/i-${index}`] = springRecord({ id: `i-${index}` });

  function changed(before: Projected, after: Projected): readonly string[] {
    const names = new Set([...before.services.keys(), ...after.services.keys()]);
    return [...names].filter((key) => before.services.get(key) !== after.services.get(key)).sort();
  }

  test('one instance gives one new service, in which the others keep their objects', () => {
    const projection = new Projection();
    const before = projection.show(treeOf(data));
    const path = '/services/app-21/i-321';
    const after = projection.show(
      treeOf({ ...data, [path]: springRecord({ id: 'i-321' }, { instance_status: 'DOWN' }) }),
    );
    assert.deepEqual(changed(before, after), ['zk/app-21']);
    const former = new Set(serviceOf(before, 'app-21')?.instances);
    assert.equal(serviceOf(after, 'app-21')?.instances.filter((instance) => former.has(instance)).length, 9);
  });

  test('a service whose last instance went is gone', () => {
    const projection = new Projection();
    const before = projection.show(treeOf({ ...data, '/services/last/one': springRecord() }));
    const after = projection.show(treeOf({ ...data, '/services/last': '' }));
    assert.deepEqual(changed(before, after), ['zk/last']);
    assert.equal(after.ofServices, 100);
  });

  test('a directory that vanished takes its service and its problems with it', () => {
    const projection = new Projection();
    const path = '/services/last/one';
    const before = projection.show(treeOf({ ...data, [path]: springRecord({ serviceType: 'STATIC' }) }));
    assert.equal(before.problems.length, 1);
    const after = projection.show(treeOf(data));
    assert.deepEqual(changed(before, after), ['zk/last']);
    assert.deepEqual(after.problems, []);
  });

  test('a registration that was made anew and says the same changes nothing', () => {
    const projection = new Projection();
    const before = projection.show(treeOf({ ...data, '/services/orders/1': springRecord({ serviceType: 'STATIC' }) }));
    const again = springRecord({ serviceType: 'STATIC', registrationTimeUTC: 1_800_000_000_000 });
    const after = projection.show(treeOf({ ...data, '/services/orders/1': again }));
    assert.equal(after.services, before.services);
    assert.equal(after.problems, before.problems);
  });

  test('a record that can no longer be read as one costs itself alone', () => {
    const projection = new Projection();
    projection.show(treeOf(data));
    const after = projection.show(treeOf({ ...data, '/services/app-0/i-0': 'oops' }));
    assert.equal(serviceOf(after, 'app-0')?.instances.length, 9);
  });

  test('nothing, nothing is made anew', () => {
    const projection = new Projection();
    const before = projection.show(treeOf(data));
    const after = projection.show(treeOf(data));
    assert.equal(after.services, before.services);
    assert.equal(after.problems, before.problems);
  });
});
