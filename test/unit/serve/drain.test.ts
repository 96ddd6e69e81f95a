import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { drain } from '../../../src/serve/drain.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';

const OPTIONS = { drainDelayMs: 5000, staggerMs: 3000, deadlineMs: 20_000 };

function start(streams: readonly string[], opened: readonly string[] = []) {
  const clock = new FakeClock(0);
  const told: string[] = [];
  const tell = (what: string) => told.push(`${clock.now()} ${what}`);
  let stopped = () => {};
  const open = [...streams];
  const outcome = drain(
    {
      notServing: () => tell('not serving'),
      stopListening: () => {
        tell('not listening');
        return new Promise<void>((resolve) => {
          stopped = resolve;
        });
      },
      streams: () => open.map((name) => () => tell(`end ${name}`)),
      force: () => tell('force'),
    },
    OPTIONS,
    clock,
  );
  open.push(...opened);
  return { clock, told, outcome, stopped: () => stopped() };
}

describe('drain()', () => {
  test('says so, waits, stops listening, and ends the streams evenly spread', async () => {
    const { clock, told, outcome, stopped } = start(['a', 'b', 'c']);
    clock.advance(8000);
    assert.deepEqual(told, ['0 not serving', '5000 not listening', '5000 end a', '6000 end b', '7000 end c']);
    stopped();
    assert.equal(await outcome, 'clean');
    assert.equal(clock.pending, 0);
  });

  test('also ends the streams that were opened during the wait', () => {
    const { clock, told } = start(['a'], ['late']);
    clock.advance(8000);
    assert.deepEqual(told.slice(2), ['5000 end a', '6500 end late']);
  });

  test('cuts what is still open at the deadline', async () => {
    const { clock, told, outcome } = start(['a']);
    clock.advance(20_000);
    assert.equal(told.at(-1), '20000 force');
    assert.equal(await outcome, 'forced');
    assert.equal(clock.pending, 0);
  });

  test('waits for nothing when nobody is connected', async () => {
    const { clock, outcome, stopped } = start([]);
    clock.advance(5000);
    stopped();
    assert.equal(await outcome, 'clean');
  });
});
