// Which states of a session follow each other, with which server, what is left when it is closed, and that a reconnect costs
// nothing by itself however much is watched.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { connectedRun, fakeZooKeeper, SessionRun } from '../fakes/session-run.ts';
import { until } from '../fakes/until.ts';
import type { SeenRequest } from '../fakes/zookeeper-packets.ts';

describe('the state', () => {
  test('is lost at first, reads say so, and nothing is called from inside start', async (t) => {
    const fake = await fakeZooKeeper(t);
    const run = new SessionRun(t, { servers: [fake.address] });
    assert.deepEqual(run.session.state(), { kind: 'lost', sinceMs: run.clock.now(), failure: undefined });
    const reads = [run.session.children('/'), run.session.data('/'), run.session.exists('/')];
    assert.deepEqual(
      (await Promise.all(reads)).map(({ kind }) => kind),
      ['disconnected', 'disconnected', 'disconnected'],
    );
    run.session.start((state) => run.states.push(state));
    assert.deepEqual(run.states, []);
    run.clock.advance(0);
    await run.until('connected');
    assert.deepEqual(run.session.state(), { kind: 'connected', sinceMs: run.clock.now(), server: fake.address });
    assert.deepEqual(run.history, ['connected']);
  });

  test('is reconnected when another connection resumes the session, with reads in between disconnected', async (t) => {
    const fake = await fakeZooKeeper(t);
    const run = await connectedRun(t, fake);
    fake.cut();
    await run.until('suspended');
    assert.equal((await run.session.children('/')).kind, 'disconnected');
    await run.retry('reconnected');
    assert.deepEqual(run.history, ['connected', 'suspended ZOOKEEPER_CLOSED', 'reconnected']);
    assert.deepEqual(sessionsAskedFor(fake.requests), ['0000000000000000', '0000000000000001']);
    assert.deepEqual(await run.session.children('/'), { kind: 'found', value: [] });
  });

  test('is lost when the server has ended the session, and connected with a new one soon', async (t) => {
    const fake = await fakeZooKeeper(t);
    const run = await connectedRun(t, fake);
    fake.expireSessions();
    await run.until('suspended');
    await run.retry('lost', 'ZOOKEEPER_EXPIRED');
    await run.retry('connected');
    assert.deepEqual(run.history, ['connected', 'suspended ZOOKEEPER_CLOSED', 'lost ZOOKEEPER_EXPIRED', 'connected']);
    assert.deepEqual(sessionsAskedFor(fake.requests), ['0000000000000000', '0000000000000001', '0000000000000000']);
  });

  test('tells a new failure while nothing can be reached, with the time since it is so', async (t) => {
    const fake = await fakeZooKeeper(t);
    const run = await connectedRun(t, fake);
    await fake.close();
    await run.until('suspended', 'ZOOKEEPER_CLOSED');
    const { sinceMs } = run.session.state();
    await run.retry('suspended', 'ZOOKEEPER_UNREACHABLE');
    assert.equal(run.session.state().sinceMs, sinceMs);
  });

  test('is lost when nothing was reached for as long as a session lasts, and a new one is asked for then', async (t) => {
    const fake = await fakeZooKeeper(t);
    fake.longestTimeoutMs = 20_000;
    const run = await connectedRun(t, fake);
    fake.behave = () => ({ kind: 'cut' });
    fake.cut();
    await run.until('suspended');
    await run.clock.advanceAsync(19_999, 100);
    assert.equal(run.kind, 'suspended');
    await run.clock.advanceAsync(1);
    assert.equal(run.kind, 'lost');
    fake.behaveWell();
    await run.retry('connected');
    assert.equal(sessionsAskedFor(fake.requests).at(-1), '0000000000000000');
  });
});

test('servers are tried in an order of dice, each one after a failure of the one before', async (t) => {
  const fakes = [await fakeZooKeeper(t), await fakeZooKeeper(t), await fakeZooKeeper(t)];
  const servers = fakes.map(({ address }) => address);
  const dice = [0.9, 0.1, 0.5];
  const run = new SessionRun(t, { servers }, () => dice.shift() ?? 0.5);
  const [last, first, second] = fakes;
  for (const fake of fakes) fake.behave = () => ({ kind: 'cut' });
  run.begin();
  await run.untilTold(1);
  await run.retry('lost');
  await until(() => second?.accepted === 1, 'the second was tried');
  await run.untilTold(2);
  if (last !== undefined) last.behave = () => ({ kind: 'serve' });
  await run.retry('connected');
  assert.deepEqual(
    fakes.map(({ accepted }) => accepted),
    [1, 1, 1],
  );
  assert.equal(first?.accepted, 1);
  const state = run.session.state();
  assert.equal(state.kind === 'connected' && state.server, last?.address);
});

