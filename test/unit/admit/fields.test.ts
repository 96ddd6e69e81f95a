// Every field of a ServiceEntry, and what a stranger could register to get something of his own into it, in the words of every kind
// of registry: nothing of it leaves the scope. A field that is new in our types or in our protobuf does not get by this table.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { createTurnStages, type Turn } from '../../../src/app/turn.ts';
import type { Entry, ServiceEntrySpec } from '../../../src/convert/entry.ts';
import { forOldIstio } from '../../../src/convert/old-istio.ts';
import { escapesOf, FIELD_PATHS, type FieldPath, NARROW, NARROW_OPTIONS } from '../../fakes/narrow-scope.ts';
import { REGISTRY_NAMES, type Registration, type RegistryName, slicesOf } from '../../fakes/registrations.ts';
import { admitted, ENDPOINT, ENTRY, unitOf } from './scope-fixtures.ts';

const HARMLESS: Registration = { service: 'orders', address: '10.0.0.1', port: 8080 };

type Said = Partial<Registration>;

const metadata = (said: Readonly<Record<string, string>>): Said => ({ metadata: said });
const further = (said: Readonly<Record<string, unknown>>): Said => ({ further: said });

const NAMES = [
  ...[
    'kubernetes.default.svc.cluster.local',
    'a.b.svc',
    '*',
    '*.shop.eureka',
    'bank.example',
    'bank.example.',
    '10.0.0.1',
  ],
  ...['other/main.eureka.orders', '../istio-system/evil', 'istio-system/evil', '/', '', '__proto__', 'x'.repeat(300)],
  ...[
    '{namespace}',
    'orders\u0000',
    'Å',
    '\ud800',
    'localhost',
    'metadata.google.internal',
    'a..b',
    '-',
    'ORDERS',
    'or_ders',
  ],
];
const ADDRESSES = [
  ...[
    '127.0.0.1',
    '169.254.169.254',
    '0.0.0.0',
    '224.0.0.1',
    '255.255.255.255',
    '11.0.0.1',
    '241.0.0.1',
    '192.0.0.192',
  ],
  ...['::1', '::', 'fe80::1', 'ff02::1', 'fd00::1%eth0', '10.0.0.1%a', 'fd00:ec2::254', 'fd00:ec2::23', '2001:db8::1'],
  ...[
    '::ffff:127.0.0.1',
    '::ffff:169.254.169.254',
    '::ffff:11.0.0.1',
    '::127.0.0.1',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
  ],
  ...['127.1', '0177.0.0.1', '0x7f000001', '2130706433', '010.0.0.1', '10.1', '10.0.0.1.', '10.0.0.1:80', '10.0.0.0/8'],
  ...[
    'localhost',
    'a.localhost',
    'evil.example',
    'corp.example',
    'evilcorp.example',
    'db.corp.example.evil',
    '*.corp.example',
  ],
  ...[
    'metadata.google.internal',
    'instance-data.ec2.internal',
    'kubernetes.default.svc.cluster.local',
    'istiod.istio-system.svc',
  ],
  ...[
    'unix:///run/docker.sock',
    'unix://@a',
    '',
    ' ',
    'a b',
    '１０.0.0.1',
    '10。0。0。1',
    'user@10.0.0.1',
    '[::1]',
    '\ud800',
  ],
];
const PORTS = [
  0, -1, 1, 22, 79, 999, 6443, 10_250, 15_001, 15_021, 60_001, 65_535, 65_536, 70_000, 4_294_967_376, 8080.5,
];
const PROTOCOLS = [
  'tcp',
  'udp',
  'TCP',
  'mongo',
  'redis',
  'dubbo',
  'tri',
  'rest',
  'hessian',
  'https',
  'tls',
  'HBONE',
  'é',
  'a/b',
];
const FORGED = {
  'istio.io/rev': 'evil',
  'topology.istio.io/network': 'net2',
  'security.istio.io/tlsMode': 'disabled',
  'istio-locality': 'evil',
  'networking.istio.io/exportTo': '*',
  'app.kubernetes.io/managed-by': 'Helm',
  'app.kubernetes.io/instance': 'other',
  'footbridge.io/team': 'evil',
  'cost-center': '0',
  'kubernetes.io/hostname': 'evil',
};
const EVIL_ENDPOINT = { address: '169.254.169.254', ports: { http: 80 } };

