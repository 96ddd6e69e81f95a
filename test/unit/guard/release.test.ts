import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { releaseHold } from '../../../src/guard/release.ts';
import { GuardRun, MINUTE, SECOND } from '../../fakes/guard-run.ts';

const MANY = { a: 'x y', b: 'x y', c: 'x y', d: 'x y' };

function release(run: GuardRun): void {
  const [hold] = run.guarded.holds;
  assert.ok(hold !== undefined);
  run.memory = releaseHold(run.memory, hold.id, run.nowMs);
  run.step();
}

describe('release: a hold that a person ends', () => {
  test('is over at once; what it held goes after its debounce, as one that left on its own', () => {
    const run = new GuardRun();
    run.read(MANY);
    run.read({ a: 'x y' });
    run.pass(MINUTE);
    release(run);
    assert.deepEqual(run.guarded.holds, []);
    assert.equal(run.guarded.pendingRemovals, 6);
    assert.deepEqual(run.shown, MANY);
    run.pass(5 * SECOND);
    assert.deepEqual(run.shown, { a: 'x y', b: 'x:gone y:gone', c: 'x:gone y:gone', d: 'x:gone y:gone' });
  });

  test('nothing holds again what was released, also not a further read', () => {
    const run = new GuardRun({ emptyGraceMs: 0 });
    run.read(MANY);
    run.read({ a: 'x y' });
    release(run);
    run.pass(SECOND);
    run.read({ a: 'x y:down' });
    run.read({ a: 'x y:down', e: 'x' });
    assert.deepEqual(run.guarded.holds, []);
    run.pass(4 * SECOND);
    assert.deepEqual(run.shown, { a: 'x y:down', e: 'x' });
  });

  test('of a registry that lists nothing removes everything', () => {
    const run = new GuardRun({ emptyGraceMs: 0 });
    run.read(MANY);
    run.read({});
    release(run);
    run.pass(5 * SECOND);
    assert.deepEqual(run.shown, {});
  });

  test('of a registry that cannot be read waits until it can: an error removes nothing', () => {
    const run = new GuardRun({ emptyGraceMs: 0 });
    run.read(MANY);
    run.read({ a: 'x y' });
    run.fail();
    release(run);
    run.pass(60 * MINUTE);
    assert.deepEqual(run.shown, MANY);
    run.read({ a: 'x y', b: 'x y' });
    assert.deepEqual(run.shown, { a: 'x y', b: 'x y' });
  });

  test('leaves the other holds alone, of the same registry and of another one', () => {
    const run = new GuardRun({}, ['eureka', 'other']);
    run.read(MANY);
    run.read({ orders: 'a' }, 'other');
    run.read({ a: 'x y', b: 'x y' });
    run.read({}, 'other');
    run.pass(MINUTE);
    run.read({ a: 'x y', b: 'x' });
    assert.equal(run.guarded.holds.length, 3);
    release(run);
    assert.deepEqual(
      run.guarded.holds.map(({ registry, instances }) => [registry, instances]),
      [
        ['eureka', 1],
        ['other', 1],
      ],
    );
  });

  test('of a first read that listed nothing makes the bridge complete', () => {
    const run = new GuardRun();
    run.read({});
    assert.equal(run.guarded.complete, false);
    release(run);
    assert.equal(run.guarded.complete, true);
    assert.deepEqual(run.guarded.holds, []);
  });

  test('that nobody has the name of changes nothing', () => {
    const run = new GuardRun();
    run.read(MANY);
    run.read({ a: 'x y' });
    assert.equal(releaseHold(run.memory, 'eureka-many-gone-20200101T000000000Z', run.nowMs), run.memory);
  });

  test('names are letters, digits and dashes, and stay the same while the hold lasts', () => {
    const run = new GuardRun();
    run.read(MANY);
    run.read({ a: 'x y' });
    const [before] = run.guarded.holds;
    run.pass(MINUTE);
    run.read({ a: 'x y', b: 'x' });
    const [after] = run.guarded.holds;
    assert.equal(after?.id, before?.id);
    assert.equal(after?.id, 'eureka-many-gone-20260101T000000000Z');
  });
});
