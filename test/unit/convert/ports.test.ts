import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { offerOf } from '../../../src/convert/offer.ts';
import type { PortOptions } from '../../../src/convert/options.ts';
import { planPorts } from '../../../src/convert/ports.ts';
import { type Port, PROTOCOLS, type Protocol } from '../../../src/model/service.ts';
import { DEFAULT_PORTS, portOf } from '../../fakes/convert-values.ts';

/** `http:8080 grpc:9090` is what one instance offers. */
function offers(...instances: readonly string[]) {
  return instances.map((text) =>
    offerOf({
      ports: text
        .split(' ')
        .filter((port) => port !== '')
        .map((port): Port => {
          const [name = '', number = ''] = port.split(':');
          return portOf(PROTOCOLS.find((protocol) => protocol === name) ?? 'tcp', Number(number));
        }),
    }),
  );
}

function plan(instances: readonly string[], options: Partial<PortOptions> = {}, hasVirtualIp = true) {
  const { ports, refused } = planPorts(offers(...instances), { ...DEFAULT_PORTS, ...options }, hasVirtualIp);
  return {
    ports: ports.map(({ number, protocol, name }) => `${name} ${protocol} ${number}`),
    refused: refused.map(({ code, value }) => `${code} ${value}`),
  };
}

interface Row {
  readonly promise: string;
  readonly instances: readonly string[];
  readonly options?: Partial<PortOptions>;
  readonly hasVirtualIp?: boolean;
  readonly ports: readonly string[];
  readonly refused?: readonly string[];
}

function check(rows: readonly Row[]): void {
  for (const { promise, instances, options, hasVirtualIp, ports, refused = [] } of rows) {
    test(promise, () => {
      assert.deepEqual(plan(instances, options, hasVirtualIp), { ports, refused });
      assert.deepEqual(plan([...instances].reverse(), options, hasVirtualIp), { ports, refused }, 'in any order');
    });
  }
}

const numbers = (changed: Partial<Record<Protocol, number>>) => ({ numbers: { ...DEFAULT_PORTS.numbers, ...changed } });

describe('the primary port', () => {
  check([
    { promise: 'nobody offers anything: none', instances: [], ports: [] },
    { promise: 'is what most offer', instances: ['http:1', 'grpc:2', 'grpc:3'], ports: ['grpc GRPC 50051'] },
    { promise: 'ties go by the order of protocols', instances: ['grpc:2', 'http:1'], ports: ['http HTTP 80'] },
    {
      promise: 'is the configured one where one instance offers it',
      instances: ['http:1', 'http:2', 'grpc:3'],
      options: { primary: 'grpc' },
      ports: ['grpc GRPC 50051'],
    },
    {
      promise: 'is what most offer where nobody offers the configured one',
      instances: ['http:1', 'http:1', 'dubbo:2'],
      options: { primary: 'grpc' },
      ports: ['http HTTP 80'],
    },
  ]);
});

describe('a further port', () => {
  check([
    {
      promise: 'is published when every instance offers it, whatever its number',
      instances: ['http:1 grpc:2', 'grpc:3 http:4'],
      ports: ['http HTTP 80', 'grpc GRPC 50051'],
    },
    {
      promise: 'is not published when one instance lacks it',
      instances: ['http:1 grpc:2', 'http:3'],
      ports: ['http HTTP 80'],
    },
    {
      promise: 'is published all the same when it is configured',
      instances: ['http:1 grpc:2', 'http:3'],
      options: { published: ['grpc'] },
      ports: ['http HTTP 80', 'grpc GRPC 50051'],
    },
    {
      promise: 'is not published, configured or not, when nobody offers it',
      instances: ['http:1'],
      options: { published: ['grpc'] },
      ports: ['http HTTP 80'],
    },
    {
      promise: 'is not lost to an instance that offers nothing usable',
      instances: ['http:1 grpc:2', 'http:0', ''],
      ports: ['http HTTP 80', 'grpc GRPC 50051'],
    },
  ]);
});

describe('numbers', () => {
  check([
    {
      promise: 'are those of the protocols, as configured, and ports are ordered by them',
      instances: ['http:1 grpc:2'],
      options: numbers({ http: 8000, grpc: 700 }),
      ports: ['grpc GRPC 700', 'http HTTP 8000'],
    },
    {
      promise: 'can be had once: the primary keeps it',
      instances: ['grpc:1 tri:2'],
      ports: ['grpc GRPC 50051'],
      refused: ['PORT_NUMBER_TAKEN 50051 (grpc-tri, beside grpc)'],
    },
    {
      promise: 'that are taken by the same port under another name are nobody’s loss',
      instances: ['http:1 rest:1', 'http:2 rest:2'],
      options: numbers({ rest: 80 }),
      ports: ['http HTTP 80'],
    },
    {
      promise: 'that are taken by the same port of some instances only are a loss',
      instances: ['http:1 rest:1', 'http:2 rest:3'],
      options: numbers({ rest: 80 }),
      ports: ['http HTTP 80'],
      refused: ['PORT_NUMBER_TAKEN 80 (http-rest, beside http)'],
    },
    {
      promise: 'of the sidecar are refused, and the port with them',
      instances: ['http:1 grpc:2'],
      options: numbers({ grpc: 15_090 }),
      ports: ['http HTTP 80'],
      refused: ['PORT_RESERVED 15090 (grpc)'],
    },
    {
      promise: 'that are none are refused',
      instances: ['http:1'],
      options: numbers({ http: 0 }),
      ports: [],
      refused: ['PORT_INVALID 0 (http)'],
    },
  ]);
});