/** What is registered to get at the field. */
const ATTEMPTS: Readonly<Record<FieldPath, readonly Said[]>> = {
  kind: [
    further({ kind: 'networking.istio.io/EnvoyFilter', apiVersion: 'networking.istio.io/v1alpha3', typeUrl: 'evil' }),
  ],
  name: [
    ...NAMES.map((service) => ({ service })),
    further({ namespace: 'istio-system', resourceName: 'istio-system/evil' }),
  ],
  labels: [
    metadata(FORGED),
    further({ labels: FORGED }),
    metadata({ owner: 'evil', team: 'evil', organization: 'evil' }),
  ],
  annotations: [further({ annotations: FORGED }), metadata({ owner: 'a\nb', environment: 'x'.repeat(9000) })],
  spec: [further({ spec: { hosts: ['bank.example'], exportTo: ['*'] } })],
  'spec.hosts': [
    ...NAMES.map((service) => ({ service })),
    further({ hosts: ['bank.example'], host: 'bank.example', vip: 'bank.example' }),
  ],
  'spec.addresses': [further({ addresses: ['10.96.0.1', '0.0.0.0/0'], virtualIp: '10.96.0.1' })],
  'spec.ports': [further({ ports: [{ number: 22, name: 'ssh', protocol: 'TCP' }] })],
  'spec.ports.number': PORTS.map((port) => ({ port })),
  'spec.ports.protocol': PROTOCOLS.map((protocol) => ({ protocol })),
  'spec.ports.name': [metadata({ 'grpc.port': '22', 'management.port': '9' }), { protocol: 'tcp', port: 22 }],
  'spec.location': [further({ location: 'MESH_EXTERNAL' })],
  'spec.resolution': [further({ resolution: 'DNS' }), further({ resolution: 'NONE' }), { address: 'db.corp.example' }],
  'spec.endpoints': [
    further({ endpoints: [EVIL_ENDPOINT], workloadSelector: { labels: { app: 'istiod' } } }),
    further({ subjectAltNames: ['spiffe://evil'], targetPort: 22 }),
  ],
  'spec.endpoints.address': ADDRESSES.map((address) => ({ address })),
  'spec.endpoints.ports': [
    ...PORTS.map((port) => ({ port })),
    metadata({ 'grpc.port': '6443' }),
    metadata({ 'grpc.port': 'x' }),
  ],
  'spec.endpoints.labels': [
    metadata(FORGED),
    metadata({ version: 'a b,c=d', zone: '../..' }),
    metadata({ version: 'é' }),
  ],
  'spec.endpoints.network': [
    further({ network: 'net2' }),
    metadata({ 'topology.istio.io/network': 'net2' }),
    metadata({ mesh: 'yes' }),
  ],
  'spec.endpoints.locality': ['us/*', '*', '../..', 'a/b/c/d', 'é', 'a b', '/', '\ud800'].map((zone) => ({ zone })),
  'spec.endpoints.weight': ['0', '-1', '1e9', '99999999999', 'NaN', '1.5', ''].map((weight) => ({ weight })),
  'spec.endpoints.serviceAccount': [
    further({ serviceAccount: 'admin' }),
    metadata({ serviceAccount: 'admin', mesh: 'yes' }),
  ],
  'spec.exportTo': [further({ exportTo: ['*'] }), metadata({ exportTo: '*', 'networking.istio.io/exportTo': '*' })],
};

function turnOf(registry: RegistryName, registrations: readonly Registration[]): Turn {
  return createTurnStages(NARROW_OPTIONS).run(slicesOf(registry, registrations, NARROW), 0);
}

function entriesOf({ converted }: Turn): readonly Entry[] {
  return converted.flatMap(({ entry }) => entry ?? []);
}

function entryOf(turn: Turn, service: string): Entry | undefined {
  return entriesOf(turn).find(({ spec }) => spec.hosts[0]?.startsWith(`${service}.`));
}

/** What the configuration alone says, whatever a registry does. */
function assertConfigured({ kind, spec, labels, annotations }: Entry): void {
  assert.equal(kind, 'networking.istio.io/ServiceEntry');
  assert.deepEqual([spec.location, spec.exportTo], ['MESH_INTERNAL', ['.', 'istio-system']]);
  assert.equal(spec.hosts.length, 1);
  assert.equal(spec.addresses.length, 2, 'one virtual IP of each range');
  const { 'app.kubernetes.io/name': _, 'footbridge.io/registry': __, 'footbridge.io/service': ___, ...fixed } = labels;
  assert.deepEqual(fixed, {
    'app.kubernetes.io/instance': 'bridge',
    'app.kubernetes.io/managed-by': 'footbridge',
    'app.kubernetes.io/part-of': 'estate',
    'cost-center': '42',
    'footbridge.io/team': 'shop',
  });
  assert.equal(annotations['networking.istio.io/traffic-distribution'], 'PreferClose');
  for (const value of Object.values(labels)) assert.match(value, /^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/);
  for (const { locality = 'a', weight = 1, labels: ofEndpoint = {} } of spec.endpoints) {
    assert.match(locality, /^[A-Za-z0-9._-]+(?:\/[A-Za-z0-9._-]+){0,2}$/);
    assert.ok(Number.isInteger(weight) && weight >= 1 && weight <= 10_000, String(weight));
    for (const value of Object.values(ofEndpoint)) assert.match(value, /^[A-Za-z0-9._-]{0,63}$/);
  }
}

