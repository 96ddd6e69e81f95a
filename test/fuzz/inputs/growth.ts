// How far a piece of an input is repeated: most often a few times; now and then until it is as long as what a decoder that is not
// linear would need long for.
import fc from 'fast-check';

/** Where a case costs a millisecond even so. A list of two thousand: to compare all with all of it is the work of megabytes. */
export const LARGE = 96 * 1024;
/** Where a parser of YAML goes through it; what it compares is in large-yaml.ts. */
export const MODERATE = 12 * 1024;

/** So many repetitions, or as many as are so long. */
export interface Growth {
  readonly times: number;
  /** In characters; 0: it says nothing. */
  readonly length: number;
}

export function growthUpTo(largest: number): fc.Arbitrary<Growth> {
  const lengths = [1, 1, 0.3, 0.3, 0.1, 0.1, 0.03, 0.03].map((share) => share * largest);
  return fc.oneof(
    { weight: 20, arbitrary: fc.record({ times: fc.nat({ max: 4 }), length: fc.constant(0) }) },
    { weight: 1, arbitrary: fc.record({ times: fc.constant(0), length: fc.constantFrom(...lengths) }) },
  );
}

export function repetitions({ times, length }: Growth, pieceLength: number): number {
  return length === 0 ? times : Math.floor(length / Math.max(1, pieceLength));
}
