import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { GuardRun, MINUTE, SECOND } from '../../fakes/guard-run.ts';

describe('fresh read: what a hold asks for', () => {
  test('when it begins, until there was a read, and again when its time is over', () => {
    const run = new GuardRun();
    assert.deepEqual(run.read({ orders: 'a', users: 'x' }).toReadAnew, []);
    assert.deepEqual(run.read({}).toReadAnew, ['eureka']);
    run.pass(SECOND);
    assert.deepEqual(run.read({}).toReadAnew, []);
    run.pass(5 * MINUTE - SECOND - 1);
    assert.deepEqual(run.guarded.toReadAnew, []);
    run.pass(1);
    assert.deepEqual(run.guarded.toReadAnew, ['eureka']);
    assert.deepEqual(run.shown, { orders: 'a', users: 'x' }, 'the time alone ends nothing');
    assert.deepEqual(run.read({}).toReadAnew, []);
    assert.deepEqual(run.guarded.holds, []);
  });

  test('a first read that lists nothing asks for it too', () => {
    assert.deepEqual(new GuardRun().read({}).toReadAnew, ['eureka']);
  });

  test('of a registry that fails nothing is asked: it is tried again anyway', () => {
    const run = new GuardRun();
    run.read({ orders: 'a' });
    run.read({});
    assert.deepEqual(run.fail().toReadAnew, []);
    assert.equal(run.guarded.wakeAtMs, undefined);
  });

  test('a hold that never ends wakes nobody', () => {
    const run = new GuardRun({ holdForMs: () => Number.POSITIVE_INFINITY });
    run.read({ orders: 'a' });
    run.read({});
    assert.equal(run.guarded.wakeAtMs, undefined);
  });

  test('without a hold there is nothing to ask', () => {
    const run = new GuardRun();
    run.read({ orders: 'a b' });
    assert.deepEqual(run.read({ orders: 'a' }).toReadAnew, []);
  });
});
