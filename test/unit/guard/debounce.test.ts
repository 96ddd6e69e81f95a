import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { GuardRun, type Listing, MINUTE, SECOND } from '../../fakes/guard-run.ts';

describe('debounce: changes that remove nothing pass at once', () => {
  const rows: readonly { readonly promise: string; readonly former: Listing; readonly read: Listing }[] = [
    { promise: 'a new service is shown at once', former: { orders: 'a' }, read: { orders: 'a', users: 'x' } },
    { promise: 'a new instance is shown at once', former: { orders: 'a' }, read: { orders: 'a b' } },
    {
      promise: 'an explicit status is shown at once',
      former: { orders: 'a b' },
      read: { orders: 'a b:out-of-service' },
    },
    {
      promise: 'the status of the only instance is shown at once',
      former: { orders: 'a' },
      read: { orders: 'a:down' },
    },
    { promise: 'a new address is shown at once', former: { orders: 'a' }, read: { orders: 'a@10.0.0.9' } },
    {
      promise: 'an instance with a new id at the same address and port takes the place of the old one at once',
      former: { orders: 'a@10.0.0.1 b' },
      read: { orders: 'b c:starting@10.0.0.1' },
    },
  ];
  for (const { promise, former, read } of rows) {
    test(promise, () => {
      const run = new GuardRun();
      run.read(former);
      const guarded = run.read(read);
      assert.deepEqual(run.shown, read);
      assert.equal(guarded.pendingRemovals, 0);
      assert.equal(guarded.wakeAtMs, undefined);
    });
  }
});

describe('debounce: removals wait', () => {
  test('a removed instance stays as it was until the debounce is over, and then goes', () => {
    const run = new GuardRun();
    run.read({ orders: 'a b:down' });
    run.read({ orders: 'a' });
    assert.deepEqual(run.shown, { orders: 'a b:down' });
    assert.equal(run.guarded.pendingRemovals, 1);
    assert.equal(run.guarded.wakeAtMs, run.nowMs + 5 * SECOND);
    const missing = [...run.guarded.missing.values()].flatMap((ofRegistry) => [...ofRegistry.values()].flat());
    assert.deepEqual(
      missing.map(({ kind, instance, sinceMs }) => [kind, instance.id, sinceMs]),
      [['debounced', 'b', run.nowMs]],
      'it is told what is kept, and since when',
    );
    run.pass(5 * SECOND - 1);
    assert.deepEqual(run.shown, { orders: 'a b:down' });
    run.pass(1);
    assert.deepEqual(run.shown, { orders: 'a' });
    assert.equal(run.guarded.pendingRemovals, 0);
    assert.equal(run.guarded.wakeAtMs, undefined);
  });

  test('an instance that is deleted and created again within the debounce never leaves', () => {
    const run = new GuardRun();
    const before = run.read({ orders: 'a b' }).services;
    assert.equal(run.read({ orders: 'a' }).services, before);
    run.pass(4 * SECOND);
    run.read({ orders: 'a b' });
    run.pass(MINUTE);
    assert.deepEqual(run.shown, { orders: 'a b' });
    assert.equal(run.guarded.pendingRemovals, 0);
  });

  test('an instance that comes back with other content shows it at once', () => {
    const run = new GuardRun();
    run.read({ orders: 'a b' });
    run.read({ orders: 'a' });
    run.read({ orders: 'a b:starting@10.0.0.9' });
    assert.deepEqual(run.shown, { orders: 'a b:starting@10.0.0.9' });
  });

  test('changes beside a removed instance pass at once, in order of id', () => {
    const run = new GuardRun();
    run.read({ orders: 'a b c' });
    run.read({ orders: 'a c' });
    run.read({ orders: 'a:down aa c d' });
    assert.deepEqual(run.shown, { orders: 'a:down aa b c d' });
  });

  test('each removal has a debounce of its own: a second one does not prolong the first', () => {
    const run = new GuardRun();
    run.read({ orders: 'a b c' });
    run.read({ orders: 'a b' });
    run.pass(3 * SECOND);
    run.read({ orders: 'a' });
    run.pass(2 * SECOND);
    assert.deepEqual(run.shown, { orders: 'a b' });
    run.pass(3 * SECOND);
    assert.deepEqual(run.shown, { orders: 'a' });
  });

  test('an instance that leaves a second time waits for a whole debounce again', () => {
    const run = new GuardRun();
    run.read({ orders: 'a b' });
    run.read({ orders: 'a' });
    run.pass(4 * SECOND);
    run.read({ orders: 'a b' });
    run.read({ orders: 'a' });
    run.pass(4 * SECOND);
    assert.deepEqual(run.shown, { orders: 'a b' });
    run.pass(SECOND);
    assert.deepEqual(run.shown, { orders: 'a' });
  });

  test('a debounce of nothing removes in the same step', () => {
    const run = new GuardRun({ removalDebounceMs: 0 });
    run.read({ orders: 'a b' });
    run.read({ orders: 'b' });
    assert.deepEqual(run.shown, { orders: 'b' });
    assert.equal(run.guarded.wakeAtMs, undefined);
  });

  test('of many instances that leave together, and are not too many, each one is debounced', () => {
    const run = new GuardRun({ removalSharePercent: 100 });
    const many = Array.from({ length: 500 }, (_, n) => `i${String(n).padStart(3, '0')}`);
    run.read({ orders: many.join(' ') });
    run.read({ orders: 'i000' });
    assert.equal(run.service('orders').instances.length, 500);
    assert.equal(run.guarded.pendingRemovals, 499);
    run.pass(5 * SECOND);
    assert.deepEqual(run.shown, { orders: 'i000' });
  });
});

describe('debounce: an error removes nothing', () => {
  test('a debounce that ends while the registry fails removes nothing, and asks for no wake', () => {
    const run = new GuardRun();
    run.read({ orders: 'a b' });
    run.read({ orders: 'a' });
    run.fail();
    assert.equal(run.guarded.wakeAtMs, undefined);
    run.pass(60 * MINUTE);
    run.step();
    assert.deepEqual(run.shown, { orders: 'a b' });
  });

  test('the first good read afterwards confirms the removal in that same step', () => {
    const run = new GuardRun();
    run.read({ orders: 'a b' });
    run.read({ orders: 'a' });
    run.fail();
    run.pass(MINUTE);
    run.read({ orders: 'a' });
    assert.deepEqual(run.shown, { orders: 'a' });
  });

  test('the first good read afterwards that lists the instance again keeps it', () => {
    const run = new GuardRun();
    run.read({ orders: 'a b' });
    run.read({ orders: 'a' });
    run.fail();
    run.pass(MINUTE);
    run.read({ orders: 'a b' });
    run.pass(MINUTE);
    assert.deepEqual(run.shown, { orders: 'a b' });
  });
});
