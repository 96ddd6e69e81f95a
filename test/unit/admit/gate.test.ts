import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createGate } from '../../../src/admit/gate.ts';
import type { AdmitOptions } from '../../../src/admit/options.ts';
import type { Converted, Endpoint, Entry, EntryPort, ServiceEntrySpec } from '../../../src/convert/entry.ts';
import type { ProblemCode } from '../../../src/model/problem.ts';
import { serviceKey } from '../../../src/model/service.ts';
import {
  admitted,
  admittedBy,
  ENDPOINT,
  ENTRY,
  OPTIONS,
  unitOf,
  unitWith,
  unitWithEndpoint,
} from './scope-fixtures.ts';

const TCP: EntryPort = { number: 9000, protocol: 'TCP', name: 'tcp' };

function codes({ problems }: Converted): ProblemCode[] {
  return problems.map(({ code }) => code);
}

describe('an entry inside the scope', () => {
  test('passes as the very same object, again and again', () => {
    const gate = createGate(OPTIONS);
    const unit = unitOf(ENTRY);
    assert.equal(admittedBy(gate, unit), unit);
    assert.equal(admittedBy(gate, unit), unit);
  });

  test('a unit without an entry passes as it is', () => {
    const unit = unitOf(undefined);
    assert.equal(admitted(unit), unit);
  });

  test('a changed unit gets the same answer object each time, so that it is encoded once', () => {
    const gate = createGate(OPTIONS);
    const unit = unitWith({ endpoints: [ENDPOINT, { ...ENDPOINT, address: '127.0.0.1' }] });
    const answer = admittedBy(gate, unit);
    assert.equal(admittedBy(gate, unit), answer);
    assert.deepEqual(admittedBy(gate, answer), answer);
    assert.equal(admittedBy(gate, answer).entry, answer.entry);
  });

  test('with options that list nothing, nothing passes', () => {
    const nothing = {
      hostSuffixes: [],
      addresses: [],
      addressSuffixes: [],
      ports: [],
      endpointPorts: [],
      virtualIps: [],
      exportTo: [],
    };
    const expected = ['HOST_OUT_OF_SCOPE', 'VIRTUAL_IP_OUT_OF_SCOPE', 'PORT_OUT_OF_SCOPE', 'EXPORT_OUT_OF_SCOPE'];
    assert.deepEqual(codes(admitted(unitOf(ENTRY), nothing)), expected);
  });

  test('a range that is no CIDR block is a defect of the configuration', () => {
    assert.throws(() => createGate({ ...OPTIONS, addresses: ['10.0.0.0'] }), TypeError);
  });
});

type Change = Partial<ServiceEntrySpec>;

