import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { decodeResources } from '../../../src/probe/decode-resource.ts';
import { istio } from '../../../src/proto/messages.gen.js';
import { resource } from '../../fakes/resources.ts';

const typeUrl = 'type.googleapis.com/istio.mcp.v1alpha1.Resource';

function named(name: string) {
  return { typeUrl, value: istio.mcp.v1alpha1.Resource.encode({ metadata: { name } }).finish() };
}

describe('decodeResources()', () => {
  test('reads a ServiceEntry into the words of its YAML', () => {
    const { bytes, version } = resource('orders', 'blue');
    const { resources, problems } = decodeResources([{ typeUrl, value: bytes }]);
    assert.deepEqual(problems, []);
    const entry = resources.get('payments/orders');
    assert.equal(entry?.version, version);
    assert.equal(entry?.createTime, '2100-01-01T00:00:00.000Z');
    assert.deepEqual(entry?.spec, {
      hosts: ['orders.payments.eureka'],
      ports: [{ number: 80, protocol: 'HTTP', name: 'http' }],
      location: 'MESH_INTERNAL',
      resolution: 'STATIC',
      endpoints: [{ address: '10.0.0.1', ports: { http: 8080 }, labels: { content: 'blue' } }],
    });
  });

  const refused: readonly (readonly [string, Parameters<typeof decodeResources>[0], RegExp])[] = [
    [
      'another outer message',
      [{ typeUrl: 'type.googleapis.com/x.Y', value: Buffer.of() }],
      /is a type\.googleapis\.com\/x\.Y/,
    ],
    ['no type', [{}], /is a nothing/],
    ['bytes that are no message', [{ typeUrl, value: Buffer.from('ffffff', 'hex') }], /cannot be decoded/],
    ['a name without a namespace', [named('orders')], /"orders", not namespace\/name/],
    ['a name of three parts', [named('a/b/c')], /not namespace\/name/],
    ['no metadata', [{ typeUrl, value: Buffer.of() }], /is named ""/],
    ['a name twice', [named('a/b'), named('a/b')], /^resource 2: a second one named a\/b$/],
  ];
  for (const [what, list, sentence] of refused) {
    test(`says so of ${what}, and never throws`, () => {
      const { problems } = decodeResources(list);
      assert.equal(problems.length, 1);
      assert.match(problems[0] ?? '', sentence);
    });
  }

  test('gives other kinds without a spec', () => {
    const body = {
      typeUrl: 'type.googleapis.com/istio.networking.v1alpha3.DestinationRule',
      value: Buffer.of(1, 2, 3),
    };
    const value = istio.mcp.v1alpha1.Resource.encode({ metadata: { name: 'a/b' }, body }).finish();
    const entry = decodeResources([{ typeUrl, value }]).resources.get('a/b');
    assert.equal(entry?.bodyType, 'istio.networking.v1alpha3.DestinationRule');
    assert.equal(entry?.spec, undefined);
  });
});
