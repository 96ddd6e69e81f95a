import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ScopeOptions } from '../../../../src/registry/scope.ts';
import { SpringPlan } from '../../../../src/registry/spring-cloud-zookeeper/spring-plan.ts';
import { curatorRecord, dubboRecord, springRecord } from '../../../fakes/curator-records.ts';
import { type FakeTree, readTree, treeOf } from '../../../fakes/planned-tree.ts';

const WHOLE: ScopeOptions = { include: [], exclude: [] };

function scopeOf(...service: string[]): ScopeOptions {
  return { include: [{ attributes: { service }, metadata: {} }], exclude: [] };
}

/** What is read, shortest path first: `+` before directories, whose children are read. */
function readsOf(tree: FakeTree, scope = WHOLE, root = '/services'): readonly string[] {
  return [...readTree(new SpringPlan(root, scope), tree).values()]
    .map(({ want: { path, what } }) => `${what === 'children' ? '+' : ''}${path}`)
    .sort();
}

describe('what is read', () => {
  test('is the root, each directory in it and the data of all that stands there', () => {
    const tree = treeOf({
      '/services/orders/1': springRecord(),
      '/services/orders/2': springRecord(),
      '/services/stock/10.20.0.17:20880': dubboRecord(),
      '/services/batch/x': curatorRecord({}),
      '/elsewhere/orders/1': springRecord(),
    });
    assert.deepEqual(readsOf(tree), [
      '+/services',
      '+/services/batch',
      '+/services/orders',
      '+/services/stock',
      '/services/batch/x',
      '/services/orders/1',
      '/services/orders/2',
      '/services/stock/10.20.0.17:20880',
    ]);
  });

  test('goes on below what is no record: names can be nested', () => {
    const tree = treeOf({
      '/services/io': '10.0.0.1',
      '/services/io/acme': '{"some":"JSON"}',
      '/services/io/acme/orders/1': springRecord(),
    });
    assert.deepEqual(readsOf(tree), [
      '+/services',
      '+/services/io',
      '+/services/io/acme',
      '+/services/io/acme/orders',
      '/services/io/acme',
      '/services/io/acme/orders',
      '/services/io/acme/orders/1',
    ]);
  });

  test('ends at records, whatever stands below them', () => {
    const tree = treeOf({ '/services/orders/1': springRecord(), '/services/orders/1/below': springRecord() });
    assert.deepEqual(readsOf(tree), ['+/services', '+/services/orders', '/services/orders/1']);
  });

  test('is nothing where there is no root', () => {
    assert.deepEqual(readsOf({}), ['+/services']);
  });

  test('can begin at the top of the tree', () => {
    assert.deepEqual(readsOf(treeOf({ '/orders/1': springRecord() }), WHOLE, '/'), ['+/', '+/orders', '/orders/1']);
  });

  test('never goes deeper than eight levels', () => {
    const path = '/services/1/2/3/4/5/6/7/8/9/10';
    const reads = readsOf(treeOf({ [path]: springRecord() }));
    assert.deepEqual(
      reads.filter((read) => read.startsWith('/services/1/2/3/4/5/6/7/8')),
      ['/services/1/2/3/4/5/6/7/8', '/services/1/2/3/4/5/6/7/8/9'],
    );
    assert.ok(reads.includes('+/services/1/2/3/4/5/6/7/8'));
    assert.ok(!reads.includes('+/services/1/2/3/4/5/6/7/8/9'));
  });

  test('leaves out what Dubbo keeps in names below the same root', () => {
    const url = 'dubbo%3A%2F%2F10.20.0.17%3A20880%2Fcom.acme.Orders%3Fapplication%3Dorders';
    const tree = treeOf({ [`/services/com.acme.Orders/providers/${url}`]: '10.20.0.17' });
    assert.deepEqual(readsOf(tree), [
      '+/services',
      '+/services/com.acme.Orders',
      '+/services/com.acme.Orders/providers',
      '/services/com.acme.Orders/providers',
    ]);
  });
});

describe('with a scope what is read', () => {
  const tree = treeOf({
    '/services/orders/1': springRecord(),
    '/services/orders/archive/1': springRecord(),
    '/services/stock/1': springRecord(),
    '/services/io/1': springRecord(),
    '/services/io/acme/orders/1': springRecord(),
    '/services/io/other/orders/1': springRecord(),
  });
  const cases: [what: string, scope: ScopeOptions, expected: readonly string[]][] = [
    ['is one directory for one name', scopeOf('Stock'), ['+/services', '+/services/stock', '/services/stock/1']],
    [
      'does not go on below a name',
      scopeOf('orders'),
      ['+/services', '+/services/orders', '/services/orders/1', '/services/orders/archive'],
    ],
    [
      'is the way to a nested name and nothing beside it',
      scopeOf('io/acme/orders'),
      [
        '+/services',
        '+/services/io',
        '+/services/io/acme',
        '+/services/io/acme/orders',
        '/services/io/acme',
        '/services/io/acme/orders',
        '/services/io/acme/orders/1',
      ],
    ],
    [
      'is the way to all that a glob can match',
      scopeOf('io/acme/*'),
      [
        '+/services',
        '+/services/io',
        '+/services/io/acme',
        '+/services/io/acme/orders',
        '/services/io/acme',
        '/services/io/acme/orders',
        '/services/io/acme/orders/1',
      ],
    ],
    ['is the root alone where nothing matches', scopeOf('shop'), ['+/services']],
  ];
  for (const [what, scope, expected] of cases) test(what, () => assert.deepEqual(readsOf(tree, scope), expected));

  test('ends at eight levels also where a name has more', () => {
    const name = '1/2/3/4/5/6/7/8/9';
    const reads = readsOf(treeOf({ [`/services/${name}/one`]: springRecord() }), scopeOf(name));
    assert.ok(reads.includes('+/services/1/2/3/4/5/6/7/8'));
    assert.ok(!reads.includes(`/services/${name}`));
  });

  test('is everything where no rule asks for the service', () => {
    const scope = { include: [{ attributes: {}, metadata: { team: ['pay'] } }], exclude: [] };
    assert.deepEqual(readsOf(tree, scope), readsOf(tree));
  });
});
