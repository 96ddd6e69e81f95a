import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  afterDelta,
  afterFailedDelta,
  afterFull,
  afterMismatch,
  afterRefusedDelta,
  mismatchWaitMs,
  nextDelayMs,
  type PlanOptions,
  planRead,
  type ReadMemory,
} from '../../../../src/registry/eureka/plan.ts';

const MINUTE = 60_000;
const options: PlanOptions = { delta: true, fullIntervalMs: 10 * MINUTE, pollIntervalMs: 30_000 };
const T0 = 1_000_000_000;
const fresh = afterFull(undefined, 'a', T0, options, 0.5);

function planned(
  memory: ReadMemory | undefined,
  atMs: number,
  server = 'a',
  changed: Partial<PlanOptions> = {},
): string {
  const plan = planRead(memory, server, atMs, { ...options, ...changed });
  return plan.kind === 'full' ? plan.reason : 'delta';
}

/** As if deltas had agreed every 30 s until then. */
function polledUntil(memory: ReadMemory, untilMs: number): ReadMemory {
  return afterDelta(memory, untilMs);
}

describe('the next read is', () => {
  const cases: [what: string, memory: ReadMemory | undefined, atMs: number, server: string, expected: string][] = [
    ['full when nothing was read yet', undefined, T0, 'a', 'first'],
    ['a delta soon after a full one', fresh, T0 + 30_000, 'a', 'delta'],
    ['a delta just within the gap', fresh, T0 + 119_999, 'a', 'delta'],
    ['full after a gap of 120 s', fresh, T0 + 120_000, 'a', 'gap'],
    ['full when the clock was set back', fresh, T0 - 1, 'a', 'gap'],
    ['full on another server', fresh, T0 + 30_000, 'b', 'server-changed'],
    ['full after a failed delta', afterFailedDelta(fresh), T0 + 30_000, 'a', 'doubted'],
    ['full after a mismatch', afterMismatch(fresh, T0), T0, 'a', 'doubted'],
    ['full where deltas are refused', afterRefusedDelta(fresh, T0), T0 + 30_000, 'a', 'paused'],
    ['full when the interval is over', polledUntil(fresh, T0 + 10 * MINUTE - 30_000), T0 + 10 * MINUTE, 'a', 'due'],
  ];
  for (const [what, memory, atMs, server, expected] of cases) {
    test(what, () => assert.equal(planned(memory, atMs, server), expected));
  }
  test('always full where deltas are turned off', () => {
    assert.equal(planned(fresh, T0 + 30_000, 'a', { delta: false }), 'delta-off');
  });
});

describe('full reads are spread', () => {
  for (const [random, minutes] of [
    [0, 9],
    [0.5, 10],
    [0.9999999, 11],
  ] as const) {
    test(`random ${random} makes the next one due after ${minutes} minutes`, () => {
      assert.equal(afterFull(undefined, 'a', T0, options, random).fullAfterMs, minutes * MINUTE);
    });
  }
});

describe('a hash that does not agree', () => {
  const once = afterMismatch(fresh, T0);
  const fullAfterOnce = afterFull(once, 'a', T0, options, 0.5);
  const twice = afterMismatch(fullAfterOnce, T0 + 30_000);
  const fullAfterTwice = afterFull(twice, 'a', T0 + MINUTE, options, 0.5);

  test('leads to a full read at once', () => assert.equal(mismatchWaitMs(fresh), 0));
  test('and then to deltas again', () => assert.equal(planned(fullAfterOnce, T0 + 30_000), 'delta'));
  test('twice in a row waits for the cache of the server', () => assert.equal(mismatchWaitMs(fullAfterOnce), 30_000));
  test('twice in a row pauses deltas for ten minutes', () => {
    assert.equal(planned(fullAfterTwice, T0 + 90_000), 'paused');
    const later = { ...fullAfterTwice, goodAtMs: T0 + 10 * MINUTE, fullAtMs: T0 + 10 * MINUTE };
    assert.equal(planned(later, T0 + 10 * MINUTE + 29_999), 'paused');
    assert.equal(planned(later, T0 + 10 * MINUTE + 30_000), 'delta');
  });
  test('pauses twice as long each time, up to an hour', () => {
    let memory = fresh;
    const minutes: (number | undefined)[] = [];
    for (let round = 0; round < 5; round++) {
      memory = afterMismatch(afterFull(afterMismatch(memory, T0), 'a', T0, options, 0.5), T0);
      minutes.push(memory.pause === undefined ? undefined : memory.pause.forMs / MINUTE);
      memory = afterFull(memory, 'a', T0, options, 0.5);
    }
    assert.deepEqual(minutes, [10, 20, 40, 60, 60]);
  });
  test('is forgiven by one delta that agrees', () => {
    const agreed = afterDelta(fullAfterOnce, T0 + 30_000);
    assert.equal(mismatchWaitMs(agreed), 0);
    assert.equal(agreed.pauses, 0);
  });
  test('is forgotten when another server is read', () => {
    assert.equal(planned(afterFull(fullAfterTwice, 'b', T0 + MINUTE, options, 0.5), T0 + 90_000, 'b'), 'delta');
  });
});

test('a refused delta is tried again after an hour', () => {
  const refused = afterRefusedDelta(fresh, T0);
  const later = { ...refused, goodAtMs: T0 + 60 * MINUTE, fullAtMs: T0 + 60 * MINUTE };
  assert.equal(planned(later, T0 + 60 * MINUTE), 'delta');
});

describe('the pause before the next poll', () => {
  const cases: [failures: number, waitMs: number, random: number, expected: number][] = [
    [0, 0, 0.5, 30_000],
    [0, 0, 0, 27_000],
    [0, 0, 0.9999999, 33_000],
    [1, 0, 0.5, 1_000],
    [2, 0, 0.5, 2_000],
    [5, 0, 0.5, 16_000],
    [6, 0, 0.5, 30_000],
    [10_000, 0, 0.5, 30_000],
    [1, 30_000, 0.5, 30_000],
  ];
  for (const [failures, waitMs, random, expected] of cases) {
    test(`after ${failures} failures, asked to wait ${waitMs} ms, at random ${random}, is ${expected} ms`, () => {
      assert.equal(nextDelayMs(failures, waitMs, options, random), expected);
    });
  }
  test('is never longer after a failure than in a quick rhythm', () => {
    assert.equal(nextDelayMs(3, 0, { ...options, pollIntervalMs: 200 }, 0.5), 200);
  });
});
