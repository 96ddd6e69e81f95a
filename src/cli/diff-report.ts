// SPDX-License-Identifier: Apache-2.0
// Differences between entries as text, and as JSON for scripts. Pure. Names and labels are chosen by strangers, so they are made
// printable.
import { counted } from '../lib/counted.ts';
import { objectOf } from '../lib/json-value.ts';
import { printable } from '../lib/printable.ts';
import { type ChangeKind, changeLine } from './change-signs.ts';
import type { Difference, FieldChange } from './manifest-diff.ts';
import type { Paint } from './paint.ts';

const LONGEST = 300;

/** Lines; none where nothing differs. */
export function diffLines(differences: readonly Difference[], paint: Paint): readonly string[] {
  return differences.flatMap((difference) => {
    const { kind, name } = difference;
    const what = difference.kind === 'changed' ? '' : `  ${describe(difference.manifest['spec'])}`;
    const head = changeLine(kind, `${printable(name)}${what}`, paint);
    return difference.kind === 'changed'
      ? [head, ...difference.fields.map((field) => fieldLine(field, paint))]
      : [head];
  });
}

/** `1 added, 2 changed, 0 removed`. */
export function diffSummary(differences: readonly Difference[]): string {
  const count = (kind: Difference['kind']) => differences.filter((one) => one.kind === kind).length;
  return `${count('added')} added, ${count('changed')} changed, ${count('removed')} removed`;
}

const FORMAT = 1;

/** Fields are only ever added. */
export function diffJson(differences: readonly Difference[]): string {
  return JSON.stringify({ footbridgeDiff: FORMAT, isEqual: differences.length === 0, differences }, null, 2);
}

function fieldLine({ path, before, after }: FieldChange, paint: Paint): string {
  const shown = printable(path, LONGEST);
  const line = (kind: ChangeKind, text: string) => changeLine(kind, text, paint, '    ');
  // The path of an item of a list says all of it.
  if (path.endsWith(']')) return line(after === undefined ? 'removed' : 'added', shown);
  if (before === undefined) return line('added', `${shown}: ${valueText(after)}`);
  if (after === undefined) return line('removed', `${shown}: ${valueText(before)}`);
  return line('changed', `${shown}: ${valueText(before)} → ${valueText(after)}`);
}

function valueText(value: string | undefined): string {
  return printable(value ?? '', LONGEST);
}

function describe(spec: unknown): string {
  const { hosts, endpoints } = objectOf(spec) ?? {};
  const names = Array.isArray(hosts) ? printable(hosts.map(String).join(', '), LONGEST) : '';
  return `${names}  ${counted(Array.isArray(endpoints) ? endpoints.length : 0, 'endpoint')}`;
}
