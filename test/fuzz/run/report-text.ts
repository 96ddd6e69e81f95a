// What a run says of a target, for people.
import type { TargetReport } from './fuzz-targets.ts';
import type { FoundCase } from './run-cases.ts';

/** Longer inputs are shown in part: the command prints them again for whoever needs all of one. */
const LONGEST_LITERAL = 4000;
const MOST_STACK_LINES = 8;

export function heldText({ target, outcome, seconds }: TargetReport): string {
  if (outcome.kind !== 'held') return '';
  const { work, bytes, shareOfBudget } = outcome.dearest;
  const dearest = `${work} steps for ${bytes} bytes, ${Math.round(shareOfBudget * 100)} % of its budget`;
  return `  ${target.padEnd(28)} ${String(outcome.cases).padStart(8)} cases in ${seconds.toFixed(1).padStart(5)} s; dearest: ${dearest}`;
}

export function foundText({ target, outcome }: TargetReport, seed: number): string {
  if (outcome.kind !== 'found') return '';
  const stack = outcome.stack.split('\n').slice(1, 1 + MOST_STACK_LINES);
  return [
    `✗ ${target}: ${outcome.what} (case ${outcome.cases})`,
    ...stack,
    `  input: ${shortened(outcome.literal)}`,
    `  again: ${againCommand(target, seed, outcome)}`,
  ].join('\n');
}

export function againCommand(target: string, seed: number, { path }: Pick<FoundCase, 'path'>): string {
  return `npm run fuzz -- --only ${target} --seed ${seed} --path ${path}`;
}

function shortened(literal: string): string {
  if (literal.length <= LONGEST_LITERAL) return literal;
  const half = LONGEST_LITERAL / 2;
  return `${literal.slice(0, half)} … ${literal.length - LONGEST_LITERAL} characters … ${literal.slice(-half)}`;
}
