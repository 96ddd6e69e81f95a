import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Endpoint, EntryPort, ServiceEntrySpec } from '../../../src/convert/entry.ts';
import { validateEntry } from '../../../src/convert/validate.ts';

const HTTP: EntryPort = { number: 80, protocol: 'HTTP', name: 'http' };
const TCP: EntryPort = { number: 3306, protocol: 'TCP', name: 'tcp' };
const ENDPOINT: Endpoint = { address: '10.0.0.1', ports: { http: 8080 } };

function spec(changes: Partial<ServiceEntrySpec> = {}): ServiceEntrySpec {
  const fixed = { location: 'MESH_INTERNAL', resolution: 'STATIC' } as const;
  return { hosts: ['a.b'], addresses: [], ports: [HTTP], ...fixed, endpoints: [ENDPOINT], exportTo: [], ...changes };
}

function endpoint(changes: Partial<Endpoint>): Partial<ServiceEntrySpec> {
  return { endpoints: [{ ...ENDPOINT, ...changes }] };
}

/** What no type lets through and a defect could. */
function odd<T>(value: string): T {
  return value as T;
}

const LONG = 'a'.repeat(63);
const HOST_255 = `${`${LONG}.`.repeat(3)}${'b'.repeat(30)}.${'c'.repeat(32)}`;

type Row = readonly [
  rule: string,
  path: string,
  refused: Partial<ServiceEntrySpec>,
  accepted: Partial<ServiceEntrySpec>,
];