/** One row at least for each field that says who may be reached, by whom, under which name. */
const ENTRY_ROWS: readonly (readonly [field: string, code: ProblemCode, change: Change])[] = [
  ...[
    'orders.other.eureka',
    'shop.eureka',
    'ordersshop.eureka',
    'example.com',
    'a.orders.example.com',
    'orders.shop.eureka.evil',
  ].map((host) => [`hosts: ${host}`, 'HOST_OUT_OF_SCOPE', { hosts: [host] }] as const),
  ...[
    '*',
    '*.shop.eureka',
    '*-a.shop.eureka',
    'a_b.shop.eureka',
    'orders',
    '10.0.0.1',
    '10.0.0.1.',
    'a.0x1',
    '::1',
    'localhost',
    'a.localhost',
    '',
  ].map((host) => [`hosts: ${host}`, 'HOST_RESERVED', { hosts: [host] }] as const),
  ...[
    'a.b.svc.cluster.local',
    'A.B.SVC.CLUSTER.LOCAL.',
    'a.b.svc',
    'cluster.local',
    'a.b.svc.clusterset.local',
    'metadata.google.internal',
  ].map((host) => [`hosts: ${host}`, 'HOST_RESERVED', { hosts: [host] }] as const),
  ['hosts: none', 'HOST_RESERVED', { hosts: [] }],
  ['hosts: the second', 'HOST_OUT_OF_SCOPE', { hosts: ['orders.shop.eureka', 'orders.bank.example'] }],
  ...['240.0.0.1', '242.0.0.1', '241.0.0.0/8', '10.0.0.1', 'fd00::1', 'orders.shop.eureka', '', '241.0.0.1%a'].map(
    (address) => [`addresses: ${address}`, 'VIRTUAL_IP_OUT_OF_SCOPE', { addresses: [address] }] as const,
  ),
  ...[0, 79, 81, 8999, 9011, 65_536, Number.NaN].map(
    (number) =>
      [
        `ports.number: ${number}`,
        'PORT_OUT_OF_SCOPE',
        { ports: [{ number, protocol: 'HTTP', name: 'http' }] },
      ] as const,
  ),
  ...['TCP', '', 'UDP', 'mongo', 'redis', 'mysql'].map(
    (protocol) =>
      [
        `ports.protocol without an address: ${protocol}`,
        'PORT_OUT_OF_SCOPE',
        { ports: [{ ...TCP, protocol }], addresses: [] },
      ] as const,
  ),
  ['location', 'LOCATION_OUT_OF_SCOPE', { location: 'MESH_EXTERNAL' }],
  ...[['*'], ['other'], ['.', 'other'], []].map(
    (exportTo) => [`exportTo: ${exportTo.join() || 'none'}`, 'EXPORT_OUT_OF_SCOPE', { exportTo }] as const,
  ),
];

describe('an entry that leaves the scope is refused as a whole', () => {
  for (const [field, code, change] of ENTRY_ROWS) {
    test(field, () => {
      const answer = admitted(unitWith(change));
      assert.equal(answer.entry, undefined);
      assert.deepEqual(codes(answer), [code]);
    });
  }

  for (const name of ['other/main.eureka.orders', '/main', 'shop', 'shop/', 'shop/a/b', 'shopping/a', 'SHOP/a', '']) {
    test(`name: ${name || 'none'}`, () => {
      const answer = admitted(unitOf({ ...ENTRY, name: name as Entry['name'] }));
      assert.equal(answer.entry, undefined);
      assert.deepEqual(codes(answer), ['NAMESPACE_OUT_OF_SCOPE']);
    });
  }

  for (const name of [
    'shop/other.eureka.orders',
    'shop/main',
    'shop/mainly.eureka.orders',
    'shop/main.',
    'shop/main.a_b',
    'shop/main.A',
    'shop/main.a b',
  ]) {
    test(`name: ${name}`, () => {
      const answer = admitted(unitOf({ ...ENTRY, name: name as Entry['name'] }));
      assert.equal(answer.entry, undefined);
      assert.deepEqual(
        answer.problems.map(({ code, value }) => [code, value]),
        [['NAME_OUT_OF_SCOPE', name]],
      );
    });
  }

  test('the problem names what was found', () => {
    const value = (unit: Converted) => admitted(unit).problems.map((found) => found.value);
    const named = (name: string) => unitOf({ ...ENTRY, name: name as Entry['name'] });
    assert.deepEqual(value(named('other/a')), ['other']);
    assert.deepEqual(value(named('a')), ['a']);
    assert.deepEqual(value(unitWith({ ports: [{ ...TCP, protocol: '' }], addresses: [] })), [
      '9000 (TCP without a virtual IP)',
    ]);
    assert.deepEqual(value(unitWith({ ports: [{ ...TCP, protocol: 'UDP' }], addresses: [] })), [
      '9000 (UDP without a virtual IP)',
    ]);
    assert.deepEqual(value(unitWith({ exportTo: [] })), ['*']);
    assert.deepEqual(value(unitWithEndpoint({ ports: { http: 22 } })), ['10.1.2.3:22']);
  });

  test('every service of it is told, after the problems that it had already', () => {
    const services = [serviceKey('eureka', 'ORDERS'), serviceKey('file', 'a/b')];
    const problems = admitted({ ...unitWith({ hosts: ['a.b'] }), services }).problems;
    assert.deepEqual(
      problems.map(({ registry, service, value }) => [registry, service, value]),
      [
        ['eureka', 'ORDERS', 'a.b'],
        ['file', 'a/b', 'a.b'],
      ],
    );
  });
});

