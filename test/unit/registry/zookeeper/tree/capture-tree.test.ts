import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Capture } from '../../../../../src/registry/dump.ts';
import { zooKeeperFailure } from '../../../../../src/registry/zookeeper/failure.ts';
import { captureTree } from '../../../../../src/registry/zookeeper/tree/capture-tree.ts';
import { FakeClock } from '../../../../fakes/fake-clock.ts';
import { EXPIRED, FakeZooKeeper, UNREACHABLE } from '../../../../fakes/fake-zookeeper.ts';
import { servicePlan } from '../../../../fakes/tree-run.ts';

const TOO_LARGE = zooKeeperFailure('ZOOKEEPER_TOO_LARGE', 'Path /r/a/1 is too large');

class CaptureRun {
  readonly zk = new FakeZooKeeper();
  /** As the reader was told while it read. */
  paths = 0;
  readonly clock = new FakeClock();
  isClosed = false;
  readonly captured: Promise<Capture>;

  constructor(roots?: readonly string[]) {
    const close = this.zk.close.bind(this.zk);
    this.zk.close = () => {
      this.isClosed = true;
      return close();
    };
    for (const [path, data] of [
      ['/r/a/1', 'one'],
      ['/r/a/2', 'hunter2'],
      ['/r/b', ''],
      ['/meta/a', 'about a'],
    ] as const)
      this.zk.create(path, data);
    this.captured = captureTree(
      this.zk,
      servicePlan(roots),
      (onMasked) => ({
        name: (name) => name,
        data(text) {
          if (text === 'hunter2') onMasked('password');
          return text.replace('hunter2', '***');
        },
      }),
      {
        clock: this.clock,
        onProgress: (paths) => {
          this.paths = paths;
        },
      },
    );
  }

  /** Lets all that can be answered be answered. */
  async settle(): Promise<void> {
    await new Promise(setImmediate);
  }

  async code(): Promise<string> {
    const captured = await this.captured;
    return captured.kind === 'failed' ? captured.code : captured.kind;
  }
}

const ALL = {
  '/meta/a': { data: 'about a' },
  '/r': { children: ['a', 'b'] },
  '/r/a': { children: ['1', '2'] },
  '/r/a/1': { data: 'one' },
  '/r/a/2': { data: '***' },
  '/r/b': { children: [] },
};

describe('a tree is captured', () => {
  test('as far as the plan wants it, each path once, and the connection is closed', async () => {
    const run = new CaptureRun();
    run.zk.connect();
    assert.deepEqual(await run.captured, { kind: 'captured', raw: ALL, masked: ['password'], unread: [] });
    assert.equal(run.zk.reads('data', '/meta/shared'), 1);
    assert.equal(run.paths, 8, 'who waits was told of each path, also of those that are not there');
    assert.ok(run.isClosed);
    assert.equal(run.clock.pending, 0);
  });

  test('with the reason beside what cannot be read', async () => {
    const run = new CaptureRun();
    run.zk.forbid('/r/b');
    run.zk.break('/r/a/1', TOO_LARGE);
    run.zk.connect();
    const captured = await run.captured;
    assert.equal(captured.kind, 'captured');
    if (captured.kind !== 'captured') return;
    assert.equal(captured.unread.length, 2);
    assert.match(captured.unread.join('\n'), /^ZOOKEEPER_TOO_LARGE: .*\/r\/a\/1.*\nZOOKEEPER_FORBIDDEN: .*\/r\/b /);
    assert.deepEqual((captured.raw as Record<string, unknown>)['/r/a/1'], { obstacle: TOO_LARGE });
  });

  test('over a lost connection: what was answered counts, the rest is asked for again', async () => {
    const run = new CaptureRun();
    run.zk.hold('/r/b');
    run.zk.connect();
    await run.settle();
    run.zk.disconnect();
    await run.settle();
    run.zk.release('/r/b');
    run.zk.reconnect();
    const captured = await run.captured;
    assert.deepEqual(captured.kind === 'captured' && captured.raw, ALL);
    assert.equal(run.zk.reads('children', '/r/a'), 1);
    assert.equal(run.zk.reads('children', '/r/b'), 2);
  });
});

describe('no tree is captured', () => {
  test('without a connection, after some patience, and the reason is told', async () => {
    const run = new CaptureRun();
    run.zk.disconnect(UNREACHABLE);
    run.zk.expire();
    run.clock.advance(14_000);
    await run.settle();
    assert.ok(!run.isClosed);
    run.clock.advance(1_000);
    assert.deepEqual(await run.captured, { kind: 'failed', ...EXPIRED });
    assert.ok(run.isClosed);
  });

  test('where nobody ever says why there is no connection', async () => {
    const run = new CaptureRun();
    run.clock.advance(15_000);
    assert.equal(await run.code(), 'ZOOKEEPER_UNREACHABLE');
  });

  test('over connections that never last', async () => {
    const run = new CaptureRun();
    run.zk.hold('/r');
    for (let losses = 0; losses < 5; losses++) {
      run.zk.connect();
      await run.settle();
      run.zk.disconnect();
      await run.settle();
    }
    assert.equal(await run.code(), 'ZOOKEEPER_CLOSED');
  });

  test('where no root can be read', async () => {
    const missing = new CaptureRun(['/none', '/nor']);
    missing.zk.connect();
    assert.equal(await missing.code(), 'ZOOKEEPER_NO_ROOT');
    const forbidden = new CaptureRun();
    forbidden.zk.forbid('/r');
    forbidden.zk.connect();
    assert.equal(await forbidden.code(), 'ZOOKEEPER_FORBIDDEN');
  });

  test('but one root is enough', async () => {
    const run = new CaptureRun(['/none', '/r']);
    run.zk.connect();
    assert.equal(await run.code(), 'captured');
  });
});