describe('whatever is registered', () => {
  for (const registry of REGISTRY_NAMES) {
    const alone = entryOf(turnOf(registry, [HARMLESS]), 'orders');

    for (const [field, attempts] of Object.entries(ATTEMPTS)) {
      test(`in ${registry}, to get at ${field}, nothing leaves the scope and nobody else is touched`, () => {
        const hostile = attempts.map((said, index) => ({
          ...{ service: `hostile-${index}`, address: `10.0.1.${index}`, port: 8080 },
          ...said,
        }));
        const turn = turnOf(registry, [HARMLESS, ...hostile]);
        for (const entry of entriesOf(turn)) {
          assert.deepEqual(escapesOf(entry), []);
          assertConfigured(entry);
          const forOld = forOldIstio(entry);
          if (forOld !== undefined) assert.deepEqual(escapesOf(forOld), [], 'for Istio up to 1.4');
        }
        const theirs = entryOf(turn, 'orders');
        if (attempts.every(({ service }) => service === undefined)) assert.deepEqual(theirs, alone);
        else assert.notEqual(theirs, undefined, 'the other service is still published');
      });
    }

    test(`in ${registry}, what is harmless arrives in the fields that a registry decides`, () => {
      const said = { address: 'fd00::7', port: 8081, zone: 'eu-west-1a', weight: '7', metadata: { version: 'v2' } };
      const told = { service: 'carts', address: '10.0.0.9', port: 8081, weight: '3' };
      const turn = turnOf(registry, [{ ...told, ...said }, told]);
      const { hosts, endpoints } = entryOf(turn, 'carts')?.spec ?? assert.fail('it is published');
      assert.deepEqual(hosts, [`carts.shop.${registry}`]);
      const endpoint = endpoints.find(({ address }) => address === 'fd00::7') ?? assert.fail('its address arrives');
      assert.deepEqual(Object.values(endpoint.ports), [8081]);
      assert.match(endpoint.locality ?? '', /eu-west-1a$/);
      assert.equal(endpoint.weight, 7);
      // A Dubbo version is that of an interface, and no label of the process.
      if (registry !== 'rpc') assert.equal(endpoint.labels?.['version'], 'v2');
    });

    test(`in ${registry}, an instance can ask for what a rule of the configuration gives, and gets just that`, () => {
      const { endpoints } =
        entryOf(turnOf(registry, [{ ...HARMLESS, metadata: { mesh: 'yes' } }]), 'orders')?.spec ?? assert.fail();
      const [{ network, serviceAccount, labels } = assert.fail()] = endpoints;
      assert.deepEqual([network, serviceAccount, labels], ['net1', 'orders', { 'security.istio.io/tlsMode': 'istio' }]);
    });
  }
});

describe('a field that nobody has decided about', () => {
  test('is in the protobuf only if it is in the table, and in the table only if it can be sent', () => {
    const sent = [
      ...protoFields('ServiceEntry', 'spec'),
      ...protoFields('ServicePort', 'spec.ports'),
      ...protoFields('WorkloadEntry', 'spec.endpoints'),
    ];
    const judged = FIELD_PATHS.filter((path) => path.startsWith('spec.'));
    assert.deepEqual([...sent].sort(), [...judged].sort());
    assert.deepEqual(Object.keys(ATTEMPTS).sort(), [...FIELD_PATHS].sort());
  });

  const NEW = { subjectAltNames: ['spiffe://evil'] };
  for (const [where, entry] of [
    ['subjectAltNames', { ...ENTRY, ...NEW }],
    ['spec.subjectAltNames', { ...ENTRY, spec: { ...ENTRY.spec, ...NEW } }],
    ['spec.ports.subjectAltNames', withSpec({ ports: ENTRY.spec.ports.map((port) => ({ ...port, ...NEW })) })],
    ['spec.endpoints.subjectAltNames', withSpec({ endpoints: [ENDPOINT, { ...ENDPOINT, ...NEW }] })],
    ['spec.toString', { ...ENTRY, spec: Object.assign({ ...ENTRY.spec }, { toString: 'x' }) }],
    ['kind: networking.istio.io/EnvoyFilter', { ...ENTRY, kind: 'networking.istio.io/EnvoyFilter' as Entry['kind'] }],
  ] as const) {
    test(`refuses its entry: ${where}`, () => {
      const answer = admitted(unitOf(entry));
      assert.equal(answer.entry, undefined);
      assert.deepEqual(
        answer.problems.map(({ code, value }) => [code, value]),
        [['FIELD_UNKNOWN', where]],
      );
    });
  }
});

function withSpec(change: Partial<ServiceEntrySpec>): Entry {
  return { ...ENTRY, spec: { ...ENTRY.spec, ...change } };
}

/** The fields of a message as our types spell them. */
function protoFields(message: string, path: string): string[] {
  const text = readFileSync('proto/istio/networking/v1alpha3/service_entry.proto', 'utf8');
  const body = new RegExp(`^message ${message} \\{\\n(.*?)^\\}`, 'ms').exec(text)?.[1] ?? assert.fail(message);
  const fields = [...body.matchAll(/^ {2}(?:repeated )?(?:map<[^>]+>|\w+) (\w+) = \d+;/gm)].map(
    ([, name = '']) => name,
  );
  assert.notEqual(fields.length, 0);
  return fields.map((name) => `${path}.${name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())}`);
}