test('a virtual IP is never loopback, whatever the range: callers mean themselves by it', () => {
  const unit = unitWith({ addresses: ['127.0.0.17'] });
  assert.deepEqual(codes(admitted(unit, { virtualIps: ['127.0.0.16/28'] })), ['VIRTUAL_IP_OUT_OF_SCOPE']);
});

describe('an entry may', () => {
  const ROWS: readonly (readonly [what: string, change: Change, options?: Partial<AdmitOptions>])[] = [
    [
      'have a host below a suffix or an exact one, in any spelling',
      { hosts: ['a.b.SHOP.eureka.', 'orders.example.com'] },
    ],
    ['have no virtual IP', { addresses: [] }],
    ['have a TCP port with a virtual IP', { ports: [TCP], endpoints: [] }],
    ['have a TLS port without a virtual IP', { ports: [{ ...TCP, protocol: 'TLS' }], addresses: [], endpoints: [] }],
    ['be visible to fewer', { exportTo: ['~'] }],
    ['be visible to all that are listed', { exportTo: ['.', 'istio-system'] }],
    ['name its own namespace', { exportTo: ['shop'] }],
    ['be visible to all where the configuration says so', { exportTo: ['*'] }, { exportTo: ['*'] }],
    ['leave its visibility to the mesh where that is no wider', { exportTo: [] }, { exportTo: ['*'] }],
    ['be outside the mesh where that is configured', { location: 'MESH_EXTERNAL' }, { location: 'MESH_EXTERNAL' }],
    ['let the caller choose the address', { resolution: 'NONE', endpoints: [] }],
  ];
  for (const [what, change, options] of ROWS) {
    test(what, () => {
      const unit = unitWith(change);
      assert.equal(admitted(unit, options), unit);
    });
  }
});

const ENDPOINT_ROWS: readonly (readonly [field: string, code: ProblemCode, change: Partial<Endpoint>])[] = [
  ...[
    '11.0.0.1',
    'fd00:2::1',
    '::ffff:11.0.0.1',
    '192.168.0.1',
    'db.other.example',
    'corp.example',
    'evilcorp.example',
    '64:ff9b::a00:1',
  ].map((address) => [`address: ${address}`, 'ADDRESS_OUT_OF_SCOPE', { address }] as const),
  ...[
    '127.0.0.1',
    '169.254.169.254',
    '0.0.0.0',
    '224.0.0.1',
    '255.255.255.255',
    '::1',
    '::',
    'fe80::1',
    'ff02::1',
    '10.0.0.1%a',
    'fd00:1::1%eth0',
  ].map((address) => [`address: ${address}`, 'ADDRESS_RESERVED', { address }] as const),
  ...[
    '',
    'unix:///run/docker.sock',
    'unix://@a',
    'localhost',
    'a.localhost',
    'LOCALHOST.',
    '127.1',
    '0x7f000001',
    '10.0.0.1.',
    'a_b',
    '*.corp.example',
  ].map(
    (address) =>
      [`address: ${address || 'none, with a network'}`, 'ADDRESS_RESERVED', { address, network: 'net1' }] as const,
  ),
  ...[0, 22, 1023, 49_152, 70_000, -1].map(
    (http) => [`ports: ${http}`, 'ENDPOINT_PORT_OUT_OF_SCOPE', { ports: { http } }] as const,
  ),
  ['ports: none, so that the port of the service (80) is used', 'ENDPOINT_PORT_OUT_OF_SCOPE', { ports: {} }],
  [
    'ports: none but one inherited from Object.prototype',
    'ENDPOINT_PORT_OUT_OF_SCOPE',
    { ports: Object.create({ http: 8080 }) },
  ],
  ['network', 'NETWORK_OUT_OF_SCOPE', { network: 'net2' }],
  ['serviceAccount', 'SERVICE_ACCOUNT_OUT_OF_SCOPE', { serviceAccount: 'admin' }],
  ['ports: one that the service does not have', 'ENDPOINT_PORT_OUT_OF_SCOPE', { ports: { http: 8080, ssh: 22 } }],
];

