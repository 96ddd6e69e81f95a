// What can be fuzzed: a border of the program where bytes of strangers come in.
import type fc from 'fast-check';

export interface Target<Input> {
  readonly name: string;
  readonly inputs: fc.Arbitrary<Input>;
  /** Tried before all others: what was found once, and what no mutation comes to. */
  readonly known?: readonly Input[];
  /** Length of what a stranger would have to send, in bytes or characters. */
  readonly sizeOf: (input: Input) => number;
  /** Through the decoder as the program calls it. Whatever comes out of it as an exception is a finding. */
  readonly decode: (input: Input) => unknown;
  readonly budget: Budget;
  /** Cases of it for each case of another target; default 1. */
  readonly share?: number;
}

/** The most steps that an input may cost. */
export interface Budget {
  readonly perCase: number;
  readonly perByte: number;
}
