// Whatever conversion hands to the gate, and whatever registries hand to conversion: what comes out stays inside, as it is said
// once more in test/fakes/narrow-scope.ts, and nothing of it has two owners.
import assert from 'node:assert/strict';
import { isIPv6, SocketAddress } from 'node:net';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { createGate } from '../../src/admit/gate.ts';
import { createTurnStages } from '../../src/app/turn.ts';
import type { Converted, Entry, ResourceName, ServiceEntrySpec } from '../../src/convert/entry.ts';
import { forOldIstio } from '../../src/convert/old-istio.ts';
import { problemLoss } from '../../src/model/problem.ts';
import { serviceKey } from '../../src/model/service.ts';
import { CIDRS, HOSTS, IPS, LABEL_KEYS, LABEL_VALUES, PORT_NUMBERS, SOCKETS } from '../fakes/border-values.ts';
import { generatedEntries } from '../fakes/generated-entries.ts';
import { escapesOf, NARROW, NARROW_OPTIONS } from '../fakes/narrow-scope.ts';
import { ordersEntry } from '../fakes/orders-entry.ts';
import { REGISTRY_NAMES, type Registration, slicesOf } from '../fakes/registrations.ts';

const anyLabels = fc.dictionary(
  fc.constantFrom(
    ...[
      ...LABEL_KEYS,
      'istio.io/rev',
      'a.footbridge.io/b',
      'footbridge.io/team',
      'version',
      'cost-center',
      'istio-locality',
    ],
    'security.istio.io/tlsMode',
  ),
  fc.oneof(fc.constantFrom('istio', 'disabled'), fc.string({ maxLength: 3 })),
);
const anyEndpoint = fc.record({
  address: fc.oneof(
    fc.constantFrom('10.0.0.1', '127.0.0.17', 'db.corp.example', '::ffff:10.0.0.1'),
    fc.constantFrom(...IPS, ...HOSTS, ...SOCKETS),
    fc.ipV4(),
    fc.ipV6(),
  ),
  ports: fc.dictionary(fc.constantFrom('a', 'b', '__proto__'), fc.nat(70_000), { maxKeys: 2 }),
  labels: anyLabels,
  network: fc.constantFrom('', 'net1', 'net1', 'net2'),
  serviceAccount: fc.constantFrom('', 'orders', 'admin'),
  locality: fc.constantFrom('a/b', '*'),
});
const anySpec: fc.Arbitrary<ServiceEntrySpec> = fc.oneof(
  fc.integer().map((seed) => generatedEntries(1, seed)[0]?.spec ?? assert.fail()),
  fc.record({
    hosts: fc.array(
      fc.oneof(
        {
          weight: 9,
          arbitrary: fc.constantFrom('x.shop.eureka', 'X.shop.eureka.', 'y.shop.legacy', 'z.shop.rpc', 'a.b'),
        },
        { weight: 1, arbitrary: fc.constantFrom(...HOSTS) },
      ),
      { maxLength: 2 },
    ),
    addresses: fc.array(
      fc.oneof(
        { weight: 9, arbitrary: fc.constantFrom('241.0.0.1', '241.0.0.2', '241.0.0.3', 'fd00:f00d::1') },
        { weight: 1, arbitrary: fc.constantFrom(...IPS, ...CIDRS) },
      ),
      { maxLength: 2 },
    ),
    ports: fc.array(
      fc.record({
        number: fc.constantFrom(80, 1000, 9000, 22),
        protocol: fc.constantFrom('HTTP', 'TCP'),
        name: fc.constantFrom('a', 'b'),
      }),
      { maxLength: 2 },
    ),
    location: fc.oneof(
      { weight: 9, arbitrary: fc.constant('MESH_INTERNAL' as const) },
      { weight: 1, arbitrary: fc.constant('MESH_EXTERNAL' as const) },
    ),
    resolution: fc.constantFrom('STATIC' as const, 'DNS' as const, 'NONE' as const),
    endpoints: fc.array(anyEndpoint, { maxLength: 4 }),
    exportTo: fc.constantFrom(...[['.'], ['.', 'istio-system'], ['asked'], ['~'], [], ['*'], ['other']]),
  }),
);
const anyUnit: fc.Arbitrary<Converted> = fc
  .record({
    name: fc.oneof(
      {
        weight: 9,
        arbitrary: fc.constantFrom('asked/bridge.eureka.a', 'asked/bridge.eureka.b', 'asked/bridge.legacy.c'),
      },
      { weight: 1, arbitrary: fc.constantFrom('asked/other.eureka.a', 'other/bridge.eureka.a') },
    ),
    labels: anyLabels,
    annotations: anyLabels,
    spec: anySpec,
    further: fc.oneof(
      { weight: 9, arbitrary: fc.constant({}) },
      { weight: 1, arbitrary: fc.constant({ subjectAltNames: ['x'] }) },
    ),
  })
  .map(({ name, spec, further, ...rest }) => {
    const entry: Entry = {
      kind: 'networking.istio.io/ServiceEntry',
      name: name as ResourceName,
      ...rest,
      spec: { ...spec, ...further },
    };
    return { services: [serviceKey('eureka', 'A'), serviceKey('file', 'B')], entry, problems: [] };
  });

