import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { compileSecrets } from '../../../../src/registry/decoding/secrets.ts';
import { answerForDump } from '../../../../src/registry/eureka/answer-for-dump.ts';
import type { ScopeOptions } from '../../../../src/registry/scope.ts';
import { eurekaOptions } from '../../../fakes/eureka-options.ts';
import { FakeEurekaRegistry, rawInstance } from '../../../fakes/fake-eureka-registry.ts';

const WHOLE: ScopeOptions = { include: [], exclude: [] };
const ORDERS: ScopeOptions = { include: [{ attributes: { app: ['orders'] }, metadata: {} }], exclude: [] };
const OURS: ScopeOptions = { include: [{ attributes: {}, metadata: { team: ['us'] } }], exclude: [] };

function dump(answers: readonly unknown[], scope = WHOLE, secretKeys: readonly string[] = []) {
  const masked: string[] = [];
  const masking = { isSecret: compileSecrets(secretKeys), onMasked: (key: string) => void masked.push(key) };
  const rules = { ...eurekaOptions(), registry: 'legacy' };
  // As text and back: that is how it is saved.
  return { saved: JSON.parse(JSON.stringify(answerForDump(answers, rules, scope, masking))), masked };
}

function registry(): FakeEurekaRegistry {
  const eureka = new FakeEurekaRegistry();
  eureka.register('orders', 'a', { metadata: { team: 'us' } });
  eureka.register('orders', 'b', { metadata: { team: 'them' } });
  eureka.register('bills', 'c', { metadata: { team: 'them' } });
  return eureka;
}

/** `APP: id id` */
function listed({ saved }: ReturnType<typeof dump>): readonly string[] {
  const applications: readonly { readonly name: string; readonly instance: readonly { instanceId: string }[] }[] =
    saved.applications.application;
  return applications.map(({ name, instance }) => `${name}: ${instance.map((one) => one.instanceId).join(' ')}`);
}

describe('what Eureka answered is saved', () => {
  test('member for member where nothing has to go', () => {
    const full = registry().full();
    assert.deepEqual(dump([full]).saved, full);
  });

  test('without applications and instances outside the scope', () => {
    assert.deepEqual(listed(dump([registry().full()], ORDERS)), ['ORDERS: a b']);
    assert.deepEqual(listed(dump([registry().full()], OURS)), ['ORDERS: a']);
  });

  test('without a hash where it would count what was left out', () => {
    assert.equal(dump([registry().full()], ORDERS).saved.applications.apps__hashcode, undefined);
  });

  test('with the empty hash where nothing is in scope, because this is no accident', () => {
    const nothing = { include: [{ attributes: { app: ['none'] }, metadata: {} }], exclude: [] };
    const { applications } = dump([registry().full()], nothing).saved;
    assert.deepEqual([applications.apps__hashcode, applications.application], ['', []]);
  });

  test('with what cannot be read, but for applications that are outside', () => {
    const lost = { status: 'UP' };
    const application = [
      { name: 'ORDERS', instance: [rawInstance('orders', 'a'), 'odd'] },
      { name: 'BILLS', instance: [rawInstance('bills', 'b'), lost] },
      { name: 'NOBODY-KNOWS', instance: lost },
      'odd',
    ];
    const { saved } = dump([{ applications: { apps__hashcode: 'UP_2_', application } }], ORDERS);
    assert.deepEqual(
      saved.applications.application.map((one: { name?: string }) => one.name ?? one),
      ['ORDERS', 'NOBODY-KNOWS', 'odd'],
    );
  });

  test('as one list where each application was asked for alone', () => {
    const eureka = registry();
    assert.deepEqual(listed(dump([eureka.application('ORDERS'), eureka.application('BILLS')])), [
      'ORDERS: a b',
      'BILLS: c',
    ]);
  });
});

describe('secrets of Eureka are masked', () => {
  test('in metadata, in URLs and anywhere else, and their keys are told', () => {
    const eureka = new FakeEurekaRegistry();
    eureka.register('orders', 'a', {
      homePageUrl: 'http://me:hunter2@10.0.0.1:8080/',
      healthCheckUrls: ['http://me:hunter2@10.0.0.1:8080/health'],
      metadata: {
        password: 'hunter2',
        jdbc: 'x://me:hunter2@db',
        params: '{"token":"hunter2"}',
        'my-id': 'hunter2',
        a: 'b',
      },
    });
    const { saved, masked } = dump([eureka.full()], WHOLE, ['*-id']);
    assert.doesNotMatch(JSON.stringify(saved), /hunter2/);
    assert.deepEqual([...masked].sort(), ['healthCheckUrls', 'homePageUrl', 'jdbc', 'my-id', 'password', 'token']);
    const [{ instance }] = saved.applications.application;
    assert.equal(instance[0].metadata.a, 'b');
  });

  test('beside the applications, where no server has one, too, and what lies deeper than anybody looks is not saved', () => {
    let deep: unknown = 'hunter2';
    for (let level = 0; level < 20_000; level++) deep = [{ name: deep }];
    const applications = { apps__hashcode: 'UP_1_', adminPassword: 'hunter2', versions__delta: deep, application: [] };
    const { saved, masked } = dump([{ applications }]);
    assert.doesNotMatch(JSON.stringify(saved), /hunter2/);
    assert.deepEqual(masked, ['adminPassword', 'name']);
    assert.equal(saved.applications.apps__hashcode, 'UP_1_');
  });

  test('by configured keys in metadata alone, so that instances can still be told apart', () => {
    const eureka = new FakeEurekaRegistry();
    const dataCenterInfo = { name: 'Amazon', metadata: { 'instance-id': 'i-1', 'availability-zone': 'eu-1a' } };
    eureka.register('orders', 'a', { dataCenterInfo, metadata: { 'tenant-id': 'hunter2' } });
    const { saved, masked } = dump([eureka.full()], WHOLE, ['*-id', 'i*', 'app']);
    assert.deepEqual(masked, ['tenant-id']);
    assert.deepEqual(saved.applications.application[0].instance[0].dataCenterInfo, dataCenterInfo);
  });
});
