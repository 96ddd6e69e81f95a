import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Instance } from '../../../../src/model/service.ts';
import { compileSecrets } from '../../../../src/registry/decoding/secrets.ts';
import { decodeInstance } from '../../../../src/registry/eureka/decode-instance.ts';
import { type InstanceRules, type Translated, toInstance } from '../../../../src/registry/eureka/to-instance.ts';
import { eurekaOptions } from '../../../fakes/eureka-options.ts';
import { rawInstance } from '../../../fakes/fake-eureka-registry.ts';

const rules: InstanceRules = { ...eurekaOptions(), registry: 'legacy' };

function translate(fields: Readonly<Record<string, unknown>>, changed: Partial<InstanceRules> = {}): Translated {
  const decoded = decodeInstance(rawInstance('orders', 'one', fields), undefined, compileSecrets([]));
  assert.ok(decoded.kind === 'instance');
  return toInstance(decoded.record, { ...rules, ...changed });
}

function instanceOf(fields: Readonly<Record<string, unknown>>, changed: Partial<InstanceRules> = {}): Instance {
  const { instance } = translate(fields, changed);
  assert.ok(instance !== undefined);
  return instance;
}

/** `name:number`, with `!` where the instance speaks TLS, and the protocol where the name does not say it. */
function portsOf(fields: Readonly<Record<string, unknown>>): string {
  const show = (port: Instance['ports'][number]): string =>
    `${port.name}${port.name === port.protocol ? '' : `(${port.protocol})`}:${port.number}${port.secure ? '!' : ''}`;
  return instanceOf(fields).ports.map(show).join(' ');
}

const ENABLED = { $: 8080, '@enabled': 'true' };
const SECURE = { $: 8443, '@enabled': 'true' };
const DISABLED = { $: 8080, '@enabled': 'false' };

describe('ports', () => {
  const cases: [what: string, fields: Readonly<Record<string, unknown>>, expected: string][] = [
    ['the plain port is http', { port: ENABLED }, 'http:8080'],
    ['a disabled port is none', { port: DISABLED }, ''],
    ['a missing port is none', { port: undefined }, ''],
    ['both stay when both are enabled', { port: ENABLED, securePort: SECURE }, 'http:8080 https:8443!'],
    ['the secure port alone', { port: DISABLED, securePort: SECURE }, 'https:8443!'],
    ['metadata names the protocol', { metadata: { protocol: 'gRPC' } }, 'grpc:8080'],
    ['metadata names a protocol in other words', { metadata: { protocol: 'h2c' } }, 'http2:8080'],
    ['metadata says that the plain port speaks TLS', { metadata: { protocol: 'https' } }, 'https:8080!'],
    [
      'two ports of one protocol have two names',
      { securePort: SECURE, metadata: { protocol: 'https' } },
      'https:8080! https-2(https):8443!',
    ],
    ['the word is about the plain port', { securePort: SECURE, metadata: { protocol: 'tcp' } }, 'tcp:8080 https:8443!'],
    [
      'the word is about the secure port alone',
      { port: DISABLED, securePort: SECURE, metadata: { protocol: 'tcp' } },
      'tls:8443!',
    ],
    [
      'gRPC on a secure port alone is TLS',
      { port: DISABLED, securePort: SECURE, metadata: { protocol: 'grpc' } },
      'https:8443!',
    ],
    ['an unknown word is http', { metadata: { protocol: 'gopher' } }, 'http:8080'],
    ['a gRPC port beside it', { metadata: { gRPC_port: '9090' } }, 'http:8080 grpc:9090'],
    [
      'the first gRPC key that has a value',
      { metadata: { gRPC_port: ' ', 'grpc.server.port': '9091' } },
      'http:8080 grpc:9091',
    ],
    ['two gRPC ports', { metadata: { protocol: 'grpc', gRPC_port: '9090' } }, 'grpc:8080 grpc-2(grpc):9090'],
    ['the gRPC port that is the main port is there once', { metadata: { gRPC_port: '8080' } }, 'http:8080'],
    ['a gRPC port of -1 or 0 is none', { metadata: { gRPC_port: '-1' } }, 'http:8080'],
    [
      'one number for both ports is one port',
      { port: ENABLED, securePort: { $: 8080, '@enabled': true } },
      'http:8080',
    ],
    ['numbers out of range are left to conversion', { port: { $: 70000, '@enabled': 'true' } }, 'http:70000'],
    ['0 is left to conversion', { port: { $: 0, '@enabled': 'true' } }, 'http:0'],
    ['what is no number is dropped', { port: { $: 'eighty', '@enabled': 'true' } }, ''],
  ];
  for (const [what, fields, expected] of cases) test(what, () => assert.equal(portsOf(fields), expected));

  test('that are no numbers are reported', () => {
    const found = translate({ port: { $: '80.5', '@enabled': 'true' } }).problems;
    assert.deepEqual(found, [
      { code: 'PORT_INVALID', registry: 'legacy', service: 'ORDERS', instance: 'one', value: '80.5' },
    ]);
  });
  test('with an unknown protocol are reported', () => {
    assert.deepEqual(
      translate({ metadata: { protocol: 'gopher' } }).problems.map(({ code }) => code),
      ['FIELD_IGNORED'],
    );
  });
});

