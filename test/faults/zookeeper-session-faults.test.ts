// The seven faults of node-zookeeper-client, and what else servers and networks do to a session: it always comes back, every
// read is answered, and nothing is asked too often.
import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import type { ZooKeeperOptions } from '../../src/registry/zookeeper/options.ts';
import type { Outcome } from '../../src/registry/zookeeper/reader.ts';
import type { FakeZooKeeperServer } from '../fakes/fake-zookeeper-server.ts';
import { fakeZooKeeper, SessionRun } from '../fakes/session-run.ts';
import { until } from '../fakes/until.ts';
import { answer, EVENTS, event, OPERATIONS, type SeenRequest, sessionAnswer } from '../fakes/zookeeper-packets.ts';

const BIG = 'x'.repeat(500_000);

interface Scene {
  readonly fake: FakeZooKeeperServer;
  readonly run: SessionRun;
}

/** A connected session with `/a` to read, and its server. */
async function scene(t: TestContext, options: Partial<ZooKeeperOptions> = {}): Promise<Scene> {
  const fake = await fakeZooKeeper(t);
  fake.set('/a', 'data');
  const run = new SessionRun(t, { servers: [fake.address], ...options });
  await run.start();
  return { fake, run };
}

function serve(fake: FakeZooKeeperServer): void {
  fake.behave = () => ({ kind: 'serve' });
}

/** The code of the failure, or the kind of the outcome. */
function told(outcome: Outcome<unknown>): string {
  return outcome.kind === 'failed' ? outcome.failure.code : outcome.kind;
}

async function readsAgain(run: SessionRun): Promise<void> {
  assert.equal(told(await run.session.data('/a')), 'found');
}

describe('A: a connection that is cut in the middle of an answer', () => {
  test('leaves nothing behind for the next one', async (t) => {
    const { fake, run } = await scene(t);
    fake.set('/a', BIG);
    fake.behave = ({ operation }) => ({ kind: operation === OPERATIONS.data ? 'half' : 'serve' });
    assert.equal(told(await run.session.data('/a')), 'disconnected');
    await run.until('suspended', 'ZOOKEEPER_BROKEN_ANSWER');
    serve(fake);
    await run.retry('reconnected');
    await readsAgain(run);
  });
});

describe('B: a server that falls silent', () => {
  test('is given up when a third of the session timeout has brought nothing, and every read is answered', async (t) => {
    const { fake, run } = await scene(t, { requestTimeoutMs: 600_000 });
    fake.behave = () => ({ kind: 'silent' });
    const reads = Array.from({ length: 100 }, () => run.session.data('/a'));
    await run.clock.advanceAsync(10_000);
    assert.equal(run.kind, 'connected', 'it answered the handshake in this third');
    await run.clock.advanceAsync(10_000);
    assert.equal(run.kind, 'lost');
    assert.equal(run.code, 'ZOOKEEPER_TIMEOUT');
    assert.ok((await Promise.all(reads)).every(({ kind }) => kind === 'disconnected'));
    serve(fake);
    await run.retry('connected');
    await readsAgain(run);
  });

  test('is given up when one read has no answer in its time, though events come', async (t) => {
    const { fake, run } = await scene(t, { sessionTimeoutMs: 90_000 });
    fake.behave = () => ({ kind: 'silent' });
    const read = run.session.data('/a');
    for (let second = 0; second < 10; second++) {
      assert.equal(run.kind, 'connected');
      fake.send(EVENTS.dataChanged, '/elsewhere');
      await run.clock.advanceAsync(1_000);
    }
    await run.until('lost', 'ZOOKEEPER_TIMEOUT');
    assert.equal(told(await read), 'disconnected');
  });

  test('is not given up when it answers, however long nobody reads', async (t) => {
    const { fake, run } = await scene(t);
    for (let third = 0; third < 30; third++) {
      const asked = fake.asked.length;
      await run.clock.advanceAsync(10_000);
      await until(() => fake.asked.length > asked, 'a round trip');
      await run.session.exists('/');
    }
    assert.deepEqual(run.history, ['connected']);
    assert.equal(fake.accepted, 1);
  });
});

describe('C: a server that takes the connection and never answers the handshake', () => {
  test('is left for the next one when its time is over', async (t) => {
    const [silent, good] = [await fakeZooKeeper(t), await fakeZooKeeper(t)];
    silent.behave = () => ({ kind: 'silent' });
    const run = new SessionRun(t, { servers: [silent.address, good.address] });
    run.begin();
    await until(() => silent.requests.length === 1, 'the handshake was asked for');
    await run.clock.advanceAsync(5_000);
    await run.until('lost', 'ZOOKEEPER_TIMEOUT');
    await until(() => silent.open === 0, 'it is left');
    await run.retry('connected');
    const state = run.session.state();
    assert.equal(state.kind === 'connected' && state.server, good.address);
  });

  test('counts the answer to the first question as part of it', async (t) => {
    const fake = await fakeZooKeeper(t);
    fake.behave = ({ operation }) => ({ kind: operation === 0 ? 'serve' : 'silent' });
    const run = new SessionRun(t, { servers: [fake.address] });
    run.begin();
    await until(() => fake.asked.length === 1, 'the first question was asked');
    await run.clock.advanceAsync(5_000);
    await run.until('lost', 'ZOOKEEPER_TIMEOUT');
    assert.ok(!run.history.includes('connected'));
  });
});

