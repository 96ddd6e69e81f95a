// SPDX-License-Identifier: Apache-2.0
// Quantities with a unit: durations become milliseconds, sizes bytes. A bare number of time is refused, because nobody
// can see whether it means seconds or milliseconds.
import { type Format, refused, textFormat, value } from './format.ts';

const DURATION = /^(0|[1-9]\d{0,9})(ms|s|m|h)$/;
const MS_PER_UNIT: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };
/** Timers of Node count in 31 bits of milliseconds (24.8 days); a longer delay fires at once. */
const LONGEST_MS = 480 * 3_600_000;
const DURATION_SAYS = 'a duration such as `250ms`, `5s`, `10m` or `2h`';

const SIZE = /^(0|[1-9]\d{0,15})(KiB|MiB|GiB)?$/;
const BYTES_PER_UNIT: Readonly<Record<string, number>> = { KiB: 1024, MiB: 1024 ** 2, GiB: 1024 ** 3 };
const SIZE_SAYS = 'a size such as `64KiB`, `16MiB` or `1GiB`, or plain bytes';

const PERCENT = /^(\d|[1-9]\d|100)%$/;
const PLAIN_PERCENT = /^(\d|[1-9]\d|100)$/;
const PERCENT_SAYS = 'a share from `0%` to `100%`, without decimals';

const durationText = textFormat(DURATION_SAYS, { pattern: DURATION.source }, readDuration);

/** `250ms`, `5s`, `10m`, `2h` → milliseconds. */
export const duration: Format<number> = {
  ...durationText,
  read: (written) =>
    typeof written === 'number'
      ? refused(`must be ${DURATION_SAYS}: a number needs its unit`, `${written}s`)
      : durationText.read(written),
};

/** A duration, or `never` → undefined. */
export const optionalDuration: Format<number | undefined> = {
  ...duration,
  says: `${DURATION_SAYS}, or \`never\``,
  schema: { type: 'string', pattern: `${DURATION.source}|^never$` },
  read(written) {
    if (written === 'never') return value(undefined);
    const reading = duration.read(written);
    return reading.kind === 'value' ? reading : refused(`${reading.rule} (or \`never\`)`, reading.nearest);
  },
};

/** `64KiB`, `16MiB`, `1GiB` or a whole number of bytes → bytes. */
export const size: Format<number> = {
  says: SIZE_SAYS,
  schema: {
    anyOf: [
      { type: 'string', pattern: SIZE.source },
      { type: 'integer', minimum: 0 },
    ],
  },
  fromText: (written) => (/^\d+$/.test(written) && SIZE.test(written) ? Number(written) : written),
  read(written) {
    const bytes = typeof written === 'number' ? written : typeof written === 'string' ? bytesOf(written) : undefined;
    if (bytes === undefined) return refused(`must be ${SIZE_SAYS}`, nearestSize(written));
    return Number.isSafeInteger(bytes) && bytes >= 0 ? value(bytes) : refused(`must be ${SIZE_SAYS}`);
  },
};

/** `0%` to `100%`, in whole steps → 0 to 100. */
export const percent: Format<number> = textFormat(PERCENT_SAYS, { pattern: PERCENT.source }, (written) => {
  const [, amount] = PERCENT.exec(written) ?? [];
  if (amount !== undefined) return Number(amount);
  return PLAIN_PERCENT.test(written) ? refused(`must be ${PERCENT_SAYS}`, `${written}%`) : undefined;
});

function readDuration(written: string) {
  const [, amount, unit] = DURATION.exec(written) ?? [];
  if (amount === undefined || unit === undefined) {
    return /^\d+$/.test(written)
      ? refused(`must be ${DURATION_SAYS}: a number needs its unit`, `${written}s`)
      : undefined;
  }
  const ms = Number(amount) * (MS_PER_UNIT[unit] ?? Number.NaN);
  return ms > LONGEST_MS ? refused('must be at most `480h`') : ms;
}

function bytesOf(written: string): number | undefined {
  const [, amount, unit] = SIZE.exec(written) ?? [];
  if (amount === undefined) return undefined;
  return Number(amount) * (unit === undefined ? 1 : (BYTES_PER_UNIT[unit] ?? Number.NaN));
}

/** `64kb` → `64KiB`: the decimal spellings are almost always meant as these. */
function nearestSize(written: unknown): string | undefined {
  const [, amount, letter] = /^([1-9]\d{0,9}) ?([kmg])i?b?$/i.exec(typeof written === 'string' ? written : '') ?? [];
  return amount === undefined || letter === undefined ? undefined : `${amount}${letter.toUpperCase()}iB`;
}
