// SPDX-License-Identifier: Apache-2.0
// The text form that Go gives a moment: `2026-08-22 10:11:12.123456789 +0200 CEST m=+0.312345678`. istiod puts it into the
// nonce of its first requests (every release from 1.7 on; seen on 1.20, on an istiod of February 2024 and one of August
// 2026), and its last part, the reading of the monotonic clock, is the age of istiod's process.

export interface GoTime {
  /** Epoch milliseconds by the writer's wall clock. */
  readonly wallMs: number;
  /** How long the writer's process had been running, by its monotonic clock. */
  readonly ageMs: number;
}

const PATTERN =
  /^(\d{4})-(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))? ([+-])(\d\d)(\d\d) \S{1,10} m=\+(\d{1,12})\.(\d{9})$/;

/** Reads the text; undefined for everything that is not a Go moment with a monotonic reading. */
export function parseGoTime(text: string): GoTime | undefined {
  if (text.length > 100) return undefined;
  const match = PATTERN.exec(text);
  if (match === null) return undefined;
  const number = (group: number) => Number(match[group] ?? 0);
  const second = number(6) + Number(`0.${match[7] ?? 0}`);
  const localMs = Date.UTC(number(1), number(2) - 1, number(3), number(4), number(5)) + second * 1000;
  const offsetMs = (match[8] === '-' ? -1 : 1) * (number(9) * 60 + number(10)) * 60_000;
  return { wallMs: localMs - offsetMs, ageMs: number(11) * 1000 + number(12) / 1_000_000 };
}

/** Writes the text as Go does in UTC, for those who speak to a config source as istiod does. */
export function goTimeText({ wallMs, ageMs }: GoTime): string {
  const [day = '', clock = ''] = new Date(wallMs).toISOString().split('T');
  const ageText = (Math.max(0, ageMs) / 1000).toFixed(9);
  return `${day} ${clock.slice(0, -1)} +0000 UTC m=+${ageText}`;
}