test('D: however much comes in, a round trip goes out each third of the session timeout', async (t) => {
  const { fake, run } = await scene(t);
  for (let second = 0; second < 60; second++) {
    for (let count = 0; count < 50; count++) fake.send(EVENTS.childrenChanged, '/a');
    await run.clock.advanceAsync(1_000);
  }
  await until(() => fake.asked.length === 7, 'six round trips after the first');
  assert.deepEqual(new Set(fake.asked), new Set(['exists /']));
  assert.deepEqual(run.history, ['connected']);
});

describe('E: every read is answered', () => {
  for (const [what, end] of [
    ['the connection ends', async ({ fake }: Scene) => fake.cut()],
    ['the session ends', async ({ fake }: Scene) => fake.expireSessions()],
    ['the server is silent', ({ run }: Scene) => run.clock.advanceAsync(20_000, 10_000)],
  ] as const) {
    test(`when ${what}, and those asked until it is back too`, async (t) => {
      const { fake, run } = await scene(t);
      fake.behave = () => ({ kind: 'silent' });
      const reads = Array.from({ length: 50 }, () => run.session.data('/a'));
      await end({ fake, run });
      assert.ok((await Promise.all(reads)).every(({ kind }) => kind === 'disconnected'));
      assert.equal(told(await run.session.data('/a')), 'disconnected');
      serve(fake);
      await until(() => {
        if (fake.open === 0) run.clock.advance(500);
        return ['connected', 'reconnected'].includes(run.kind);
      }, 'it is back');
      await readsAgain(run);
    });
  }
});

describe('G: an error code', () => {
  for (const code of [-3, -6, -8, -125, -127, 4711]) {
    test(`${code} fails the read that it answers, and the connection stays`, async (t) => {
      const { fake, run } = await scene(t);
      fake.behave = ({ operation }) => (operation === OPERATIONS.data ? { kind: 'error', code } : { kind: 'serve' });
      const outcome = await run.session.data('/a');
      assert.equal(told(outcome), 'ZOOKEEPER_SERVER_ERROR');
      assert.ok(outcome.kind === 'failed' && outcome.failure.message.includes(`${code} `));
      serve(fake);
      await readsAgain(run);
      assert.equal(fake.accepted, 1);
    });
  }

  for (const [code, kind, failure] of [
    [-4, 'suspended', 'ZOOKEEPER_CLOSED'],
    [-112, 'lost', 'ZOOKEEPER_EXPIRED'],
    [-118, 'lost', 'ZOOKEEPER_EXPIRED'],
    [-115, 'lost', 'ZOOKEEPER_UNAUTHENTICATED'],
    [-124, 'lost', 'ZOOKEEPER_UNAUTHENTICATED'],
  ] as const) {
    test(`${code} is about the session: it is ${kind}, and comes back`, async (t) => {
      const { fake, run } = await scene(t);
      fake.behave = ({ operation }) => (operation === OPERATIONS.data ? { kind: 'error', code } : { kind: 'serve' });
      const reads = [run.session.data('/a'), run.session.children('/a')];
      assert.deepEqual((await Promise.all(reads)).map(told), ['disconnected', 'disconnected']);
      await run.until(kind, failure);
      serve(fake);
      await run.retry(kind === 'lost' ? 'connected' : 'reconnected');
      await readsAgain(run);
    });
  }

  test('that answers the first question keeps the session from being connected', async (t) => {
    const fake = await fakeZooKeeper(t);
    fake.behave = ({ operation }) => (operation === 0 ? { kind: 'serve' } : { kind: 'error', code: -124 });
    const run = new SessionRun(t, { servers: [fake.address] });
    run.begin();
    await run.until('lost', 'ZOOKEEPER_UNAUTHENTICATED');
    assert.ok(!run.history.includes('connected'));
  });
});

describe('an answer that is too large', () => {
  test('fails its own read alone, and the next one is answered', async (t) => {
    const { fake, run } = await scene(t, { maxBytes: 10_000 });
    fake.set('/big', BIG);
    let hints = 0;
    const outcomes = await Promise.all([
      run.session.data('/a'),
      run.session.data('/big', () => hints++),
      run.session.data('/a'),
    ]);
    assert.deepEqual(outcomes.map(told), ['found', 'ZOOKEEPER_TOO_LARGE', 'found']);
    fake.set('/big', 'small');
    assert.equal(told(await run.session.data('/big')), 'found');
    assert.equal(hints, 0);
    assert.equal(fake.accepted, 1);
  });
});

