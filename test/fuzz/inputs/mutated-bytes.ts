// Bytes: a message out of a corpus with a few changes made to it.
import fc from 'fast-check';
import { type Growth, growthUpTo, repetitions } from './growth.ts';

interface ByteMutation {
  readonly kind: 'set' | 'flip' | 'insert' | 'delete' | 'repeat' | 'truncate';
  /** Where, as shares of the length. */
  readonly from: number;
  readonly to: number;
  readonly bytes: Uint8Array;
  readonly growth: Growth;
}

/** Lengths and tags that lie. */
const ODD_BYTES: readonly Uint8Array[] = [
  [0x00],
  [0xff],
  [0x7f],
  [0x80],
  [0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01],
  [0xff, 0xff, 0xff, 0xff, 0x0f],
  [0x0a, 0xff, 0xff, 0xff, 0xff, 0x07],
  [0x0b],
  [0x0c],
  [0x2a, 0x02, 0x32, 0x00],
  [0xed, 0xa0, 0x80],
].map((bytes) => Uint8Array.from(bytes));

const share = fc.integer({ min: 0, max: 1000 }).map((thousandths) => thousandths / 1000);
function byteMutation(largest: number): fc.Arbitrary<ByteMutation> {
  return fc.record({
    kind: fc.constantFrom('set', 'flip', 'insert', 'delete', 'repeat', 'truncate'),
    from: share,
    to: share,
    bytes: fc.oneof(fc.constantFrom(...ODD_BYTES), fc.uint8Array({ minLength: 1, maxLength: 6 })),
    growth: growthUpTo(largest),
  });
}

export function mutatedBytes(corpus: readonly Uint8Array[], largest: number): fc.Arbitrary<Uint8Array> {
  return fc
    .tuple(fc.constantFrom(...corpus), fc.array(byteMutation(largest), { maxLength: 4 }))
    .map(([bytes, made]) => Uint8Array.from(made.reduce(mutateBytes, Buffer.from(bytes))));
}

function mutateBytes(buffer: Buffer, { kind, from, to, bytes, growth: grown }: ByteMutation): Buffer {
  const start = Math.floor(from * buffer.length);
  const end = Math.min(buffer.length, start + Math.ceil(to * to * to * buffer.length));
  const [before, piece, behind] = [buffer.subarray(0, start), buffer.subarray(start, end), buffer.subarray(end)];
  switch (kind) {
    case 'set':
      return Buffer.concat([before, bytes, buffer.subarray(Math.min(buffer.length, start + bytes.length))]);
    case 'flip':
      return Buffer.from(buffer.map((byte, at) => (at === start ? byte ^ (1 << Math.floor(to * 7.99)) : byte)));
    case 'insert':
      return Buffer.concat([before, ...copies(Buffer.from(bytes), grown), piece, behind]);
    case 'delete':
      return Buffer.concat([before, behind]);
    case 'repeat':
      return Buffer.concat([before, ...copies(piece, grown), piece, behind]);
    case 'truncate':
      return before;
  }
}

function copies(piece: Buffer, grown: Growth): readonly Buffer[] {
  return Array.from({ length: Math.max(1, repetitions(grown, piece.length)) }, () => piece);
}
