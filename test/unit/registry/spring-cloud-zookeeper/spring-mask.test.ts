import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { compileSecrets } from '../../../../src/registry/decoding/secrets.ts';
import { createSpringMask } from '../../../../src/registry/spring-cloud-zookeeper/spring-mask.ts';
import { createSpringCloudZooKeeperProjection } from '../../../../src/registry/spring-cloud-zookeeper/spring-projection.ts';
import { recordTree, replayTree } from '../../../../src/registry/zookeeper/tree/tree-dump.ts';
import { curatorRecord, dubboRecord, springOptions, springRecord } from '../../../fakes/curator-records.ts';
import { readTree, treeChanges, treeOf } from '../../../fakes/planned-tree.ts';

const mask = createSpringMask({ isSecret: compileSecrets(['internal-*']), onMasked() {} });

describe('the data of a node', () => {
  test('without a secret says the same afterwards', () => {
    for (const data of ['', '10.20.0.17', 'vm-17.dc1.example:8080', springRecord({}, { team: 'pay' }), dubboRecord()])
      assert.equal(mask.data(data), data);
  });
  test('keeps keys and loses the values of secrets, in metadata and anywhere else', () => {
    const metadata = { 'user.password': 'hunter2', 'internal-id': 4711, team: 'pay' };
    const masked = mask.data(springRecord({ token: 'hunter2' }, metadata));
    assert.doesNotMatch(masked, /hunter2|4711/);
    assert.deepEqual(JSON.parse(masked).payload.metadata, {
      'user.password': '***',
      'internal-id': '***',
      team: 'pay',
    });
  });
  test('loses secrets that stand in JSON within JSON', () => {
    const parameters = JSON.stringify({ token: 'hunter2', port: '20880' });
    const masked = mask.data(springRecord({}, { 'dubbo.metadata-service.url-params': parameters }));
    assert.doesNotMatch(masked, /hunter2/);
    assert.match(masked, /20880/);
  });
  test('that is neither JSON nor a plain word is left out', () => {
    for (const data of ['{"password":"hunter2"', 'password = hunter2', 'a\nb', '\ufffd'])
      assert.equal(mask.data(data), '');
  });
  test('that is nested without end is shown as far as it can be looked at', () => {
    const deep = `{"a":${'['.repeat(100_000)}"hunter2"${']'.repeat(100_000)}}`;
    assert.doesNotMatch(mask.data(deep), /hunter2/);
  });
});

describe('the name of a node', () => {
  test('stays as it is', () => {
    for (const name of ['orders', '8f0c-17', '10.20.0.17:20880', '__proto__']) assert.equal(mask.name(name), name);
  });
  test('that is a URL of Dubbo is cut to its scheme', () => {
    assert.equal(mask.name('dubbo%3A%2F%2F10.20.0.17%3A20880%2Fcom.acme.Orders%3Ftoken%3Dhunter2'), 'dubbo%3A%2F%2F');
  });
});

test('a masked tree is projected as the living one, problems and all', () => {
  const tree = treeOf({
    '/services/orders/1': springRecord({}, { password: 'hunter2', jdbc: 'postgres://app:hunter2@db/orders' }),
    '/services/io/acme/stock/2': springRecord({ id: 'two', serviceType: 'STATIC' }),
    '/services/batch/3': curatorRecord({}),
    '/services/com.acme.Foo/providers/tri%3A%2F%2F10.20.0.17%3Ftoken%3Dhunter2': '10.20.0.17',
  });
  const project = () => createSpringCloudZooKeeperProjection('zk', springOptions(), { include: [], exclude: [] });
  const living = project();
  const reading = readTree(living, tree);
  const { services, problems } = living.project(treeChanges(new Map(), reading));
  assert.equal(problems.length, 3);
  const raw = JSON.stringify(recordTree(reading.values(), mask));
  assert.doesNotMatch(raw, /hunter2/);
  const replayed = replayTree(raw, 'zk', project());
  assert.ok(replayed.kind === 'content');
  assert.deepEqual(replayed.services, services);
  assert.deepEqual(replayed.problems, problems);
});
