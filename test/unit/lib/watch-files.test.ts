import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { watchFiles } from '../../../src/lib/watch-files.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';

/** Looks end when the test says so. */
function watched() {
  const clock = new FakeClock();
  const running: (() => void)[] = [];
  let looks = 0;
  let event = () => {};
  const end = watchFiles({
    paths: ['/tls/tls.crt', '/tls/tls.key'],
    clock,
    look: () => {
      looks += 1;
      return new Promise((resolve) => running.push(resolve));
    },
    watchDirectory: (_, onEvent) => {
      event = onEvent;
      return () => {};
    },
  });
  const finish = async () => {
    running.shift()?.();
    await new Promise(setImmediate);
  };
  return { clock, end, finish, looks: () => looks, event: () => event() };
}

describe('a look at files that are watched', () => {
  test('follows an event shortly, and comes by itself every few seconds', async () => {
    const { clock, event, finish, looks } = watched();
    event();
    clock.advance(100);
    assert.equal(looks(), 1);
    await finish();
    clock.advance(5_000);
    assert.equal(looks(), 2);
  });

  test('never begins while another one reads: the older of two could end last, and its content would stand', async () => {
    const { clock, event, finish, looks } = watched();
    event();
    clock.advance(100);
    event();
    clock.advance(10_000);
    assert.equal(looks(), 1);
    await finish();
    clock.advance(100);
    assert.equal(looks(), 2, 'what changed meanwhile is read as soon as the first look is done');
    await finish();
    clock.advance(4_999);
    assert.equal(looks(), 2);
  });

  test('does not begin after the end', async () => {
    const { clock, end, event, looks } = watched();
    event();
    end();
    event();
    clock.advance(10_000);
    assert.deepEqual([looks(), clock.pending], [0, 0]);
  });
});
