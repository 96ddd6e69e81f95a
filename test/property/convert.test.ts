// What conversion promises for any input that the model can hold.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { createConverter } from '../../src/convert/convert.ts';
import { encodeEntry } from '../../src/convert/encode.ts';
import { hostByTemplate } from '../../src/convert/host.ts';
import { createNamer, type Names } from '../../src/convert/names.ts';
import type { ConvertOptions } from '../../src/convert/options.ts';
import { toYaml } from '../../src/convert/to-yaml.ts';
import { validateEntry } from '../../src/convert/validate.ts';
import type { Seniority } from '../../src/guard/guarded.ts';
import {
  type Instance,
  PROTOCOLS,
  type Service,
  type ServiceKey,
  STATUSES,
  serviceKey,
} from '../../src/model/service.ts';
import { allCold, convertOptions, DEFAULT_PORTS, presentSince } from '../fakes/convert-values.ts';

const hostileText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ unit: 'grapheme', maxLength: 80 }),
  fc.constantFrom(
    '',
    '__proto__',
    'constructor',
    '*',
    '.',
    '-',
    '..',
    'a\ud800',
    '10.0.0.1',
    '::1',
    'a/b',
    'x'.repeat(300),
    '42',
  ),
);

const serviceName = fc.oneof(
  { weight: 3, arbitrary: fc.stringMatching(/^[A-Za-z][A-Za-z0-9_. -]{0,12}$/) },
  { weight: 2, arbitrary: hostileText },
);

const address = fc.oneof(
  { weight: 4, arbitrary: fc.ipV4() },
  { weight: 1, arbitrary: fc.ipV6() },
  { weight: 1, arbitrary: fc.domain() },
  { weight: 1, arbitrary: hostileText },
);

const port = fc.record({
  number: fc.oneof(
    { weight: 4, arbitrary: fc.integer({ min: 1, max: 65_535 }) },
    { weight: 1, arbitrary: fc.constantFrom(0, -1, 65_536, 1.5, Number.NaN, 15_001) },
  ),
  protocol: fc.constantFrom(...PROTOCOLS),
  secure: fc.boolean(),
  name: fc.oneof(fc.constantFrom(...PROTOCOLS), hostileText),
});

const metadata = fc
  .array(
    fc.tuple(
      fc.oneof(fc.constantFrom('version', 'zone', 'mesh', 'security.istio.io/tlsMode'), hostileText),
      hostileText,
    ),
    {
      maxLength: 4,
    },
  )
  .map((entries): ReadonlyMap<string, string> => new Map(entries));

const instance: fc.Arbitrary<Omit<Instance, 'id'>> = fc.record({
  address,
  ports: fc.uniqueArray(port, { selector: ({ name }) => name, maxLength: 4 }),
  status: fc.oneof(
    { weight: 3, arbitrary: fc.constant('up' as const) },
    { weight: 1, arbitrary: fc.constantFrom(...STATUSES) },
  ),
  weight: fc.option(fc.oneof(fc.integer({ min: -1, max: 10_001 }), fc.double()), { nil: undefined }),
  locality: fc.option(fc.oneof(fc.constantFrom('eu', 'eu/eu-1'), hostileText), { nil: undefined }),
  metadata,
  attributes: fc.constant(new Map<string, readonly string[]>()),
});

const service: fc.Arbitrary<Service> = fc
  .record({
    registry: fc.constantFrom('eureka', 'zk', '7'),
    name: serviceName,
    ids: fc.uniqueArray(hostileText, { maxLength: 5 }),
    instances: fc.array(instance, { minLength: 5, maxLength: 5 }),
  })
  .map(({ registry, name, ids, instances }) => ({
    key: serviceKey(registry, name),
    registry,
    name,
    instances: instances.slice(0, ids.length).map((fields, index) => ({ id: ids[index] ?? '', ...fields })),
  }));

const services = fc.uniqueArray(service, { selector: ({ key }) => key, maxLength: 8 });