describe('nonsense', () => {
  const read = ({ operation }: SeenRequest): boolean => operation === OPERATIONS.data;
  for (const [what, bytes] of [
    ['a length below zero', (): Buffer => Buffer.from([0xff, 0xff, 0xff, 0xff])],
    ['an answer that ends early', ({ number }: SeenRequest) => answer(number, 0, Buffer.alloc(3))],
    [
      'an answer whose data is longer than itself',
      ({ number }: SeenRequest) => answer(number, 0, Buffer.alloc(60, 0x7f)),
    ],
    ['an answer to another request', ({ number }: SeenRequest) => answer(number + 1, 0)],
    ['an event without an end', () => event(EVENTS.created, '/a').subarray(0, 24).fill(20, 3, 4)],
  ] as const) {
    test(`${what} ends the connection, not the process`, async (t) => {
      const { fake, run } = await scene(t);
      fake.behave = (request) => (read(request) ? { kind: 'raw', bytes: bytes(request) } : { kind: 'serve' });
      assert.equal(told(await run.session.data('/a')), 'disconnected');
      await run.until('lost', 'ZOOKEEPER_BROKEN_ANSWER');
      serve(fake);
      await run.retry('connected');
      await readsAgain(run);
    });
  }

  for (const [what, bytes] of [
    ['HTTP', Buffer.from('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n')],
    ['a TLS alert', Buffer.from('15030300020246'.padEnd(40, '0'), 'hex')],
    ['a short packet', answer(0, 0)],
    ['a long packet', Buffer.concat([Buffer.from([0, 0, 1, 0]), Buffer.alloc(256)])],
  ] as const) {
    test(`${what} in place of a handshake is told as such`, async (t) => {
      const fake = await fakeZooKeeper(t);
      fake.behave = () => ({ kind: 'raw', bytes });
      const run = new SessionRun(t, { servers: [fake.address] });
      run.begin();
      await run.until('lost', 'ZOOKEEPER_HANDSHAKE');
      serve(fake);
      await run.retry('connected');
    });
  }

  test('an event of a kind that nobody knows is a hint like any other', async (t) => {
    const { fake, run } = await scene(t);
    let hints = 0;
    await run.session.data('/a', () => hints++);
    fake.send(99, '/a');
    await until(() => hints === 1, 'the hint');
    await readsAgain(run);
  });
});

test('a server in read-only mode is not read', async (t) => {
  const fake = await fakeZooKeeper(t);
  const handshake = sessionAnswer(30_000, '0000000000000001');
  const packet = Buffer.concat([handshake, Buffer.from([1])]);
  packet.writeInt32BE(packet.length - 4, 0);
  fake.behave = () => ({ kind: 'raw', bytes: packet });
  const run = new SessionRun(t, { servers: [fake.address] });
  run.begin();
  await run.until('lost', 'ZOOKEEPER_READ_ONLY');
  assert.deepEqual(fake.asked, []);
});

describe('a server that fails again and again', () => {
  test('is asked less and less, and the log does not fill', async (t) => {
    const fake = await fakeZooKeeper(t);
    fake.behave = () => ({ kind: 'cut' });
    const run = new SessionRun(t, { servers: [fake.address] });
    run.begin();
    for (let attempt = 1; attempt <= 30; attempt++) {
      await run.untilTold(Math.min(attempt, 1));
      await until(() => fake.accepted === attempt, `attempt ${attempt}`);
      await until(() => fake.open === 0 && run.clock.pending === 1, 'only the next attempt is waited for');
      run.clock.advance(10_000 - 5_000 + 2_500);
    }
    assert.deepEqual(run.history, ['lost ZOOKEEPER_HANDSHAKE'].concat(Array(29).fill('lost ZOOKEEPER_HANDSHAKE')));
    assert.deepEqual(
      run.lines.map(({ fields }) => fields['failures']),
      [1, 2, 4, 8, 16],
    );
  });

  test('though every connection comes up first, is not met by a storm', async (t) => {
    const { fake, run } = await scene(t);
    fake.behave = ({ operation }) => ({ kind: operation === OPERATIONS.data ? 'cut' : 'serve' });
    for (let round = 0; round < 40; round++) {
      await run.session.data('/a');
      await run.until('suspended');
      const accepted = fake.accepted;
      const pauseMs = await pauseOf(run, () => fake.accepted > accepted);
      if (round > 5) assert.ok(pauseMs >= 5_000, `${pauseMs} ms after ${round} rounds`);
      await run.until('reconnected');
    }
    assert.ok(run.lines.length < 40, `${run.lines.length} lines for 80 changes`);
  });
});

/** How far time has to be moved until `happened`. */
async function pauseOf(run: SessionRun, happened: () => boolean): Promise<number> {
  const fromMs = run.clock.now();
  await until(() => {
    if (!happened()) run.clock.advance(run.clock.now() - fromMs < 10_000 ? 250 : 0);
    return happened();
  }, 'the next connection');
  return run.clock.now() - fromMs;
}
