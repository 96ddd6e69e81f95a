import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { RetrySchedule } from '../../../../../src/registry/zookeeper/tree/retry-schedule.ts';
import { FakeClock } from '../../../../fakes/fake-clock.ts';

const LONGEST_MS = 60_000;

function started() {
  const clock = new FakeClock();
  const retried: number[] = [];
  const beganAtMs = clock.now();
  const item = {};
  const schedule = new RetrySchedule<object>(LONGEST_MS, { clock, random: () => 0.5 }, () => {
    retried.push((clock.now() - beganAtMs) / 1_000);
  });
  return { clock, retried, item, schedule };
}

describe('retries', () => {
  test('come at doubling times, up to the longest', () => {
    const { clock, retried, item, schedule } = started();
    for (let failures = 0; failures < 6; failures++) {
      schedule.failed(item);
      clock.advance(LONGEST_MS);
    }
    assert.deepEqual(retried, [5, 70, 140, 220, 300, 360]);
  });

  test('of one thing are one at a time', () => {
    const { clock, retried, item, schedule } = started();
    schedule.failed(item);
    schedule.failed(item);
    assert.equal(clock.pending, 1);
    clock.advance(LONGEST_MS);
    assert.deepEqual(retried, [10]);
  });

  test('begin anew after a success', () => {
    const { clock, retried, item, schedule } = started();
    schedule.failed(item);
    schedule.failed(item);
    schedule.forget(item);
    assert.equal(clock.pending, 0);
    schedule.failed(item);
    clock.advance(LONGEST_MS);
    assert.deepEqual(retried, [5]);
  });

  test('go on where they were after a pause', () => {
    const { clock, retried, item, schedule } = started();
    schedule.failed(item);
    schedule.pause();
    assert.equal(clock.pending, 0);
    schedule.failed(item);
    clock.advance(LONGEST_MS);
    assert.deepEqual(retried, [10]);
  });
});
