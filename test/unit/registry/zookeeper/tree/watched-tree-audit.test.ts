// Reading everything again although nothing was signalled, and what a large tree costs.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { WatchedTree } from '../../../../../src/registry/zookeeper/tree/watched-tree.ts';
import type { TreePlan } from '../../../../../src/registry/zookeeper/tree-plan.ts';
import { FakeClock } from '../../../../fakes/fake-clock.ts';
import { FakeZooKeeper } from '../../../../fakes/fake-zookeeper.ts';
import { AUDIT_MS, type Role, servicePlan, TreeRun } from '../../../../fakes/tree-run.ts';

function driftOf(run: TreeRun): number {
  assert.ok(run.last.kind === 'audit');
  return run.last.drift;
}

describe('an audit', () => {
  test('confirms what is known, also when nothing changed', async (t) => {
    const run = new TreeRun(t);
    run.zk.create('/r/a/1', 'one');
    await run.connect();
    await run.pass(AUDIT_MS);
    assert.deepEqual(run.kinds, ['full', 'audit']);
    assert.equal(driftOf(run), 0);
    assert.ok(run.last.kind === 'audit' && run.last.changes.length === 0);
    assert.equal(run.zk.reads('data', '/r/a/1'), 2);
  });

  test('finds what no signal told of, and counts it as drift', async (t) => {
    const run = new TreeRun(t);
    run.zk.create('/r/a/1', 'one');
    run.zk.create('/r/a/2', 'two');
    await run.connect();
    run.zk.loseHints();
    run.zk.set('/r/a/1', 'uno');
    run.zk.create('/r/b/1', 'one');
    run.zk.create('/meta/shared', 'about all');
    await run.pass(AUDIT_MS);
    assert.equal(driftOf(run), 3, 'the list of the root, the data of one instance, the path that was missing');
    assert.ok(run.shown.includes('/r/a/1 = uno'));
    assert.ok(run.shown.includes('/r/b/1 = one'));
    run.zk.set('/r/a/1', 'eins');
    await run.gather();
    assert.ok(run.shown.includes('/r/a/1 = eins'));
    await run.pass(AUDIT_MS);
    assert.equal(driftOf(run), 0);
  });

  test('does not count as drift what is signalled while it goes on', async (t) => {
    const run = new TreeRun(t);
    run.zk.create('/r/a/1', 'one');
    run.zk.create('/r/a/2', 'two');
    await run.connect();
    run.zk.hold('/r/a/1');
    run.zk.hold('/r/a/2');
    await run.pass(AUDIT_MS);
    run.zk.set('/r/a/1', 'uno');
    run.zk.delete('/r/a/2');
    run.zk.releaseAll();
    await run.read();
    assert.equal(driftOf(run), 0);
    await run.gather();
    assert.ok(run.shown.includes('/r/a/1 = uno'));
    assert.ok(run.shown.includes('/r/a: 1'));
  });

  test('does not count as drift what could not be read before', async (t) => {
    const run = new TreeRun(t);
    run.zk.create('/r/a/1', 'one');
    await run.connect();
    run.zk.disconnect();
    run.zk.forbid('/r/a/1');
    run.zk.set('/r/a/1', 'uno');
    run.zk.reconnect();
    await run.pass(AUDIT_MS - 1);
    run.zk.allow('/r/a/1');
    await run.pass(1);
    assert.equal(driftOf(run), 0);
  });

  test('does not read twice what is being read anyway', async (t) => {
    const run = new TreeRun(t);
    run.zk.create('/r/a/1', 'one');
    await run.connect();
    run.zk.hold('/r/a/1');
    run.zk.set('/r/a/1', 'uno');
    await run.pass(AUDIT_MS);
    run.zk.releaseAll();
    await run.read();
    assert.equal(run.last.kind, 'audit');
    assert.equal(run.zk.reads('data', '/r/a/1'), 2);
  });

  test('piles up no watchers on a path', async (t) => {
    const run = new TreeRun(t);
    run.zk.create('/r/a/1', 'one');
    await run.connect();
    for (let audits = 0; audits < 10; audits++) await run.pass(AUDIT_MS);
    for (const path of ['/r', '/r/a', '/r/a/1', '/meta/a']) assert.equal(run.zk.watchers(path), 1, path);
  });

  test('comes at its interval, give or take a tenth', async (t) => {
    const begun = await Promise.all(
      [0, 0.5, 0.999999].map(async (random) => {
        const zk = new FakeZooKeeper();
        const clock = new FakeClock();
        const beganAtMs = clock.now();
        const audits: number[] = [];
        const deps = { clock, random: () => random };
        const tree = new WatchedTree(zk, servicePlan(), { auditIntervalMs: AUDIT_MS }, deps, ({ kind, sinceMs }) => {
          if (kind === 'audit') audits.push(sinceMs - beganAtMs);
        });
        t.after(() => tree.close());
        tree.start();
        zk.create('/r');
        zk.connect();
        await new Promise(setImmediate);
        await clock.advanceAsync(2 * AUDIT_MS, 1_000);
        return audits[0];
      }),
    );
    assert.deepEqual(begun, [270_000, 300_000, 330_000]);
  });

  test('does not begin while everything is being read or nothing can be', async (t) => {
    const run = new TreeRun(t);
    run.zk.create('/r/a/1', 'one');
    await run.connect();
    run.zk.disconnect();
    await run.pass(AUDIT_MS);
    run.zk.hold('/r/a/1');
    run.zk.reconnect();
    const before = run.zk.reads('children', '/r');
    await run.pass(AUDIT_MS);
    assert.equal(run.zk.reads('children', '/r'), before);
    run.zk.releaseAll();
    await run.read();
    assert.deepEqual(run.kinds, ['full', 'failed', 'full']);
    await run.pass(AUDIT_MS);
    assert.equal(run.last.kind, 'audit');
  });

  test('that the end of the connection interrupts is told as failed', async (t) => {
    const run = new TreeRun(t);
    run.zk.create('/r/a/1', 'one');
    await run.connect();
    run.zk.hold('/r/a/1');
    await run.pass(AUDIT_MS);
    run.zk.disconnect();
    assert.ok(run.last.kind === 'failed');
    assert.equal(run.last.during, 'audit');
  });
});

test('a change in a tree of 20,000 nodes costs what changed', async (t) => {
  let asked = 0;
  const plan = servicePlan();
  const counting: TreePlan<Role> = {
    ...plan,
    expand(node) {
      asked++;
      return plan.expand(node);
    },
  };
  const run = new TreeRun(t, counting);
  for (let service = 0; service < 200; service++)
    for (let instance = 0; instance < 100; instance++) run.zk.create(`/r/s${service}/${instance}`, 'one');
  await run.connect();
  assert.equal(run.told.size, 1 + 200 + 20_000 + 200 + 1);
  assert.ok(run.zk.mostOpen <= 32);
  const [asksBefore, readsBefore] = [asked, run.zk.allReads];
  run.zk.set('/r/s7/7', 'uno');
  run.zk.create('/r/s8/new', 'one');
  await run.gather();
  assert.equal(asked - asksBefore, 3);
  assert.equal(run.zk.allReads - readsBefore, 3);
  for (let service = 0; service < 200; service++) run.zk.delete(`/r/s${service}`);
  await run.pass(50);
  await run.pass(1_000);
  assert.deepEqual(run.shown, ['/r:']);
});
