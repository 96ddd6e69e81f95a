// SPDX-License-Identifier: Apache-2.0
// What `footbridge check` prints: a line for each check with what to do about it, and the same as JSON. Pure. Causes may quote
// strangers (registries, certificates, servers), so they are made printable here, whoever wrote them.

import { checkSentence, type Finding, type Verdict } from '../check/check.ts';
import { CHECKS } from '../check/check-table.ts';
import type { Checked, CheckedCategory } from '../check/run-checks.ts';
import { counted } from '../lib/counted.ts';
import { printable } from '../lib/printable.ts';
import type { Colour, Paint } from './paint.ts';

const SIGNS: Readonly<Record<Verdict['kind'], readonly [sign: string, colour: Colour]>> = {
  passed: ['√', 'good'],
  warned: ['‼', 'caution'],
  failed: ['×', 'bad'],
  skipped: ['-', 'soft'],
};

/** A registry can have a thousand problems of one code, and a terminal is not that wide. */
const LONGEST_CAUSE = 600;

export function titleLines(title: string): readonly string[] {
  const shown = printable(title);
  return [shown, '-'.repeat(shown.length)];
}

export function checkedLines({ check, verdict }: Checked, paint: Paint): readonly string[] {
  const [sign, colour] = SIGNS[verdict.kind];
  const line = `${paint(colour, sign)} ${printable(checkSentence(check))}`;
  switch (verdict.kind) {
    case 'passed':
      return [verdict.note === undefined ? line : `${line}${paint('soft', `: ${printable(verdict.note)}`)}`];
    case 'skipped':
      return [`${line}${paint('soft', `: skipped, ${printable(verdict.why)}`)}`];
    case 'warned':
    case 'failed':
      return [
        line,
        ...causesOf(verdict).map((cause) => `    ${cause}`),
        `    → ${remedyOf(check.id, verdict)}`,
        `    ${paint('soft', `see ${linkTo(check.id)}`)}`,
      ];
  }
}

export function summaryLine(done: readonly CheckedCategory[], paint: Paint): string {
  const { passed, warned, failed, skipped } = countsOf(done);
  const all = passed + warned + failed + skipped;
  const parts = [
    `${failed} failed`,
    counted(warned, 'warning'),
    ...(skipped === 0 ? [] : [`${skipped} skipped`]),
    `${passed} passed`,
  ];
  return paint(failed > 0 ? 'bad' : warned > 0 ? 'caution' : 'good', `${counted(all, 'check')}: ${parts.join(', ')}`);
}

export function hasFailed(done: readonly CheckedCategory[]): boolean {
  return countsOf(done).failed > 0;
}

const FORMAT = 1;

/** Fields are only ever added; docs/checks.md lists them. */
export function checkJson(done: readonly CheckedCategory[]): string {
  const categories = done.map(({ title, checked }) => ({
    title: printable(title),
    checks: checked.map(checkedRecord),
  }));
  return JSON.stringify({ footbridgeCheck: FORMAT, ok: !hasFailed(done), counts: countsOf(done), categories }, null, 2);
}

function checkedRecord({ check, verdict }: Checked) {
  const { id, subject } = check;
  const about = {
    id,
    subject: printable(subject),
    sentence: printable(checkSentence(check)),
    verdict: verdict.kind,
    docs: linkTo(id),
  };
  switch (verdict.kind) {
    case 'passed':
      return { ...about, note: printable(verdict.note ?? '') };
    case 'skipped':
      return { ...about, why: printable(verdict.why) };
    case 'warned':
    case 'failed':
      return { ...about, causes: causesOf(verdict), remedy: remedyOf(id, verdict) };
  }
}

function causesOf({ causes }: Finding): readonly string[] {
  return causes.map((cause) => printable(cause, LONGEST_CAUSE));
}

function remedyOf(id: Checked['check']['id'], { remedy }: Finding): string {
  return remedy ?? CHECKS[id].remedy;
}

function linkTo(id: Checked['check']['id']): string {
  return `docs/checks.md#${id}`;
}

function countsOf(done: readonly CheckedCategory[]): Readonly<Record<Verdict['kind'], number>> {
  const counts = { passed: 0, warned: 0, failed: 0, skipped: 0 };
  for (const { checked } of done) for (const { verdict } of checked) counts[verdict.kind]++;
  return counts;
}
