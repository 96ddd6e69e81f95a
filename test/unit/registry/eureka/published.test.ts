import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type ServiceKey, serviceKey } from '../../../../src/model/service.ts';
import { compileSecrets } from '../../../../src/registry/decoding/secrets.ts';
import { decodeFull } from '../../../../src/registry/eureka/decode.ts';
import { applyFull } from '../../../../src/registry/eureka/estate.ts';
import { NOTHING_PUBLISHED, type Published, publish } from '../../../../src/registry/eureka/published.ts';
import type { InstanceRules } from '../../../../src/registry/eureka/to-instance.ts';
import { judgeScope, type ScopeOptions } from '../../../../src/registry/scope.ts';
import { eurekaOptions } from '../../../fakes/eureka-options.ts';
import { rawInstance } from '../../../fakes/fake-eureka-registry.ts';

const isSecret = compileSecrets([]);

function publishFull(instance: readonly unknown[], former: Published, serviceKey: 'app' | 'vip' = 'app'): Published {
  const rules: InstanceRules = { ...eurekaOptions({ serviceKey }), registry: 'legacy' };
  const decoded = decodeFull({ applications: { apps__hashcode: '', application: [{ instance }] } }, isSecret);
  assert.ok(decoded.kind === 'listing');
  return publish(applyFull(former.estate, decoded, rules), 'legacy', former);
}

function idsOf(published: Published, name: string): readonly string[] | undefined {
  return published.services.get(serviceKey('legacy', name))?.instances.map(({ id }) => id);
}

/** Keys whose service is another object than before. */
function changedKeys(before: Published, after: Published): readonly ServiceKey[] {
  return [...after.services].filter(([key, service]) => before.services.get(key) !== service).map(([key]) => key);
}

test('a service holds the instances of its application, ordered by id', () => {
  const published = publishFull(
    [rawInstance('B', 'z'), rawInstance('A', 'b'), rawInstance('A', 'B'), rawInstance('A', 'a')],
    NOTHING_PUBLISHED,
  );
  assert.deepEqual(idsOf(published, 'A'), ['B', 'a', 'b']);
  assert.deepEqual(idsOf(published, 'B'), ['z']);
});

describe('where VIPs name the services', () => {
  const published = publishFull(
    [rawInstance('A', '1', { vipAddress: 'Pay,orders' }), rawInstance('B', '1', { vipAddress: 'PAY' })],
    NOTHING_PUBLISHED,
    'vip',
  );
  test('an instance is in the service of each of its VIPs', () => {
    assert.deepEqual(idsOf(published, 'orders'), ['A/1']);
    assert.deepEqual(idsOf(published, 'pay'), ['A/1', 'B/1']);
  });
  test('spellings of one VIP are one service', () => assert.equal(published.services.size, 2));
});

describe('10,000 instances of 1,000 applications', () => {
  const raw = Array.from({ length: 10_000 }, (_, index) => rawInstance(`app-${index % 1000}`, `i-${index}`));
  const before = publishFull(raw, NOTHING_PUBLISHED);

  test('read once more are the same objects', () => {
    const after = publishFull(
      raw.map((instance) => ({ ...instance })),
      before,
    );
    assert.equal(after, before);
  });
  test('with one changed give exactly one new service', () => {
    const after = publishFull(raw.with(4321, rawInstance('app-321', 'i-4321', { status: 'DOWN' })), before);
    assert.deepEqual(changedKeys(before, after), ['legacy/APP-321']);
    const former = before.services.get(serviceKey('legacy', 'APP-321'));
    const fresh = after.services.get(serviceKey('legacy', 'APP-321'));
    const kept = fresh?.instances.filter((instance, index) => former?.instances[index] === instance);
    assert.equal(kept?.length, 9);
  });
  test('with one gone give exactly one new service', () => {
    assert.deepEqual(changedKeys(before, publishFull(raw.slice(1), before)), ['legacy/APP-0']);
  });
});