describe('the address', () => {
  const cases: [ipAddr: unknown, hostName: unknown, expected: string][] = [
    ['10.0.0.1', 'host', '10.0.0.1'],
    ['', 'host', 'host'],
    [undefined, 'host', 'host'],
    ['unknown', 'host', 'host'],
    ['0.0.0.0', 'host', 'host'],
    ['::', 'host', 'host'],
    ['[2001:db8::1]', 'host', '2001:db8::1'],
    ['127.0.0.1', 'host', '127.0.0.1'],
  ];
  for (const [ipAddr, hostName, expected] of cases) {
    test(`of ${JSON.stringify([ipAddr, hostName])} is ${expected}`, () => {
      assert.equal(instanceOf({ ipAddr, hostName }).address, expected);
    });
  }
  test('that is missing costs the instance, with a problem', () => {
    const { instance, problems } = translate({ ipAddr: 'unknown', hostName: '0.0.0.0' });
    assert.equal(instance, undefined);
    assert.deepEqual(
      problems.map(({ code, instance: id }) => [code, id]),
      [['INSTANCE_MALFORMED', 'one']],
    );
  });
});

describe('the status', () => {
  const cases = { UP: 'up', DOWN: 'down', STARTING: 'starting', OUT_OF_SERVICE: 'out-of-service', WHAT: 'unknown' };
  for (const [status, expected] of Object.entries(cases)) {
    test(`${status} is ${expected}`, () => assert.equal(instanceOf({ status }).status, expected));
  }
});

describe('the weight', () => {
  const cases: [weight: unknown, expected: number | undefined, problems: number][] = [
    [undefined, undefined, 0],
    ['', undefined, 0],
    ['3', 3, 0],
    [5, 5, 0],
    ['0', 0, 0],
    ['1.5', 1.5, 0],
    ['-2', -2, 0],
    ['heavy', undefined, 1],
    ['0x10', undefined, 1],
    ['1e3', undefined, 1],
    ['9'.repeat(400), undefined, 1],
  ];
  for (const [weight, expected, problems] of cases) {
    test(`${JSON.stringify(weight)?.slice(0, 12)} reads as ${expected}`, () => {
      const translated = translate({ metadata: { weight } });
      assert.equal(translated.instance?.weight, expected);
      assert.equal(translated.problems.length, problems);
    });
  }
});

describe('the locality', () => {
  const amazon = { name: 'Amazon', metadata: { 'availability-zone': 'us-east-1c' } };
  const cases: [
    what: string,
    fields: Readonly<Record<string, unknown>>,
    region: string | undefined,
    expected: string | undefined,
  ][] = [
    ['is unknown without a zone', {}, undefined, undefined],
    ['is unknown without a zone, whatever region is configured', {}, 'eu', undefined],
    ['is the zone of the metadata alone', { metadata: { zone: 'z1' } }, undefined, 'z1'],
    ['has the configured region before it', { metadata: { zone: 'z1' } }, 'eu', 'eu/z1'],
    ['comes from Amazon, region and all', { dataCenterInfo: amazon }, undefined, 'us-east-1/us-east-1c'],
    ['prefers the configured region to that of Amazon', { dataCenterInfo: amazon }, 'eu', 'eu/us-east-1c'],
    [
      'prefers the zone of the metadata to that of Amazon',
      { dataCenterInfo: amazon, metadata: { zone: 'z1' } },
      undefined,
      'z1',
    ],
    [
      'takes the region from an Amazon zone in the metadata',
      { metadata: { zone: 'eu-west-2a' } },
      undefined,
      'eu-west-2/eu-west-2a',
    ],
    ['does not believe other data centers', { dataCenterInfo: { ...amazon, name: 'MyOwn' } }, undefined, undefined],
  ];
  for (const [what, fields, region, expected] of cases) {
    test(what, () => assert.equal(instanceOf(fields, { region }).locality, expected));
  }
});

describe('the service', () => {
  test('is the application', () => assert.deepEqual(translate({ vipAddress: 'a,b' }).services, ['ORDERS']));
  test('or each VIP, spelled in lower case, once', () => {
    const { services, instance } = translate({ vipAddress: 'Orders,BILLING,orders' }, { serviceKey: 'vip' });
    assert.deepEqual(services, ['orders', 'billing']);
    assert.equal(instance?.id, 'ORDERS/one');
  });
  test('is what its problems are about, each VIP once, with the id that the instance has there', () => {
    const fields = { vipAddress: 'Pay,orders', metadata: { password: 'x' } };
    const about = (serviceKey: 'app' | 'vip') =>
      translate(fields, { serviceKey }).problems.map(({ service, instance }) => [service, instance]);
    assert.deepEqual(about('app'), [['ORDERS', 'one']]);
    assert.deepEqual(about('vip'), [
      ['pay', 'ORDERS/one'],
      ['orders', 'ORDERS/one'],
    ]);
  });

  test('is missed, with a problem, by an instance without a VIP where VIPs name services', () => {
    const { instance, problems } = translate({ vipAddress: '', secureVipAddress: '' }, { serviceKey: 'vip' });
    assert.equal(instance, undefined);
    assert.deepEqual(
      problems.map(({ code }) => code),
      ['INSTANCE_MALFORMED'],
    );
  });
});

test('a scope can ask for the application in upper case, for VIPs as spelled, and for the group', () => {
  const { attributes } = instanceOf({ vipAddress: 'Orders,b', appGroupName: 'PAY' });
  assert.deepEqual(
    [...attributes],
    [
      ['app', ['ORDERS']],
      ['vip', ['Orders', 'b']],
      ['group', ['PAY']],
    ],
  );
});

test('secrets in metadata are reported once for each instance, by key', () => {
  const { problems, instance } = translate({ metadata: { password: 'hunter2', 'my.token': 'hunter2', team: 'pay' } });
  assert.deepEqual(
    problems.map(({ code, value }) => [code, value]),
    [['METADATA_SECRET_DROPPED', 'password, my.token']],
  );
  assert.deepEqual([...(instance?.metadata.keys() ?? [])], ['team']);
});
