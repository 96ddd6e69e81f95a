import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { EXPIRED } from '../../../../fakes/fake-zookeeper.ts';
import { AUDIT_MS, TreeRun } from '../../../../fakes/tree-run.ts';

const ONE_SERVICE = ['/meta/a is missing', '/meta/shared is missing', '/r/a/1 = one', '/r/a: 1', '/r: a'];

describe('the first reading of a tree', () => {
  test('is told when everything that is wanted was read, and not before', async (t) => {
    const run = new TreeRun(t);
    run.zk.create('/r/a/1', 'one');
    run.zk.hold('/r/a/1');
    await run.connect();
    await run.pass(60_000);
    assert.deepEqual(run.kinds, []);
    run.zk.release('/r/a/1');
    await run.read();
    assert.deepEqual(run.kinds, ['full']);
    assert.deepEqual(run.shown, ONE_SERVICE);
    assert.deepEqual([...run.tree.nodes()].length, ONE_SERVICE.length);
  });

  test('does not begin before there is a connection', async (t) => {
    const run = new TreeRun(t);
    run.zk.create('/r/a/1', 'one');
    await run.pass(60_000);
    assert.equal(run.zk.allReads, 0);
  });

  test('reads a path that several nodes want once', async (t) => {
    const run = new TreeRun(t);
    run.zk.create('/meta/shared', 'x');
    for (const service of ['a', 'b', 'c']) run.zk.create(`/r/${service}`);
    await run.connect();
    assert.equal(run.zk.reads('data', '/meta/shared'), 1);
  });

  test('starts over when the connection ends in its middle', async (t) => {
    const run = new TreeRun(t);
    run.zk.create('/r/a/1', 'one');
    run.zk.hold('/r/a/1');
    await run.connect();
    run.zk.disconnect();
    run.zk.releaseAll();
    run.zk.set('/r/a/1', 'uno');
    await run.pass(60_000);
    assert.deepEqual(run.kinds, ['failed']);
    assert.equal(run.failure, 'ZOOKEEPER_UNREACHABLE');
    run.zk.reconnect();
    await run.read();
    assert.deepEqual(run.kinds, ['failed', 'full']);
    assert.ok(run.shown.includes('/r/a/1 = uno'));
  });
});

