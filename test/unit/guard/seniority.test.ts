import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { NAMES_REMEMBERED, seniorityAfter } from '../../../src/guard/seniority.ts';
import { type ServiceKey, serviceKey } from '../../../src/model/service.ts';
import { GuardRun, listed, MINUTE, SECOND } from '../../fakes/guard-run.ts';

const orders = serviceKey('eureka', 'orders');
const users = serviceKey('eureka', 'users');

describe('seniority', () => {
  test('all names of the first good read are equally old, later ones have the time of their first sight', () => {
    const run = new GuardRun();
    run.read({ orders: 'a' });
    run.pass(MINUTE);
    run.read({ orders: 'a', users: 'x' });
    assert.deepEqual(
      [...run.guarded.seniority],
      [
        [orders, { sinceMs: 0, presentSinceMs: 0, present: true }],
        [users, { sinceMs: run.nowMs, presentSinceMs: run.nowMs, present: true }],
      ],
    );
  });

  test('the first good read of a second registry counts as first, however late it comes', () => {
    const run = new GuardRun({}, ['eureka', 'other']);
    run.read({ orders: 'a' });
    run.pass(60 * MINUTE);
    run.read({ users: 'x' }, 'other');
    assert.deepEqual(run.guarded.seniority.get(serviceKey('other', 'users')), {
      sinceMs: 0,
      presentSinceMs: 0,
      present: true,
    });
  });

  test('a name is present until its grace is over, then departed; when it comes back it is as old as it was, but present since then', () => {
    const run = new GuardRun();
    run.read({ orders: 'a' });
    run.pass(MINUTE);
    const seenMs = run.nowMs;
    run.read({ orders: 'a', users: 'x' });
    run.read({ orders: 'a' });
    run.pass(5 * SECOND);
    const present = { sinceMs: seenMs, presentSinceMs: seenMs, present: true };
    assert.deepEqual(run.guarded.seniority.get(users), present);
    run.pass(10 * MINUTE);
    assert.deepEqual(run.guarded.seniority.get(users), { ...present, present: false });
    run.read({ orders: 'a', users: 'y' });
    assert.deepEqual(run.guarded.seniority.get(users), { ...present, presentSinceMs: run.nowMs });
  });

  test('the map keeps its identity while no name arrives or departs', () => {
    const run = new GuardRun();
    const { seniority } = run.read({ orders: 'a b', users: 'x' });
    assert.equal(run.read({ orders: 'a c', users: 'x:down' }).seniority, seniority);
    assert.equal(run.pass(MINUTE).seniority, seniority);
    assert.notEqual(run.read({ orders: 'a c', users: 'x', carts: 'k' }).seniority, seniority);
  });

  test('beyond the bound the names that departed first are forgotten, present ones never', () => {
    const before = listed('eureka', { one: 'a', two: 'a', three: 'a', four: 'a' });
    let seniority: ReturnType<typeof seniorityAfter> = new Map();
    const names = () =>
      [...seniority].map(([key, { present }]) => `${key.slice('eureka/'.length)}${present ? '' : '-'}`);
    const show = (from: typeof before, to: typeof before) => {
      seniority = seniorityAfter(seniority, from, to, new Set(), 1, 3);
    };
    show(new Map(), before);
    assert.deepEqual(names(), ['one', 'two', 'three', 'four']);
    const withoutFour = listed('eureka', { one: 'a', two: 'a', three: 'a' });
    show(before, withoutFour);
    assert.deepEqual(names(), ['one', 'two', 'three']);
    const onlyThree = listed('eureka', { three: 'a' });
    show(withoutFour, listed('eureka', { one: 'a', three: 'a' }));
    show(listed('eureka', { one: 'a', three: 'a' }), onlyThree);
    assert.deepEqual(names(), ['three', 'two-', 'one-']);
    show(onlyThree, listed('eureka', { three: 'a', five: 'a' }));
    assert.deepEqual(names(), ['three', 'one-', 'five']);
  });

  test('in a step the bound is 100,000 names', () => {
    const keys = (prefix: string, count: number) =>
      Array.from({ length: count }, (_, n): ServiceKey => serviceKey('eureka', `${prefix}${n}`));
    const departed = new Map(
      keys('old', NAMES_REMEMBERED).map((key) => [key, { sinceMs: 1, presentSinceMs: 1, present: false }]),
    );
    const after = seniorityAfter(departed, new Map(), listed('eureka', { orders: 'a' }), new Set(), 2);
    assert.equal(NAMES_REMEMBERED, 100_000);
    assert.equal(after.size, NAMES_REMEMBERED);
    assert.equal(after.has(serviceKey('eureka', 'old0')), false);
    assert.equal(after.has(serviceKey('eureka', 'old1')), true);
    assert.equal(after.has(orders), true);
  });
});
