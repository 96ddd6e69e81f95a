import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isEverythingGone } from '../../../src/guard/hold.ts';
import { GuardRun, type Listing, listed, MINUTE, SECOND } from '../../fakes/guard-run.ts';

describe('hold: what is everything gone', () => {
  const rows: readonly {
    readonly what: string;
    readonly former: Listing;
    readonly read: Listing;
    readonly is: boolean;
  }[] = [
    { what: 'every service gone is one', former: { orders: 'a', users: 'x' }, read: {}, is: true },
    { what: 'the only instance of the only service gone is one', former: { orders: 'a' }, read: {}, is: true },
    { what: 'all services listed without an instance is one', former: { orders: 'a' }, read: { orders: '' }, is: true },
    { what: 'one service of two gone is none', former: { orders: 'a', users: 'x' }, read: { users: 'x' }, is: false },
    { what: 'every service replaced by another is none', former: { orders: 'a' }, read: { users: 'x' }, is: false },
    { what: 'every instance replaced by another is none', former: { orders: 'a' }, read: { orders: 'b' }, is: false },
    { what: 'all instances down is none', former: { orders: 'a' }, read: { orders: 'a:down' }, is: false },
    { what: 'nothing after nothing is none', former: {}, read: {}, is: false },
    { what: 'nothing after services without instances is none', former: { orders: '' }, read: {}, is: false },
  ];
  for (const { what, former, read, is } of rows) {
    test(what, () => assert.equal(isEverythingGone(listed('eureka', former), listed('eureka', read)), is));
  }
});

describe('hold: a registry that restarted empty', () => {
  test('everything stays exactly as it was, object by object, and the hold is shown', () => {
    const run = new GuardRun();
    const before = run.read({ orders: 'a b:down', users: 'x' }).services;
    const startedMs = run.nowMs;
    run.read({});
    run.pass(4 * MINUTE);
    run.read({});
    assert.equal(run.guarded.services, before);
    assert.deepEqual(run.guarded.holds, [
      {
        id: 'eureka-everything-gone-20260101T000000000Z',
        registry: 'eureka',
        reason: 'everything-gone',
        sinceMs: startedMs,
        confirmableAtMs: startedMs + 5 * MINUTE,
        services: 2,
        instances: 3,
      },
    ]);
    assert.equal(run.guarded.pendingRemovals, 0);
    assert.equal(run.guarded.wakeAtMs, startedMs + 5 * MINUTE, 'to ask for a fresh read');
  });

  test('instances that return over 30 s leave the hold one by one, and with the last one the hold is over', () => {
    const run = new GuardRun();
    run.read({ orders: 'a b', users: 'x' });
    run.read({});
    run.pass(10 * SECOND);
    run.read({ orders: 'a' });
    assert.deepEqual(run.shown, { orders: 'a b', users: 'x' });
    assert.deepEqual(
      run.guarded.holds.map(({ services, instances }) => [services, instances]),
      [[2, 2]],
    );
    run.pass(10 * SECOND);
    run.read({ orders: 'a b' });
    run.pass(10 * SECOND);
    run.read({ orders: 'a b', users: 'x' });
    assert.deepEqual(run.shown, { orders: 'a b', users: 'x' });
    assert.deepEqual(run.guarded.holds, []);
  });

  test('what returns shows its new content, and what is new is shown, while the rest is held', () => {
    const run = new GuardRun();
    run.read({ orders: 'a b', users: 'x' });
    run.read({});
    run.read({ orders: 'a:starting c', carts: 'k' });
    assert.deepEqual(run.shown, { orders: 'a:starting b c', users: 'x', carts: 'k' });
    run.read({ orders: 'a c', carts: 'k:down' });
    assert.deepEqual(run.shown, { orders: 'a b c', users: 'x', carts: 'k:down' });
  });

  test('what never returns is removed by a read after the hold time, without a further debounce, through the grace', () => {
    const run = new GuardRun();
    run.read({ orders: 'a b', users: 'x' });
    run.read({});
    run.read({ orders: 'a' });
    run.pass(5 * MINUTE);
    run.read({ orders: 'a' });
    assert.deepEqual(run.shown, { orders: 'a', users: 'x:gone' });
    assert.deepEqual(run.guarded.holds, []);
  });

  test('an instance that comes back under another id at the same address and port leaves the hold', () => {
    const run = new GuardRun();
    run.read({ orders: 'a@10.0.0.1' });
    run.read({});
    run.read({ orders: 'b:out-of-service@10.0.0.1' });
    assert.deepEqual(run.shown, { orders: 'b:out-of-service@10.0.0.1' });
    assert.deepEqual(run.guarded.holds, []);
  });
});

