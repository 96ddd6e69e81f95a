import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Outside } from '../../../../src/registry/outside.ts';
import type { ScopeOptions } from '../../../../src/registry/scope.ts';
import { createSpringCloudZooKeeperProjection } from '../../../../src/registry/spring-cloud-zookeeper/spring-projection.ts';
import { springOptions, springRecord } from '../../../fakes/curator-records.ts';
import { readTree, treeChanges, treeOf } from '../../../fakes/planned-tree.ts';

function outsideOf(data: Readonly<Record<string, string>>, scope: ScopeOptions): Outside {
  const projection = createSpringCloudZooKeeperProjection('zk', springOptions(), scope);
  projection.project(treeChanges(new Map(), readTree(projection, treeOf(data))));
  const outside = projection.outside?.();
  if (outside === undefined) throw new Error('it does not tell');
  return outside;
}

const services = (...service: string[]) => ({ attributes: { service }, metadata: {} });

describe('what the directories hold outside the scope', () => {
  const data = {
    '/services/orders/a': springRecord({ id: 'one' }, { team: 'pay' }),
    '/services/orders/b': springRecord({ id: 'two' }, { team: 'stock' }),
    '/services/depot/c': springRecord({ id: 'three' }),
    '/services/io/acme/d': springRecord({ id: 'four' }),
  };

  test('is told with the rule where instances were read', () => {
    const excluded = { attributes: {}, metadata: { team: ['stock'] } };
    const outside = outsideOf(data, { include: [], exclude: [excluded] });
    assert.deepEqual([...outside.names()], ['orders']);
    assert.deepEqual(outside.leftOut('orders'), {
      instances: 1,
      because: { kind: 'excluded', rule: { number: 1, asks: excluded } },
    });
    assert.deepEqual(outside.scope, { include: [], exclude: [excluded] });
    assert.equal(outside.leftOut('depot'), undefined);
  });

  test('is told by name where it was left alone unread', () => {
    const outside = outsideOf(data, { include: [services('orders')], exclude: [] });
    assert.deepEqual([...outside.names()].sort(), ['depot', 'io']);
    assert.deepEqual(outside.leftOut('depot'), { instances: undefined, because: { kind: 'not-included' } });
  });

  test('is told of a nested name whose directory was left alone', () => {
    const nested = outsideOf(data, { include: [services('io/other/*')], exclude: [] });
    assert.ok([...nested.names()].includes('io/acme'));
  });
});