describe('a change of a tree', () => {
  test('is read where it was signalled and nowhere else', async (t) => {
    const run = new TreeRun(t);
    run.zk.create('/r/a/1', 'one');
    run.zk.create('/r/b/1', 'one');
    await run.connect();
    const before = run.zk.allReads;
    run.zk.set('/r/a/1', 'uno');
    await run.gather();
    assert.equal(run.zk.allReads, before + 1);
    assert.ok(run.last.kind === 'change');
    assert.deepEqual(
      run.last.changes.map(({ kind, node }) => [kind, node.want.path]),
      [['read', '/r/a/1']],
    );
  });

  test('that brings nothing new is none', async (t) => {
    const run = new TreeRun(t);
    run.zk.create('/r/a/1', 'one');
    await run.connect();
    run.zk.set('/r/a/1', 'one');
    run.zk.hold('/r');
    run.zk.create('/r/b');
    run.zk.delete('/r/b');
    run.zk.release('/r');
    await run.gather();
    assert.equal(run.zk.reads('data', '/r/a/1'), 2);
    assert.equal(run.zk.reads('children', '/r'), 2);
    assert.deepEqual(run.kinds, ['full']);
  });

  test('that is signalled while its path is being read leads to exactly one more read', async (t) => {
    const run = new TreeRun(t);
    run.zk.create('/r/a/1', 'one');
    await run.connect();
    run.zk.hold('/r/a/1');
    await run.pass(AUDIT_MS);
    assert.equal(run.zk.reads('data', '/r/a/1'), 2);
    for (const text of ['a', 'b', 'c']) run.zk.set('/r/a/1', text);
    await run.read();
    assert.equal(run.zk.reads('data', '/r/a/1'), 2);
    run.zk.release('/r/a/1');
    await run.gather();
    assert.equal(run.zk.reads('data', '/r/a/1'), 3);
    assert.equal(run.zk.overlaps, 0);
    assert.ok(run.shown.includes('/r/a/1 = c'));
  });

  test('is told with all others of the same 50 ms, which do not put it off', async (t) => {
    const run = new TreeRun(t);
    run.zk.create('/r/a/1', 'one');
    await run.connect();
    for (let change = 0; change < 100; change++) {
      run.zk.set('/r/a/1', `${change}`);
      await run.pass(10);
    }
    const told = run.updates.filter(({ kind }) => kind === 'change');
    assert.ok(told.length >= 16 && told.length <= 20, `${told.length} updates for 100 changes within a second`);
  });

  test('of 2,000 paths at once is a handful of updates, and one read for each path', async (t) => {
    const run = new TreeRun(t);
    for (let index = 0; index < 2_000; index++) run.zk.create(`/r/a/${index}`, 'one');
    await run.connect();
    const before = run.zk.allReads;
    for (let index = 0; index < 2_000; index++) run.zk.set(`/r/a/${index}`, 'uno');
    await run.pass(50);
    await run.pass(1_000);
    assert.equal(run.zk.allReads, before + 2_000);
    assert.ok(run.kinds.length <= 3, run.kinds.join());
    assert.ok(run.zk.mostOpen <= 32);
    assert.ok(run.shown.includes('/r/a/1999 = uno'));
  });

  test('that replaces a node waits for the new one, but not for ever', async (t) => {
    const run = new TreeRun(t);
    run.zk.create('/r/a/1', 'one');
    await run.connect();
    run.zk.hold('/r/a/2');
    run.zk.create('/r/a/2', 'two');
    run.zk.delete('/r/a/1');
    await run.pass(500);
    assert.deepEqual(run.kinds, ['full']);
    assert.deepEqual(run.shown, ONE_SERVICE);
    for (let ms = 500; ms < 1_050; ms += 50) await run.pass(50);
    assert.deepEqual(run.kinds, ['full', 'change']);
    assert.ok(run.shown.includes('/r/a: 2'));
    run.zk.release('/r/a/2');
    await run.gather();
    assert.ok(run.shown.includes('/r/a/2 = two'));
  });

  test('forgets what nobody wants any more, with all that is below it', async (t) => {
    const run = new TreeRun(t);
    run.zk.create('/meta/shared', 'x');
    run.zk.create('/r/a/1', 'one');
    run.zk.create('/r/b/1', 'one');
    await run.connect();
    run.zk.delete('/r/a');
    await run.gather();
    assert.deepEqual(run.shown, ['/meta/b is missing', '/meta/shared = x', '/r/b/1 = one', '/r/b: 1', '/r: b']);
    run.zk.delete('/r/b');
    await run.gather();
    assert.deepEqual(run.shown, ['/r:']);
    const before = run.zk.allReads;
    run.zk.set('/meta/shared', 'y');
    await run.gather();
    assert.equal(run.zk.allReads, before);
  });

  test('is not told when it came and went in between', async (t) => {
    const run = new TreeRun(t);
    run.zk.create('/r/a/1', 'one');
    await run.connect();
    run.zk.create('/r/a/2', 'two');
    await run.read();
    run.zk.delete('/r/a/2');
    await run.gather();
    assert.ok(run.last.kind === 'change');
    assert.deepEqual(
      run.last.changes.map(({ node }) => node.want.path),
      ['/r/a'],
    );
    assert.deepEqual(run.shown, ONE_SERVICE);
  });
});

