import assert from 'node:assert/strict';
import { test } from 'node:test';
import { failed, PASSED, skipped, type Verdict } from '../../../src/check/check.ts';
import { settled } from '../../../src/check/settled.ts';

/** A clock on which every pause is over at once. */
function impatient() {
  const pauses: number[] = [];
  const clock = {
    now: () => 0,
    after: (ms: number, action: () => void) => {
      pauses.push(ms);
      action();
      return () => {};
    },
  };
  return { clock, pauses };
}

async function looksAt(...verdicts: readonly Verdict[]) {
  const { clock, pauses } = impatient();
  const left = [...verdicts];
  const verdict = await settled(async () => left.shift() ?? PASSED, clock);
  return { verdict, pauses: pauses.length };
}

test('what agrees is not looked at again, nor what cannot be seen', async () => {
  assert.deepEqual(await looksAt(PASSED), { verdict: PASSED, pauses: 0 });
  assert.deepEqual(await looksAt(skipped('no')), { verdict: skipped('no'), pauses: 0 });
});

test('what agrees in the end agrees', async () =>
  assert.deepEqual(await looksAt(failed('a'), failed('b'), PASSED), { verdict: PASSED, pauses: 2 }));

test('what never agrees is told as it was last', async () => {
  const { verdict, pauses } = await looksAt(failed('a'), failed('b'), failed('c'), failed('d'), failed('e'));
  assert.deepEqual([verdict, pauses], [failed('d'), 3]);
});
