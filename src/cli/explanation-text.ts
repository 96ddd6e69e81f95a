// SPDX-License-Identifier: Apache-2.0
// An explanation as text: a line for each stage, what became of each instance and client below it, problems with what to do.
// Pure. It is made of the JSON that a bridge answers, which may be of another release, so that nothing of its shape is taken
// for granted; and texts of strangers are in it, so they are made printable.

import { type JsonObject, objectOf, textOf } from '../lib/json-value.ts';
import { printable } from '../lib/printable.ts';
import type { Colour, Paint } from './paint.ts';

type Sign = readonly [sign: string, colour: Colour];

const SIGNS: ReadonlyMap<unknown, Sign> = new Map<unknown, Sign>([
  ['passed', ['√', 'good']],
  ['noted', ['‼', 'caution']],
  ['stopped', ['×', 'bad']],
]);
/** Nobody knows, or a verdict that this release does not know. */
const UNKNOWN: Sign = ['?', 'caution'];

/** A service can have thousands of instances, and a terminal is not that high. */
const MOST_ROWS = 20;
const LONGEST = 600;

/** `explanations`: what `/debug/explain` answers. Lines. */
export function explanationText(explanations: unknown, paint: Paint): readonly string[] {
  return listOf(explanations).flatMap((one, index) => {
    const lines = linesOf(one, paint);
    return index === 0 ? lines : ['', ...lines];
  });
}

/** Whether everything that was asked for is in the mesh as it is registered, or offered so where no client is connected. */
export function isAllWell(explanations: unknown): boolean {
  const all = listOf(explanations);
  return all.length > 0 && all.every(({ outcome }) => outcome === 'in-mesh' || outcome === 'offered');
}

function linesOf(one: JsonObject, paint: Paint): readonly string[] {
  if (one['kind'] === 'not-found') return notFoundLines(one, paint);
  return one['kind'] === 'more' ? moreLines(one, paint) : serviceLines(one, paint);
}

function moreLines(answer: JsonObject, paint: Paint): readonly string[] {
  const others = listOf(answer['services']).slice(0, MOST_ROWS);
  return [
    paint('caution', shown(answer['sentence'])),
    ...others.map(({ registry, service }) => `    ${shown(registry)}/${shown(service)}`),
  ];
}

function serviceLines(service: JsonObject, paint: Paint): readonly string[] {
  const title = `${shown(service['service'])} (registry ${shown(service['registry'])})`;
  const colour = OUTCOMES.get(service['outcome']) ?? 'caution';
  return [
    title,
    '-'.repeat(title.length),
    ...listOf(service['stages']).flatMap((stage) => stageLines(stage, paint)),
    paint(colour, shown(service['sentence'])),
  ];
}

const OUTCOMES: ReadonlyMap<unknown, Colour> = new Map<unknown, Colour>([
  ['in-mesh', 'good'],
  ['offered', 'good'],
  ['partly', 'caution'],
  ['stopped', 'bad'],
]);

function notFoundLines(answer: JsonObject, paint: Paint): readonly string[] {
  const nearest = listOf(answer['nearest']).map(({ registry, service }) => `${shown(registry)}/${shown(service)}`);
  return [
    paint('bad', shown(answer['sentence'])),
    ...(nearest.length === 0 ? [] : [`Did you mean ${nearest.join(', ')}?`]),
    ...listOf(answer['registries']).flatMap((stage) => stageLines(stage, paint)),
  ];
}

const WIDEST_STAGE = 'validation'.length;

function stageLines(stage: JsonObject, paint: Paint): readonly string[] {
  const details = objectOf(stage['details']) ?? {};
  const rows = [...listOf(details['instances']), ...listOf(details['clients'])];
  return [
    `${signed(stage, paint)} ${shown(stage['stage']).padEnd(WIDEST_STAGE)}  ${shown(stage['sentence'])}`,
    ...listOf(details['rivals']).map((rival) => `    ${shown(rival['service'])}: ${shown(rival['because'])}`),
    ...(Number(details['otherRivals']) > 0 ? [`    and ${shown(details['otherRivals'])} more that want it`] : []),
    ...rows.slice(0, MOST_ROWS).map((row) => `    ${signed(row, paint)} ${rowText(row)}`),
    ...(rows.length > MOST_ROWS ? [`    and ${rows.length - MOST_ROWS} more: --output json has all`] : []),
    ...problemLines(stage, paint),
  ];
}

/** An instance or a client. */
function rowText(row: JsonObject): string {
  const name = shown(row['id'] ?? row['client']);
  const address = shown(row['address'] ?? row['peer']);
  const ports = listOf(row['ports']).map(({ name: port, number }) => `${shown(port)} ${shown(number)}`);
  const place = [address, ...ports].filter((part) => part !== '').join(', ');
  return `${name}${place === '' ? '' : ` (${place})`}: ${shown(row['sentence'])}`;
}

function problemLines(stage: JsonObject, paint: Paint): readonly string[] {
  const problems = listOf(stage['problems']);
  return [
    ...problems.slice(0, MOST_ROWS).flatMap((problem) => {
      const instance = shown(problem['instance']);
      const about = instance === '' ? '' : ` (${instance})`;
      return [
        `    ${shown(problem['code'])}${about}: ${shown(problem['sentence'])}`,
        `      → ${shown(problem['remedy'])}`,
        `      ${paint('soft', `see ${shown(problem['link'])}`)}`,
      ];
    }),
    ...(problems.length > MOST_ROWS ? [`    and ${problems.length - MOST_ROWS} more problems`] : []),
  ];
}

function signed({ verdict }: JsonObject, paint: Paint): string {
  const [sign, colour] = SIGNS.get(verdict) ?? UNKNOWN;
  return paint(colour, sign);
}

function shown(value: unknown): string {
  return printable(textOf(value) ?? '', LONGEST);
}

function listOf(value: unknown): readonly JsonObject[] {
  const items: readonly unknown[] = Array.isArray(value) ? value : [];
  return items.map(objectOf).filter((one) => one !== undefined);
}
