import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { decodeApplicationInstance } from '../../../../src/registry/dubbo/records/application-instance.ts';
import { decodeApplicationMetadata } from '../../../../src/registry/dubbo/records/application-metadata.ts';
import { compileDubboSecrets } from '../../../../src/registry/dubbo/records/parameters.ts';
import { FOO, instanceData, metadataData } from './dubbo-fixtures.ts';

const isSecret = compileDubboSecrets([]);
const PLACE = { application: 'orders', id: '10.0.0.1:20880' };

function decode(data: string) {
  return decodeApplicationInstance(Buffer.from(data), PLACE, isSecret);
}

function instanceOf(data: string) {
  const decoded = decode(data);
  assert.ok(decoded.kind === 'instance', JSON.stringify(decoded));
  return decoded.instance;
}

describe('a record of the application level', () => {
  test('has all its endpoints, and nothing that only Dubbo needs', () => {
    const { parameters, ...instance } = instanceOf(
      instanceData('10.0.0.1', { dubbo: 20880, tri: 50051 }, { team: 'payments', 'dubbo.tag': 'gray', token: 'x' }),
    );
    assert.deepEqual(instance, {
      ...PLACE,
      address: '10.0.0.1',
      endpoints: [
        { scheme: 'dubbo', port: 20880 },
        { scheme: 'tri', port: 50051 },
      ],
      port: 20880,
      revision: 'r1',
      droppedSecrets: ['token'],
      isEnabled: true,
      persistence: undefined,
    });
    assert.deepEqual(Object.fromEntries(parameters), { team: 'payments', 'dubbo.tag': 'gray', tag: 'gray' });
  });

  const endpoints: [what: string, metadata: Readonly<Record<string, unknown>>, expected: string][] = [
    [
      'without endpoints has its port, by the protocol of its metadata service',
      { 'dubbo.endpoints': undefined, 'dubbo.metadata-service.url-params': '{"protocol":"tri","port":"20880"}' },
      'tri:20880',
    ],
    [
      'of 2.7 names the protocol in another way',
      { 'dubbo.endpoints': undefined, 'dubbo.metadata-service.url-params': '{"rest":{"port":"20880"}}' },
      'rest:20880',
    ],
    ['that tells no protocol speaks dubbo', { 'dubbo.endpoints': 'no JSON' }, 'dubbo:20880'],
    ['has numbers as text too', { 'dubbo.endpoints': '[{"port":"1","protocol":"TRI"}]' }, 'tri:1'],
    [
      'has no endpoints that nobody can reach',
      {
        'dubbo.endpoints':
          '[{"port":1,"protocol":"injvm"},{"port":0,"protocol":"tri"},{"port":2,"protocol":"dubbo"},7,{}]',
      },
      'dubbo:2',
    ],
  ];
  for (const [what, metadata, expected] of endpoints) {
    test(what, () => {
      const found = instanceOf(instanceData('10.0.0.1', { dubbo: 20880 }, metadata)).endpoints;
      assert.equal(found.map(({ scheme, port }) => `${scheme}:${port}`).join(' '), expected);
    });
  }

  const nothing: [what: string, data: string][] = [
    [
      'of Spring',
      instanceData(
        '10.0.0.1',
        {},
        {},
        { payload: { '@class': 'org.springframework.cloud.zookeeper.discovery.ZookeeperInstance', metadata: {} } },
      ),
    ],
    ['of another writer', instanceData('10.0.0.1', {}, {}, { payload: 'text' })],
    ['of a process that exports nothing', instanceData('10.0.0.1', { dubbo: 1 }, { 'dubbo.metadata.revision': '0' })],
    [
      'of a process of 2.7 that exports nothing',
      instanceData(
        '10.0.0.1',
        { dubbo: 1 },
        { 'dubbo.metadata.revision': undefined, 'dubbo.exported-services.revision': 0 },
      ),
    ],
    ['that is no record', '127.0.0.1'],
    ['that is empty', ''],
  ];
  for (const [what, data] of nothing)
    test(`${what} is none`, () => assert.deepEqual(decode(data), { kind: 'nothing' }));

  test('of another writer is one where it has what Dubbo writes', () => {
    const payload = {
      '@class': 'com.example.Instance',
      metadata: { 'dubbo.endpoints': '[{"port":1,"protocol":"tri"}]' },
    };
    assert.deepEqual(instanceOf(instanceData('10.0.0.1', {}, {}, { payload })).endpoints, [{ scheme: 'tri', port: 1 }]);
  });

  for (const [what, data, why] of [
    ['address', instanceData('', { dubbo: 1 }), 'it has no usable address'],
    ['known address', instanceData('0.0.0.0', { dubbo: 1 }), 'it has no usable address'],
    ['port', instanceData('10.0.0.1', {}, { team: 'a' }), 'it has no usable port'],
  ] as const) {
    test(`without ${what} is unreadable`, () => {
      const decoded = decode(data);
      assert.ok(decoded.kind === 'unreadable');
      assert.equal(decoded.why, why);
    });
  }

  test('has no revision that is no name of a node', () => {
    for (const revision of ['../x', 'a/b', '..', '', 'a'.repeat(129)])
      assert.equal(
        instanceOf(instanceData('10.0.0.1', { dubbo: 1 }, { 'dubbo.metadata.revision': revision })).revision,
        undefined,
      );
  });

  test('may be disabled or persistent', () => {
    const { isEnabled, persistence } = instanceOf(
      instanceData('10.0.0.1', { dubbo: 1 }, {}, { enabled: false, serviceType: 'STATIC' }),
    );
    assert.deepEqual([isEnabled, persistence], [false, 'STATIC']);
  });

  test('in the field order of dubbo-go, without what is empty there, is one too', () => {
    const data =
      '{"Name":"","name":"orders","id":"10.0.0.1:20000","address":"10.0.0.1","port":20000,"payload":{"@class":"org.apache.dubbo.registry.zookeeper.ZookeeperInstance","id":"10.0.0.1:20000","name":"orders","metadata":{"dubbo.endpoints":"[{\\"port\\":20000,\\"protocol\\":\\"tri\\"}]","dubbo.metadata.revision":"12"}},"registrationTimeUTC":0,"tag":"x"}';
    assert.deepEqual(instanceOf(data).endpoints, [{ scheme: 'tri', port: 20000 }]);
  });
});

describe('the metadata of an application', () => {
  const decodeMetadata = (data: string) => decodeApplicationMetadata(Buffer.from(data), isSecret);

  test('names interfaces with protocols and parameters, secrets dropped', () => {
    const services = decodeMetadata(
      metadataData({ [`g1/${FOO}:1.0.0:tri`]: { weight: '5', token: 'x', methods: 'a' } }),
    );
    const [{ parameters, ...service } = assert.fail(), ...others] = services;
    assert.deepEqual(others, []);
    assert.deepEqual(service, {
      interfaceName: FOO,
      group: 'g1',
      version: '1.0.0',
      scheme: 'tri',
      port: undefined,
      droppedSecrets: ['token'],
    });
    assert.deepEqual([...parameters], [['weight', '5']]);
  });

  for (const data of ['', 'no JSON', '[]', '{}', '{"services":[]}', '{"services":{"a":1,"b":{},"c":{"name":"x"}}}'])
    test(`says nothing in ${JSON.stringify(data)}`, () => assert.deepEqual(decodeMetadata(data), []));
});
