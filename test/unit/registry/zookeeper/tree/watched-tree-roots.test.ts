// What paths that cannot be read and roots that are not there mean for all the rest.
import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import { zooKeeperFailure } from '../../../../../src/registry/zookeeper/failure.ts';
import { servicePlan, TreeRun } from '../../../../fakes/tree-run.ts';

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

describe('a path that cannot be read', () => {
  test('costs itself alone: the rest is read, and what was known of it stays', async (t) => {
    const run = await aService(t);
    run.zk.disconnect();
    run.zk.forbid('/r/a/1');
    run.zk.set('/meta/a', 'new');
    run.zk.reconnect();
    await run.read();
    assert.equal(run.last.kind, 'full');
    assert.ok(run.shown.includes('/r/a/1 = one'));
    assert.ok(run.shown.includes('/meta/a = new'));
    assert.deepEqual(run.obstacles, ['/r/a/1 ZOOKEEPER_FORBIDDEN']);
  });

  test('is not tried again when it is not wanted any more', async (t) => {
    const run = await aService(t);
    run.zk.forbid('/r/a/1');
    run.zk.set('/r/a/1', 'uno');
    await run.gather();
    assert.equal(run.clock.pending, 2);
    await run.pass(300_000);
    assert.equal(run.clock.pending, 2, 'the next audit, and one retry');
    run.zk.delete('/r/a/1');
    run.zk.create('/r/a/2', 'two');
    await run.gather();
    assert.equal(run.clock.pending, 1);
  });

  test('is told without content when nothing was ever known of it', async (t) => {
    const run = new TreeRun(t);
    run.zk.create('/r/a/1', 'one');
    run.zk.break('/r/a', TOO_LARGE);
    await run.connect();
    assert.ok(run.shown.includes('/r/a is unknown'));
    assert.deepEqual(run.obstacles, ['/r/a ZOOKEEPER_TOO_LARGE']);
  });

  test('is tried again ever more rarely, since a change of rights signals nothing', async (t) => {
    const run = new TreeRun(t);
    run.zk.create('/r/a/1', 'one');
    run.zk.forbid('/r/a/1');
    await run.connect();
    const triedAt: number[] = [];
    let before = run.zk.reads('data', '/r/a/1');
    for (let second = 1; second <= 40; second++) {
      await run.pass(1_000);
      if (run.zk.reads('data', '/r/a/1') > before) triedAt.push(second);
      before = run.zk.reads('data', '/r/a/1');
    }
    assert.deepEqual(triedAt, [5, 15, 35]);
    assert.deepEqual(run.kinds, ['full'], 'the same obstacle again is no news');
    run.zk.allow('/r/a/1');
    await run.pass(60_000);
    await run.gather();
    assert.ok(run.shown.includes('/r/a/1 = one'));
    assert.deepEqual(run.obstacles, []);
  });
});

describe('a root', () => {
  test('that is not there yet is waited for', async (t) => {
    const run = new TreeRun(t);
    await run.connect();
    assert.equal(run.failure, 'ZOOKEEPER_NO_ROOT');
    run.zk.create('/r/a/1', 'one');
    await run.read();
    assert.deepEqual(run.kinds, ['failed', 'full']);
    assert.ok(run.shown.includes('/r/a/1 = one'));
  });

  test('that may not be read is tried again', async (t) => {
    const run = new TreeRun(t);
    run.zk.create('/r/a/1', 'one');
    run.zk.forbid('/r');
    await run.connect();
    assert.equal(run.failure, 'ZOOKEEPER_FORBIDDEN');
    run.zk.allow('/r');
    await run.pass(6_000);
    assert.equal(run.last.kind, 'full');
    assert.ok(run.shown.includes('/r/a/1 = one'));
  });

  test('that was never there, or may not be read, is fine beside one that is read', async (t) => {
    const run = new TreeRun(t, servicePlan(['/r', '/s', '/t']));
    run.zk.create('/s/a/1', 'one');
    run.zk.create('/t/b/1', 'one');
    run.zk.forbid('/t');
    await run.connect();
    assert.deepEqual(run.kinds, ['full']);
    assert.deepEqual(run.obstacles, ['/t ZOOKEEPER_FORBIDDEN']);
    run.zk.create('/r/c/1', 'one');
    await run.gather();
    assert.ok(run.shown.includes('/r/c/1 = one'));
  });

  test('that is gone is no information about what was below it, until it is back', async (t) => {
    const run = await aService(t);
    run.zk.hold('/r/a');
    run.zk.hold('/r/a/1');
    run.zk.hold('/r');
    run.zk.delete('/r');
    run.zk.releaseAll();
    await run.pass(600_000);
    assert.equal(run.failure, 'ZOOKEEPER_NO_ROOT');
    assert.ok(run.last.kind === 'failed' && run.last.cause === 'roots');
    assert.match(run.last.failure.message, /\/r /);
    assert.deepEqual(run.shown, WHOLE);
    run.zk.create('/r/b/1', 'eins');
    await run.read();
    assert.equal(run.last.kind, 'full');
    assert.ok(run.shown.includes('/r/b/1 = eins'));
    assert.ok(!run.shown.includes('/r/a/1 = one'));
  });

  test('that is gone is no information beside one that is read, either', async (t) => {
    const run = new TreeRun(t, servicePlan(['/r', '/s']));
    run.zk.create('/r/a/1', 'one');
    run.zk.create('/s/b/1', 'one');
    await run.connect();
    const before = run.shown;
    run.zk.hold('/r');
    run.zk.hold('/r/a');
    run.zk.delete('/r');
    run.zk.releaseAll();
    run.zk.delete('/s/b');
    await run.pass(60_000);
    assert.equal(run.failure, 'ZOOKEEPER_NO_ROOT');
    assert.deepEqual(run.shown, before);
  });

  test('that was empty when it went leaves the others as they are: servers delete empty containers', async (t) => {
    const run = new TreeRun(t, servicePlan(['/r', '/s']));
    run.zk.create('/r');
    run.zk.create('/s/a/1', 'one');
    await run.connect();
    run.zk.delete('/r');
    await run.gather();
    assert.equal(run.last.kind, 'change');
    assert.ok(run.shown.includes('/r is missing'));
    run.zk.set('/s/a/1', 'uno');
    await run.gather();
    assert.ok(run.shown.includes('/s/a/1 = uno'));
  });

  test('is looked for again and again, also when the signal of its coming is lost', async (t) => {
    const run = new TreeRun(t);
    await run.connect();
    run.zk.loseHints();
    run.zk.create('/r/a/1', 'one');
    await run.pass(330_000);
    assert.equal(run.last.kind, 'full');
  });
});

test('servers that know nothing take nothing away', async (t) => {
  const run = await aService(t);
  run.zk.expire();
  run.zk.pretendEmpty(true);
  run.zk.connect();
  await run.pass(3_600_000);
  assert.equal(run.failure, 'ZOOKEEPER_NO_ROOT');
  assert.deepEqual(run.shown, WHOLE);
  run.zk.expire();
  run.zk.pretendEmpty(false);
  run.zk.connect();
  await run.read();
  assert.equal(run.last.kind, 'full');
  assert.deepEqual(run.shown, WHOLE);
  assert.deepEqual(run.obstacles, []);
});
