import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Instance } from '../../../../src/model/service.ts';
import { compileSecrets } from '../../../../src/registry/decoding/secrets.ts';
import {
  type InstanceRules,
  type Registration,
  toRegistration,
} from '../../../../src/registry/spring-cloud-zookeeper/to-registration.ts';
import { decodeCurator } from '../../../../src/registry/zookeeper/curator.ts';
import { type RawFields, springOptions, springRecord } from '../../../fakes/curator-records.ts';

const rules: InstanceRules = {
  ...springOptions(),
  registry: 'zk',
  isInScope: () => true,
  isSecret: compileSecrets([]),
};

function register(fields: RawFields, metadata: RawFields = {}, changed: Partial<InstanceRules> = {}): Registration {
  const record = decodeCurator(Buffer.from(springRecord(fields, metadata)));
  assert.ok(record !== undefined);
  return toRegistration(record, { service: 'io/acme/orders', node: 'node-7' }, { ...rules, ...changed });
}

function instanceOf(fields: RawFields, metadata: RawFields = {}, changed: Partial<InstanceRules> = {}): Instance {
  const { instance } = register(fields, metadata, changed);
  assert.ok(instance !== undefined);
  return instance;
}

function codesOf({ problems }: Registration): readonly (readonly [code: string, value: string])[] {
  return problems.map(({ code, value }) => [code, value]);
}

test('an ordinary record is an instance of the service that its directory names', () => {
  assert.deepEqual(register({}, { instance_status: 'UP', team: 'payments' }), {
    instance: {
      id: 'one',
      address: 'vm-17.dc1.example',
      ports: [{ name: 'http', number: 8080, protocol: 'http', secure: false }],
      status: 'up',
      weight: undefined,
      locality: undefined,
      metadata: new Map([
        ['instance_status', 'UP'],
        ['team', 'payments'],
      ]),
      attributes: new Map([['service', ['io/acme/orders']]]),
    },
    isOutside: false,
    registeredAtMs: 1_763_859_000_123,
    problems: [],
  });
});

test('a record without an id goes by the name of its node', () => {
  assert.equal(instanceOf({ id: null }).id, 'node-7');
});

test('a record without metadata is an instance without metadata', () => {
  for (const payload of [{ '@class': 'x' }, { metadata: null }, { metadata: 'a' }, { metadata: ['a'] }])
    assert.equal(instanceOf({ payload }).metadata.size, 0);
});

describe('ports', () => {
  const withScheme = (value: string) => ({ uriSpec: { parts: [{ value, variable: false }] } });
  const cases: [what: string, fields: RawFields, metadata: RawFields, expected: string][] = [
    ['the port is http', {}, {}, 'http:8080'],
    ['the port as a text', { port: '8080' }, {}, 'http:8080'],
    ['a secure port alone', { port: null, sslPort: 8443 }, {}, 'https:8443!'],
    ['both', { sslPort: 8443 }, {}, 'http:8080 https:8443!'],
    ['one port that is registered as both speaks TLS', { sslPort: 8080 }, {}, 'https:8080!'],
    ['metadata names the protocol', {}, { protocol: 'GRPC' }, 'grpc:8080'],
    ['the URI names the protocol', withScheme('grpc://'), {}, 'grpc:8080'],
    ['the URI says that the port speaks TLS', withScheme('https://'), {}, 'https:8080!'],
    ['metadata overrules the URI', withScheme('https://'), { protocol: 'tcp' }, 'tcp:8080'],
    ['the word is about the secure port alone', { port: null, sslPort: 8443 }, { protocol: 'tcp' }, 'tls:8443!'],
    ['a gRPC port beside it', {}, { gRPC_port: 9090 }, 'http:8080 grpc:9090'],
    ['a gRPC port alone', { port: null }, { gRPC_port: '9090' }, 'grpc:9090'],
    ['numbers out of range are left to conversion', { port: 70000 }, {}, 'http:70000'],
    ['0 is left to conversion', { port: 0 }, {}, 'http:0'],
  ];
  for (const [what, fields, metadata, expected] of cases) {
    test(what, () => {
      const show = ({ name, number, secure }: Instance['ports'][number]) => `${name}:${number}${secure ? '!' : ''}`;
      assert.equal(instanceOf(fields, metadata).ports.map(show).join(' '), expected);
    });
  }
  test('of an unknown protocol are http, with a problem', () => {
    const registration = register({}, { protocol: 'gopher' });
    assert.equal(registration.instance?.ports[0]?.protocol, 'http');
    assert.deepEqual(codesOf(registration), [['FIELD_IGNORED', 'it names a protocol that is not known, gopher']]);
  });
});