describe('closing', () => {
  for (const [when, prepare] of [
    ['before it was started', async () => {}],
    ['right after it was started', async (run: SessionRun) => run.session.start((state) => run.states.push(state))],
    ['while it connects', async (run: SessionRun) => run.begin()],
    ['while it is connected', (run: SessionRun) => run.start()],
  ] as const) {
    test(`${when} leaves no timer and no socket, and calls nothing`, async (t) => {
      const fake = await fakeZooKeeper(t);
      const run = new SessionRun(t, { servers: [fake.address] });
      await prepare(run);
      const told = run.states.length;
      await Promise.all([run.session.close(), run.session.close()]);
      assert.equal(run.clock.pending, 0);
      await until(() => fake.open === 0, 'the server sees no connection');
      await run.clock.advanceAsync(120_000, 1_000);
      assert.equal(run.states.length, told);
      assert.equal(run.kind, 'lost');
      assert.equal((await run.session.data('/')).kind, 'disconnected');
    });
  }

  test('can be done by whoever is told of a state', async (t) => {
    for (const [kind, fault] of [
      ['connected', 'none'],
      ['suspended', 'cut'],
      ['lost', 'no server'],
    ] as const) {
      const fake = await fakeZooKeeper(t);
      const run = new SessionRun(t, { servers: [fake.address] });
      let closing: Promise<void> | undefined;
      if (fault === 'no server') await fake.close();
      run.session.start((state) => {
        if (state.kind === kind) closing = run.session.close();
        else if (fault === 'cut') fake.cut();
      });
      run.clock.advance(0);
      await until(() => closing !== undefined, kind);
      await closing;
      assert.equal(run.clock.pending, 0, `no attempt is left when it is ${kind}`);
    }
  });

  test('waits until the socket is closed', async (t) => {
    const fake = await fakeZooKeeper(t);
    const { session } = await connectedRun(t, fake);
    let isClosed = false;
    const closing = session.close().then(() => {
      isClosed = true;
    });
    for (let turn = 0; turn < 20; turn++) await Promise.resolve();
    assert.equal(isClosed, false, 'a socket takes more than promises to close');
    await closing;
  });

  test('answers every read, those that wait for their turn too', async (t) => {
    const fake = await fakeZooKeeper(t);
    const run = await connectedRun(t, fake);
    fake.behave = () => ({ kind: 'silent' });
    const reads = Array.from({ length: 100 }, () => run.session.children('/'));
    await run.session.close();
    assert.ok((await Promise.all(reads)).every(({ kind }) => kind === 'disconnected'));
  });
});

test('11,000 watched paths of 110 bytes are one session: no packet grows with them, and none is sent again by itself', async (t) => {
  const fake = await fakeZooKeeper(t);
  const paths = Array.from({ length: 11_000 }, (_, index) => `/${'p'.repeat(104)}${String(index).padStart(5, '0')}`);
  for (const path of paths) fake.set(path);
  const run = await connectedRun(t, fake);
  let hints = 0;
  const watchAll = () => Promise.all(paths.map((path) => run.session.children(path, () => hints++)));
  await watchAll();
  for (let round = 0; round < 3; round++) {
    const asked = fake.asked.length;
    fake.cut();
    await run.until('suspended');
    await run.retry('reconnected');
    assert.deepEqual(fake.asked.slice(asked), ['exists /'], 'nothing is asked but a round trip');
    assert.ok((await watchAll()).every(({ kind }) => kind === 'found'));
  }
  assert.equal(fake.accepted, 4, 'one connection at a time');
  assert.ok(Math.max(...fake.requests.map(({ bytes }) => bytes)) < 200, 'no packet grows with the number of paths');
  fake.set(`${paths[7]}/child`);
  await until(() => hints === 1, 'the watches are there');
});

/** Ids of the sessions that were asked for, one for each connection. */
function sessionsAskedFor(requests: readonly SeenRequest[]): readonly string[] {
  return requests.filter(({ operation }) => operation === 0).map(({ session }) => session);
}