const options: fc.Arbitrary<ConvertOptions> = fc
  .record({
    hostTemplate: fc.constantFrom('{service}.{namespace}.{registry}', 'eu-{service}.mesh', '{registry}.{service}'),
    mode: fc.constantFrom('protocol' as const, 'instance' as const),
    primary: fc.option(fc.constantFrom(...PROTOCOLS), { nil: undefined }),
    published: fc.subarray([...PROTOCOLS]),
    range: fc.constantFrom('241.0.0.0/8', '241.0.0.0/29'),
    rangeV6: fc.constantFrom(undefined, 'fd00::/64'),
    enabled: fc.boolean(),
    location: fc.constantFrom('internal' as const, 'external' as const),
    mixedAddresses: fc.constantFrom('ip' as const, 'name' as const, 'majority' as const),
    hosts: fc.constantFrom({}, { 'orders.example.com': ['eureka/A', 'zk/a', 'eureka/'] }),
    team: fc.option(hostileText, { nil: undefined }),
  })
  .map(({ mode, primary, published, range, rangeV6, enabled, team, ...rest }) =>
    convertOptions({
      ...rest,
      ports: { ...DEFAULT_PORTS, mode, primary, published },
      virtualIps: { enabled, range, rangeV6 },
      owner: { team, partOf: team, labels: {}, annotations: {} },
      endpointLabels: ['version', 'zone', 'security.istio.io/tlsMode', '__proto__'],
      endpointRules: [
        {
          match: { services: ['eureka/*'], addresses: [], metadata: {} },
          network: 'vms',
          serviceAccount: undefined,
          tlsMode: 'istio',
        },
      ],
    }),
  );

const hasSurrogate = (text: string): boolean => /\p{Surrogate}/u.test(text);

/** A first read of the list. */
function inputOf(list: readonly Service[]) {
  const byKey = new Map(list.map((one) => [one.key, one]));
  return { services: byKey, seniority: allCold(byKey) };
}

function convert(list: readonly Service[], all: ConvertOptions) {
  return createConverter(all).convert(inputOf(list));
}

/** Everything that leaves, as one comparable text. */
function outcome(list: readonly Service[], all: ConvertOptions): string {
  return JSON.stringify(
    convert(list, all).map(({ entry, ...rest }) => ({
      ...rest,
      bytes: entry === undefined ? undefined : Buffer.from(encodeEntry(entry).bytes).toString('hex'),
    })),
  );
}

