import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ProjectionOptions } from '../../../../src/registry/dubbo/dubbo-projection.ts';
import type { ScopeOptions } from '../../../../src/registry/scope.ts';
import {
  BAR,
  encoded,
  FakeTree,
  FOO,
  instanceData,
  options,
  providerNode,
  rule,
  scopeOf,
  TreeReading,
  WHOLE,
} from './dubbo-fixtures.ts';

const TREE = new FakeTree({
  [`/dubbo/${FOO}/providers`]: [providerNode('dubbo://10.0.0.1:20880', FOO)],
  [`/dubbo/${BAR}/providers`]: [providerNode('dubbo://10.0.0.2:20880', BAR, { application: 'carts' })],
  '/dubbo/config/dubbo/orders.configurators': 'x',
  '/dubbo/config/dubbo/carts.configurators': 'x',
  [`/dubbo/config/dubbo/${FOO}::.configurators`]: 'x',
  '/dubbo/config/dubbo/orders.tag-router': 'x',
  [`/dubbo/config/${encoded(`g1*${FOO}:1.0.0`)}/configurators`]: 'x',
  '/dubbo/config/mapping/a': '',
  '/dubbo/mapping/com.acme.Foo': 'orders',
  '/dubbo/metadata/orders/r1': '{}',
  '/services/orders/10.0.0.1:20880': instanceData('10.0.0.1', { dubbo: 20880 }),
  '/services/orders/6f8b2d4c-uuid': 'x',
  '/services/carts/10.0.0.2:20880': instanceData('10.0.0.2', { dubbo: 20880 }, { 'dubbo.metadata.revision': 'r2' }),
});

function pathsRead(
  scope: ScopeOptions = WHOLE,
  fields: Partial<ProjectionOptions> = {},
  tree = TREE,
): readonly string[] {
  const reading = new TreeReading(options(fields), scope);
  reading.read(tree);
  return reading.paths;
}

