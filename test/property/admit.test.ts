import assert from 'node:assert/strict';
import { BlockList, isIPv4, isIPv6 } from 'node:net';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { createGate } from '../../src/admit/gate.ts';
import type { AdmitOptions } from '../../src/admit/options.ts';
import type { Converted, Entry, ResourceName, ServiceEntrySpec } from '../../src/convert/entry.ts';
import { problemLoss } from '../../src/model/problem.ts';
import { serviceKey } from '../../src/model/service.ts';
import { CIDRS, HOSTS, IPS, LABEL_KEYS, SOCKETS } from '../fakes/border-values.ts';
import { generatedEntries } from '../fakes/generated-entries.ts';

const OPTIONS: AdmitOptions = {
  namespace: 'asked',
  hostSuffixes: ['.shop.eureka', 'a.b'],
  addresses: ['10.0.0.0/8', 'fd00::/8', '127.0.0.16/28'],
  addressSuffixes: ['.corp.example'],
  ports: [{ first: 80, last: 9000 }],
  endpointPorts: [{ first: 1000, last: 60_000 }],
  virtualIps: ['241.0.0.0/8', 'fd00::/16'],
  exportTo: ['.', 'istio-system'],
  labelPrefix: 'footbridge.io',
};

/** The ranges once more, by the implementation of the platform. */
const ENDPOINT_RANGES = new BlockList();
ENDPOINT_RANGES.addSubnet('10.0.0.0', 8, 'ipv4');
ENDPOINT_RANGES.addSubnet('127.0.0.16', 28, 'ipv4');
ENDPOINT_RANGES.addSubnet('fd00::', 8, 'ipv6');
const VIRTUAL_RANGES = new BlockList();
VIRTUAL_RANGES.addSubnet('241.0.0.0', 8, 'ipv4');
VIRTUAL_RANGES.addSubnet('fd00::', 16, 'ipv6');

function isInside(ranges: BlockList, address: string): boolean {
  return (
    (isIPv4(address) && ranges.check(address, 'ipv4')) ||
    (isIPv6(address) && !address.includes('%') && ranges.check(address, 'ipv6'))
  );
}

function isBetween(first: number, port: number, last: number): boolean {
  return port >= first && port <= last;
}

function assertInScope({ name, spec, labels }: Entry): void {
  assert.match(name, /^asked\/[^/]+$/);
  for (const host of spec.hosts) assert.match(host, /^(?:[a-z0-9.-]+\.shop\.eureka|a\.b)\.?$/i);
  for (const address of spec.addresses) assert.ok(isInside(VIRTUAL_RANGES, address), address);
  for (const { number } of spec.ports) assert.ok(isBetween(80, number, 9000), String(number));
  for (const item of spec.exportTo) assert.ok(['.', '~', 'asked', 'istio-system'].includes(item), item);
  assert.notEqual(spec.exportTo.length, 0);
  for (const { address, ports, labels: ofEndpoint = {} } of spec.endpoints) {
    assert.ok(isInside(ENDPOINT_RANGES, address) || /^[a-z0-9.-]+\.corp\.example\.?$/i.test(address), address);
    const used = spec.ports.map((port) => ports[port.name] ?? port.number);
    for (const port of [...used, ...Object.values(ports)]) assert.ok(isBetween(1000, port, 60_000), String(port));
    for (const key of Object.keys(ofEndpoint)) assert.doesNotMatch(key, /istio\.io\/(?!tlsMode$)|footbridge\.io\//);
  }
  for (const key of Object.keys(labels)) assert.doesNotMatch(key, /istio\.io\//);
}

const anyLabels = fc.dictionary(
  fc.constantFrom(...LABEL_KEYS, 'istio.io/rev', 'a.footbridge.io/b', 'v'),
  fc.string({ maxLength: 3 }),
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
});
const anySpec: fc.Arbitrary<ServiceEntrySpec> = fc.oneof(
  fc.integer().map((seed) => generatedEntries(1, seed)[0]?.spec ?? assert.fail()),
  fc.record({
    hosts: fc.array(
      fc.oneof(
        { weight: 9, arbitrary: fc.constantFrom('x.shop.eureka', 'a.b') },
        { weight: 1, arbitrary: fc.constantFrom(...HOSTS) },
      ),
      { maxLength: 2 },
    ),
    addresses: fc.array(
      fc.oneof(
        { weight: 9, arbitrary: fc.constant('241.0.0.1') },
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
    location: fc.constantFrom('MESH_INTERNAL' as const, 'MESH_EXTERNAL' as const),
    resolution: fc.constantFrom('STATIC' as const, 'DNS' as const, 'NONE' as const),
    endpoints: fc.array(anyEndpoint, { maxLength: 4 }),
    exportTo: fc.subarray(['.', '~', 'istio-system', '*']),
  }),
);
const anyUnit: fc.Arbitrary<Converted> = fc
  .record({
    name: fc.constantFrom('asked/a', 'asked/b', 'asked/c', 'other/a'),
    labels: anyLabels,
    annotations: anyLabels,
    spec: anySpec,
  })
  .map(({ name, ...rest }) => {
    const entry: Entry = { kind: 'networking.istio.io/ServiceEntry', name: name as ResourceName, ...rest };
    return { services: [serviceKey('eureka', 'A'), serviceKey('file', 'B')], entry, problems: [] };
  });

describe('the gate, whatever it is given', () => {
  test('lets nothing out of the scope', () => {
    let published = 0;
    fc.assert(
      fc.property(anyUnit, (unit) => {
        const { entry } = createGate(OPTIONS).admit(unit);
        if (entry === undefined) return;
        published += 1;
        assertInScope(entry);
      }),
      { numRuns: 2000 },
    );
    assert.ok(published > 100, `only ${published} entries were published: the property proves nothing`);
  });

  test('finds nothing more to take away from what it let pass', () => {
    fc.assert(
      fc.property(anyUnit, (unit) => {
        const once = createGate(OPTIONS).admit(unit);
        assert.equal(createGate(OPTIONS).admit(once), once);
      }),
      { numRuns: 1000 },
    );
  });

  test('only takes away, and says so: without a problem the unit is the same object, with one something is gone', () => {
    fc.assert(
      fc.property(anyUnit, (unit) => {
        const answer = createGate(OPTIONS).admit(unit);
        assert.equal(answer === unit, answer.problems.length === 0);
        const refused = answer.problems.some(({ code }) => problemLoss(code) === 'service');
        assert.equal(answer.entry === undefined, refused);
      }),
      { numRuns: 1000 },
    );
  });
});