const ROWS: readonly Row[] = [
  ['an entry has a host', 'hosts', { hosts: [] }, { hosts: ['a.b'] }],
  ['a host is no full wildcard', 'hosts[0]', { hosts: ['*'] }, { hosts: ['*.b'] }],
  ['a host is not empty', 'hosts[0]', { hosts: [''] }, { hosts: ['a'] }],
  ['a host has 255 characters at most', 'hosts[0]', { hosts: [`${HOST_255}c`] }, { hosts: [HOST_255] }],
  ['a host has no underscore', 'hosts[0]', { hosts: ['a_b.c'] }, { hosts: ['A-B.c'] }],
  ['a wildcard stands first in a host', 'hosts[0]', { hosts: ['a.*.b'] }, { hosts: ['*a.b'] }],
  ['a host is no IP address', 'hosts[0]', { hosts: ['10.0.0.1'] }, { hosts: ['10.0.0.x'] }],
  ['the last label of a host is no number', 'hosts[0]', { hosts: ['a.1'] }, { hosts: ['a.1.'] }],
  ['the second host is judged too', 'hosts[1]', { hosts: ['a.b', 'a..b'] }, { hosts: ['a.b', 'a.c'] }],
  ['a virtual address is an IP address', 'addresses[0]', { addresses: ['a.b'] }, { addresses: ['fd00::1'] }],
  ['a virtual address has no leading zeros', 'addresses[0]', { addresses: ['10.0.0.01'] }, { addresses: ['10.0.0.1'] }],
  ['a block has a prefix length', 'addresses[0]', { addresses: ['10.0.0.0/33'] }, { addresses: ['10.0.0.0/32'] }],
  ['a block has one slash', 'addresses[0]', { addresses: ['10.0.0.0/8/8'] }, { addresses: ['10.0.0.0/8'] }],
  [
    'a block does not go with DNS',
    'addresses',
    { addresses: ['10.0.0.0/8'], resolution: 'DNS' },
    { addresses: ['10.0.0.0'], resolution: 'DNS' },
  ],
  [
    'a port name is used once',
    'ports[1].name',
    { ports: [HTTP, { ...HTTP, number: 81 }] },
    { ports: [HTTP, { ...HTTP, number: 81, name: 'b' }] },
  ],
  [
    'a port number is used once',
    'ports[1].number',
    { ports: [HTTP, { ...HTTP, name: 'b' }] },
    { ports: [HTTP, { ...HTTP, number: 81, name: 'b' }] },
  ],
  [
    'a port has a name',
    'ports[0].name',
    { ports: [{ ...HTTP, name: '' }], endpoints: [] },
    { ports: [{ ...HTTP, name: 'a' }], endpoints: [] },
  ],
  [
    'a port name is a label',
    'ports[0].name',
    { ports: [{ ...HTTP, name: 'a.b' }], endpoints: [] },
    { ports: [{ ...HTTP, name: LONG }], endpoints: [] },
  ],
  [
    'a port number is above 0',
    'ports[0].number',
    { ports: [{ ...HTTP, number: 0 }] },
    { ports: [{ ...HTTP, number: 1 }] },
  ],
  [
    'a port number is below 65536',
    'ports[0].number',
    { ports: [{ ...HTTP, number: 65_536 }] },
    { ports: [{ ...HTTP, number: 65_535 }] },
  ],
  [
    'a port number is whole',
    'ports[0].number',
    { ports: [{ ...HTTP, number: 1.5 }] },
    { ports: [{ ...HTTP, number: 2 }] },
  ],
  [
    'dubbo is no protocol',
    'ports[0].protocol',
    { ports: [{ ...HTTP, protocol: 'dubbo' }] },
    { ports: [{ ...HTTP, protocol: '' }] },
  ],
  [
    'a protocol is written in any case',
    'ports[0].protocol',
    { ports: [{ ...HTTP, protocol: 'tri' }] },
    { ports: [{ ...HTTP, protocol: 'gRPC-wEB' }] },
  ],
  ['NONE has no endpoint', 'endpoints', { resolution: 'NONE' }, { resolution: 'NONE', endpoints: [] }],
  ['a resolution is known', 'resolution', { resolution: odd('SRV') }, { resolution: 'DNS' }],
  ['a location is known', 'location', { location: odd('MESH') }, { location: 'MESH_EXTERNAL' }],
  [
    'STATIC needs an address',
    'endpoints[0].address',
    endpoint({ address: '' }),
    endpoint({ address: '', network: 'n' }),
  ],
  [
    'STATIC takes no name',
    'endpoints[0].address',
    endpoint({ address: 'db.corp' }),
    endpoint({ address: '::ffff:10.0.0.1' }),
  ],
  [
    'an IPv6 zone is not empty',
    'endpoints[0].address',
    endpoint({ address: 'fe80::1%' }),
    endpoint({ address: 'fe80::1%eth0' }),
  ],
  [
    'a socket path is absolute',
    'endpoints[0].address',
    endpoint({ address: 'unix://a', ports: {} }),
    endpoint({ address: 'unix:///a', ports: {} }),
  ],
  [
    'a socket path names a file',
    'endpoints[0].address',
    endpoint({ address: 'unix:///a/', ports: {} }),
    endpoint({ address: 'unix://@a/', ports: {} }),
  ],
  [
    'a socket has no ports',
    'endpoints[0].address',
    endpoint({ address: 'unix:///a' }),
    endpoint({ address: 'unix:///a', ports: {} }),
  ],
  [
    'a socket serves one port',
    'endpoints[0].address',
    { ...endpoint({ address: 'unix:///a', ports: {} }), ports: [HTTP, TCP] },
    { ...endpoint({ address: 'unix:///a', ports: {} }), ports: [TCP] },
  ],
  [
    'DNS takes addresses and names',
    'endpoints[0].address',
    { resolution: 'DNS', ...endpoint({ address: 'db_1.corp' }) },
    { resolution: 'DNS', ...endpoint({ address: 'db.corp' }) },
  ],
  [
    'DNS takes no sockets',
    'endpoints[0].address',
    { resolution: 'DNS', ...endpoint({ address: 'unix:///a', ports: {} }) },
    { resolution: 'DNS', ...endpoint({ address: '10.0.0.1', ports: {} }) },
  ],
  [
    'DNS without endpoints resolves the hosts',
    'hosts',
    { resolution: 'DNS', endpoints: [], hosts: ['*.b'] },
    { resolution: 'DNS', hosts: ['*.b'] },
  ],
  [
    'every host is resolved',
    'hosts',
    { resolution: 'DNS', endpoints: [], hosts: ['a.b', '*.b'] },
    { resolution: 'DNS', endpoints: [], hosts: ['a.b', 'c.b'] },
  ],
  [
    'DNS_ROUND_ROBIN has one endpoint at most',
    'endpoints',
    { resolution: 'DNS_ROUND_ROBIN', endpoints: [ENDPOINT, ENDPOINT] },
    { resolution: 'DNS_ROUND_ROBIN' },
  ],
  [
    'an endpoint port is a port of the service',
    'endpoints[0].ports',
    endpoint({ ports: { other: 1 } }),
    endpoint({ ports: { http: 1 } }),
  ],
  [
    'an endpoint port is in range',
    'endpoints[0].ports',
    endpoint({ ports: { http: 65_536 } }),
    endpoint({ ports: { http: 65_535 } }),
  ],
  [
    'a label key is valid',
    'endpoints[0].labels',
    endpoint({ labels: { 'a b': '' } }),
    endpoint({ labels: { a_b: '' } }),
  ],
  [
    'a label key is not `__proto__`',
    'endpoints[0].labels',
    endpoint({ labels: JSON.parse('{"__proto__":"x"}') }),
    endpoint({ labels: {} }),
  ],
  [
    'a label value is valid',
    'endpoints[0].labels',
    endpoint({ labels: { a: 'a,b' } }),
    endpoint({ labels: { a: 'x'.repeat(64) } }),
  ],
  ['a weight fits its field', 'endpoints[0].weight', endpoint({ weight: -1 }), endpoint({ weight: 0 })],
  ['a weight is whole', 'endpoints[0].weight', endpoint({ weight: 0.5 }), endpoint({ weight: 2 ** 32 - 1 })],
  ['free texts are Unicode', 'endpoints[0]', endpoint({ locality: '\ud800' }), endpoint({ locality: '😀' })],
  [
    'a second endpoint is judged too',
    'endpoints[1].address',
    { endpoints: [ENDPOINT, { address: 'x', ports: {} }] },
    { endpoints: [ENDPOINT, ENDPOINT] },
  ],
  [
    'several hosts share no TCP port',
    'ports[0].protocol',
    { hosts: ['a.b', 'a.c'], ports: [TCP], endpoints: [] },
    { hosts: ['a.b', 'a.c'] },
  ],
  [
    'several hosts share no sniffed port',
    'ports[0].protocol',
    { hosts: ['a.b', 'a.c'], ports: [{ ...HTTP, protocol: '' }] },
    { hosts: ['a.b', 'a.c'], ports: [{ ...HTTP, protocol: '' }], resolution: 'NONE', endpoints: [] },
  ],
  ['`exportTo` names namespaces', 'exportTo[0]', { exportTo: ['a.b'] }, { exportTo: ['a-b'] }],
  ['`exportTo` names nothing twice', 'exportTo[1]', { exportTo: ['x', 'x'] }, { exportTo: ['x', 'y'] }],
  ['the own namespace is `.`', 'exportTo[1]', { exportTo: ['own', '.'] }, { exportTo: ['other', '.'] }],
  ['`*` stands alone', 'exportTo', { exportTo: ['*', 'x'] }, { exportTo: ['*'] }],
  ['`~` stands alone', 'exportTo', { exportTo: ['.', '~'] }, { exportTo: ['~'] }],
];

describe('validateEntry', () => {
  test('finds nothing wrong with a plain entry, without ports, and without endpoints', () => {
    for (const changes of [{}, { ports: [], ...endpoint({ ports: {} }) }, { endpoints: [] }]) {
      assert.deepEqual(validateEntry(spec(changes), 'own'), []);
    }
  });

  for (const [rule, path, refused, accepted] of ROWS) {
    test(`refuses what breaks it, and that alone: ${rule}`, () => {
      assert.deepEqual(
        validateEntry(spec(refused), 'own').map((violation) => violation.path),
        [path],
      );
      assert.deepEqual(validateEntry(spec(accepted), 'own'), []);
    });
  }

  test('reports every broken rule, not only the first', () => {
    const broken = spec({ hosts: ['*'], ports: [{ number: 0, protocol: 'x', name: '' }], exportTo: ['~', '~'] });
    assert.equal(validateEntry(broken, 'own').length, 7);
  });
});
