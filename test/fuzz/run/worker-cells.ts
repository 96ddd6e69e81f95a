// What passes between a worker and who watches it.
import type { AskedCases, CasesOutcome } from './run-cases.ts';

export interface Order extends AskedCases {
  readonly target: string;
  /** `literal`: only print the input, for a case that no thread comes back from. */
  readonly only: 'run' | 'literal';
}

export type Answer =
  | { readonly kind: 'ready' }
  | { readonly kind: 'outcome'; readonly outcome: CasesOutcome }
  | { readonly kind: 'literal'; readonly literal: string };

/** Cells of the shared memory: grows with every case, also while one is made smaller. */
export const TICKS = 0;
/** How many cases were begun. */
export const CASES = 1;
/** 1 while a decoder is at work, 0 while the next input is made. */
export const DECODING = 2;
export const CELLS = 3;