/** Harmless by itself, and likely to want what others have. */
const anyClaimant: fc.Arbitrary<Converted> = fc
  .record({
    name: fc.constantFrom(
      'asked/bridge.eureka.a',
      'asked/bridge.eureka.b',
      'asked/bridge.legacy.c',
      'asked/bridge.rpc.d',
    ),
    host: fc.constantFrom('x.shop.eureka', 'X.shop.eureka.', 'y.shop.legacy', 'z.shop.rpc', 'a.b'),
    addresses: fc.subarray(['241.0.0.1', '241.0.0.2', '241.0.0.3', 'fd00:f00d::1', 'FD00:F00D:0::1'], { maxLength: 1 }),
    number: fc.constantFrom(80, 8080),
  })
  .map(({ name, host, addresses, number }) => {
    const spec = { hosts: [host], addresses, ports: [{ number, protocol: 'HTTP', name: 'http' }] };
    const entry = ordersEntry({ ...spec, endpoints: [] });
    const services = [serviceKey('eureka', name)];
    return { services, entry: { ...entry, name: name as ResourceName }, problems: [] };
  });

const sometimes = <Value>(usual: Value, odd: fc.Arbitrary<Value>): fc.Arbitrary<Value> =>
  fc.oneof({ weight: 2, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: odd });
const anyRegistration: fc.Arbitrary<Registration> = fc.record(
  {
    service: sometimes(
      'orders',
      fc.oneof(fc.constantFrom(...HOSTS, 'or_ders', 'ORDERS', '*.bank.example'), fc.string()),
    ),
    address: sometimes(
      '10.0.0.1',
      fc.oneof(fc.constantFrom(...IPS, ...HOSTS, ...SOCKETS, 'db.corp.example'), fc.ipV4(), fc.ipV6()),
    ),
    port: sometimes(8080, fc.oneof(fc.constantFrom(...PORT_NUMBERS), fc.nat(70_000))),
    protocol: fc.constantFrom('http', 'tcp', 'grpc', 'https', 'dubbo', 'tri', 'x'),
    weight: fc.constantFrom('1', '0', '-1', '1e9', '7'),
    zone: fc.oneof(fc.constantFrom('a', '*', 'a/b/c/d'), fc.string({ maxLength: 4 })),
    metadata: fc.dictionary(
      fc.constantFrom(
        ...LABEL_KEYS,
        'istio.io/rev',
        'version',
        'footbridge.io/team',
        'mesh',
        'grpc.port',
        'istio-locality',
      ),
      fc.constantFrom(...LABEL_VALUES, 'yes', '22'),
      { maxKeys: 4 },
    ),
    further: fc.dictionary(
      fc.constantFrom(
        'exportTo',
        'resolution',
        'location',
        'hosts',
        'network',
        'serviceAccount',
        'namespace',
        'labels',
        'kind',
      ),
      fc.constantFrom<unknown>('*', ['*'], 'DNS', { 'istio.io/rev': 'x' }, 'istio-system'),
      { maxKeys: 3 },
    ),
  },
  { requiredKeys: ['service', 'address', 'port'] },
);

