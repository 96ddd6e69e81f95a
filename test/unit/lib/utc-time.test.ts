import assert from 'node:assert/strict';
import { test } from 'node:test';
import { utcTime } from '../../../src/lib/utc-time.ts';

test('a moment that people read has a day, a second, and says that it is UTC', () => {
  assert.equal(utcTime(Date.UTC(2026, 0, 1, 12, 4, 59, 999)), '2026-01-01 12:04:59 UTC');
});
