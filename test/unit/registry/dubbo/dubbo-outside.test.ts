import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ProjectionOptions } from '../../../../src/registry/dubbo/dubbo-projection.ts';
import type { Outside } from '../../../../src/registry/outside.ts';
import type { ScopeOptions } from '../../../../src/registry/scope.ts';
import {
  BAR,
  BY_INTERFACE,
  type Contents,
  encoded,
  FakeTree,
  FOO,
  foo,
  instanceData,
  options,
  PROVIDERS,
  providerNode,
  rule,
  scopeOf,
  TreeReading,
} from './dubbo-fixtures.ts';

function outsideOf(nodes: Contents, scope: ScopeOptions, fields: Partial<ProjectionOptions> = {}): Outside {
  const reading = new TreeReading(options(fields), scope);
  reading.read(new FakeTree(nodes));
  const outside = reading.projection.outside?.();
  if (outside === undefined) throw new Error('it does not tell');
  return outside;
}

describe('what the tree of Dubbo holds outside the scope', () => {
  const nodes = {
    [PROVIDERS]: [
      foo('dubbo://10.0.0.1:1', { group: 'prod' }),
      foo('dubbo://10.0.0.3:1', { application: 'carts', group: 'test' }),
    ],
    [`/dubbo/${BAR}/providers`]: [providerNode('dubbo://10.0.0.4:1', BAR, { application: 'stock', group: 'prod' })],
    '/services/depot/10.0.0.5:1': instanceData('10.0.0.5', { dubbo: 1 }),
  };

  test('is told by application, with the rule that its providers met', () => {
    const scope = { include: [], exclude: [rule({ version: ['9'] }), rule({ group: ['test'] })] };
    const outside = outsideOf(nodes, scope);
    assert.deepEqual([...outside.names()], ['carts']);
    const because = { kind: 'excluded', rule: { number: 2, asks: scope.exclude[1] } };
    assert.deepEqual(outside.leftOut('carts'), { instances: undefined, because });
    assert.deepEqual(outside.scope, scope);
    assert.equal(outside.leftOut('orders'), undefined);
  });

  test('is told by interface where interfaces are the services', () => {
    const outside = outsideOf(nodes, scopeOf(rule({ interface: [FOO], group: ['prod'] })), BY_INTERFACE);
    assert.deepEqual([...outside.names()].sort(), [BAR, `${FOO}.g-test`]);
    assert.deepEqual(outside.leftOut(BAR)?.because, { kind: 'not-included' });
    assert.deepEqual(outside.leftOut(`${FOO}.g-test`)?.because, { kind: 'not-included' });
  });

  test('is told by name where an application was left alone unread', () => {
    const outside = outsideOf(nodes, scopeOf(rule({ application: ['orders'] })));
    assert.deepEqual(outside.leftOut('depot'), { instances: undefined, because: { kind: 'not-included' } });
  });

  test('holds no registration that strayed below a root: it can hold a secret', () => {
    const stray = encoded('dubbo://10.0.0.9:1/x?password=hunter2');
    const outside = outsideOf({ ...nodes, [`/services/${stray}/a`]: '' }, scopeOf(rule({ application: ['orders'] })));
    assert.deepEqual(
      [...outside.names()].filter((name) => name.includes('hunter2')),
      [],
    );
  });
});