test('one application of 20,000 instances is read like any other, in the order of ids', () => {
  const raw = Array.from({ length: 20_000 }, (_, index) => rawInstance('A', `i-${(index * 7919) % 20_000}`));
  const before = publishFull(raw, NOTHING_PUBLISHED);
  const after = publishFull(raw.with(0, rawInstance('A', 'i-0', { status: 'DOWN' })), before);
  assert.equal(idsOf(after, 'A')?.length, 20_000);
  assert.deepEqual(idsOf(after, 'A'), idsOf(after, 'A')?.toSorted());
  assert.deepEqual(changedKeys(before, after), ['legacy/A']);
});

describe('problems', () => {
  const bad = rawInstance('A', '1', { metadata: { password: 'x' } });
  const before = publishFull([bad, { app: 'A' }, rawInstance('B', '1')], NOTHING_PUBLISHED);
  test('are all told', () => {
    assert.deepEqual(
      before.problems.map(({ code }) => code),
      ['INSTANCE_MALFORMED', 'METADATA_SECRET_DROPPED'],
    );
  });
  test('keep their list while they say the same', () => {
    const after = publishFull([bad, { app: 'A' }, rawInstance('B', '2')], before);
    assert.notEqual(after, before);
    assert.equal(after.problems, before.problems);
  });
  test('go when they are mended', () => {
    assert.deepEqual(publishFull([rawInstance('A', '1')], before).problems, []);
  });
});

describe('with a scope', () => {
  const readFor = (rule: ScopeOptions['include'][number], serviceKey: 'app' | 'vip', ...instance: unknown[]) => {
    const judge = judgeScope({ include: [rule], exclude: [] });
    const decoded = decodeFull({ applications: { apps__hashcode: '', application: [{ instance }] } }, isSecret);
    assert.ok(decoded.kind === 'listing');
    const rules: InstanceRules = { ...eurekaOptions({ serviceKey }), registry: 'legacy', judge };
    return publish(applyFull(NOTHING_PUBLISHED.estate, decoded, rules), 'legacy', NOTHING_PUBLISHED);
  };
  const ofApps = (...app: string[]) => ({ attributes: { app }, metadata: {} });

  test('services outside are counted and not listed', () => {
    const published = readFor(ofApps('a*'), 'app', rawInstance('A', '1'), rawInstance('B', '1'), rawInstance('B', '2'));
    assert.deepEqual([...published.services.keys()], ['legacy/A']);
    assert.equal(published.ofServices, 2);
  });
  test('VIPs outside are counted each once, and an instance nobody can reach names none', () => {
    const published = readFor(
      { attributes: { vip: ['pay'] }, metadata: {} },
      'vip',
      rawInstance('A', '1', { vipAddress: 'Pay,orders' }),
      rawInstance('B', '1', { vipAddress: 'ORDERS,stock' }),
      rawInstance('B', '2', { vipAddress: 'stock' }),
      rawInstance('C', '1', { vipAddress: 'lost', ipAddr: '', hostName: 'unknown' }),
    );
    assert.deepEqual([...published.services.keys()], ['legacy/pay', 'legacy/orders']);
    assert.equal(published.ofServices, 3);
  });
  test('a group is asked for like any attribute', () => {
    const rule = { attributes: { group: ['shop'] }, metadata: {} };
    const published = readFor(rule, 'app', rawInstance('A', '1', { appGroupName: 'SHOP' }), rawInstance('B', '1'));
    assert.deepEqual([...published.services.keys()], ['legacy/A']);
  });
  test('problems of instances outside are not told, nor those of an application wholly outside', () => {
    const secret = { metadata: { password: 'x' } };
    const published = readFor(
      ofApps('a'),
      'app',
      rawInstance('A', '1', secret),
      rawInstance('B', '1', secret),
      rawInstance('B', '1', secret),
      rawInstance('B', '2', { ipAddr: '', hostName: 'unknown' }),
      { app: 'A' },
      { app: 'B' },
      { app: 'C' },
    );
    assert.deepEqual(
      published.problems.map(({ code, service }) => [code, service]),
      [
        ['INSTANCE_MALFORMED', 'A'],
        ['INSTANCE_MALFORMED', 'C'],
        ['METADATA_SECRET_DROPPED', 'A'],
      ],
    );
  });
});