describe('hold: how it ends', () => {
  test('time alone confirms nothing: without a fresh read a hold lasts for ever', () => {
    const run = new GuardRun();
    run.read({ orders: 'a' });
    run.read({});
    run.pass(5 * MINUTE - 1);
    run.read({});
    run.pass(60 * MINUTE);
    run.step();
    assert.deepEqual(run.shown, { orders: 'a' });
    assert.equal(run.guarded.holds.length, 1);
  });

  test('a read at the very end of the hold time confirms it', () => {
    const run = new GuardRun();
    run.read({ orders: 'a' });
    run.read({});
    run.pass(5 * MINUTE);
    run.read({});
    assert.deepEqual(run.shown, { orders: 'a:gone' });
    run.pass(10 * MINUTE);
    assert.deepEqual(run.shown, {});
  });

  test('a failing registry confirms nothing, however long it fails', () => {
    const run = new GuardRun();
    run.read({ orders: 'a' });
    run.read({});
    for (let minute = 0; minute < 30; minute++) {
      run.pass(MINUTE);
      run.fail();
    }
    assert.deepEqual(run.shown, { orders: 'a' });
  });

  test('each registry has its own hold time and its own hold', () => {
    const holdForMs = (registry: string) => (registry === 'eureka' ? MINUTE : 5 * MINUTE);
    const run = new GuardRun({ holdForMs, emptyGraceMs: 0 }, ['eureka', 'other']);
    run.read({ orders: 'a' });
    run.read({ users: 'x' }, 'other');
    run.read({});
    run.read({}, 'other');
    run.pass(MINUTE);
    run.read({});
    run.read({}, 'other');
    assert.deepEqual(run.shown, { 'other/users': 'x' });
    assert.deepEqual(
      run.guarded.holds.map(({ registry }) => registry),
      ['other'],
    );
  });

  test('one registry that empties is held although the other one still lists its services', () => {
    const run = new GuardRun({}, ['eureka', 'other']);
    run.read({ orders: 'a' });
    run.read({ users: 'x' }, 'other');
    run.read({});
    run.pass(MINUTE);
    assert.deepEqual(run.shown, { orders: 'a', 'other/users': 'x' });
  });
});

describe('hold: a flapping registry', () => {
  test('cannot prolong the hold of what never returns', () => {
    const run = new GuardRun();
    run.read({ orders: 'a b' });
    for (let minute = 0; minute < 5; minute++) {
      run.read({});
      run.pass(30 * SECOND);
      run.read({ orders: 'a' });
      run.pass(30 * SECOND);
    }
    assert.deepEqual(run.shown, { orders: 'a b' });
    run.read({ orders: 'a' });
    assert.deepEqual(run.shown, { orders: 'a' });
  });

  test('cannot end the hold of what it lost a second time: that is held from then on', () => {
    const run = new GuardRun();
    run.read({ orders: 'a', users: 'x' });
    const firstMs = run.nowMs;
    run.read({});
    run.pass(30 * SECOND);
    run.read({ orders: 'a' });
    run.pass(4 * MINUTE);
    const secondMs = run.nowMs;
    run.read({});
    assert.deepEqual(
      run.guarded.holds.map(({ sinceMs, instances }) => [sinceMs, instances]),
      [
        [firstMs, 1],
        [secondMs, 1],
      ],
    );
    run.pass(MINUTE);
    run.read({});
    assert.deepEqual(run.shown, { orders: 'a', users: 'x:gone' });
    run.pass(4 * MINUTE);
    run.read({});
    assert.deepEqual(run.shown, { orders: 'a:gone', users: 'x:gone' });
  });

  test('is shown as one hold for each time that it emptied, the oldest first', () => {
    const run = new GuardRun();
    run.read({ orders: 'a b', users: 'x' });
    const firstMs = run.nowMs;
    run.read({});
    run.read({ orders: 'a' });
    run.pass(MINUTE);
    run.read({});
    const secondMs = run.nowMs;
    run.read({ orders: 'b' });
    assert.deepEqual(
      run.guarded.holds.map(({ sinceMs, confirmableAtMs }) => [sinceMs, confirmableAtMs]),
      [firstMs, secondMs].map((sinceMs) => [sinceMs, sinceMs + 5 * MINUTE]),
    );
  });

  test('of a registry that empties and recovers for an hour nothing is ever lost', () => {
    const run = new GuardRun();
    run.read({ orders: 'a b', users: 'x' });
    for (let minute = 0; minute < 60; minute++) {
      run.read({});
      run.pass(30 * SECOND);
      run.read({ orders: 'a b', users: 'x' });
      assert.deepEqual(run.shown, { orders: 'a b', users: 'x' });
      assert.deepEqual(run.guarded.holds, []);
      run.pass(30 * SECOND);
    }
  });
});