/** Without one that can be read an answer is no answer. */
const HARMLESS: Registration = { service: 'carts', address: '10.0.0.9', port: 8080 };

function admitted(units: readonly Converted[]): readonly Converted[] {
  return createGate(NARROW_OPTIONS.admit).admit(units, () => 0);
}

function entriesOf(units: readonly Converted[]): readonly Entry[] {
  return units.flatMap(({ entry }) => entry ?? []);
}

/** As callers see them: one name in all its spellings, one address in all of its. */
function twoOwners(entries: readonly Entry[]): readonly string[] {
  const claims = entries.flatMap(({ name, spec }) => {
    const hosts = new Set(spec.hosts.map((host) => host.toLowerCase().replace(/\.$/, '')));
    const places = new Set(
      spec.addresses.flatMap((address) =>
        spec.ports.map(
          ({ number }) =>
            `${new SocketAddress({ address, family: isIPv6(address) ? 'ipv6' : 'ipv4' }).address} ${number}`,
        ),
      ),
    );
    return [name, ...hosts, ...places];
  });
  return claims.filter((claim, index) => claims.indexOf(claim) !== index);
}

describe('the gate, whatever it is given', () => {
  test('lets nothing out of the scope, also not in the form for old Istio', () => {
    let published = 0;
    fc.assert(
      fc.property(anyUnit, (unit) => {
        for (const entry of entriesOf(admitted([unit]))) {
          published += 1;
          assert.deepEqual(escapesOf(entry), []);
          assert.deepEqual(
            [forOldIstio(entry)].flatMap((old) => (old === undefined ? [] : escapesOf(old))),
            [],
          );
        }
      }),
      { numRuns: 3000 },
    );
    assert.ok(published > 100, `only ${published} entries were published: the property proves nothing`);
  });

  test('gives nothing two owners, and takes from nobody what nobody else has', () => {
    let clashes = 0;
    fc.assert(
      fc.property(fc.array(fc.oneof(anyClaimant, anyUnit), { maxLength: 6 }), (units) => {
        const answer = admitted(units);
        assert.equal(answer.length, units.length, 'each stays in its place');
        assert.deepEqual(twoOwners(entriesOf(answer)), []);
        answer.forEach((unit, place) => {
          const refusal = unit.problems.find(({ code }) => code === 'CLAIMED_TWICE');
          const alone = units.slice(place, place + 1);
          if (refusal === undefined) assert.deepEqual(unit, admitted(alone)[0]);
          else clashes += 1;
        });
      }),
      { numRuns: 1000 },
    );
    assert.ok(clashes > 20, `only ${clashes} units clashed: the property proves nothing`);
  });

  test('finds nothing more to take away from what it let pass', () => {
    fc.assert(
      fc.property(anyUnit, (unit) => {
        const once = admitted([unit]);
        assert.equal(admitted(once)[0], once[0]);
      }),
      { numRuns: 1000 },
    );
  });

  test('only takes away, and says so: without a problem the unit is the same object, with one something is gone', () => {
    fc.assert(
      fc.property(anyUnit, (unit) => {
        const [answer = assert.fail()] = admitted([unit]);
        assert.equal(answer === unit, answer.problems.length === 0);
        const refused = answer.problems.some(({ code }) => problemLoss(code) === 'service');
        assert.equal(answer.entry === undefined, refused);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('the pipeline, whatever is registered', () => {
  for (const registry of REGISTRY_NAMES) {
    test(`in ${registry}, lets nothing out of the scope`, () => {
      let published = 0;
      fc.assert(
        fc.property(fc.array(anyRegistration, { minLength: 1, maxLength: 5 }), (registrations) => {
          const { converted } = createTurnStages(NARROW_OPTIONS).run(
            slicesOf(registry, [HARMLESS, ...registrations], NARROW),
            0,
          );
          const entries = entriesOf(converted);
          published += entries.length;
          assert.deepEqual(entries.flatMap(escapesOf), []);
          assert.deepEqual(twoOwners(entries), []);
        }),
        { numRuns: 150 },
      );
      assert.ok(published > 200, `only ${published} entries were published: the property proves nothing`);
    });
  }
});