describe('instance ports', () => {
  const options = { mode: 'instance' } as const;
  check([
    {
      promise: 'the most common number is published',
      instances: ['http:9', 'http:9', 'http:8'],
      options,
      ports: ['http HTTP 9'],
    },
    { promise: 'the lowest of equally common ones', instances: ['http:9', 'http:8'], options, ports: ['http HTTP 8'] },
    {
      promise: 'a number of the sidecar is refused',
      instances: ['http:15001'],
      options,
      ports: [],
      refused: ['PORT_RESERVED 15001 (http)'],
    },
    {
      promise: 'one number under two protocols is one port, and the other is told',
      instances: ['http:8080 grpc:8080'],
      options,
      ports: ['http HTTP 8080'],
      refused: ['PORT_NUMBER_TAKEN 8080 (grpc, beside http)'],
    },
  ]);
});

describe('triple and Dubbo', () => {
  check([
    {
      promise: 'on two ports keep their protocols',
      instances: ['dubbo:1 tri:2'],
      ports: ['tcp-dubbo TCP 20880', 'grpc-tri GRPC 50051'],
    },
    {
      promise: 'on one port are both TCP',
      instances: ['dubbo:1 tri:1'],
      ports: ['tcp-dubbo TCP 20880', 'tcp-tri TCP 50051'],
    },
    {
      promise: 'on one port of one instance are TCP for all, because a port has one protocol',
      instances: ['dubbo:1 tri:1', 'dubbo:1 tri:2'],
      ports: ['tcp-dubbo TCP 20880', 'tcp-tri TCP 50051'],
    },
    {
      promise: 'on one published port are one port',
      instances: ['dubbo:1 tri:1'],
      options: { mode: 'instance' },
      ports: ['tcp-tri TCP 1'],
    },
  ]);
});

describe('without a virtual IP', () => {
  const hasVirtualIp = false;
  check([
    {
      promise: 'a TCP port is not published',
      instances: ['tcp:1'],
      hasVirtualIp,
      ports: [],
      refused: ['PORT_WITHOUT_VIRTUAL_IP 9000 (tcp)'],
    },
    {
      promise: 'the primary is chosen among what is left',
      instances: ['dubbo:1', 'dubbo:1', 'http:2'],
      hasVirtualIp,
      ports: ['http HTTP 80'],
      refused: ['PORT_WITHOUT_VIRTUAL_IP 20880 (tcp-dubbo)'],
    },
    {
      promise: 'TLS ports are published: their traffic names its host',
      instances: ['https:1 tls:2'],
      hasVirtualIp,
      ports: ['https HTTPS 443', 'tls TLS 8443'],
    },
    {
      promise: 'what would not be published anyway is not told',
      instances: ['http:1 tcp:2', 'http:1'],
      hasVirtualIp,
      ports: ['http HTTP 80'],
    },
  ]);
});

describe('what an instance offers', () => {
  const offered = (...ports: readonly Port[]): Record<string, number> => Object.fromEntries(offerOf({ ports }).numbers);

  test('of several ports of one protocol the one that bears its name', () => {
    const ports = [portOf('http', 1, { name: 'admin' }), portOf('http', 2)];
    assert.deepEqual(offered(...ports), { http: 2 });
    assert.deepEqual(offered(...ports.reverse()), { http: 2 });
  });
  test('else the first in byte order of the names', () => {
    assert.deepEqual(offered(portOf('http', 1, { name: 'b' }), portOf('http', 2, { name: 'a' })), { http: 2 });
  });
  test('not a number that is none, even where it bears the name', () => {
    assert.deepEqual(offered(portOf('http', 0), portOf('http', 2, { name: 'a' })), { http: 2 });
    for (const number of [0, -1, 65_536, 1.5, Number.NaN, Number.POSITIVE_INFINITY]) {
      assert.deepEqual(offerOf({ ports: [portOf('http', number)] }).invalid.length, 1);
    }
  });
  const secure: readonly (readonly [Protocol, Protocol])[] = [
    ['http', 'https'],
    ['https', 'https'],
    ['grpc', 'https'],
    ['tri', 'https'],
    ['rest', 'https'],
    ['http2', 'https'],
    ['tcp', 'tls'],
    ['dubbo', 'tls'],
    ['tls', 'tls'],
  ];
  for (const [protocol, onTheWire] of secure) {
    test(`a secure ${protocol} port is ${onTheWire} on the wire`, () => {
      assert.deepEqual(offered(portOf(protocol, 1, { secure: true })), { [onTheWire]: 1 });
    });
  }
});
