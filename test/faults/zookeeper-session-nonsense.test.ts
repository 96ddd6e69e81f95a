// What else servers and networks do to a session: answers that are too large, bytes that mean nothing, failures without end.
// The process lives, one path fails for itself, and nothing is asked too often.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { FakeZooKeeperServer } from '../fakes/fake-zookeeper-server.ts';
import { fakeZooKeeper, readsAgain, SessionRun, sessionScene, told } from '../fakes/session-run.ts';
import { until } from '../fakes/until.ts';
import { answer, EVENTS, event, OPERATIONS, type SeenRequest, sessionAnswer } from '../fakes/zookeeper-packets.ts';

describe('an answer that is too large', () => {
  test('fails its own read alone, and the next one is answered', async (t) => {
    const { fake, run } = await sessionScene(t, { maxBytes: 10_000 });
    fake.set('/big', 'x'.repeat(500_000));
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
      const { fake, run } = await sessionScene(t);
      fake.behave = (request) => (read(request) ? { kind: 'raw', bytes: bytes(request) } : { kind: 'serve' });
      assert.equal(told(await run.session.data('/a')), 'disconnected');
      await run.until('lost', 'ZOOKEEPER_BROKEN_ANSWER');
      fake.behaveWell();
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
      fake.behaveWell();
      await run.retry('connected');
    });
  }

  test('an event of a kind that nobody knows is a hint like any other', async (t) => {
    const { fake, run } = await sessionScene(t);
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

/** Time is moved on in big steps there, and a connection is made in real time. */
const NO_DEADLINE = { connectTimeoutMs: 3_600_000 };

describe('a server that fails again and again', () => {
  test('is asked less and less, and the log does not fill', async (t) => {
    const fake = await fakeZooKeeper(t);
    fake.behave = () => ({ kind: 'cut' });
    const run = new SessionRun(t, { servers: [fake.address], ...NO_DEADLINE });
    run.begin();
    await run.untilTold(1);
    for (let attempt = 2; attempt <= 20; attempt++) {
      const pauseMs = await pauseOf(run, fake);
      if (attempt > 6) assert.ok(pauseMs >= 5_000, `${pauseMs} ms before attempt ${attempt}`);
      await run.untilTold(attempt);
    }
    assert.deepEqual(new Set(run.history), new Set(['lost ZOOKEEPER_HANDSHAKE']));
    assert.deepEqual(
      run.lines.map(({ fields }) => fields['failures']),
      [1, 2, 4, 8, 16],
    );
  });

  test('though every connection comes up first, is not met by a storm', async (t) => {
    const { fake, run } = await sessionScene(t, NO_DEADLINE);
    fake.behave = ({ operation }) => ({ kind: operation === OPERATIONS.data ? 'cut' : 'serve' });
    for (let round = 1; round <= 20; round++) {
      await run.session.data('/a');
      await run.until('suspended');
      const pauseMs = await pauseOf(run, fake);
      if (round > 5) assert.ok(pauseMs >= 5_000, `${pauseMs} ms after ${round} rounds`);
      await run.until('reconnected');
    }
    assert.equal(run.states.length, 41);
    assert.ok(run.lines.length <= 20, `${run.lines.length} lines for 41 states`);
  });
});

test('a server that is back and has ended the session is asked for a new one soon, however long it was gone', async (t) => {
  const { fake, run } = await sessionScene(t, NO_DEADLINE);
  fake.behave = () => ({ kind: 'cut' });
  fake.cut();
  await run.until('suspended');
  for (let attempt = 1; attempt <= 4; attempt++) {
    await pauseOf(run, fake);
    await run.untilTold(2 + attempt);
  }
  fake.behaveWell();
  fake.expireSessions();
  await pauseOf(run, fake);
  await run.until('lost', 'ZOOKEEPER_EXPIRED');
  assert.ok((await pauseOf(run, fake)) <= 1_000);
  await run.until('connected');
});

/** How far time has to be moved until the next connection is made. */
async function pauseOf(run: SessionRun, fake: FakeZooKeeperServer): Promise<number> {
  const [fromMs, accepted] = [run.clock.now(), fake.accepted];
  await until(() => {
    if (fake.accepted === accepted) run.clock.advance(500);
    return fake.accepted > accepted;
  }, 'the next connection');
  return run.clock.now() - fromMs;
}
