import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { serviceKey } from '../../../../../src/model/service.ts';
import { EVERYTHING, only, RegistryRun } from '../../../../fakes/tree-registry-run.ts';
import { AUDIT_MS } from '../../../../fakes/tree-run.ts';

/** Of `/r`, its two services with an instance each, and three places of `/meta` that are not there. */
const WATCHES = 8;

describe('a registry in ZooKeeper', () => {
  test('waits, then is live with what was read', async (t) => {
    const run = new RegistryRun(t);
    const { sinceMs } = { sinceMs: run.clock.now() };
    assert.deepEqual(run.reading, { kind: 'waiting', sinceMs, lastError: undefined });
    assert.deepEqual(run.slice.matched, { services: 0, ofServices: 0 });
    await run.connect();
    assert.equal(run.reading.kind, 'live');
    assert.deepEqual(run.services, ['a: 10.0.0.1', 'b: 10.0.0.2']);
    assert.deepEqual(run.slice.matched, { services: 2, ofServices: 2 });
    assert.equal(run.content.readAtMs, run.clock.now());
    assert.equal(run.slice.kind, 'fake');
    assert.equal(run.changes, 1);
    assert.deepEqual(run.reported, ['full ok']);
  });

  test('waits with the reason while there is no connection, and while there is no root', async (t) => {
    const run = new RegistryRun(t);
    run.zk.expire();
    assert.equal(run.reading.kind, 'waiting');
    assert.equal(run.error.code, 'ZOOKEEPER_EXPIRED');
    assert.equal(run.error.atMs, run.clock.now());
    run.zk.delete('/r');
    await run.connect();
    assert.equal(run.reading.kind, 'waiting');
    assert.equal(run.error.code, 'ZOOKEEPER_NO_ROOT');
    assert.deepEqual(run.reported, ['full error ZOOKEEPER_EXPIRED', 'full error ZOOKEEPER_NO_ROOT']);
    assert.deepEqual(
      run.lines.map(({ level, event }) => `${level} ${event}`),
      ['warn zookeeper.roots_unreadable'],
    );
    run.zk.create('/r/a/1', '10.0.0.1');
    await run.pass(0);
    assert.equal(run.reading.kind, 'live');
    assert.equal(run.lines.at(-1)?.event, 'zookeeper.roots_readable');
    assert.equal(run.changes, 3);
  });

  test('tells in which state its session is, and of how many places it hears', async (t) => {
    const run = new RegistryRun(t);
    const told = () => {
      const { state, watches } = run.registry.session?.() ?? {};
      return [state, watches];
    };
    assert.deepEqual(told(), ['lost', 0]);
    await run.connect();
    assert.deepEqual(told(), ['connected', WATCHES]);
    run.zk.disconnect();
    assert.deepEqual(told(), ['suspended', 0], 'what was watched on a connection that ended is not watched');
    assert.equal(run.reading.kind, 'stale');
    run.zk.reconnect();
    assert.deepEqual(told(), ['reconnected', 0], 'nothing was read again yet');
    await run.pass(0);
    assert.deepEqual(told(), ['reconnected', WATCHES]);
    run.zk.create('/r/b/2', '10.0.0.3');
    await run.pass(50);
    assert.deepEqual(told(), ['reconnected', WATCHES + 1]);
    run.zk.expire();
    assert.deepEqual(told(), ['lost', 0]);
  });

  test('keeps its slices while only its session is asked for', async (t) => {
    const run = new RegistryRun(t);
    await run.connect();
    const before = run.registry.slices();
    run.registry.session?.();
    assert.equal(run.registry.slices(), before);
  });

  test('keeps the objects of what did not change, and does not get younger by one change', async (t) => {
    const run = new RegistryRun(t);
    await run.connect();
    const before = run.content;
    run.zk.set('/r/a/1', '10.0.0.9');
    await run.pass(50);
    assert.deepEqual(run.services, ['a: 10.0.0.9', 'b: 10.0.0.2']);
    assert.equal(run.content.services.get(serviceKey('zk', 'b')), before.services.get(serviceKey('zk', 'b')));
    assert.equal(run.content.problems, before.problems);
    assert.equal(run.content.readAtMs, before.readAtMs);
    assert.deepEqual(run.reported, ['full ok', 'change ok']);
  });

  test('says nothing of a change that means nothing', async (t) => {
    const run = new RegistryRun(t);
    await run.connect();
    const before = run.registry.slices();
    run.zk.create('/meta/a', 'about a');
    await run.pass(50);
    assert.equal(run.registry.slices(), before);
    assert.equal(run.changes, 1);
    assert.deepEqual(run.reported, ['full ok', 'change ok']);
  });

  test('is younger after an audit that found nothing', async (t) => {
    const run = new RegistryRun(t);
    await run.connect();
    const before = run.content;
    await run.pass(AUDIT_MS);
    assert.equal(run.content.services, before.services);
    assert.equal(run.content.readAtMs, before.readAtMs + AUDIT_MS);
    assert.equal(run.changes, 2);
    assert.deepEqual(run.drift, []);
    assert.deepEqual(run.reported, ['full ok', 'audit ok']);
  });

  test('is younger after a read anew, which is an audit before its time', async (t) => {
    const run = new RegistryRun(t);
    run.registry.readAnew?.();
    await run.connect();
    await run.pass(7);
    const before = run.content;
    run.registry.readAnew?.();
    run.registry.readAnew?.();
    await run.pass(0);
    assert.equal(run.content.readAtMs, before.readAtMs + 7);
    assert.deepEqual(run.reported, ['full ok', 'audit ok']);
    await run.pass(AUDIT_MS);
    assert.deepEqual(run.reported, ['full ok', 'audit ok', 'audit ok'], 'the next one comes when it would have');
  });

  test('reports what an audit found', async (t) => {
    const run = new RegistryRun(t);
    await run.connect();
    run.zk.loseHints();
    run.zk.set('/r/a/1', '10.0.0.9');
    run.zk.delete('/r/b/1');
    await run.pass(AUDIT_MS);
    assert.deepEqual(run.services, ['a: 10.0.0.9']);
    assert.deepEqual(run.drift, [2]);
    assert.deepEqual(
      run.lines.map(({ event, fields }) => [event, fields]),
      [['zookeeper.drift_found', { registry: 'zk', nodes: 2 }]],
    );
  });

  test('is stale from the end of a connection to the end of the next full read', async (t) => {
    const run = new RegistryRun(t);
    await run.connect();
    const { content } = run;
    const staleSinceMs = run.clock.now();
    run.zk.disconnect();
    run.zk.delete('/r/b');
    await run.pass(60_000);
    run.zk.expire();
    assert.ok(run.reading.kind === 'stale');
    assert.equal(run.reading.content, content);
    assert.equal(run.reading.sinceMs, staleSinceMs);
    assert.equal(run.error.code, 'ZOOKEEPER_EXPIRED');
    run.zk.hold('/r/a/1');
    await run.connect();
    assert.equal(run.reading.kind, 'stale');
    run.zk.releaseAll();
    await run.pass(0);
    assert.equal(run.reading.kind, 'live');
    assert.deepEqual(run.services, ['a: 10.0.0.1']);
    assert.equal(run.content.readAtMs, run.clock.now());
    assert.deepEqual(run.reported, [
      'full ok',
      'full error ZOOKEEPER_UNREACHABLE',
      'full error ZOOKEEPER_EXPIRED',
      'full ok',
    ]);
  });

  test('is stale while its root is gone', async (t) => {
    const run = new RegistryRun(t);
    await run.connect();
    run.zk.pretendEmpty(true);
    run.zk.create('/r/c');
    await run.pass(50);
    assert.equal(run.reading.kind, 'stale');
    assert.equal(run.error.code, 'ZOOKEEPER_NO_ROOT');
    assert.deepEqual(run.services, ['a: 10.0.0.1', 'b: 10.0.0.2']);
    assert.deepEqual(run.reported, ['full ok', 'change error ZOOKEEPER_NO_ROOT']);
  });

  test('shows each path that cannot be read as a problem, until it can', async (t) => {
    const run = new RegistryRun(t);
    run.zk.forbid('/r/a/1');
    await run.connect();
    assert.equal(run.reading.kind, 'live');
    assert.deepEqual(run.services, ['b: 10.0.0.2']);
    const [found, ...others] = run.content.problems;
    assert.deepEqual(others, []);
    assert.equal(found?.code, 'PATH_UNREADABLE');
    assert.equal(found?.registry, 'zk');
    assert.match(found?.value ?? '', /^Path \/r\/a\/1 may not be read\. /);
    run.zk.allow('/r/a/1');
    await run.pass(6_000);
    await run.pass(50);
    assert.deepEqual(run.content.problems, []);
    assert.deepEqual(run.services, ['b: 10.0.0.2', 'a: 10.0.0.1']);
  });

  test('shows no problem of a path that is not wanted any more', async (t) => {
    const run = new RegistryRun(t);
    run.zk.forbid('/r/a/1');
    await run.connect();
    run.zk.delete('/r/a/1');
    run.zk.set('/r/b/1', '10.0.0.3');
    await run.pass(6_000);
    await run.pass(50);
    assert.deepEqual(run.content.problems, []);
  });

  test('calls nothing after it was closed', async (t) => {
    const run = new RegistryRun(t);
    await run.connect();
    run.zk.set('/r/a/1', '10.0.0.9');
    await run.registry.close();
    await run.pass(AUDIT_MS);
    assert.equal(run.changes, 1);
    assert.equal(run.clock.pending, 0);
  });
});

