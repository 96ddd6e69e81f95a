import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { serviceKey } from '../../../src/model/service.ts';
import { GuardRun, MINUTE, SECOND } from '../../fakes/guard-run.ts';

/** A service `orders` that was emptied a moment ago, beside one that lives. */
function emptied(last = 'a'): GuardRun {
  const run = new GuardRun();
  run.read({ orders: last, users: 'x' });
  run.read({ users: 'x' });
  run.pass(5 * SECOND);
  return run;
}

describe('grace', () => {
  test('an emptied service keeps its last instances as gone, with their ports, and is listed with its end', () => {
    const run = emptied();
    assert.deepEqual(run.shown, { orders: 'a:gone', users: 'x' });
    assert.equal(run.service('orders').instances[0]?.ports[0]?.number, 8080);
    assert.deepEqual(run.guarded.graces, [{ key: serviceKey('eureka', 'orders'), untilMs: run.nowMs + 10 * MINUTE }]);
    assert.equal(run.guarded.wakeAtMs, run.nowMs + 10 * MINUTE);
  });

  test('after the grace the service goes', () => {
    const run = emptied();
    run.pass(10 * MINUTE - 1);
    assert.deepEqual(run.shown, { orders: 'a:gone', users: 'x' });
    run.pass(1);
    assert.deepEqual(run.shown, { users: 'x' });
    assert.deepEqual(run.guarded.graces, []);
    assert.equal(run.guarded.wakeAtMs, undefined);
  });

  test('a service that is still listed, but without an instance, is emptied all the same', () => {
    const run = new GuardRun();
    run.read({ orders: 'a', users: 'x' });
    run.read({ orders: '', users: 'x' });
    run.pass(5 * SECOND);
    assert.deepEqual(run.shown, { orders: 'a:gone', users: 'x' });
    run.pass(10 * MINUTE);
    assert.deepEqual(run.shown, { users: 'x' });
  });

  test('a service that never had an instance is not shown at all', () => {
    const run = new GuardRun();
    run.read({ orders: '', users: 'x' });
    assert.deepEqual(run.shown, { users: 'x' });
    run.read({ orders: '', users: 'x', carts: '' });
    assert.deepEqual(run.shown, { users: 'x' });
  });

  test('an instance that comes back ends the grace and is shown as the registry says', () => {
    const run = emptied();
    run.pass(MINUTE);
    run.read({ orders: 'a:starting', users: 'x' });
    assert.equal(run.service('orders'), run.listedService('orders'));
    assert.deepEqual(run.guarded.graces, []);
    run.pass(60 * MINUTE);
    assert.deepEqual(run.shown, { orders: 'a:starting', users: 'x' });
  });

  test('another instance ends the grace too, and the gone ones are gone', () => {
    const run = emptied();
    run.read({ orders: 'b', users: 'x' });
    assert.deepEqual(run.shown, { orders: 'b', users: 'x' });
  });

  test('a service that is emptied a second time gets a whole grace again', () => {
    const run = emptied();
    run.pass(9 * MINUTE);
    run.read({ orders: 'a', users: 'x' });
    run.read({ users: 'x' });
    run.pass(10 * MINUTE);
    assert.deepEqual(run.shown, { orders: 'a:gone', users: 'x' });
    run.pass(5 * SECOND);
    assert.deepEqual(run.shown, { users: 'x' });
  });

  test('only the instances that left last are kept as gone', () => {
    const run = emptied('a b');
    assert.deepEqual(run.shown, { orders: 'a:gone b:gone', users: 'x' });
    const other = new GuardRun();
    other.read({ orders: 'a b', users: 'x' });
    other.read({ orders: 'b', users: 'x' });
    other.pass(MINUTE);
    other.read({ users: 'x' });
    other.pass(MINUTE);
    assert.deepEqual(other.shown, { orders: 'b:gone', users: 'x' });
  });

  test('a service loses its last instance to the debounce only when the others are over too', () => {
    const run = new GuardRun();
    run.read({ orders: 'a b', users: 'x' });
    run.read({ orders: 'b', users: 'x' });
    run.pass(3 * SECOND);
    run.read({ users: 'x' });
    run.pass(2 * SECOND);
    assert.deepEqual(run.shown, { orders: 'b', users: 'x' });
    run.pass(3 * SECOND);
    assert.deepEqual(run.shown, { orders: 'b:gone', users: 'x' });
  });

  test('a failing registry ends no grace, the first good read does', () => {
    const run = emptied();
    run.fail();
    assert.equal(run.guarded.wakeAtMs, undefined);
    run.pass(60 * MINUTE);
    run.step();
    assert.deepEqual(run.shown, { orders: 'a:gone', users: 'x' });
    run.read({ users: 'x' });
    assert.deepEqual(run.shown, { users: 'x' });
  });

  test('a grace of nothing removes an emptied service in the same step', () => {
    const run = new GuardRun({ emptyGraceMs: 0 });
    run.read({ orders: 'a', users: 'x' });
    run.read({ users: 'x' });
    run.pass(5 * SECOND);
    assert.deepEqual(run.shown, { users: 'x' });
    assert.equal(run.guarded.wakeAtMs, undefined);
  });

  test('a changed grace time holds for services that are in grace already, from when they were emptied', () => {
    const run = emptied();
    run.pass(MINUTE);
    run.options = { ...run.options, emptyGraceMs: 2 * MINUTE };
    run.step();
    assert.equal(run.guarded.wakeAtMs, run.nowMs + MINUTE);
    assert.equal(run.guarded.graces[0]?.untilMs, run.nowMs + MINUTE);
    run.pass(MINUTE);
    assert.deepEqual(run.shown, { users: 'x' });
  });
});
