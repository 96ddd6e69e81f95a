// The faults in which node-zookeeper-client hangs, lies or crashes: the session always comes back, and every read is answered.
// F, closing at the wrong moment, is in zookeeper-session-states.test.ts.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { fakeZooKeeper, readsAgain, SessionRun, sessionScene, told } from '../fakes/session-run.ts';
import { until } from '../fakes/until.ts';
import { EVENTS, OPERATIONS } from '../fakes/zookeeper-packets.ts';

type Scene = Awaited<ReturnType<typeof sessionScene>>;

describe('A: a connection that is cut in the middle of an answer', () => {
  test('leaves nothing behind for the next one', async (t) => {
    const { fake, run } = await sessionScene(t);
    fake.set('/a', 'x'.repeat(500_000));
    fake.behave = ({ operation }) => ({ kind: operation === OPERATIONS.data ? 'half' : 'serve' });
    assert.equal(told(await run.session.data('/a')), 'disconnected');
    await run.until('suspended', 'ZOOKEEPER_BROKEN_ANSWER');
    fake.behaveWell();
    await run.retry('reconnected');
    await readsAgain(run);
  });
});

describe('B: a server that falls silent', () => {
  test('is given up when a third of the session timeout has brought nothing, and every read is answered', async (t) => {
    const { fake, run } = await sessionScene(t, { requestTimeoutMs: 600_000 });
    fake.behave = () => ({ kind: 'silent' });
    const reads = Array.from({ length: 100 }, () => run.session.data('/a'));
    await run.clock.advanceAsync(10_000);
    assert.equal(run.kind, 'connected', 'it answered the handshake in this third');
    await run.clock.advanceAsync(10_000);
    assert.equal(run.kind, 'lost');
    assert.equal(run.code, 'ZOOKEEPER_TIMEOUT');
    assert.ok((await Promise.all(reads)).every(({ kind }) => kind === 'disconnected'));
    fake.behaveWell();
    await run.retry('connected');
    await readsAgain(run);
  });

  test('is given up when one read has no answer in its time, though events come', async (t) => {
    const { fake, run } = await sessionScene(t, { sessionTimeoutMs: 90_000 });
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
    const { fake, run } = await sessionScene(t);
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
  const { fake, run } = await sessionScene(t);
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
      const { fake, run } = await sessionScene(t);
      fake.behave = () => ({ kind: 'silent' });
      const reads = Array.from({ length: 50 }, () => run.session.data('/a'));
      await end({ fake, run });
      assert.ok((await Promise.all(reads)).every(({ kind }) => kind === 'disconnected'));
      assert.equal(told(await run.session.data('/a')), 'disconnected');
      fake.behaveWell();
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
      const { fake, run } = await sessionScene(t);
      fake.behave = ({ operation }) => (operation === OPERATIONS.data ? { kind: 'error', code } : { kind: 'serve' });
      const outcome = await run.session.data('/a');
      assert.equal(told(outcome), 'ZOOKEEPER_SERVER_ERROR');
      assert.ok(outcome.kind === 'failed' && outcome.failure.message.includes(`${code} `));
      fake.behaveWell();
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
      const { fake, run } = await sessionScene(t);
      fake.behave = ({ operation }) => (operation === OPERATIONS.data ? { kind: 'error', code } : { kind: 'serve' });
      const reads = [run.session.data('/a'), run.session.children('/a')];
      assert.deepEqual((await Promise.all(reads)).map(told), ['disconnected', 'disconnected']);
      await run.until(kind, failure);
      fake.behaveWell();
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
