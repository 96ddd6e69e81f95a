import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Coalesced, coalesce } from '../../../src/snapshot/coalesce.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';

/** Triggers at the given times (ms) and tells when the action ran, up to `untilMs`. */
function ranAt(triggersMs: readonly number[], untilMs: number): readonly number[] {
  const clock = new FakeClock(0);
  const ran: number[] = [];
  const coalesced = coalesce(clock, { quietPeriodMs: 100, ceilingMs: 1_000 }, () => ran.push(clock.now()));
  for (const atMs of triggersMs) clock.after(atMs, () => coalesced.trigger());
  clock.advance(untilMs);
  assert.equal(clock.pending, 0, 'no timer is left');
  return ran;
}

function every(stepMs: number, untilMs: number): readonly number[] {
  return Array.from({ length: Math.floor(untilMs / stepMs) + 1 }, (_, n) => n * stepMs);
}

describe('coalesce', () => {
  const rows: readonly {
    readonly promise: string;
    readonly triggers: readonly number[];
    readonly runs: readonly number[];
  }[] = [
    { promise: 'nothing runs without a trigger', triggers: [], runs: [] },
    { promise: 'one trigger runs the action once, after the quiet period', triggers: [0], runs: [100] },
    { promise: 'triggers in a burst run it once, a quiet period after the last', triggers: [0, 50, 140], runs: [240] },
    { promise: 'two bursts run it twice', triggers: [0, 10, 500, 510], runs: [110, 610] },
    {
      promise: 'triggers that never pause run it at the ceiling after the first',
      triggers: every(50, 1_000),
      runs: [1_000],
    },
    {
      promise: 'after the ceiling a new burst has a ceiling of its own',
      triggers: every(50, 2_500),
      runs: [1_000, 2_050, 2_600],
    },
    { promise: 'a quiet period that ends with the ceiling runs it once', triggers: [...every(90, 900)], runs: [1_000] },
  ];
  for (const { promise, triggers, runs } of rows) {
    test(promise, () => assert.deepEqual(ranAt(triggers, 10_000), runs));
  }

  test('a trigger never runs the action itself, even with a quiet period of nothing', () => {
    const clock = new FakeClock();
    let runs = 0;
    const coalesced = coalesce(clock, { quietPeriodMs: 0, ceilingMs: 0 }, () => (runs += 1));
    coalesced.trigger();
    assert.equal(runs, 0);
    clock.advance(0);
    assert.equal(runs, 1);
    assert.equal(clock.pending, 0);
  });

  test('a ceiling shorter than the quiet period wins', () => {
    const clock = new FakeClock();
    let runs = 0;
    coalesce(clock, { quietPeriodMs: 500, ceilingMs: 200 }, () => (runs += 1)).trigger();
    clock.advance(200);
    assert.equal(runs, 1);
    clock.advance(1_000);
    assert.equal(runs, 1);
  });

  test('flush runs what is due at once, and only once', () => {
    const clock = new FakeClock();
    let runs = 0;
    const coalesced = coalesce(clock, { quietPeriodMs: 100, ceilingMs: 1_000 }, () => (runs += 1));
    coalesced.flush();
    assert.equal(runs, 0);
    coalesced.trigger();
    coalesced.flush();
    assert.equal(runs, 1);
    assert.equal(clock.pending, 0);
    clock.advance(10_000);
    assert.equal(runs, 1);
  });

  test('close drops what is due and ignores what comes later', () => {
    const clock = new FakeClock();
    let runs = 0;
    const coalesced = coalesce(clock, { quietPeriodMs: 100, ceilingMs: 1_000 }, () => (runs += 1));
    coalesced.trigger();
    coalesced.close();
    coalesced.trigger();
    coalesced.flush();
    coalesced.close();
    clock.advance(10_000);
    assert.equal(runs, 0);
    assert.equal(clock.pending, 0);
  });

  test('a trigger from inside the action begins the next burst', () => {
    const clock = new FakeClock(0);
    const ran: number[] = [];
    const coalesced: Coalesced = coalesce(clock, { quietPeriodMs: 100, ceilingMs: 1_000 }, () => {
      ran.push(clock.now());
      if (ran.length < 3) coalesced.trigger();
    });
    coalesced.trigger();
    clock.advance(10_000);
    assert.deepEqual(ran, [100, 200, 300]);
  });

  test('an action that throws leaves it usable: the next trigger runs it again', () => {
    const clock = new FakeClock();
    let runs = 0;
    const coalesced = coalesce(clock, { quietPeriodMs: 100, ceilingMs: 1_000 }, () => {
      runs += 1;
      if (runs === 1) throw new Error('a defect');
    });
    coalesced.trigger();
    assert.throws(() => clock.advance(100), /a defect/);
    coalesced.trigger();
    clock.advance(100);
    assert.equal(runs, 2);
    assert.equal(clock.pending, 0);
  });
});
