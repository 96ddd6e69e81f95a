import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { type Frame, FrameReader } from '../../../../../src/registry/zookeeper/session/frame-reader.ts';

const MAX = 64;

function packet(size: number, fill = 7): Buffer {
  const bytes = Buffer.alloc(4 + size, fill);
  bytes.writeInt32BE(size);
  return bytes;
}

function pushed(reader: FrameReader, chunks: readonly Buffer[]): readonly Frame[] {
  return chunks.flatMap((chunk) => reader.push(chunk));
}

/** What the reader is to make of one packet, however it arrives. */
function expected(bytes: Buffer): Frame {
  return bytes.readInt32BE() > MAX
    ? { kind: 'too-large', head: bytes.subarray(0, 20) }
    : { kind: 'whole', bytes: Buffer.from(bytes) };
}

test('any packets in any pieces are the same frames', () => {
  const packets = fc.array(fc.tuple(fc.integer({ min: 16, max: 2 * MAX }), fc.nat(255)), { maxLength: 8 });
  fc.assert(
    fc.property(packets, fc.array(fc.integer({ min: 1, max: 40 })), (sizes, cuts) => {
      const whole = sizes.map(([size, fill]) => packet(size, fill));
      const bytes = Buffer.concat(whole);
      const chunks: Buffer[] = [];
      let from = 0;
      for (const length of [...cuts, bytes.length]) {
        chunks.push(bytes.subarray(from, from + length));
        from += length;
      }
      const reader = new FrameReader(MAX);
      assert.deepEqual(pushed(reader, chunks), whole.map(expected));
      assert.equal(reader.isInside, false);
    }),
  );
});

describe('an answer that is too large', () => {
  test('is told by its head before the rest has come, and the rest is not kept', () => {
    const reader = new FrameReader(MAX);
    const bytes = packet(100_000_000);
    assert.deepEqual(reader.push(bytes.subarray(0, 20)), [{ kind: 'too-large', head: bytes.subarray(0, 20) }]);
    assert.equal(reader.isInside, true);
    const before = process.memoryUsage().arrayBuffers;
    for (let at = 20; at < bytes.length; at += 65_536)
      assert.deepEqual(reader.push(bytes.subarray(at, at + 65_536)), []);
    assert.ok(process.memoryUsage().arrayBuffers - before < 10_000_000, 'nothing of it was copied');
    assert.equal(reader.isInside, false);
  });

  test('does not hide the one behind it', () => {
    const bytes = Buffer.concat([packet(MAX + 1), packet(16, 9)]);
    assert.deepEqual(
      new FrameReader(MAX).push(bytes).map(({ kind }) => kind),
      ['too-large', 'whole'],
    );
  });
});

test('the largest answer that is allowed is whole', () => {
  assert.deepEqual(new FrameReader(MAX).push(packet(MAX)), [{ kind: 'whole', bytes: packet(MAX) }]);
});

for (const size of [-1, 0, 15, -2_147_483_648]) {
  test(`a length of ${size} is no length of an answer`, () => {
    const length = Buffer.alloc(4);
    length.writeInt32BE(size);
    assert.deepEqual(new FrameReader(MAX).push(Buffer.concat([length, packet(20)])), [{ kind: 'malformed' }]);
  });
}

test('half an answer is known to be one', () => {
  for (const length of [1, 4, 10]) {
    const reader = new FrameReader(MAX);
    reader.push(packet(16).subarray(0, length));
    assert.equal(reader.isInside, true, `${length} bytes`);
  }
});