describe('the tree is read', () => {
  test('from both roots, down to providers, records, rules, consumers and metadata, and no further', () => {
    assert.deepEqual(pathsRead(), [
      '/dubbo',
      '/dubbo/com.acme.Bar/configurators',
      '/dubbo/com.acme.Bar/consumers',
      '/dubbo/com.acme.Bar/providers',
      '/dubbo/com.acme.Foo/configurators',
      '/dubbo/com.acme.Foo/consumers',
      '/dubbo/com.acme.Foo/providers',
      '/dubbo/config',
      '/dubbo/config/dubbo',
      '/dubbo/config/dubbo/carts.configurators',
      '/dubbo/config/dubbo/com.acme.Foo::.configurators',
      '/dubbo/config/dubbo/orders.configurators',
      '/dubbo/config/g1*com.acme.Foo%3A1.0.0/configurators',
      '/dubbo/metadata/carts/r2',
      '/dubbo/metadata/orders/r1',
      '/services',
      '/services/carts',
      '/services/carts/10.0.0.2:20880',
      '/services/orders',
      '/services/orders/10.0.0.1:20880',
    ]);
  });

  test('of one application in scope only where it can be', () => {
    assert.deepEqual(pathsRead(scopeOf(rule({ application: ['orders'] }))), [
      '/dubbo',
      '/dubbo/com.acme.Bar/providers',
      '/dubbo/com.acme.Foo/configurators',
      '/dubbo/com.acme.Foo/consumers',
      '/dubbo/com.acme.Foo/providers',
      '/dubbo/config',
      '/dubbo/config/dubbo',
      '/dubbo/config/dubbo/com.acme.Foo::.configurators',
      '/dubbo/config/dubbo/orders.configurators',
      '/dubbo/config/g1*com.acme.Foo%3A1.0.0/configurators',
      '/dubbo/metadata/orders/r1',
      '/services',
      '/services/orders',
      '/services/orders/10.0.0.1:20880',
    ]);
  });

  test('of one interface in scope only where it can be', () => {
    const paths = pathsRead(scopeOf(rule({ interface: ['com.acme.F*'] })), {
      roots: { interfaces: '/dubbo', applications: undefined },
    });
    assert.deepEqual(
      paths.filter((path) => !path.startsWith('/dubbo/config')),
      ['/dubbo', '/dubbo/com.acme.Foo/configurators', '/dubbo/com.acme.Foo/consumers', '/dubbo/com.acme.Foo/providers'],
    );
  });

  test('beside an interface as long as anybody was registered there: who comes back must find its rules', () => {
    const reading = new TreeReading(options(), WHOLE);
    const nodes = { [`/dubbo/${FOO}/providers`]: [providerNode('dubbo://10.0.0.1:20880', FOO)] };
    reading.read(new FakeTree(nodes));
    const beside = [`/dubbo/${FOO}/configurators`, `/dubbo/${FOO}/consumers`];
    const missing = new FakeTree({ [`/dubbo/${FOO}/routers`]: [] });
    for (const emptied of [new FakeTree({ [`/dubbo/${FOO}/providers`]: [] }), missing]) {
      reading.read(emptied);
      assert.deepEqual(
        reading.paths.filter((path) => beside.includes(path)),
        beside,
      );
    }
  });

  test('without consumers where they are not wanted', () => {
    assert.ok(pathsRead(WHOLE, { consumers: false }).every((path) => !path.endsWith('/consumers')));
  });

  test('from one root alone', () => {
    const applications = pathsRead(WHOLE, { roots: { interfaces: undefined, applications: '/services' } });
    assert.ok(applications.every((path) => path.startsWith('/services')));
    const interfaces = pathsRead(WHOLE, { roots: { interfaces: '/dubbo', applications: undefined } });
    assert.ok(interfaces.every((path) => path.startsWith('/dubbo')));
  });

  test('with both levels below one root, told apart by what is in a directory', () => {
    const shared = new FakeTree({
      [`/shared/${FOO}/providers`]: [providerNode('dubbo://10.0.0.1:20880', FOO)],
      [`/shared/${FOO}/routers`]: [],
      [`/shared/${BAR}/routers`]: [],
      '/shared/orders/10.0.0.1:20880': instanceData('10.0.0.1', { dubbo: 20880 }),
      '/shared/config/dubbo/orders.configurators': 'x',
      '/shared/mapping/com.acme.Foo': 'orders',
      '/shared/metadata/orders/r1': '{}',
      '/shared/empty': [],
    });
    assert.deepEqual(pathsRead(WHOLE, { roots: { interfaces: '/shared', applications: '/shared' } }, shared), [
      '/shared',
      '/shared/com.acme.Bar',
      '/shared/com.acme.Bar/providers',
      '/shared/com.acme.Foo',
      '/shared/com.acme.Foo/configurators',
      '/shared/com.acme.Foo/consumers',
      '/shared/com.acme.Foo/providers',
      '/shared/config',
      '/shared/config/dubbo',
      '/shared/config/dubbo/orders.configurators',
      '/shared/empty',
      '/shared/metadata/orders/r1',
      '/shared/orders',
      '/shared/orders/10.0.0.1:20880',
    ]);
  });

  test('with an application that is called as a directory of Dubbo, where the levels have roots of their own', () => {
    const tree = new FakeTree({ '/services/config/10.0.0.1:1': instanceData('10.0.0.1', { dubbo: 1 }) });
    assert.ok(pathsRead(WHOLE, {}, tree).includes('/services/config/10.0.0.1:1'));
  });

  test('with encoded names of interfaces', () => {
    const name = 'com.acme.Foo$Inner';
    const tree = new FakeTree({ [`/dubbo/${encoded(name)}/providers`]: [providerNode('dubbo://10.0.0.1:1', name)] });
    const reading = new TreeReading(options({ services: 'interface' }), scopeOf(rule({ interface: [name] })));
    assert.deepEqual(
      [...reading.read(tree).services.values()].map((service) => service.name),
      [name],
    );
  });

  test('at the root of the tree', () => {
    const tree = new FakeTree({ [`/${FOO}/providers`]: [providerNode('dubbo://10.0.0.1:1', FOO)] });
    tree.set('/', [FOO]);
    assert.ok(
      pathsRead(WHOLE, { roots: { interfaces: '/', applications: undefined } }, tree).includes(`/${FOO}/consumers`),
    );
  });
});
