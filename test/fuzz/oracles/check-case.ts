// One case: an input through a decoder, and whether everything that is promised of it was kept.
import { workDone } from '../counting/work.ts';
import type { Budget, Target } from '../target.ts';
import type { Prototypes } from './prototypes.ts';
import { walkOutput } from './walk-output.ts';

export type Oracle = 'threw' | 'work' | 'polluted';

/** What the fuzzer was looking for. */
export class Finding extends Error {
  readonly oracle: Oracle;

  constructor(oracle: Oracle, message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'Finding';
    this.oracle = oracle;
  }
}

/** What a case cost. */
export interface Cost {
  /** Steps that were counted: of the decoder, and of going through what it gave. */
  readonly work: number;
  readonly bytes: number;
  readonly shareOfBudget: number;
}

/** Throws a Finding. */
export function checkCase<Input>(target: Target<Input>, input: Input, prototypes: Prototypes): Cost {
  const before = workDone();
  let work = 0;
  try {
    const output = target.decode(input);
    work = workDone() - before;
    work += walkOutput(output);
  } catch (thrown) {
    prototypes.takeChange();
    throw new Finding('threw', `threw ${described(thrown)}`, thrown);
  }
  const change = prototypes.takeChange();
  if (change !== undefined) throw new Finding('polluted', `polluted a prototype: ${change}`);
  const bytes = target.sizeOf(input);
  const most = mostWork(target.budget, bytes);
  if (work > most) throw new Finding('work', `did ${work} steps for ${bytes} bytes; at most ${most} are linear`);
  return { work, bytes, shareOfBudget: work / most };
}

/** A straight line: nothing quadratic stays below it for long. */
export function mostWork({ perCase, perByte }: Budget, bytes: number): number {
  return perCase + perByte * bytes;
}

function described(thrown: unknown): string {
  return thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
}