describe('hold: beside what the guard was doing already', () => {
  test('removals that still wait for their debounce join the hold', () => {
    const run = new GuardRun();
    run.read({ orders: 'a b' });
    run.read({ orders: 'a' });
    run.pass(4 * SECOND);
    run.read({});
    run.pass(MINUTE);
    run.read({});
    assert.deepEqual(run.shown, { orders: 'a b' });
    assert.deepEqual(
      run.guarded.holds.map(({ instances }) => instances),
      [2],
    );
    assert.equal(run.guarded.pendingRemovals, 0);
  });

  test('removals that join a hold leave the beginning of an earlier one as it was', () => {
    const run = new GuardRun();
    run.read({ orders: 'a b c' });
    run.read({});
    run.pass(MINUTE);
    run.read({ orders: 'a b' });
    run.read({ orders: 'a' });
    run.read({});
    run.pass(4 * MINUTE);
    run.read({});
    assert.deepEqual(run.shown, { orders: 'a b' });
    run.pass(MINUTE);
    run.read({});
    assert.deepEqual(run.shown, { orders: 'a:gone b:gone' });
  });

  test('a hold time of nothing turns holds off, not the debounce', () => {
    const run = new GuardRun({ holdForMs: () => 0 });
    run.read({ orders: 'a b' });
    run.read({ orders: 'a' });
    run.pass(4 * SECOND);
    run.read({});
    assert.deepEqual(run.shown, { orders: 'a b' });
    run.pass(5 * SECOND);
    run.read({});
    assert.deepEqual(run.shown, { orders: 'a:gone b:gone' });
  });

  test('an ordinary removal waits for its debounce, however short the hold time is', () => {
    const run = new GuardRun({ holdForMs: () => SECOND });
    run.read({ orders: 'a b' });
    run.read({ orders: 'a' });
    run.pass(2 * SECOND);
    run.read({ orders: 'a' });
    assert.deepEqual(run.shown, { orders: 'a b' });
  });

  test('a debounce that is over in the very read that shows nothing joins the hold too', () => {
    const run = new GuardRun();
    run.read({ orders: 'a b' });
    run.read({ orders: 'a' });
    run.fail();
    run.pass(MINUTE);
    run.read({});
    assert.deepEqual(run.shown, { orders: 'a b' });
  });

  test('an instance that leaves on its own during a hold is debounced as ever', () => {
    const run = new GuardRun();
    run.read({ orders: 'a b', users: 'x' });
    run.read({});
    run.read({ orders: 'a b' });
    run.read({ orders: 'a' });
    run.pass(5 * SECOND);
    assert.deepEqual(run.shown, { orders: 'a', users: 'x' });
  });

  test('the grace of a service does not end while its registry holds something, and ends with the hold', () => {
    const run = new GuardRun({ emptyGraceMs: MINUTE });
    run.read({ orders: 'a', users: 'x' });
    run.read({ orders: 'a' });
    run.pass(5 * SECOND);
    run.read({});
    run.pass(2 * MINUTE);
    run.read({});
    assert.deepEqual(run.shown, { orders: 'a', users: 'x:gone' });
    run.pass(3 * MINUTE);
    run.read({});
    assert.deepEqual(run.shown, { orders: 'a:gone' });
  });

  test('a change of scope that leaves something neither starts a hold nor ends one', () => {
    const run = new GuardRun();
    run.read({ orders: 'a', users: 'x', bills: 'y' });
    run.read({});
    run.read({ users: 'x', bills: 'y' });
    run.rescope({ bills: 'y' });
    assert.deepEqual(run.shown, { bills: 'y', orders: 'a' });
    assert.deepEqual(
      run.guarded.holds.map(({ instances }) => instances),
      [1],
    );
  });
});