describe('the status', () => {
  const cases: [word: unknown, expected: Instance['status']][] = [
    [undefined, 'up'],
    [null, 'up'],
    ['', 'up'],
    [' ', 'up'],
    ['UP', 'up'],
    ['up ', 'up'],
    ['OUT_OF_SERVICE', 'out-of-service'],
    ['Out_of_Service', 'out-of-service'],
    ['DOWN', 'down'],
    ['STARTING', 'starting'],
    ['GONE', 'unknown'],
    [true, 'unknown'],
  ];
  for (const [word, expected] of cases) {
    test(`${JSON.stringify(word)} is ${expected}`, () =>
      assert.equal(instanceOf({}, { instance_status: word }).status, expected));
  }
  test('of a disabled instance is out-of-service, whatever it says', () => {
    for (const word of ['UP', 'DOWN', undefined])
      assert.equal(instanceOf({ enabled: false }, { instance_status: word }).status, 'out-of-service');
  });
});

describe('the address', () => {
  const cases: [address: string, expected: string][] = [
    ['10.20.0.17', '10.20.0.17'],
    ['vm-17.dc1.example', 'vm-17.dc1.example'],
    ['VM_17', 'VM_17'],
    ['[2001:db8::1]', '2001:db8::1'],
    ['127.0.0.1', '127.0.0.1'],
  ];
  for (const [address, expected] of cases)
    test(`${address} stays as it is registered`, () => assert.equal(instanceOf({ address }).address, expected));
});

describe('an instance that nothing can be sent to is none, with one problem', () => {
  const noAddress = 'it has no usable address';
  const noPort = 'it has no usable port';
  const cases: [fields: RawFields, why: string][] = [
    [{ address: null }, noAddress],
    [{ address: '' }, noAddress],
    [{ address: 'unknown' }, noAddress],
    [{ address: '0.0.0.0' }, noAddress],
    [{ address: null, port: null }, noAddress],
    [{ port: null }, noPort],
    [{ port: 'eighty' }, noPort],
    [{ port: 80.5 }, noPort],
  ];
  for (const [fields, why] of cases) {
    test(JSON.stringify(fields), () => {
      const registration = register(fields);
      assert.equal(registration.instance, undefined);
      assert.deepEqual(registration.problems, [
        { code: 'INSTANCE_MALFORMED', registry: 'zk', service: 'io/acme/orders', instance: 'one', value: why },
      ]);
    });
  }
});

test('weight and locality are found under the configured keys', () => {
  const metadataKeys = { ...springOptions().metadataKeys, weight: ['w', 'weight'], zone: ['az'] };
  const changed = { metadataKeys, region: 'eu' };
  const { weight, locality } = instanceOf({}, { weight: 7, az: 'eu-1' }, changed);
  assert.deepEqual([weight, locality], [7, 'eu/eu-1']);
});

test('a weight that is no number is ignored, with a problem', () => {
  const registration = register({}, { weight: 'heavy' });
  assert.equal(registration.instance?.weight, undefined);
  assert.deepEqual(codesOf(registration), [['WEIGHT_INVALID', 'heavy']]);
});

describe('a persistent instance', () => {
  for (const serviceType of ['STATIC', 'permanent']) {
    test(`(${serviceType}) is listed, with a problem`, () => {
      const registration = register({ serviceType });
      assert.ok(registration.instance !== undefined);
      assert.deepEqual(codesOf(registration), [['INSTANCE_PERSISTENT', serviceType.toUpperCase()]]);
    });
  }
  for (const serviceType of ['DYNAMIC', 'DYNAMIC_SEQUENTIAL', null, 'OTHER'])
    test(`is not one of the type ${serviceType}`, () => assert.deepEqual(register({ serviceType }).problems, []));
});

test('secrets in metadata are dropped and named by their keys', () => {
  const metadata = { 'user.password': 'hunter2', 'internal-id': 'hunter2', team: 'pay' };
  const registration = register({}, metadata, { isSecret: compileSecrets(['internal-*']) });
  assert.deepEqual([...(registration.instance?.metadata.keys() ?? [])], ['team']);
  assert.deepEqual(codesOf(registration), [['METADATA_SECRET_DROPPED', 'user.password, internal-id']]);
});

test('keys of strangers are keys like any other', () => {
  const payload = JSON.parse('{"metadata":{"__proto__":"a","constructor":"b","list":["c"],"none":null}}');
  assert.deepEqual(
    [...instanceOf({ payload }).metadata],
    [
      ['__proto__', 'a'],
      ['constructor', 'b'],
    ],
  );
});

describe('what is outside the scope', () => {
  const outside = { isInScope: () => false };
  test('is marked so, and has no problems', () => {
    const { isOutside, problems, instance } = register({ serviceType: 'STATIC' }, { weight: 'heavy' }, outside);
    assert.deepEqual([isOutside, problems.length, instance?.id], [true, 0, 'one']);
  });
  test('is asked about by service and metadata', () => {
    const isInScope: InstanceRules['isInScope'] = ({ attributes, metadata }) =>
      attributes.get('service')?.[0] === 'io/acme/orders' && metadata.get('team') === 'pay';
    assert.equal(register({}, { team: 'pay' }, { isInScope }).isOutside, false);
    assert.equal(register({}, { team: 'stock' }, { isInScope }).isOutside, true);
  });
});
