// Another plan for a tree that is read already, and a plan that is broken.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { TreePlan } from '../../../../../src/registry/zookeeper/tree-plan.ts';
import { type Role, servicePlan, TreeRun } from '../../../../fakes/tree-run.ts';

describe('another plan', () => {
  test('reads what is new and nothing else, and is told everything when that was read', async (t) => {
    const run = new TreeRun(
      t,
      servicePlan(['/r'], (name) => name === 'a'),
    );
    run.zk.create('/r/a/1', 'one');
    run.zk.create('/r/a/2', 'two');
    run.zk.create('/r/b/1', 'one');
    await run.connect();
    const before = run.zk.reads('data', '/meta/a');
    run.zk.hold('/r/b/1');
    run.replan(servicePlan());
    run.zk.set('/r/a/1', 'uno');
    run.zk.delete('/r/a/2');
    await run.pass(60_000);
    assert.deepEqual(run.kinds, ['full']);
    run.zk.release('/r/b/1');
    await run.read();
    assert.equal(run.last.kind, 'change');
    assert.deepEqual(run.shown, [
      '/meta/a is missing',
      '/meta/b is missing',
      '/meta/shared is missing',
      '/r/a/1 = uno',
      '/r/a: 1',
      '/r/b/1 = one',
      '/r/b: 1',
      '/r: a b',
    ]);
    assert.equal(run.zk.reads('data', '/meta/a'), before);
    assert.equal(run.zk.reads('data', '/r/a/1'), 2);
  });

  test('that wants less is told without a read, and not from inside the call', async (t) => {
    const run = new TreeRun(t);
    run.zk.create('/r/a/1', 'one');
    run.zk.create('/r/b/1', 'one');
    await run.connect();
    const before = run.zk.allReads;
    run.replan(servicePlan(['/r'], (name) => name === 'a'));
    assert.deepEqual(run.kinds, ['full']);
    await run.pass(0);
    assert.deepEqual(run.kinds, ['full', 'change']);
    assert.deepEqual(run.shown, [
      '/meta/a is missing',
      '/meta/shared is missing',
      '/r/a/1 = one',
      '/r/a: 1',
      '/r: a b',
    ]);
    assert.equal(run.zk.allReads, before);
    run.zk.set('/r/b/1', 'uno');
    await run.gather();
    assert.equal(run.zk.allReads, before);
  });

  test('is told of with the next full read when there is no connection', async (t) => {
    const run = new TreeRun(t);
    run.zk.create('/r/a/1', 'one');
    run.zk.create('/r/b/1', 'one');
    await run.connect();
    run.zk.disconnect();
    const before = run.zk.allReads;
    run.replan(servicePlan(['/r', '/s'], (name) => name === 'a'));
    await run.pass(60_000);
    assert.deepEqual(run.kinds, ['full', 'failed']);
    assert.equal(run.zk.allReads, before);
    run.zk.reconnect();
    await run.read();
    assert.equal(run.last.kind, 'full');
    assert.ok(!run.shown.includes('/r/b/1 = one'));
    assert.ok(run.shown.includes('/r/a/1 = one'));
  });

  test('that does not want what is still to be read ends the first reading', async (t) => {
    const run = new TreeRun(t);
    run.zk.create('/r/a/1', 'one');
    run.zk.create('/r/b/1', 'one');
    run.zk.hold('/r/b/1');
    await run.connect();
    run.replan(servicePlan(['/r'], (name) => name === 'a'));
    await run.pass(0);
    assert.deepEqual(run.kinds, ['full']);
  });

  test('with other roots is read from there', async (t) => {
    const run = new TreeRun(t);
    run.zk.create('/s/a/1', 'one');
    await run.connect();
    assert.equal(run.failure, 'ZOOKEEPER_NO_ROOT');
    run.replan(servicePlan(['/s']));
    await run.pass(0);
    assert.equal(run.last.kind, 'full');
    assert.ok(run.shown.includes('/s/a/1 = one'));
  });

  test('without the root that is gone is good, although nothing of it is new', async (t) => {
    const run = new TreeRun(t, servicePlan(['/r', '/s']));
    run.zk.create('/r/a');
    run.zk.create('/s/a/1', 'one');
    await run.connect();
    run.zk.hold('/r');
    run.zk.delete('/r');
    run.zk.releaseAll();
    await run.gather();
    assert.equal(run.failure, 'ZOOKEEPER_NO_ROOT');
    run.replan(servicePlan(['/s']));
    await run.pass(0);
    assert.equal(run.last.kind, 'full');
    assert.ok(run.shown.includes('/s/a/1 = one'));
  });

  test('can see something else in a path that is known', async (t) => {
    const run = new TreeRun(t);
    run.zk.create('/r/a/1', 'one');
    await run.connect();
    run.replan({ roots: [{ path: '/r', what: 'children', role: 'service' }], expand: () => [] });
    await run.pass(0);
    assert.deepEqual(
      [...run.told.values()].map(({ want }) => [want.path, want.role]),
      [['/r', 'service']],
    );
  });
});

describe('a plan that throws', () => {
  const plan = servicePlan();
  const throwing: TreePlan<Role> = {
    ...plan,
    expand(node) {
      const { want, content } = node;
      if (want.path === '/r/a' && content?.kind === 'children' && content.names.includes('bad'))
        throw new TypeError('of the plan');
      return plan.expand(node);
    },
  };

  test('costs the node that it threw for, until that is another one', async (t) => {
    const run = new TreeRun(t, throwing);
    run.zk.create('/r/a/1', 'one');
    run.zk.create('/r/b/1', 'one');
    await run.connect();
    run.zk.create('/r/a/bad');
    run.zk.set('/r/b/1', 'uno');
    await run.gather();
    assert.deepEqual(run.obstacles, ['/r/a ZOOKEEPER_UNEXPECTED']);
    assert.ok(run.shown.includes('/r/a/1 = one'));
    assert.ok(run.shown.includes('/r/b/1 = uno'));
    await run.pass(400_000);
    assert.deepEqual(run.obstacles, ['/r/a ZOOKEEPER_UNEXPECTED']);
    run.zk.delete('/r/a/bad');
    await run.gather();
    assert.deepEqual(run.obstacles, []);
  });

  test('costs no more when it takes the place of another', async (t) => {
    const run = new TreeRun(t);
    run.zk.create('/r/a/bad', 'one');
    run.zk.create('/r/b/1', 'one');
    await run.connect();
    run.replan(throwing);
    await run.pass(0);
    assert.deepEqual(run.obstacles, ['/r/a ZOOKEEPER_UNEXPECTED']);
    assert.ok(run.shown.includes('/r/b/1 = one'));
    assert.equal(run.clock.pending, 1, 'the next audit');
  });
});
