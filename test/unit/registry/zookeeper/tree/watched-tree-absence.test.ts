// What is concluded from "there is no such node".
import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import { zooKeeperFailure } from '../../../../../src/registry/zookeeper/failure.ts';
import type { TreePlan } from '../../../../../src/registry/zookeeper/tree-plan.ts';
import { type Role, TreeRun } from '../../../../fakes/tree-run.ts';

const TOO_LARGE = zooKeeperFailure('ZOOKEEPER_TOO_LARGE', 'The answer is too large');
const WHOLE = ['/meta/a = about a', '/meta/shared = about all', '/r/a/1 = one', '/r/a: 1', '/r: a'];

/** A service with one instance, and two paths that are wanted although no list names them. */
async function aService(t: TestContext): Promise<TreeRun> {
  const run = new TreeRun(t);
  run.zk.create('/r/a/1', 'one');
  run.zk.create('/meta/a', 'about a');
  run.zk.create('/meta/shared', 'about all');
  await run.connect();
  assert.deepEqual(run.shown, WHOLE);
  return run;
}

describe('a path that no list names', () => {
  test('is missing when it never was there, and is noticed when it comes', async (t) => {
    const run = new TreeRun(t);
    run.zk.create('/r/a');
    await run.connect();
    assert.deepEqual(run.shown, ['/meta/a is missing', '/meta/shared is missing', '/r/a:', '/r: a']);
    run.zk.create('/meta/a', 'about a');
    await run.gather();
    assert.ok(run.shown.includes('/meta/a = about a'));
  });

  test('is gone when its directory lists others without it, and is noticed when it comes back', async (t) => {
    const run = await aService(t);
    run.zk.delete('/meta/a');
    await run.gather();
    assert.ok(run.shown.includes('/meta/a is missing'));
    run.zk.create('/meta/a', 'again');
    await run.gather();
    assert.ok(run.shown.includes('/meta/a = again'));
  });

  test('is gone when its directory is gone too and the one above says so', async (t) => {
    const run = await aService(t);
    run.zk.delete('/meta');
    await run.gather();
    assert.ok(run.shown.includes('/meta/a is missing'));
    assert.deepEqual(run.obstacles, []);
  });

  test('is read again when its directory lists it nevertheless', async (t) => {
    const run = await aService(t);
    run.zk.hold('/meta');
    run.zk.delete('/meta/a');
    await run.read();
    run.zk.create('/meta/a', 'again');
    run.zk.release('/meta');
    await run.gather();
    assert.ok(run.shown.includes('/meta/a = again'));
    assert.deepEqual(run.obstacles, []);
  });

  test('is read again when it came while its absence was looked into', async (t) => {
    const run = await aService(t);
    run.zk.hold('/meta/a');
    run.zk.delete('/meta/a');
    await run.read();
    // The answer to the first question is on its way, the next question is held up.
    run.zk.release('/meta/a');
    run.zk.hold('/meta/a');
    await run.read();
    run.zk.create('/meta/a', 'again');
    run.zk.release('/meta/a');
    await run.gather();
    assert.equal(run.zk.reads('exists', '/meta/a'), 1);
    assert.ok(run.shown.includes('/meta/a = again'));
  });

  test('is not asked about beyond a root', async (t) => {
    const plan: TreePlan<Role> = {
      roots: [{ path: '/r', what: 'children', role: 'root' }],
      expand: ({ want, content }) =>
        want.role === 'root' && content?.kind === 'children'
          ? content.names.map((name) => ({ path: `/r/${name}/providers`, what: 'children', role: 'service' }))
          : [],
    };
    const run = new TreeRun(t, plan);
    run.zk.create('/r/a/providers/1');
    await run.connect();
    run.zk.hold('/r/a/providers');
    run.zk.create('/r/a/providers/2');
    await run.read();
    // Nobody hears that the root went, and so the first to find out is a path below it.
    run.zk.loseHints();
    run.zk.delete('/r');
    run.zk.release('/r/a/providers');
    await run.gather();
    assert.deepEqual(run.shown, ['/r/a/providers: 1', '/r: a']);
    assert.deepEqual(run.obstacles, ['/r/a/providers ZOOKEEPER_NO_ROOT']);
  });

  for (const how of ['forbid', 'break'] as const) {
    test(`stays as it was when its directory cannot be asked (${how})`, async (t) => {
      const run = await aService(t);
      if (how === 'forbid') run.zk.forbid('/meta');
      else run.zk.break('/meta', TOO_LARGE);
      run.zk.delete('/meta/a');
      await run.gather();
      assert.deepEqual(run.shown, WHOLE);
      assert.deepEqual(run.obstacles, [`/meta/a ${how === 'forbid' ? 'ZOOKEEPER_FORBIDDEN' : 'ZOOKEEPER_TOO_LARGE'}`]);
      run.zk.create('/meta/a', 'again');
      await run.gather();
      assert.ok(run.shown.includes('/meta/a = again'));
      assert.deepEqual(run.obstacles, []);
      const before = run.zk.reads('data', '/meta/a');
      await run.pass(60_000);
      assert.equal(run.zk.reads('data', '/meta/a'), before);
    });
  }

  test('stays as it was while it is listed and denied, and is tried again', async (t) => {
    const run = await aService(t);
    run.zk.deny('/meta/a');
    run.zk.set('/meta/a', 'new');
    await run.gather();
    assert.deepEqual(run.shown, WHOLE);
    assert.deepEqual(run.obstacles, ['/meta/a ZOOKEEPER_SERVER_ERROR']);
    run.zk.admit('/meta/a');
    await run.pass(6_000);
    await run.gather();
    assert.ok(run.shown.includes('/meta/a = new'));
  });
});

