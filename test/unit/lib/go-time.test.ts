import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { goTimeText, parseGoTime } from '../../../src/lib/go-time.ts';

const noonMs = Date.UTC(2026, 7, 22, 12, 0, 0);

describe('parseGoTime()', () => {
  const readable: readonly (readonly [string, number, number])[] = [
    ['2026-08-22 12:00:00.5 +0000 UTC m=+0.312345678', noonMs + 500, 312.345678],
    ['2026-08-22 12:00:00 +0000 UTC m=+0.000000001', noonMs, 0.000001],
    ['2026-08-22 14:00:00.123456789 +0200 CEST m=+30.000000000', noonMs + 123.456789, 30_000],
    ['2026-08-22 06:30:00 -0530 -0530 m=+86400.500000000', noonMs, 86_400_500],
  ];
  for (const [text, wallMs, ageMs] of readable) {
    test(`reads ${text}`, () => {
      const moment = parseGoTime(text);
      assert.ok(moment);
      assert.ok(Math.abs(moment.wallMs - wallMs) < 0.01, String(moment.wallMs));
      assert.ok(Math.abs(moment.ageMs - ageMs) < 0.01, String(moment.ageMs));
    });
  }

  for (const text of [
    '',
    '2026-08-22 12:00:00.5 +0000 UTC',
    '2026-08-22 12:00:00.5 +0000 UTC m=-0.312345678',
    '2026-08-22 12:00:00.5 +0000 UTC m=+0.3',
    '2026-08-22T12:00:00Z m=+0.312345678',
    'x 2026-08-22 12:00:00.5 +0000 UTC m=+0.312345678',
    `2026-08-22 12:00:00.5 +0000 ${'U'.repeat(1_000_000)} m=+0.312345678`,
  ]) {
    test(`does not take ${JSON.stringify(text.slice(0, 60))} for a moment with an age`, () => {
      assert.equal(parseGoTime(text), undefined);
    });
  }
});

test('goTimeText() writes what parseGoTime() reads', () => {
  const moment = parseGoTime(goTimeText({ wallMs: noonMs + 7, ageMs: 1234.5 }));
  assert.deepEqual(moment, { wallMs: noonMs + 7, ageMs: 1234.5 });
});
