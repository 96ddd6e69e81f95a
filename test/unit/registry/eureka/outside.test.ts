import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { compileSecrets } from '../../../../src/registry/decoding/secrets.ts';
import { decodeFull } from '../../../../src/registry/eureka/decode.ts';
import { applyFull, EMPTY_ESTATE, type Estate } from '../../../../src/registry/eureka/estate.ts';
import { outsideOf } from '../../../../src/registry/eureka/outside.ts';
import { judgeScope, type ScopeOptions } from '../../../../src/registry/scope.ts';
import { eurekaOptions } from '../../../fakes/eureka-options.ts';
import { rawInstance } from '../../../fakes/fake-eureka-registry.ts';

const SCOPE: ScopeOptions = {
  include: [{ attributes: { app: ['orders', 'carts'] }, metadata: {} }],
  exclude: [{ attributes: {}, metadata: { stage: ['test'] } }],
};

function estateOf(serviceKey: 'app' | 'vip', former: Estate, scope: ScopeOptions, ...instance: unknown[]): Estate {
  const decoded = decodeFull({ applications: { apps__hashcode: '', application: [{ instance }] } }, compileSecrets([]));
  assert.ok(decoded.kind === 'listing');
  return applyFull(former, decoded, { ...eurekaOptions({ serviceKey }), registry: 'legacy', judge: judgeScope(scope) });
}

describe('what an estate holds outside the scope', () => {
  const test1 = rawInstance('ORDERS', '2', { metadata: { stage: 'test' } });
  const instances = [rawInstance('ORDERS', '1'), test1, rawInstance('STOCK', '1'), rawInstance('STOCK', '2')];

  test('is told by the name of the service, with how many instances and which rule left them out', () => {
    const outside = outsideOf(estateOf('app', EMPTY_ESTATE, SCOPE, ...instances), undefined);
    assert.deepEqual(outside.reach, { kind: 'everything' });
    assert.deepEqual([...new Set(outside.names())], ['ORDERS', 'STOCK']);
    assert.deepEqual(outside.leftOut('ORDERS'), {
      instances: 1,
      because: { kind: 'excluded', rule: { number: 1, asks: SCOPE.exclude[0] } },
    });
    assert.deepEqual(outside.leftOut('STOCK'), { instances: 2, because: { kind: 'not-included' } });
    assert.equal(outside.leftOut('NOWHERE'), undefined);
  });

  test('is told by VIP where VIPs name the services', () => {
    const estate = estateOf('vip', EMPTY_ESTATE, SCOPE, rawInstance('STOCK', '1', { vipAddress: 'Stock,depot' }));
    assert.deepEqual([...outsideOf(estate, undefined).names()], ['stock', 'depot']);
  });

  test('is not all there is where single applications were asked for', () => {
    const { reach } = outsideOf(EMPTY_ESTATE, ['ORDERS', 'CARTS']);
    assert.deepEqual(reach, { kind: 'asked-for', what: 'applications', names: ['ORDERS', 'CARTS'] });
  });

  test('follows when another rule leaves it out from now on', () => {
    const before = estateOf('app', EMPTY_ESTATE, SCOPE, test1);
    const after = estateOf('app', before, { ...SCOPE, exclude: [] }, rawInstance('STOCK', '1'));
    const stock = { attributes: { app: ['STOCK'] }, metadata: {} };
    const exclude = [...SCOPE.exclude, stock];
    const both = estateOf('app', after, { include: [], exclude }, rawInstance('STOCK', '1'));
    assert.deepEqual(outsideOf(after, undefined).leftOut('STOCK')?.because, { kind: 'not-included' });
    assert.deepEqual(outsideOf(both, undefined).leftOut('STOCK')?.because, {
      kind: 'excluded',
      rule: { number: 2, asks: stock },
    });
  });
});
