import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ProjectionOptions } from '../../../../src/registry/dubbo/dubbo-projection.ts';
import type { ScopeOptions } from '../../../../src/registry/scope.ts';
import {
  BAR,
  BY_INTERFACE,
  type Contents,
  consumerNode,
  encoded,
  FakeTree,
  FOO,
  foo,
  instanceData,
  metadataData,
  OVERRIDES,
  onlyInstance,
  PROVIDERS,
  project,
  providerNode,
  rule,
  scopeOf,
  shown,
  TreeReading,
  WHOLE,
} from './dubbo-fixtures.ts';

describe('the scope', () => {
  const nodes = {
    [PROVIDERS]: [
      foo('dubbo://10.0.0.1:1', { group: 'prod', version: '1' }),
      foo('dubbo://10.0.0.1:1', { group: 'test', version: '2', weight: '5' }),
      foo('dubbo://10.0.0.2:1', { group: 'test', version: '1' }),
      foo('dubbo://10.0.0.3:1', { application: 'carts', group: 'prod', version: '1' }),
    ],
    '/services/orders/10.0.0.1:1': instanceData('10.0.0.1', { dubbo: 1, tri: 2 }),
    '/services/orders/10.0.0.2:1': instanceData('10.0.0.2', { dubbo: 1 }),
    '/services/orders/10.0.0.4:1': instanceData('10.0.0.4', { dubbo: 1 }, { team: 'payments' }),
  };
  const cases: [what: string, scope: ScopeOptions, expected: readonly string[]][] = [
    [
      'is asked about each provider',
      scopeOf(rule({ group: ['prod'] })),
      ['carts: 10.0.0.3:1 up - dubbo:1', 'orders: 10.0.0.1:1 up - dubbo:1 tri:2'],
    ],
    ['wants two conditions of one provider', scopeOf(rule({ group: ['prod'], version: ['2'] })), []],
    [
      'is asked about a record where no provider is known',
      scopeOf(rule({}, { team: ['payments'] })),
      ['orders: 10.0.0.4:1 up - dubbo:1'],
    ],
    [
      'leaves out a record whose providers are left out',
      { include: [], exclude: [rule({ group: ['test'] })] },
      ['carts: 10.0.0.3:1 up - dubbo:1', 'orders: 10.0.0.1:1 up - dubbo:1 tri:2', 'orders: 10.0.0.4:1 up - dubbo:1'],
    ],
    [
      'leaves out a record of which only an excluded interface is known',
      { include: [], exclude: [rule({ interface: [FOO] })] },
      ['orders: 10.0.0.4:1 up - dubbo:1'],
    ],
  ];
  for (const [what, scope, expected] of cases)
    test(what, () => assert.deepEqual(shown(project(nodes, {}, scope)), expected));

  test('is asked about the metadata of a record', () => {
    const withMetadata = {
      '/services/orders/10.0.0.1:1': instanceData('10.0.0.1', { dubbo: 1 }),
      '/dubbo/metadata/orders/r1': metadataData({ [`prod/${FOO}:dubbo`]: {}, [`test/${BAR}:dubbo`]: { weight: '5' } }),
    };
    const projected = project(withMetadata, {}, scopeOf(rule({ group: ['prod'] })));
    assert.deepEqual(shown(projected), ['orders: 10.0.0.1:1 up - dubbo:1']);
    assert.deepEqual(onlyInstance(projected).attributes.get('interface'), [FOO]);
    assert.deepEqual(shown(project(withMetadata, {}, scopeOf(rule({ group: ['x'] })))), []);
  });

  test('leaves the numbers of a host as they are', () => {
    const one = {
      [PROVIDERS]: [
        foo('dubbo://10.0.0.1:1', { group: 'a' }),
        foo('tri://10.0.0.1:2', { group: 'a' }),
        foo('dubbo://10.0.0.1:3', { group: 'b' }),
        foo('tri://10.0.0.1:4', { group: 'b' }),
      ],
    };
    assert.deepEqual(shown(project(one, {}, scopeOf(rule({ group: ['b'] })))), [
      'orders: 10.0.0.1:3 up - dubbo:3 tri:4',
    ]);
  });

  const counts: [what: string, scope: ScopeOptions, fields: Partial<ProjectionOptions>, expected: string][] = [
    ['all', WHOLE, {}, '2 of 2'],
    ['one group', scopeOf(rule({ group: ['prod'] })), {}, '2 of 2'],
    ['one application', scopeOf(rule({ application: ['orders'] })), {}, '1 of 2'],
    ['an application that is not there', scopeOf(rule({ application: ['order'] })), {}, '0 of 2'],
    ['an interface that is not there', scopeOf(rule({ interface: ['x'] })), {}, '0 of 1'],
    ['all interfaces', WHOLE, BY_INTERFACE, '3 of 3'],
    ['one group of interfaces', scopeOf(rule({ group: ['prod'] })), BY_INTERFACE, '1 of 3'],
    ['an interface that is not there, of interfaces', scopeOf(rule({ interface: ['x'] })), BY_INTERFACE, '0 of 1'],
    ['a group that is not there', scopeOf(rule({ group: ['x'] })), BY_INTERFACE, '0 of 3'],
  ];
  for (const [what, scope, fields, expected] of counts) {
    test(`counts ${expected} for ${what}`, () => {
      const { services, ofServices } = project(nodes, fields, scope);
      assert.equal(`${services.size} of ${ofServices}`, expected);
    });
  }

  test('counts what it leaves unread, so that a typing error is seen', () => {
    const interfaces = { [PROVIDERS]: [foo('dubbo://10.0.0.1:1')] };
    assert.equal(project(interfaces, {}, scopeOf(rule({ interface: ['x'] }))).ofServices, 1);
    const applications = { '/services/orders/10.0.0.1:1': 'x' };
    assert.equal(project(applications, {}, scopeOf(rule({ application: ['x'] }))).ofServices, 1);
    assert.equal(project(applications, BY_INTERFACE, scopeOf(rule({ application: ['x'] }))).ofServices, 1);
    assert.equal(project({}, {}, scopeOf(rule({ interface: ['x'] }))).ofServices, 0);
  });
});

