// SPDX-License-Identifier: Apache-2.0
// Colours on a terminal. They repeat what the words and signs already say, so nothing is lost without them.

export type Colour = 'good' | 'caution' | 'bad' | 'soft';

export type Paint = (colour: Colour, text: string) => string;

const CODES: Readonly<Record<Colour, number>> = { good: 32, caution: 33, bad: 31, soft: 2 };

/** Colours where `isTerminal`, and never with NO_COLOR set to anything (no-color.org) or TERM=dumb. */
export function painter(isTerminal: boolean, env: Readonly<Record<string, string | undefined>>): Paint {
  const isPainted = isTerminal && !env['NO_COLOR'] && env['TERM'] !== 'dumb';
  return isPainted ? (colour, text) => `\u001b[${CODES[colour]}m${text}\u001b[0m` : (_colour, text) => text;
}
