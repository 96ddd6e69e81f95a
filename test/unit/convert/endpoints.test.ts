import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Listed } from '../../../src/convert/candidates.ts';
import { compileEndpointRules } from '../../../src/convert/endpoint-rules.ts';
import { planEndpoints } from '../../../src/convert/endpoints.ts';
import { isLocality } from '../../../src/convert/locality.ts';
import { offerOf } from '../../../src/convert/offer.ts';
import type { ConvertOptions, EndpointRule } from '../../../src/convert/options.ts';
import type { PublishedPort } from '../../../src/convert/ports.ts';
import type { Instance } from '../../../src/model/service.ts';
import { convertOptions, portOf } from '../../fakes/convert-values.ts';
import { anInstance, aService } from '../../fakes/model-values.ts';

const HTTP: PublishedPort = { number: 80, protocol: 'HTTP', name: 'http', offered: 'http' };
const GRPC: PublishedPort = { number: 50_051, protocol: 'GRPC', name: 'grpc', offered: 'grpc' };

const SERVICE = aService('orders');

function plan(
  instances: readonly Partial<Instance>[],
  options: Partial<ConvertOptions> = {},
  ports: readonly PublishedPort[] = [HTTP],
) {
  const listed = instances.map((fields, index): Listed => {
    const instance = anInstance({ id: `i${index}`, ...fields });
    return { service: SERVICE, instance, offer: offerOf(instance) };
  });
  const all = convertOptions(options);
  return planEndpoints(listed, ports, all, compileEndpointRules(all.endpointRules));
}

function codes({ problems }: ReturnType<typeof plan>): readonly string[] {
  return problems.map(({ code, instance }) => `${instance} ${code}`);
}

describe('who becomes an endpoint', () => {
  test('only what is up, and what is not up is no problem', () => {
    const statuses = ['up', 'down', 'starting', 'out-of-service', 'unknown', 'gone'] as const;
    const found = plan(statuses.map((status, index) => ({ status, address: `10.0.0.${index}` })));
    assert.deepEqual(found.endpoints, [{ address: '10.0.0.0', ports: { http: 8080 } }]);
    assert.deepEqual(found.problems, []);
  });

  test('an instance that lacks a published port is left out, because Istio would dial the service port on it', () => {
    const both = [portOf('http', 8080), portOf('grpc', 9090)];
    const found = plan([{ ports: both }, { address: '10.0.0.2' }], {}, [HTTP, GRPC]);
    assert.deepEqual(found.endpoints, [{ address: '10.0.0.1', ports: { grpc: 9090, http: 8080 } }]);
    assert.deepEqual(codes(found), ['i1 PORT_NOT_OFFERED']);
  });

  test('a broken instance costs itself alone', () => {
    const found = plan([{ address: 'not an address' }, { address: '10.0.0.2' }]);
    assert.equal(found.endpoints.length, 1);
    assert.deepEqual(codes(found), ['i0 ADDRESS_INVALID']);
  });

  test('of equal endpoints the first in the list is kept', () => {
    const found = plan([{ metadata: new Map([['version', 'v1']]) }, { metadata: new Map([['version', 'v2']]) }]);
    assert.deepEqual(found.endpoints, [{ address: '10.0.0.1', ports: { http: 8080 }, labels: { version: 'v1' } }]);
    assert.deepEqual(codes(found), ['i1 ENDPOINT_DUPLICATE']);
  });

  test('an address may come twice with different ports', () => {
    assert.equal(plan([{}, { ports: [portOf('http', 8081)] }]).endpoints.length, 2);
  });
});