describe('a connection that ends', () => {
  test('is told with its reason, and takes nothing away', async (t) => {
    const run = new TreeRun(t);
    run.zk.create('/r/a/1', 'one');
    await run.connect();
    run.zk.disconnect(undefined);
    run.zk.expire();
    await run.pass(3_600_000);
    assert.deepEqual(run.kinds, ['full', 'failed', 'failed']);
    assert.ok(run.last.kind === 'failed');
    assert.equal(run.last.failure, EXPIRED);
    assert.equal(run.last.cause, 'connection');
    assert.deepEqual(run.shown, ONE_SERVICE);
  });

  for (const how of ['suspended', 'lost'] as const) {
    test(`is followed by a read of everything when it was ${how}, and the differences alone are told`, async (t) => {
      const run = new TreeRun(t);
      run.zk.create('/r/a/1', 'one');
      run.zk.create('/r/a/2', 'two');
      run.zk.create('/r/b/1', 'one');
      await run.connect();
      if (how === 'suspended') run.zk.disconnect();
      else run.zk.expire();
      run.zk.set('/r/a/1', 'uno');
      run.zk.delete('/r/a/2');
      const before = run.zk.reads('data', '/r/b/1');
      if (how === 'suspended') run.zk.reconnect();
      else run.zk.connect();
      await run.read();
      assert.equal(run.zk.reads('data', '/r/b/1'), before + 1);
      assert.ok(run.last.kind === 'full');
      assert.deepEqual(run.last.changes.map(({ kind, node }) => `${kind} ${node.want.path}`).sort(), [
        'forgotten /r/a/2',
        'read /r/a',
        'read /r/a/1',
      ]);
    });
  }

  test('holds back what was read over the next one until all is read', async (t) => {
    const run = new TreeRun(t);
    run.zk.create('/r/a/1', 'one');
    run.zk.create('/r/b/1', 'one');
    await run.connect();
    const before = run.shown;
    run.zk.disconnect();
    run.zk.delete('/r/a');
    run.zk.hold('/r/b/1');
    run.zk.reconnect();
    await run.pass(60_000);
    run.zk.disconnect();
    run.zk.reconnect();
    await run.pass(60_000);
    assert.deepEqual(run.shown, before);
    run.zk.releaseAll();
    await run.read();
    assert.deepEqual(run.kinds, ['full', 'failed', 'failed', 'full']);
    assert.ok(run.shown.includes('/r: b'));
  });

  test('holds back what was signalled and not yet told', async (t) => {
    const run = new TreeRun(t);
    run.zk.create('/r/a/1', 'one');
    await run.connect();
    run.zk.delete('/r/a/1');
    await run.read();
    run.zk.disconnect();
    await run.pass(60_000);
    assert.deepEqual(run.shown, ONE_SERVICE);
    run.zk.reconnect();
    await run.read();
    assert.ok(run.shown.includes('/r/a:'));
  });

  test('ends the reading of what still waits for its turn', async (t) => {
    const run = new TreeRun(t);
    for (let instance = 0; instance < 100; instance++) {
      run.zk.create(`/r/a/${instance}`, 'one');
      run.zk.hold(`/r/a/${instance}`);
    }
    await run.connect();
    const before = run.zk.allReads;
    run.zk.disconnect();
    run.zk.releaseAll();
    await run.read();
    assert.equal(run.zk.allReads, before);
  });

  test('makes answers worthless that came over it and were not yet looked at', async (t) => {
    const run = new TreeRun(t);
    run.zk.create('/r/a/1', 'one');
    run.zk.hold('/r/a/1');
    await run.connect();
    // The answer has arrived, and before anyone could look at it the connection was another one.
    run.zk.release('/r/a/1');
    run.zk.disconnect();
    run.zk.set('/r/a/1', 'uno');
    run.zk.hold('/r/a/1');
    run.zk.reconnect();
    await run.read();
    assert.deepEqual(run.kinds, ['failed']);
    run.zk.release('/r/a/1');
    await run.read();
    assert.deepEqual(run.kinds, ['failed', 'full']);
    assert.ok(run.shown.includes('/r/a/1 = uno'));
  });
});

describe('a closed tree', () => {
  test('tells nothing more and leaves no timer', async (t) => {
    const run = new TreeRun(t);
    run.zk.create('/r/a/1', 'one');
    run.zk.forbid('/r/a/1');
    await run.connect();
    run.zk.set('/r/a/1', 'uno');
    run.zk.create('/r/b');
    await run.tree.close();
    assert.equal(run.clock.pending, 0);
    run.zk.disconnect();
    await run.pass(3_600_000);
    assert.deepEqual(run.kinds, ['full']);
  });
});
