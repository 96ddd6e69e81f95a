// SPDX-License-Identifier: Apache-2.0
// The plain formats: text, number, flag. Stricter than convict's own on purpose, which read "12abc" as 12, "1e3" as 1,
// "0x10" as 0 and the empty text as true.
import { printable } from '../lib/printable.ts';
import { type Format, insteadOf, listOf, optional, refused, textFormat, value } from './format.ts';

const LONGEST_TEXT = 4096;
const HALF_A_PAIR = /\p{Surrogate}/u;
const WHOLE = /^(?:0|[1-9]\d{0,15})$/;

/**
 * Any printable text; the empty one too, because a rule over several keys says when it must be given. Half a surrogate pair,
 * which JSON and YAML can spell, is no Unicode: istiod drops a whole resource over one.
 */
export const text = textFormat('a text', { maxLength: LONGEST_TEXT }, (written) => {
  if (written.length > LONGEST_TEXT) return refused(`must be at most ${LONGEST_TEXT} characters long`);
  if (printable(written) !== written) return refused('must be one line without control characters');
  if (HALF_A_PAIR.test(written)) return refused('must not hold half of a surrogate pair, which is no character');
  if (written !== written.trim()) return refused('must not begin or end with a space');
  return written;
});

export const optionalText = optional(text);

/** A text that says something: list items, map values. */
export const someText = textFormat('a text', { minLength: 1, maxLength: LONGEST_TEXT }, (written) =>
  written === '' ? refused('must not be empty') : text.read(written),
);

export const list = listOf('texts', someText);

export const flag: Format<boolean> = {
  says: '`true` or `false`',
  schema: { type: 'boolean' },
  fromText: (written) => (written === 'true' ? true : written === 'false' ? false : written),
  read: (written) => (typeof written === 'boolean' ? value(written) : refused('must be `true` or `false`')),
};

/** A whole number from `first` to `last`, written in plain digits. */
function wholeNumber(says: string, first: number, last: number): Format<number> {
  return {
    says,
    schema: { type: 'integer', minimum: first, maximum: last },
    fromText: (written) => (WHOLE.test(written) ? Number(written) : written),
    read(written) {
      if (typeof written === 'string') return refused(`must be ${says}, in plain digits and without quotes`);
      if (typeof written !== 'number') return refused(`must be ${says}${insteadOf(written)}`);
      const isGood = Number.isSafeInteger(written) && written >= first && written <= last;
      return isGood ? value(written) : refused(`must be ${says}`);
    },
  };
}

export const strictInt = wholeNumber('a whole number, 0 or more', 0, Number.MAX_SAFE_INTEGER);

export const portNumber = wholeNumber('a port number from 1 to 65535', 1, 65_535);

/** Where we listen: 0 lets the system choose, which tests use. */
export const listenPort = wholeNumber('a port number from 1 to 65535 (0: any free one)', 0, 65_535);
