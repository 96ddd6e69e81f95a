import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { serviceKey } from '../../../src/model/service.ts';
import { GuardRun, MINUTE, SECOND } from '../../fakes/guard-run.ts';

const DRAIN = { 'out-of-service': 30 * SECOND, down: 10 * SECOND, starting: 20 * SECOND };
const orders = serviceKey('eureka', 'orders');

/** Two instances of `orders`, of which `a` has just got another status. */
function drained(status: string, drainMs = DRAIN): GuardRun {
  const run = new GuardRun({ drainMs });
  run.read({ orders: 'a b' });
  run.read({ orders: `a:${status} b` });
  return run;
}

describe('drain: an instance that was up and is called something else', () => {
  test('keeps no traffic where nothing else is configured: it is shown as listed, object by object', () => {
    const run = drained('out-of-service', { 'out-of-service': 0, down: 0, starting: 0 });
    assert.equal(run.service('orders'), run.listedService('orders'));
    assert.deepEqual(run.guarded.draining.get('eureka'), new Map());
  });

  for (const [status, lastsMs] of Object.entries(DRAIN)) {
    test(`is routed to for the time of its status, ${status}, and not a moment longer`, () => {
      const run = drained(status);
      assert.deepEqual(run.shown, { orders: 'a b' });
      assert.equal(run.guarded.wakeAtMs, run.nowMs + lastsMs);
      run.pass(lastsMs - 1);
      assert.deepEqual(run.shown, { orders: 'a b' });
      run.pass(1);
      assert.deepEqual(run.shown, { orders: `a:${status} b` });
      assert.equal(run.service('orders'), run.listedService('orders'));
      assert.equal(run.guarded.wakeAtMs, undefined);
    });
  }

  test('of unknown status loses its traffic at once: there is no time for that one', () => {
    assert.deepEqual(drained('unknown').shown, { orders: 'a:unknown b' });
  });

  test('is named, with what it is called and since when', () => {
    const run = drained('down');
    const since = run.nowMs;
    run.pass(SECOND);
    const draining = [{ id: 'a', status: 'down', sinceMs: since }];
    assert.deepEqual(run.guarded.draining.get('eureka')?.get(orders), draining);
  });

  test('that is up again in time was never away: the object that is listed is shown', () => {
    const run = drained('down');
    run.pass(9 * SECOND);
    run.read({ orders: 'a b' });
    run.pass(MINUTE);
    assert.deepEqual(run.shown, { orders: 'a b' });
    assert.equal(run.service('orders'), run.listedService('orders'));
  });

  test('that flaps drains anew each time, from when it was up last', () => {
    const run = drained('down');
    run.pass(9 * SECOND);
    run.read({ orders: 'a b' });
    run.read({ orders: 'a:down b' });
    run.pass(10 * SECOND - 1);
    assert.deepEqual(run.shown, { orders: 'a b' });
    run.pass(1);
    assert.deepEqual(run.shown, { orders: 'a:down b' });
  });

  test('drains once, whatever it is called afterwards: the time counts from when it was up, and is that of the last status', () => {
    const run = drained('out-of-service');
    run.pass(5 * SECOND);
    run.read({ orders: 'a:down b' });
    run.pass(5 * SECOND - 1);
    assert.deepEqual(run.shown, { orders: 'a b' });
    run.pass(1);
    assert.deepEqual(run.shown, { orders: 'a:down b' });
    run.read({ orders: 'a:starting b' });
    assert.deepEqual(run.shown, { orders: 'a:starting b' });
  });

  test('that was never up gets no traffic, and neither does one that took its address', () => {
    const run = new GuardRun({ drainMs: DRAIN });
    run.read({ orders: 'a:starting b@10.0.0.9' });
    assert.deepEqual(run.shown, { orders: 'a:starting b@10.0.0.9' });
    run.read({ orders: 'a:starting c:starting@10.0.0.9' });
    assert.deepEqual(run.shown, { orders: 'a:starting c:starting@10.0.0.9' });
  });

  test('that leaves the registry leaves as it was listed last: its traffic ends with that read', () => {
    const run = drained('out-of-service');
    run.read({ orders: 'b' });
    assert.deepEqual(run.shown, { orders: 'a:out-of-service b' });
    run.pass(5 * SECOND);
    assert.deepEqual(run.shown, { orders: 'b' });
  });

  test('that registers at another address is another process, which was never up', () => {
    const run = drained('starting');
    run.read({ orders: 'a:starting@10.0.0.9 b' });
    assert.deepEqual(run.shown, { orders: 'a:starting@10.0.0.9 b' });
    const moved = new GuardRun({ drainMs: DRAIN });
    moved.read({ orders: 'a b' });
    moved.read({ orders: 'a:starting@10.0.0.9 b' });
    assert.deepEqual(moved.shown, { orders: 'a:starting@10.0.0.9 b' });
  });

  test('drains on while a removal of it is held, since that is not believed, and when it is back', () => {
    const run = drained('out-of-service');
    run.read({});
    assert.deepEqual([run.shown, run.guarded.holds.length], [{ orders: 'a b' }, 1]);
    run.pass(29 * SECOND);
    run.read({ orders: 'a:out-of-service b' });
    assert.deepEqual(run.shown, { orders: 'a b' });
    run.pass(SECOND);
    assert.deepEqual(run.shown, { orders: 'a:out-of-service b' });
  });

  test('whose time is over while a removal of it is held gets no more traffic', () => {
    const run = drained('down');
    run.read({});
    run.pass(10 * SECOND);
    assert.deepEqual(run.shown, { orders: 'a:down b' });
  });

  test('that was missing for less than the debounce was up all the time', () => {
    const run = new GuardRun({ drainMs: DRAIN });
    run.read({ orders: 'a b' });
    run.read({ orders: 'b' });
    run.pass(SECOND);
    run.read({ orders: 'a:starting b' });
    run.pass(20 * SECOND - 1);
    assert.deepEqual(run.shown, { orders: 'a b' });
    run.pass(1);
    assert.deepEqual(run.shown, { orders: 'a:starting b' });
  });

  test('drains also where its new status comes with a change of scope', () => {
    const run = new GuardRun({ drainMs: DRAIN });
    run.read({ orders: 'a b', users: 'x' });
    run.rescope({ orders: 'a:down b' });
    assert.deepEqual(run.shown, { orders: 'a b' });
    run.pass(10 * SECOND);
    assert.deepEqual(run.shown, { orders: 'a:down b' });
  });

  test('keeps its traffic while its registry cannot be read, and loses it with the next good read', () => {
    const run = drained('down');
    run.pass(SECOND);
    run.fail();
    run.pass(60 * MINUTE);
    assert.deepEqual(run.shown, { orders: 'a b' });
    run.read({ orders: 'a:down b' });
    assert.deepEqual(run.shown, { orders: 'a:down b' });
  });

  test('is judged by the time that is configured now', () => {
    const run = drained('down');
    run.pass(5 * SECOND);
    run.options = { ...run.options, drainMs: { ...DRAIN, down: 0 } };
    run.step();
    assert.deepEqual(run.shown, { orders: 'a:down b' });
  });

  test('drains on beside a change of scope that it stays in, and goes at once by one that it does not', () => {
    const run = drained('down');
    run.rescope({ orders: 'a:down' });
    assert.deepEqual(run.shown, { orders: 'a' });
    run.rescope({ users: 'x' });
    assert.deepEqual(run.shown, { users: 'x' });
    assert.deepEqual(run.guarded.draining.get('eureka'), new Map());
  });

  test('is shown beside what is missing of its service, and keeps its object from look to look', () => {
    const run = drained('down');
    run.read({ orders: 'a:down' });
    assert.deepEqual(run.shown, { orders: 'a b' });
    const before = run.service('orders');
    run.step();
    assert.equal(run.service('orders'), before);
    run.pass(5 * SECOND);
    assert.deepEqual(run.shown, { orders: 'a' });
  });

  test('is no loss: that all of a registry go down is not held, it drains', () => {
    const run = new GuardRun({ drainMs: DRAIN });
    run.read({ orders: 'a b', users: 'x y' });
    run.read({ orders: 'a:down b:down', users: 'x:down y:down' });
    assert.deepEqual(run.guarded.holds, []);
    run.pass(10 * SECOND);
    assert.deepEqual(run.shown, { orders: 'a:down b:down', users: 'x:down y:down' });
  });
});
