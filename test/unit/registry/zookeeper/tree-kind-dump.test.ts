// Dumps of both kinds that live in ZooKeeper: they hold no secret, and they say what the living tree says.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { OnMasked } from '../../../../src/registry/decoding/mask-secrets.ts';
import { compileSecrets } from '../../../../src/registry/decoding/secrets.ts';
import { createDubboMask } from '../../../../src/registry/dubbo/dubbo-mask.ts';
import { createDubboProjection } from '../../../../src/registry/dubbo/dubbo-projection.ts';
import { compileDubboSecrets } from '../../../../src/registry/dubbo/records/parameters.ts';
import type { DumpContent } from '../../../../src/registry/dump.ts';
import type { ScopeOptions } from '../../../../src/registry/scope.ts';
import { createSpringMask } from '../../../../src/registry/spring-cloud-zookeeper/spring-mask.ts';
import { createSpringCloudZooKeeperProjection } from '../../../../src/registry/spring-cloud-zookeeper/spring-projection.ts';
import { captureTree } from '../../../../src/registry/zookeeper/tree/capture-tree.ts';
import { replayTree, type TreeMask } from '../../../../src/registry/zookeeper/tree/tree-dump.ts';
import type { TreeProjection } from '../../../../src/registry/zookeeper/tree-plan.ts';
import { curatorRecord, DUBBO_CLASS, springOptions, springRecord } from '../../../fakes/curator-records.ts';
import { FakeClock } from '../../../fakes/fake-clock.ts';
import { FakeZooKeeper } from '../../../fakes/fake-zookeeper.ts';
import { readTree } from '../../../fakes/planned-tree.ts';

const WHOLE: ScopeOptions = { include: [], exclude: [] };

const DUBBO_OPTIONS = {
  roots: { interfaces: '/dubbo', applications: '/services' },
  services: 'application' as const,
  consumers: true,
  metadataKeys: { zone: ['zone'], region: ['region'] },
  region: undefined,
  secretKeys: ['tenant-*'],
};

function provider(port: number, parameters: string): string {
  const url = `dubbo://me:hunter2@10.0.0.1:${port}/a.A?application=orders&interface=a.A&side=provider&${parameters}`;
  return `/dubbo/a.A/providers/${encodeURIComponent(url)}`;
}

const RULE = `configVersion: v3.0
enabled: true
configs:
  - { side: provider, parameters: { weight: 7, token: hunter2 } }
`;

function dubboTree(zk: FakeZooKeeper): void {
  zk.create(provider(20880, 'token=hunter2&username=hunter2&tenant-id=hunter2&zone=z1'), '127.0.0.1');
  zk.create(provider(20881, 'jdbc=x://me:hunter2@db&zone=z1'), '127.0.0.1');
  zk.create('/dubbo/config/dubbo/a.A::.configurators', RULE);
  const parameters = JSON.stringify({ token: 'hunter2', port: '20880', protocol: 'dubbo' });
  const metadata = {
    'dubbo.endpoints': '[{"port":20880,"protocol":"dubbo"}]',
    'dubbo.metadata-service.url-params': parameters,
    'dubbo.metadata.revision': '5a1e',
    password: 'hunter2',
  };
  const payload = { '@class': DUBBO_CLASS, id: '10.0.0.1:20880', name: 'orders', metadata };
  const record = { id: '10.0.0.1:20880', address: '10.0.0.1', port: 20880, payload };
  zk.create('/services/orders/10.0.0.1:20880', curatorRecord(record));
}

function springTree(zk: FakeZooKeeper): void {
  zk.create('/services/books/one', springRecord({}, { token: 'hunter2', jdbc: 'x://me:hunter2@db', zone: 'z1' }));
  zk.create('/services/books/two', springRecord({ address: '10.0.0.2' }, { 'tenant-id': 'hunter2' }));
  zk.create('/services/books/three', 'password = hunter2');
}

interface Kind<Role> {
  readonly plant: (zk: FakeZooKeeper) => void;
  readonly projection: () => TreeProjection<Role>;
  readonly createMask: (onMasked: OnMasked) => TreeMask;
}

async function holdsNoSecret<Role>({ plant, projection, createMask }: Kind<Role>): Promise<void> {
  const zk = new FakeZooKeeper();
  plant(zk);
  const plan = projection();
  const nodes = [...readTree(plan, zk.everything()).values()];
  const living = plan.project(nodes.map((node) => ({ kind: 'read', node })));
  assert.ok(living.services.size > 0);
  assert.ok(living.problems.some(({ code }) => code === 'METADATA_SECRET_DROPPED'));

  const captured = captureTree(zk, projection(), createMask, { clock: new FakeClock() });
  zk.connect();
  const result = await captured;
  assert.equal(result.kind, 'captured');
  const saved = JSON.stringify(result.kind === 'captured' && result.raw);
  assert.doesNotMatch(saved, /hunter2/);

  const { services, problems } = living;
  const { outside, ...replayed } = contentOf(replayTree(saved, 'zk', projection()));
  assert.deepEqual(replayed, { kind: 'content', services, problems, scopesRecords: true });
  assert.deepEqual([...(outside?.names() ?? [])], [...(plan.outside?.().names() ?? [])]);
}

function contentOf(content: DumpContent): Extract<DumpContent, { kind: 'content' }> {
  if (content.kind !== 'content') throw new Error(content.message);
  return content;
}

describe('a dump holds no secret and says what the living tree says:', () => {
  test('Dubbo at both levels', () =>
    holdsNoSecret({
      plant: dubboTree,
      projection: () => createDubboProjection('zk', DUBBO_OPTIONS, WHOLE),
      createMask: (onMasked) => createDubboMask({ isSecret: compileDubboSecrets(DUBBO_OPTIONS.secretKeys), onMasked }),
    }));

  test('Spring Cloud', () =>
    holdsNoSecret({
      plant: springTree,
      projection: () => createSpringCloudZooKeeperProjection('zk', springOptions({ secretKeys: ['tenant-*'] }), WHOLE),
      createMask: (onMasked) => createSpringMask({ isSecret: compileSecrets(['tenant-*']), onMasked }),
    }));
});
