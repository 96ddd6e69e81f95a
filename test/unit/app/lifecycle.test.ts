import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { describe, test } from 'node:test';
import { untilStopped } from '../../../src/app/lifecycle.ts';
import { silentLog } from '../../../src/observe/log.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';

function lifecycle() {
  const signals = new EventEmitter();
  const clock = new FakeClock();
  const exits: number[] = [];
  let reloads = 0;
  let stops = 0;
  let finishStop: () => void = () => {};
  const stopped = untilStopped({
    signals,
    clock,
    log: silentLog,
    deadlineMs: 25_000,
    stop: () => {
      stops++;
      return new Promise<void>((resolve) => {
        finishStop = resolve;
      });
    },
    exitNow: (code) => void exits.push(code),
    onReload: () => void reloads++,
  });
  return { signals, clock, exits, stopped, stops: () => stops, reloads: () => reloads, finish: () => finishStop() };
}

describe('untilStopped()', () => {
  test('the first SIGTERM starts the stop, and the promise tells that it ended in order', async () => {
    const life = lifecycle();
    life.signals.emit('SIGTERM');
    assert.equal(life.stops(), 1);
    life.finish();
    assert.equal(await life.stopped, true);
    assert.deepEqual(life.exits, []);
  });

  test('a stop that does not end is cut at the deadline', async () => {
    const life = lifecycle();
    life.signals.emit('SIGINT');
    life.clock.advance(24_999);
    assert.equal(life.clock.pending, 1);
    life.clock.advance(1);
    assert.equal(await life.stopped, false);
  });

  for (const [signal, code] of [
    ['SIGTERM', 143],
    ['SIGINT', 130],
  ] as const) {
    test(`a second signal (${signal}) ends the process at once with code ${code}`, () => {
      const life = lifecycle();
      life.signals.emit('SIGTERM');
      life.signals.emit(signal);
      assert.deepEqual(life.exits, [code]);
      assert.equal(life.stops(), 1);
    });
  }

  test('SIGHUP reloads and stops nothing', () => {
    const life = lifecycle();
    life.signals.emit('SIGHUP');
    assert.equal(life.reloads(), 1);
    assert.equal(life.stops(), 0);
  });

  test('no listener and no timer is left when it is over', async () => {
    const life = lifecycle();
    life.signals.emit('SIGTERM');
    life.finish();
    await life.stopped;
    assert.equal(life.clock.pending, 0);
    assert.deepEqual(life.signals.eventNames(), []);
  });
});