describe('a change', () => {
  test('of one directory keeps all that it is not about', () => {
    const tree = new FakeTree({
      [PROVIDERS]: [foo('dubbo://10.0.0.1:1'), foo('dubbo://10.0.0.2:1')],
      [`/dubbo/${BAR}/providers`]: [providerNode('dubbo://10.0.0.3:1', BAR, { application: 'carts' })],
    });
    const reading = new TreeReading();
    const before = reading.read(tree).services;
    tree.set(PROVIDERS, [foo('dubbo://10.0.0.1:1', { weight: '5' }), foo('dubbo://10.0.0.2:1')]);
    const after = reading.read(tree).services;
    const [orders, carts] = ['orders', 'carts'].map((name) =>
      [before, after].map((services) => [...services.values()].find((service) => service.name === name)),
    );
    assert.notEqual(orders?.[0], orders?.[1]);
    assert.equal(orders?.[0]?.instances[1], orders?.[1]?.instances[1]);
    assert.ok(carts?.[0] !== undefined);
    assert.equal(carts[0], carts[1]);
  });

  test('of nothing but timestamps and process ids is none', () => {
    const said = (timestamp: string): Contents => ({
      [PROVIDERS]: [foo('dubbo://10.0.0.1:1', { timestamp, pid: timestamp, token: 'x' })],
      '/services/orders/10.0.0.1:1': instanceData(
        '10.0.0.1',
        { dubbo: 1 },
        { timestamp, 'dubbo.metadata.revision': timestamp },
      ),
    });
    const reading = new TreeReading();
    const before = reading.read(new FakeTree(said('1')));
    const after = reading.read(new FakeTree(said('2')));
    assert.equal(after.services, before.services);
    assert.equal(after.problems, before.problems);
  });

  test('of a rule, of consumers and of metadata is about those that they name', () => {
    const tree = new FakeTree({
      [PROVIDERS]: [foo('dubbo://10.0.0.1:1')],
      '/services/orders/10.0.0.2:1': instanceData('10.0.0.2', { dubbo: 1 }),
    });
    const reading = new TreeReading();
    reading.read(tree);
    tree.set(OVERRIDES, [encoded(`override://0.0.0.0/${FOO}?weight=9`)]);
    tree.set(`/dubbo/${FOO}/consumers`, [consumerNode('shop', FOO)]);
    tree.set('/dubbo/metadata/orders/r1', metadataData({ [`${FOO}:dubbo`]: {}, [`${BAR}:dubbo`]: {} }));
    const projected = reading.read(tree);
    assert.deepEqual(shown(projected), ['orders: 10.0.0.1:1 up 9 dubbo:1', 'orders: 10.0.0.2:1 up 100 dubbo:1']);
    const [service] = projected.services.values();
    assert.deepEqual(service?.inventory?.get('consumers'), ['shop']);
    tree.delete(`/dubbo/${FOO}/configurators`).delete('/dubbo/metadata/orders');
    assert.deepEqual(shown(reading.read(tree)), ['orders: 10.0.0.1:1 up - dubbo:1', 'orders: 10.0.0.2:1 up - dubbo:1']);
  });

  test('that takes everything away leaves nothing behind', () => {
    const tree = new FakeTree({
      [PROVIDERS]: [foo('dubbo://10.0.0.1:1', { token: 'x' }), 'nonsense'],
      '/services/orders/10.0.0.2:1': instanceData('10.0.0.2', { dubbo: 1 }),
      '/dubbo/metadata/orders/r1': metadataData({ [`${FOO}:dubbo`]: {} }),
    });
    const reading = new TreeReading();
    reading.read(tree);
    tree.delete(`/dubbo/${FOO}`).delete('/services/orders');
    assert.deepEqual(reading.read(tree), { services: new Map(), problems: [], ofServices: 0 });
  });

  test('that could not be read keeps what was known', () => {
    const tree = new FakeTree({ [PROVIDERS]: [foo('dubbo://10.0.0.1:1')] });
    const reading = new TreeReading();
    const changes = reading.changes(tree);
    const before = reading.projection.project(changes);
    const unread = changes.map((change) => ({ ...change, node: { ...change.node, content: undefined } }));
    assert.equal(reading.projection.project(unread).services, before.services);
  });
});