describe('another scope', () => {
  test('reads what it left out so far, keeps the rest, and shows nothing before it was read', async (t) => {
    const run = new RegistryRun(t, only('a'));
    await run.connect();
    assert.deepEqual(run.services, ['a: 10.0.0.1']);
    assert.deepEqual(run.slice.matched, { services: 1, ofServices: 2 });
    const before = run.content;
    const readsOfA = run.zk.reads('data', '/r/a/1');
    run.zk.hold('/r/b/1');
    run.registry.setScope?.(EVERYTHING);
    await run.pass(60_000);
    assert.equal(run.content, before);
    run.zk.releaseAll();
    await run.pass(0);
    assert.deepEqual(run.services, ['a: 10.0.0.1', 'b: 10.0.0.2']);
    assert.equal(run.content.services.get(serviceKey('zk', 'a')), before.services.get(serviceKey('zk', 'a')));
    assert.equal(run.content.readAtMs, before.readAtMs);
    assert.equal(run.zk.reads('data', '/r/a/1'), readsOfA);
    assert.equal(run.slice.scopeRevision, 0);
  });

  test('that is narrower takes problems away with the paths they are about', async (t) => {
    const run = new RegistryRun(t);
    run.zk.forbid('/r/b/1');
    await run.connect();
    assert.equal(run.content.problems.length, 1);
    run.registry.setScope?.(only('a'));
    await run.pass(0);
    assert.deepEqual(run.services, ['a: 10.0.0.1']);
    assert.deepEqual(run.content.problems, []);
  });

  test('counts as meant together with what it leaves out, where nothing else asks the scope', async (t) => {
    const run = new RegistryRun(t, EVERYTHING, { scopesRecords: true });
    assert.equal(run.registry.scopesRecords, true);
    await run.connect();
    run.registry.setScope?.(only('a'));
    assert.equal(run.slice.scopeRevision, 0);
    assert.deepEqual(run.services, ['a: 10.0.0.1', 'b: 10.0.0.2']);
    assert.deepEqual(run.registry.outside?.().scope, EVERYTHING, 'what is shown was judged by it');
    await run.pass(0);
    assert.equal(run.slice.scopeRevision, 1);
    assert.deepEqual(run.services, ['a: 10.0.0.1']);
    assert.deepEqual(run.registry.outside?.().scope, only('a'));
  });
});