describe('conversion of any input', () => {
  test('gives entries that Istio takes, each with its own name and host, and never throws', () => {
    fc.assert(
      fc.property(services, options, (list, all) => {
        const converted = convert(list, all);
        const entries = converted.flatMap(({ entry }) => entry ?? []);
        for (const { spec } of entries) assert.deepEqual(validateEntry(spec, all.namespace), []);
        assert.equal(new Set(entries.map(({ name }) => name)).size, entries.length);
        assert.equal(new Set(entries.map(({ spec }) => spec.hosts.join())).size, entries.length);
        assert.equal(
          new Set(entries.flatMap(({ spec }) => spec.addresses)).size,
          entries.flatMap(({ spec }) => spec.addresses).length,
        );
        assert.ok(converted.every(({ problems }) => problems.every(({ code }) => code !== 'ENTRY_INVALID')));
        assert.ok(!hasSurrogate(toYaml(entries)));
      }),
      { numRuns: 400 },
    );
  });

  test('accounts for every service: an entry or a reason', () => {
    fc.assert(
      fc.property(services, options, (list, all) => {
        const converted = convert(list, all);
        const told = converted.flatMap((unit) => unit.services);
        assert.deepEqual([...told].sort(), list.map(({ key }) => key).sort());
        for (const { entry, problems } of converted) assert.ok(entry !== undefined || problems.length > 0);
      }),
    );
  });

  test('gives the same bytes and problems for any order of services, instances and ports', () => {
    const shuffled = services.chain((list) =>
      fc.tuple(
        fc.constant(list),
        fc.shuffledSubarray(list, { minLength: list.length, maxLength: list.length }),
        fc.boolean(),
      ),
    );
    fc.assert(
      fc.property(shuffled, options, ([list, other, reversed], all) => {
        const turned = other.map((one) => ({
          ...one,
          instances: reversed
            ? [...one.instances].reverse().map((each) => ({ ...each, ports: [...each.ports].reverse() }))
            : one.instances,
        }));
        assert.equal(outcome(turned, all), outcome(list, all));
      }),
      { numRuns: 300 },
    );
  });

  test('publishes no port that an endpoint lacks, and no TCP port without an address', () => {
    fc.assert(
      fc.property(services, options, (list, all) => {
        for (const { entry } of convert(list, all)) {
          if (entry === undefined) continue;
          const names = entry.spec.ports.map(({ name }) => name).sort();
          for (const { ports } of entry.spec.endpoints) assert.deepEqual(Object.keys(ports).sort(), names);
          if (entry.spec.addresses.length === 0)
            assert.ok(entry.spec.ports.every(({ protocol }) => protocol !== 'TCP'));
        }
      }),
    );
  });

  test('never lets a registration decide about mTLS', () => {
    fc.assert(
      fc.property(services, options, (list, all) => {
        for (const { entry } of convert(list, { ...all, endpointRules: [] })) {
          for (const { labels = {} } of entry?.spec.endpoints ?? [])
            assert.ok(!('security.istio.io/tlsMode' in labels));
        }
      }),
    );
  });

  test('does not depend on what was converted before', () => {
    fc.assert(
      fc.property(services, services, options, (first, second, all) => {
        const converter = createConverter(all);
        converter.convert(inputOf(first));
        assert.deepEqual(converter.convert(inputOf(second)), convert(second, all));
      }),
    );
  });
});

describe('hosts', () => {
  test('depend on the raw name alone: whoever else is there, a named service has the host of its own name', () => {
    fc.assert(
      fc.property(fc.uniqueArray(serviceName, { maxLength: 30 }), (list) => {
        const all = convertOptions();
        const names = createNamer(all)(new Map(list.map((name) => [serviceKey('r', name), presentSince(0)])));
        for (const [key, found] of names) {
          if (found.kind === 'named') assert.equal(found.naming.host, hostByTemplate('r', key.slice(2), all).host);
        }
      }),
    );
  });

  test('can be made of any text', () => {
    fc.assert(
      fc.property(fc.oneof(hostileText, serviceName), (name) =>
        assert.ok(hostByTemplate('r', name, convertOptions()).host),
      ),
      {
        numRuns: 2000,
      },
    );
  });
});

describe('history', () => {
  /** Names by small numbers, so that hosts and virtual IPs collide often. */
  const event = fc.record({ service: fc.integer({ min: 0, max: 11 }), isArrival: fc.boolean() });
  const all = convertOptions({ virtualIps: { enabled: true, range: '241.7.0.0/28', rangeV6: undefined } });
  const nameOf = (index: number): string => (index % 3 === 0 ? `svc_${index >> 2}` : `svc-${index >> 1}`);

  test('no arrival, no departure and no return takes the host or the virtual IP of a service that stays', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 60, size: 'max' }), (events) => {
        const nameServices = createNamer(all);
        let seniority: ReadonlyMap<ServiceKey, Seniority> = new Map();
        let before: Names = new Map();
        events.forEach(({ service: index, isArrival }, step) => {
          const key = serviceKey('r', nameOf(index));
          const known = seniority.get(key);
          if (isArrival === (known?.present ?? false)) return;
          const arrived = { ...(known ?? presentSince(step + 1)), presentSinceMs: step + 1, present: true };
          seniority = new Map(seniority).set(key, known && !isArrival ? { ...known, present: false } : arrived);
          const after = nameServices(seniority);
          for (const [other, found] of before) {
            if (found.kind !== 'named' || seniority.get(other)?.present !== true) continue;
            assert.equal(after.get(other), found);
          }
          before = after;
        });
      }),
      { numRuns: 500 },
    );
  });
});