describe('an endpoint that leaves the scope goes alone', () => {
  for (const [field, code, change] of ENDPOINT_ROWS) {
    test(field, () => {
      const answer = admitted(unitWith({ endpoints: [ENDPOINT, { ...ENDPOINT, ...change }] }));
      assert.deepEqual(answer.entry, ENTRY);
      assert.deepEqual(codes(answer), [code]);
    });
  }

  test('an entry that loses the last one stays, with none', () => {
    const answer = admitted(unitWithEndpoint({ address: '11.0.0.1' }));
    assert.deepEqual(answer.entry, { ...ENTRY, spec: { ...ENTRY.spec, endpoints: [] } });
  });
});

describe('an endpoint may', () => {
  for (const change of [
    { address: '10.255.255.255' },
    { address: 'fd00:1::1' },
    { address: '::ffff:10.0.0.1' },
    { address: 'DB.corp.example.' },
    { ports: { http: 1024 } },
    { locality: 'a/b', weight: 5 },
    { network: '', serviceAccount: '' },
  ]) {
    test(`have ${JSON.stringify(change)}`, () => {
      const unit = unitWithEndpoint(change);
      assert.equal(admitted(unit), unit);
    });
  }

  test('have the network and the service account that a rule of the configuration sets', () => {
    const unit = unitWithEndpoint({ network: 'net1', serviceAccount: 'sa' });
    assert.equal(admitted(unit, { networks: ['net1'], serviceAccounts: ['sa'] }), unit);
  });
});

describe('resolution', () => {
  const dns = { resolution: 'DNS', hosts: ['orders.shop.eureka'] } as const;

  test('DNS without endpoints would send traffic wherever the host resolves to, so it becomes STATIC', () => {
    for (const resolution of ['DNS', 'DNS_ROUND_ROBIN'] as const) {
      const answer = admitted(unitWith({ ...dns, resolution, endpoints: [] }));
      assert.deepEqual(codes(answer), ['ADDRESS_OUT_OF_SCOPE']);
      assert.equal(answer.entry?.spec.resolution, 'STATIC');
    }
  });

  test('DNS that loses its last endpoint becomes STATIC', () => {
    const answer = admitted(unitWith({ ...dns, endpoints: [{ ...ENDPOINT, address: 'a.other' }] }));
    assert.deepEqual(codes(answer), ['ADDRESS_OUT_OF_SCOPE']);
    assert.deepEqual(answer.entry?.spec.endpoints, []);
    assert.equal(answer.entry?.spec.resolution, 'STATIC');
  });

  test('DNS without endpoints passes where the host is also an admitted address and its port an admitted one', () => {
    const unit = unitWith({ ...dns, endpoints: [], ports: [{ number: 9000, protocol: 'HTTP', name: 'http' }] });
    assert.equal(admitted(unit, { addressSuffixes: ['.shop.eureka'] }), unit);
    assert.equal(
      admitted(unit, { addressSuffixes: ['.shop.eureka'], endpointPorts: [] }).entry?.spec.resolution,
      'STATIC',
    );
  });

  test('DNS that keeps an endpoint stays DNS', () => {
    const kept = { ...ENDPOINT, address: 'db.corp.example' };
    const answer = admitted(unitWith({ ...dns, endpoints: [kept, { ...ENDPOINT, address: 'a.other' }] }));
    assert.deepEqual([answer.entry?.spec.resolution, answer.entry?.spec.endpoints], ['DNS', [kept]]);
  });
});
