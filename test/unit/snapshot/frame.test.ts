import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { BufferReader, Writer } from 'protobufjs/minimal.js';
import { envoy } from '../../../src/proto/messages.gen.js';
import { anyFrame, joinFrames, varint } from '../../../src/snapshot/frame.ts';

function resourceFields(bodies: readonly Uint8Array[]): Uint8Array {
  const about = { kind: 'networking.istio.io/ServiceEntry', name: 'shop/a', version: '01' };
  const resources = bodies.map((bytes) => ({
    ...about,
    bytes,
    bytesWithoutVersion: () => bytes,
    forOldIstio: () => undefined,
  }));
  return joinFrames(resources, anyFrame);
}

describe('frame: varint', () => {
  const rows: readonly (readonly [number, readonly number[]])[] = [
    [0, [0]],
    [1, [1]],
    [0x7f, [0x7f]],
    [0x80, [0x80, 0x01]],
    [300, [0xac, 0x02]],
    [0x3fff, [0xff, 0x7f]],
    [0x4000, [0x80, 0x80, 0x01]],
    [2 ** 31 - 1, [0xff, 0xff, 0xff, 0xff, 0x07]],
    [2 ** 31, [0x80, 0x80, 0x80, 0x80, 0x08]],
    [2 ** 32 - 1, [0xff, 0xff, 0xff, 0xff, 0x0f]],
    [2 ** 32, [0x80, 0x80, 0x80, 0x80, 0x10]],
    [2 ** 53 - 1, [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x0f]],
  ];
  for (const [value, bytes] of rows) {
    test(`${value} is written in ${bytes.length} bytes`, () => assert.deepEqual([...varint(value)], bytes));
  }

  test('any length is written as protobufjs writes and reads it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), (value) => {
        assert.deepEqual([...varint(value)], [...Writer.create().uint32(value).finish()]);
        assert.equal(new BufferReader(varint(value)).uint32(), value);
      }),
    );
  });
});

describe('frame: resource fields', () => {
  test('no resource takes no byte', () => assert.equal(resourceFields([]).length, 0));

  test('bodies of any length are read back whole and in order by the generated class', () => {
    const body = fc.uint8Array({ maxLength: 300 });
    fc.assert(
      fc.property(fc.array(body, { maxLength: 20 }), (bodies) => {
        const { resources } = envoy.service.discovery.v3.DiscoveryResponse.decode(resourceFields(bodies));
        assert.deepEqual(
          resources.map(({ value }) => [...(value ?? [])]),
          bodies.map((bytes) => [...bytes]),
        );
        for (const { typeUrl: url } of resources) assert.equal(url, 'type.googleapis.com/istio.mcp.v1alpha1.Resource');
      }),
    );
  });

  test('the lengths around each step of a varint are right', () => {
    for (const length of [0, 1, 75, 76, 77, 127, 128, 16_300, 16_383, 16_384, 2_097_151, 2_097_152]) {
      const body = new Uint8Array(length).fill(7);
      const { resources } = envoy.service.discovery.v3.DiscoveryResponse.decode(resourceFields([body, body]));
      assert.deepEqual(
        resources.map(({ value }) => value?.length),
        [length, length],
      );
    }
  });

  test('is what the generated class would write, byte by byte', () => {
    const bodies = [Uint8Array.of(1, 2, 3), new Uint8Array(500).fill(9)];
    const resources = bodies.map((value) => ({ typeUrl: 'type.googleapis.com/istio.mcp.v1alpha1.Resource', value }));
    const expected = envoy.service.discovery.v3.DiscoveryResponse.encode({ resources }).finish();
    assert.deepEqual(Buffer.from(resourceFields(bodies)), Buffer.from(expected));
  });
});