describe('a path that its list names', () => {
  test('is gone when the list does not name it any more', async (t) => {
    const run = await aService(t);
    run.zk.delete('/r/a/1');
    await run.gather();
    assert.ok(run.shown.includes('/r/a:'));
    assert.ok(!run.shown.includes('/r/a/1 = one'));
    run.zk.delete('/r/a');
    await run.gather();
    assert.ok(run.shown.includes('/r:'));
    // What is gone for good must not be waited for, or watches pile up with every instance that ever was.
    assert.deepEqual([run.zk.watchers('/r/a/1'), run.zk.watchers('/r/a')], [0, 0]);
  });

  test('stays as it was when the list cannot be read', async (t) => {
    const run = await aService(t);
    run.zk.forbid('/r/a');
    run.zk.delete('/r/a/1');
    await run.gather();
    assert.deepEqual(run.shown, WHOLE);
    assert.deepEqual(run.obstacles, ['/r/a ZOOKEEPER_FORBIDDEN', '/r/a/1 ZOOKEEPER_FORBIDDEN']);
    run.zk.allow('/r/a');
    await run.pass(6_000);
    await run.gather();
    assert.ok(run.shown.includes('/r/a:'));
    assert.deepEqual(run.obstacles, []);
  });

  test('is read again when it was only replaced, however often', async (t) => {
    const run = await aService(t);
    for (let replaced = 1; replaced <= 6; replaced++) {
      run.zk.hold('/r/a');
      run.zk.delete('/r/a/1');
      await run.read();
      run.zk.create('/r/a/1', `${replaced}`);
      run.zk.release('/r/a');
      await run.gather();
      assert.ok(run.shown.includes(`/r/a/1 = ${replaced}`));
    }
    run.zk.set('/r/a/1', 'uno');
    await run.gather();
    assert.ok(run.shown.includes('/r/a/1 = uno'));
  });

  test('waits for its list together with all others that do', async (t) => {
    const run = await aService(t);
    const instances = [1, 2, 3, 4, 5, 6];
    for (const instance of instances) run.zk.create(`/r/a/${instance}`, 'one');
    await run.gather();
    for (const instance of instances) run.zk.hold(`/r/a/${instance}`);
    run.zk.hold('/r/a');
    run.zk.hold('/r');
    run.zk.delete('/r/a');
    run.zk.release('/r/a');
    for (const instance of instances) {
      run.zk.release(`/r/a/${instance}`);
      await run.read();
    }
    await run.gather();
    assert.deepEqual(run.kinds, ['full', 'change']);
    run.zk.release('/r');
    await run.gather();
    assert.deepEqual(run.shown, ['/r:']);
  });

  test('does not wait over the end of a connection', async (t) => {
    const run = await aService(t);
    run.zk.hold('/r/a');
    run.zk.delete('/r/a/1');
    await run.read();
    run.zk.disconnect();
    run.zk.create('/r/a/1', 'uno');
    run.zk.hold('/r/a/1');
    run.zk.reconnect();
    run.zk.release('/r/a');
    await run.read();
    run.zk.release('/r/a/1');
    await run.read();
    assert.equal(run.last.kind, 'full');
    assert.equal(run.zk.overlaps, 0);
  });

  test('is asked again, when only its list is not wanted any more', async (t) => {
    const run = await aService(t);
    run.zk.create('/r/b');
    run.zk.set('/meta/shared', 'see a');
    await run.gather();
    run.zk.hold('/r/a');
    run.zk.delete('/r/a/1');
    run.zk.create('/meta/about');
    await run.read();
    run.zk.delete('/r/a');
    await run.read();
    run.zk.release('/r/a');
    await run.gather();
    assert.deepEqual(run.shown, ['/meta/b is missing', '/meta/shared = see a', '/r/a/1 is missing', '/r/b:', '/r: b']);
  });

  test('stays as it was while it is listed and denied', async (t) => {
    const run = await aService(t);
    run.zk.deny('/r/a/1');
    run.zk.set('/r/a/1', 'uno');
    await run.gather();
    assert.deepEqual(run.shown, WHOLE);
    assert.deepEqual(run.obstacles, ['/r/a/1 ZOOKEEPER_SERVER_ERROR']);
    assert.ok(run.zk.reads('data', '/r/a/1') < 10);
  });

  test('is not settled by its own word when everything is read again', async (t) => {
    const run = await aService(t);
    run.zk.disconnect();
    run.zk.deny('/r/a/1');
    run.zk.hold('/r/a');
    run.zk.reconnect();
    await run.read();
    assert.equal(run.last.kind, 'failed');
    run.zk.release('/r/a');
    await run.read();
    assert.equal(run.last.kind, 'full');
    assert.deepEqual(run.shown, WHOLE);
  });
});
