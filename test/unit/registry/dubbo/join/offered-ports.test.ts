import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { newestProviders } from '../../../../../src/registry/dubbo/join/newest-providers.ts';
import { offeredPorts } from '../../../../../src/registry/dubbo/join/offered-ports.ts';
import { BAR, FOO, provider } from '../dubbo-fixtures.ts';

type Said = readonly [place: string, parameters?: Readonly<Record<string, string>>];

/** `name:number`, with `!` where it speaks TLS, and the protocol where the name does not say it. */
function ports(...said: readonly Said[]): string {
  const providers = said.map(([place, parameters]) => provider(place, FOO, parameters));
  return offeredPorts([], providers)
    .ports.map((port) => {
      const protocol = port.name === port.protocol ? '' : `(${port.protocol})`;
      return `${port.name}${protocol}:${port.number}${port.secure ? '!' : ''}`;
    })
    .join(' ');
}

describe('a port', () => {
  const schemes: [scheme: string, expected: string][] = [
    ['dubbo', 'dubbo:1'],
    ['tri', 'tri:1'],
    ['grpc', 'grpc:1'],
    ['rest', 'rest:1'],
    ['rest2', 'rest2(rest):1'],
    ['http', 'http:1'],
    ['https', 'https:1!'],
    ['hessian', 'hessian(http):1'],
    ['webservice', 'webservice(http):1'],
    ['jsonrpc', 'jsonrpc(http):1'],
    ['thrift', 'thrift(tcp):1'],
    ['native-thrift', 'native-thrift(tcp):1'],
    ['rmi', 'rmi(tcp):1'],
    ['redis', 'redis(tcp):1'],
    ['memcached', 'memcached(tcp):1'],
    ['avro', 'avro(tcp):1'],
    ['jms', 'jms(tcp):1'],
    ['odd', 'odd(tcp):1'],
  ];
  for (const [scheme, expected] of schemes)
    test(`of ${scheme} is ${expected}`, () => assert.equal(ports([`${scheme}://10.0.0.1:1`]), expected));

  const cases: [what: string, said: readonly Said[], expected: string][] = [
    ['is there once for all interfaces', [['dubbo://10.0.0.1:1'], ['dubbo://10.0.0.1:1']], 'dubbo:1'],
    ['is there once for each protocol', [['tri://10.0.0.1:2'], ['dubbo://10.0.0.1:1']], 'dubbo:1 tri:2'],
    ['may be one of two of a protocol', [['dubbo://10.0.0.1:1'], ['dubbo://10.0.0.1:2']], 'dubbo:1 dubbo-2(dubbo):2'],
    ['speaks TLS where one says so', [['tri://10.0.0.1:1'], ['tri://10.0.0.1:1', { 'ssl-enabled': 'true' }]], 'tri:1!'],
    ['speaks what it says beside', [['dubbo://10.0.0.1:1', { 'ext.protocol': 'tri, rest' }]], 'dubbo:1 rest:1 tri:1'],
    ['speaks what is preferred', [['tri://10.0.0.1:1', { 'preferred.protocol': 'dubbo' }]], 'dubbo:1 tri:1'],
    [
      'speaks nothing twice',
      [['tri://10.0.0.1:1', { 'ext.protocol': 'tri,,injvm', 'preferred.protocol': 'tri' }]],
      'tri:1',
    ],
    ['out of range is left to conversion', [['dubbo://10.0.0.1:70000']], 'dubbo:70000'],
  ];
  for (const [what, said, expected] of cases) test(what, () => assert.equal(ports(...said), expected));

  test('of a protocol that is not known is named', () => {
    const found = offeredPorts([{ scheme: 'odd', port: 1 }], [provider('dubbo://10.0.0.1:2')]);
    assert.deepEqual(found.unknown, ['odd']);
  });

  test('does not multiply without bounds', () => {
    const many = Array.from({ length: 1000 }, (_, index) => `p${index}`).join(',');
    assert.ok(ports(['dubbo://10.0.0.1:1', { 'ext.protocol': many }]).split(' ').length < 20);
  });
});

describe('a provider that is registered twice', () => {
  const at = (timestamp: string, weight: string) => provider('dubbo://10.0.0.1:1', FOO, { timestamp, weight });

  test('counts as its newer registration says', () => {
    const [older, newer] = [at('1', '5'), at('2', '6')];
    for (const both of [
      [older, newer],
      [newer, older],
    ])
      assert.deepEqual(newestProviders(both), { newest: [newer], contradicted: [newer] });
  });

  test('is no contradiction where both say the same', () => {
    const { newest, contradicted } = newestProviders([at('2', '5'), at('1', '5')]);
    assert.deepEqual([newest.length, contradicted.length], [1, 0]);
  });

  test('counts in one way where both are of one age', () => {
    const both = [at('1', '5'), at('1', '6')];
    assert.deepEqual(newestProviders(both), newestProviders(both.reverse()));
  });

  test('is another one at another port, for another service or by another protocol', () => {
    const others = [
      provider('dubbo://10.0.0.1:1'),
      provider('dubbo://10.0.0.1:2'),
      provider('dubbo://10.0.0.2:1'),
      provider('tri://10.0.0.1:1'),
      provider('dubbo://10.0.0.1:1', BAR),
      provider('dubbo://10.0.0.1:1', FOO, { group: 'a' }),
      provider('dubbo://10.0.0.1:1', FOO, { version: '1' }),
    ];
    assert.deepEqual(newestProviders(others), { newest: others, contradicted: [] });
  });
});