describe('weights', () => {
  const rows: readonly {
    readonly promise: string;
    readonly weights: readonly (number | undefined)[];
    readonly expected: readonly (number | undefined)[];
    readonly codes?: readonly string[];
  }[] = [
    { promise: 'are left out when nobody has one', weights: [undefined, undefined], expected: [undefined, undefined] },
    { promise: 'are left out when all are equal', weights: [7, 7], expected: [undefined, undefined] },
    { promise: 'a missing one counts as 1', weights: [7, undefined], expected: [7, 1] },
    { promise: 'a missing one is equal to 1', weights: [1, undefined], expected: [undefined, undefined] },
    { promise: '10,000 is the heaviest', weights: [10_000, 1], expected: [10_000, 1] },
    {
      promise: '0 drops the endpoint, because Istio reads it as 1',
      weights: [0, 5],
      expected: [undefined],
      codes: ['i0 WEIGHT_ZERO'],
    },
    {
      promise: 'what is no weight counts as missing',
      weights: [1.5, -1, 10_001, Number.NaN, 2],
      expected: [1, 1, 1, 1, 2],
      codes: ['i0 WEIGHT_INVALID', 'i1 WEIGHT_INVALID', 'i2 WEIGHT_INVALID', 'i3 WEIGHT_INVALID'],
    },
  ];
  for (const { promise, weights, expected, codes: told = [] } of rows) {
    test(promise, () => {
      const found = plan(weights.map((weight, index) => ({ weight, address: `10.0.0.${index}` })));
      assert.deepEqual(
        found.endpoints.map(({ weight }) => weight),
        expected,
      );
      assert.deepEqual(codes(found), told);
    });
  }

  test('a missing one of a Dubbo instance counts as 100', () => {
    const dubbo: PublishedPort = { number: 20_880, protocol: 'TCP', name: 'tcp-dubbo', offered: 'dubbo' };
    const ports = [portOf('dubbo', 20_880)];
    const found = plan([{ ports }, { ports, address: '10.0.0.2', weight: 50 }], {}, [dubbo]);
    assert.deepEqual(
      found.endpoints.map(({ weight }) => weight),
      [100, 50],
    );
  });
});

describe('addresses of both kinds', () => {
  const ip = (last: number): Partial<Instance> => ({ address: `10.0.0.${last}` });
  const name = (number: number): Partial<Instance> => ({ address: `vm-${number}.example.com` });
  const rows: readonly (readonly [
    promise: string,
    policy: ConvertOptions['mixedAddresses'],
    instances: readonly Partial<Instance>[],
    resolution: string,
    kept: number,
  ])[] = [
    ['ip keeps the IP addresses', 'ip', [ip(1), name(1), name(2)], 'STATIC', 1],
    ['name keeps the names', 'name', [ip(1), ip(2), name(1)], 'DNS', 1],
    ['majority keeps what more have', 'majority', [ip(1), name(1), name(2)], 'DNS', 2],
    ['majority keeps the IP addresses in a tie', 'majority', [ip(1), name(1)], 'STATIC', 1],
    ['names alone are resolved by DNS', 'ip', [name(1)], 'DNS', 1],
    ['an address that could not be routed decides nothing', 'ip', [{ ...ip(1), status: 'down' }, name(1)], 'DNS', 1],
    ['nothing to route is STATIC, never DNS on the host itself', 'name', [{ ...name(1), status: 'down' }], 'STATIC', 0],
  ];
  for (const [promise, mixedAddresses, instances, resolution, kept] of rows) {
    test(promise, () => {
      const found = plan(instances, { mixedAddresses });
      assert.deepEqual([found.resolution, found.endpoints.length], [resolution, kept]);
      const routable = instances.filter(({ status = 'up' }) => status === 'up').length;
      assert.equal(found.problems.filter(({ code }) => code === 'ADDRESS_MIXED').length, routable - kept);
    });
  }
});

