// What Spring Cloud and everybody else with Curator write into ZooKeeper: data of nodes, and a tree as a whole.
import { compileSecrets } from '../../../src/registry/decoding/secrets.ts';
import { createScope } from '../../../src/registry/scope.ts';
import { createSpringMask } from '../../../src/registry/spring-cloud-zookeeper/spring-mask.ts';
import { createSpringCloudZooKeeperProjection } from '../../../src/registry/spring-cloud-zookeeper/spring-projection.ts';
import { toRegistration } from '../../../src/registry/spring-cloud-zookeeper/to-registration.ts';
import { decodeCurator } from '../../../src/registry/zookeeper/curator.ts';
import { recordWriter } from '../../../src/registry/zookeeper/record-writer.ts';
import { replayTree } from '../../../src/registry/zookeeper/tree/tree-dump.ts';
import { curatorRecord, dubboRecord, springOptions, springRecord } from '../../fakes/curator-records.ts';
import { dumpsOf, filesOfCases } from '../inputs/corpus.ts';
import { LARGE } from '../inputs/growth.ts';
import { mutatedBytes } from '../inputs/mutated-bytes.ts';
import { mutatedJson } from '../inputs/mutated-json.ts';
import { dataIn } from '../inputs/recorded-trees.ts';
import type { Target } from '../target.ts';

const isSecret = compileSecrets(['internal-*']);
const scope = { include: [{ attributes: { service: ['ord*', 'io/acme/*'] }, metadata: {} }], exclude: [] };
const rules = {
  ...springOptions(),
  registry: 'spring',
  isInScope: createScope({ include: [], exclude: [] }),
  isSecret,
};
const trees = [...dumpsOf('spring-cloud-zookeeper'), ...filesOfCases('spring.json').flatMap(treeIn)];
const records = [
  springRecord(
    { sslPort: 8443 },
    { instance_status: 'UP', weight: '5', zone: 'eu-1', password: 'x', gRPC_port: '9090' },
  ),
  springRecord({
    payload: ['org.springframework.cloud.zookeeper.discovery.ZookeeperInstance', { metadata: { a: '1' } }],
  }),
  dubboRecord(),
  curatorRecord({ enabled: false, serviceType: 'PERMANENT' }),
];

function decodeNode(data: Buffer): unknown {
  const masked: string[] = [];
  const mask = createSpringMask({ isSecret, onMasked: (key) => void masked.push(key) });
  const record = decodeCurator(data);
  const registration =
    record === undefined ? undefined : toRegistration(record, { service: 'orders', node: 'one' }, rules);
  const writer = record === undefined ? undefined : recordWriter(record);
  return [record, registration, writer, mask.data(data.toString('utf8')), masked];
}

const record: Target<string> = {
  name: 'spring-record',
  inputs: mutatedJson(
    [...records, ...dataIn(trees).filter((text) => text.startsWith('{'))].map((text): unknown => JSON.parse(text)),
    LARGE,
  ),
  sizeOf: (text) => text.length,
  decode: (text) => decodeNode(Buffer.from(text)),
  share: 2,
  budget: { perCase: 1500, perByte: 60 },
};

const bytes: Target<Uint8Array> = {
  name: 'spring-bytes',
  inputs: mutatedBytes(
    [...records, '10.0.0.1', ''].map((text) => Buffer.from(text)),
    LARGE,
  ),
  sizeOf: (given) => given.length,
  decode: (given) => decodeNode(Buffer.from(given)),
  budget: { perCase: 1500, perByte: 60 },
};

const tree: Target<string> = {
  name: 'spring-tree',
  inputs: mutatedJson(trees, LARGE),
  sizeOf: (text) => text.length,
  decode: (text) => [
    replayTree(
      text,
      'spring',
      createSpringCloudZooKeeperProjection('spring', springOptions(), { include: [], exclude: [] }),
    ),
    replayTree(text, 'spring', createSpringCloudZooKeeperProjection('spring', springOptions(), scope)),
  ],
  budget: { perCase: 5000, perByte: 60 },
};

/** A dump names its kind; a recorded tree alone does not. */
function treeIn(text: string): readonly unknown[] {
  const dump: unknown = JSON.parse(text);
  return typeof dump === 'object' && dump !== null && 'raw' in dump ? [dump.raw] : [];
}

export const springTargets = { record, bytes, tree };
