// SPDX-License-Identifier: Apache-2.0
// How a change is shown, wherever a command tells of one: what `watch` sees happen and what a plan would make happen.
import type { Colour, Paint } from './paint.ts';

export type ChangeKind = 'added' | 'changed' | 'removed';

const LOOKS: Readonly<Record<ChangeKind, readonly [sign: string, colour: Colour]>> = {
  added: ['+', 'good'],
  changed: ['~', 'caution'],
  removed: ['-', 'bad'],
};

/** `+ text`, coloured as a whole; `indent` stands before the sign. */
export function changeLine(kind: ChangeKind, text: string, paint: Paint, indent = ''): string {
  const [sign, colour] = LOOKS[kind];
  return paint(colour, `${indent}${sign} ${text}`);
}