test('a change of scope is still meant when the first look at it threw', async (t) => {
  const run = new RegistryRun(t, EVERYTHING, { scopesRecords: true });
  await run.connect();
  run.zk.set('/r/a/1', 'throw');
  run.registry.setScope?.(only('a'));
  await run.pass(50);
  assert.equal(run.reading.kind, 'stale');
  assert.equal(run.slice.scopeRevision, 0);
  run.zk.set('/r/a/1', '10.0.0.9');
  await run.pass(50);
  assert.deepEqual(run.services, ['a: 10.0.0.9']);
  assert.equal(run.slice.scopeRevision, 1);
});

test('a projection that throws leaves what was published, and begins anew with the next change', async (t) => {
  const run = new RegistryRun(t);
  await run.connect();
  run.zk.set('/r/a/1', 'throw');
  run.zk.create('/r/c/1', '10.0.0.3');
  await run.pass(50);
  assert.equal(run.reading.kind, 'stale');
  assert.equal(run.error.code, 'ZOOKEEPER_UNEXPECTED');
  assert.deepEqual(run.services, ['a: 10.0.0.1', 'b: 10.0.0.2']);
  assert.equal(run.reported.at(-1), 'change error ZOOKEEPER_UNEXPECTED');
  assert.equal(run.lines.at(-1)?.level, 'error');
  run.zk.set('/r/a/1', '10.0.0.9');
  await run.pass(50);
  assert.equal(run.reading.kind, 'live');
  assert.deepEqual([...run.services].sort(), ['a: 10.0.0.9', 'b: 10.0.0.2', 'c: 10.0.0.3']);
});