describe('labels', () => {
  const metadata = new Map([
    ['version', 'v1'],
    ['zone', 'not valid'],
    ['secret', 'x'],
    ['security.istio.io/tlsMode', 'istio'],
  ]);

  test('come from listed keys alone; an invalid one costs itself', () => {
    const found = plan([{ metadata }]);
    assert.deepEqual(found.endpoints[0]?.labels, { version: 'v1' });
    assert.deepEqual(codes(found), ['i0 LABEL_INVALID']);
  });

  test('metadata never says who speaks mTLS, even where the key is listed', () => {
    const found = plan([{ metadata }], { endpointLabels: ['security.istio.io/tlsMode'] });
    assert.equal(found.endpoints[0]?.labels, undefined);
    assert.deepEqual(codes(found), ['i0 LABEL_RESERVED']);
  });

  test('a listed key that can be no label costs itself', () => {
    const found = plan(
      [
        {
          metadata: new Map([
            ['my key', 'x'],
            ['__proto__', 'y'],
          ]),
        },
      ],
      { endpointLabels: ['my key', '__proto__'] },
    );
    assert.equal(found.endpoints[0]?.labels, undefined);
    assert.deepEqual(codes(found), ['i0 LABEL_INVALID', 'i0 LABEL_INVALID']);
  });
});

describe('rules about endpoints', () => {
  const rule = (match: Partial<EndpointRule['match']>, traits: Partial<EndpointRule>): EndpointRule => ({
    match: { services: [], addresses: [], metadata: {}, ...match },
    network: undefined,
    serviceAccount: undefined,
    tlsMode: undefined,
    ...traits,
  });
  const network = (rules: readonly EndpointRule[], fields: Partial<Instance> = {}): string | undefined =>
    plan([fields], { endpointRules: rules }).endpoints[0]?.network;

  test('the first that matches and says something wins, field by field', () => {
    const endpointRules = [
      rule({}, { network: 'a' }),
      rule({}, { network: 'b', serviceAccount: 'orders', tlsMode: 'istio' }),
      rule({}, { tlsMode: 'disabled' }),
    ];
    assert.deepEqual(plan([{}], { endpointRules }).endpoints, [
      {
        address: '10.0.0.1',
        ports: { http: 8080 },
        labels: { 'security.istio.io/tlsMode': 'istio' },
        network: 'a',
        serviceAccount: 'orders',
      },
    ]);
  });

  test('all of a match must hold', () => {
    const match = { services: ['legacy/ord*'], addresses: ['10.0.0.0/24'], metadata: { mesh: ['yes', 'true'] } };
    const inMesh = { metadata: new Map([['mesh', 'true']]) };
    assert.equal(network([rule(match, { network: 'x' })], inMesh), 'x');
    assert.equal(network([rule(match, { network: 'x' })]), undefined);
    assert.equal(network([rule(match, { network: 'x' })], { ...inMesh, address: '10.0.1.1' }), undefined);
    assert.equal(network([rule({ ...match, services: ['other/*'] }, { network: 'x' })], inMesh), undefined);
  });

  test('a range holds no host name', () => {
    assert.equal(
      network([rule({ addresses: ['0.0.0.0/0'] }, { network: 'x' })], { address: 'vm.example.com' }),
      undefined,
    );
  });

  test('an absent metadata key is not an empty value', () => {
    assert.equal(network([rule({ metadata: { mesh: [''] } }, { network: 'x' })]), undefined);
  });
});

describe('localities', () => {
  const rows: readonly (readonly [text: string, isGood: boolean])[] = [
    ['eu', true],
    ['eu/eu-1', true],
    ['eu/eu-1/rack_2.a', true],
    ['', false],
    ['eu/', false],
    ['/eu', false],
    ['a/b/c/d', false],
    ['a b', false],
    ['-a', false],
    ['x'.repeat(64), false],
    ['/'.repeat(5_000_000), false],
  ];
  for (const [text, isGood] of rows) {
    test(`${JSON.stringify(text.slice(0, 70))} is ${isGood ? 'one' : 'none'}`, () =>
      assert.equal(isLocality(text), isGood));
  }

  test('an invalid one is ignored with a problem', () => {
    const found = plan([{ locality: 'a b' }, { locality: 'eu', address: '10.0.0.2' }]);
    assert.deepEqual(
      found.endpoints.map(({ locality }) => locality),
      [undefined, 'eu'],
    );
    assert.deepEqual(codes(found), ['i0 LOCALITY_INVALID']);
  });
});
