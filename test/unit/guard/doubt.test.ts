import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { releaseHold } from '../../../src/guard/release.ts';
import { serviceKey } from '../../../src/model/service.ts';
import { GuardRun, MINUTE, SECOND } from '../../fakes/guard-run.ts';

const orders = serviceKey('eureka', 'orders');

describe('a first read that lists nothing', () => {
  test('is no answer: the bridge is not complete, and a hold says why', () => {
    const run = new GuardRun();
    run.read({});
    assert.equal(run.guarded.complete, false);
    const [hold] = run.guarded.holds;
    assert.equal(hold?.reason, 'empty-first-read');
    assert.equal(hold?.confirmableAtMs, run.nowMs + 5 * MINUTE);
  });

  test('is believed by a good read after the hold time, and by nothing before it', () => {
    const run = new GuardRun();
    run.read({});
    run.pass(5 * MINUTE - SECOND);
    run.read({});
    assert.equal(run.guarded.complete, false);
    run.pass(SECOND);
    run.fail();
    assert.equal(run.guarded.complete, false, 'time alone confirms nothing');
    run.read({});
    assert.equal(run.guarded.complete, true);
    assert.deepEqual(run.guarded.holds, []);
  });

  test('keeps what appears meanwhile from being taken for all there is', () => {
    const run = new GuardRun();
    run.read({});
    run.pass(30 * SECOND);
    run.read({ orders: 'a' });
    assert.ok(run.guarded.services.has(orders), 'it is shown');
    assert.equal(run.guarded.complete, false, 'but others may still be coming back');
    run.pass(5 * MINUTE);
    run.read({ orders: 'a b' });
    assert.equal(run.guarded.complete, true);
  });

  test('takes in a good read that an error overtook: who ends the doubt by hand then publishes what is listed', () => {
    const run = new GuardRun();
    run.read({});
    run.pass(30 * SECOND);
    run.readAndFail({ orders: 'a b' });
    assert.deepEqual([run.shown, run.guarded.complete], [{ orders: 'a b' }, false]);
    run.memory = releaseHold(run.memory, run.guarded.holds[0]?.id ?? '', run.nowMs);
    run.step();
    assert.deepEqual([run.shown, run.guarded.complete], [{ orders: 'a b' }, true]);
  });

  test('is not believed by an error, however long it lasts, and neither does anything end that waits', () => {
    const run = new GuardRun();
    run.read({});
    run.pass(SECOND);
    run.read({ orders: 'a b' });
    run.readAndFail({ orders: 'a' });
    const { memory } = run;
    run.pass(60 * MINUTE);
    run.fail();
    assert.deepEqual([run.shown, run.guarded.complete], [{ orders: 'a b' }, false]);
    assert.equal(run.memory, memory);
  });

  test('does not begin again when the registry empties later: that is a hold of what it listed', () => {
    const run = new GuardRun();
    run.read({ orders: 'a' });
    run.read({});
    assert.equal(run.guarded.complete, true);
    assert.deepEqual(
      run.guarded.holds.map(({ reason }) => reason),
      ['everything-gone'],
    );
  });

  test('of one registry keeps the whole bridge incomplete', () => {
    const run = new GuardRun({}, ['eureka', 'file']);
    run.read({ orders: 'a' }, 'eureka');
    run.read({}, 'file');
    assert.equal(run.guarded.complete, false);
    run.pass(5 * MINUTE);
    run.read({}, 'file');
    assert.equal(run.guarded.complete, true);
  });

  test('costs nothing where holds are turned off but the debounce', () => {
    const run = new GuardRun({ holdForMs: () => 0 });
    run.read({});
    assert.equal(run.guarded.complete, false);
    run.pass(5 * SECOND);
    run.read({});
    assert.equal(run.guarded.complete, true);
  });
});

describe('a scope that matches nothing any more', () => {
  test('is held like a registry that lost everything, and mending it brings everything back without a change', () => {
    const run = new GuardRun();
    run.read({ orders: 'a', users: 'b' });
    const before = run.guarded.services;
    run.rescope({});
    run.pass(MINUTE);
    assert.equal(run.guarded.services, before, 'not one entry changed');
    assert.equal(run.guarded.holds[0]?.reason, 'everything-gone');
    run.rescope({ orders: 'a', users: 'b' });
    assert.deepEqual([...run.guarded.services.keys()], [...before.keys()]);
    assert.deepEqual(run.guarded.holds, []);
  });

  test('is believed after the hold time', () => {
    const run = new GuardRun({ emptyGraceMs: 0 });
    run.read({ orders: 'a' });
    run.rescope({});
    run.pass(5 * MINUTE);
    run.read({});
    run.pass(SECOND);
    run.read({});
    assert.equal(run.guarded.services.size, 0);
  });
});
