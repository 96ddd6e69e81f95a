// A session with a server that behaves: what reads answer, when hints come, which states follow each other, and what is
// left when it is closed.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Outcome, ZooKeeperReader } from '../../src/registry/zookeeper/reader.ts';
import { MOST_IN_FLIGHT } from '../../src/registry/zookeeper/session/reads.ts';
import { fakeZooKeeper, SessionRun } from '../fakes/session-run.ts';
import { until } from '../fakes/until.ts';
import { answer, bytes, EVENTS, event, OPERATIONS, STAT } from '../fakes/zookeeper-packets.ts';

function shown(outcome: Outcome<unknown>): unknown {
  switch (outcome.kind) {
    case 'found':
      return Buffer.isBuffer(outcome.value) ? outcome.value.toString() : outcome.value;
    case 'failed':
      return outcome.failure.code;
    default:
      return outcome.kind;
  }
}

describe('a read', () => {
  test('answers what is there, with names in code unit order', async (t) => {
    const fake = await fakeZooKeeper(t);
    for (const name of ['b', 'a', 'B', 'ü', '%2F']) fake.set(`/dir/${name}`);
    fake.set('/dir/a', 'some data');
    const { session } = await started(t, fake.address);
    assert.deepEqual(shown(await session.children('/dir')), ['%2F', 'B', 'a', 'b', 'ü']);
    assert.deepEqual(shown(await session.children('/dir/a')), []);
    assert.equal(shown(await session.data('/dir/a')), 'some data');
    assert.equal(shown(await session.data('/dir')), '');
    assert.equal(shown(await session.exists('/dir')), undefined);
    assert.deepEqual(shown(await session.children('/')), ['dir']);
  });

  test('says of one path that it is not there or may not be read, and others are readable', async (t) => {
    const fake = await fakeZooKeeper(t);
    fake.set('/secret');
    fake.forbidden.add('/secret');
    const { session } = await started(t, fake.address);
    for (const ask of everyRead(session, '/nowhere')) assert.equal(shown(await ask()), 'no-node');
    assert.equal(shown(await session.children('/secret')), 'no-auth');
    assert.equal(shown(await session.data('/secret')), 'no-auth');
    assert.deepEqual(shown(await session.children('/')), ['secret']);
  });

  test('of what cannot be the path of a node fails for itself, and nothing is sent', async (t) => {
    const fake = await fakeZooKeeper(t);
    const { session } = await started(t, fake.address);
    const sent = fake.asked.length;
    for (const path of ['', 'a', '/a/', '//', '/a//b', '/a/./b', '/..'])
      for (const ask of everyRead(session, path)) assert.equal(shown(await ask()), 'ZOOKEEPER_SERVER_ERROR', path);
    assert.equal(fake.asked.length, sent);
  });

  test('is below the chroot, also where that comes to be later', async (t) => {
    const fake = await fakeZooKeeper(t);
    const run = new SessionRun(t, { servers: [fake.address], chroot: '/apps/x' });
    await run.start();
    let hints = 0;
    assert.equal(shown(await run.session.children('/')), 'no-node');
    assert.equal(shown(await run.session.exists('/', () => hints++)), 'no-node');
    fake.set('/apps/x/a', 'data');
    await until(() => hints === 1, 'the chroot came to be');
    assert.deepEqual(shown(await run.session.children('/')), ['a']);
    assert.equal(shown(await run.session.data('/a')), 'data');
  });

  test('of many is sent 32 at a time; the round trips that show life do not wait for them', async (t) => {
    const fake = await fakeZooKeeper(t);
    fake.set('/a');
    const run = await started(t, fake.address);
    let holds = true;
    fake.behave = () => ({ kind: holds ? 'silent' : 'serve' });
    const asked = fake.asked.length;
    const reads = Array.from({ length: 1_000 }, () => run.session.data('/a'));
    await until(() => fake.asked.length === asked + MOST_IN_FLIGHT, 'a window was sent');
    await run.clock.advanceAsync(10_000);
    await until(() => fake.asked.length === asked + MOST_IN_FLIGHT + 1, 'a round trip went ahead');
    assert.equal(fake.asked.at(-1), 'exists /');
    holds = false;
    fake.cut();
    assert.ok((await Promise.all(reads)).every(({ kind }) => kind === 'disconnected'));
  });
});

describe('a hint', () => {
  test('comes once when what was read has changed', async (t) => {
    const fake = await fakeZooKeeper(t);
    fake.set('/dir/a');
    const { session } = await started(t, fake.address);
    const told: string[] = [];
    await session.children('/dir', () => told.push('children'));
    await session.data('/dir/a', () => told.push('data'));
    await session.exists('/dir/b', () => told.push('exists'));
    fake.set('/dir/a', 'new');
    await until(() => told.length === 1, 'the data changed');
    fake.set('/dir/b');
    await until(() => told.length === 3, 'a node came to be');
    fake.set('/dir/a', 'newer');
    fake.remove('/dir/b');
    fake.set('/dir/c');
    await session.exists('/');
    assert.deepEqual(told, ['data', 'exists', 'children']);
  });

  test('comes for every kind of read when the node goes', async (t) => {
    const fake = await fakeZooKeeper(t);
    fake.set('/dir');
    const { session } = await started(t, fake.address);
    const told: string[] = [];
    await session.children('/dir', () => told.push('children'));
    await session.data('/dir', () => told.push('data'));
    await session.exists('/dir', () => told.push('exists'));
    fake.remove('/dir');
    await until(() => told.length === 3, 'all were told');
  });

  test('is left by no read that failed, and by no-node for exists alone', async (t) => {
    const fake = await fakeZooKeeper(t);
    fake.set('/secret');
    fake.forbidden.add('/secret');
    const { session } = await started(t, fake.address);
    const told: string[] = [];
    await session.children('/later', () => told.push('children'));
    await session.data('/later', () => told.push('data'));
    await session.data('/secret', () => told.push('secret'));
    fake.set('/later');
    fake.send(EVENTS.deleted, '/later');
    fake.send(EVENTS.deleted, '/secret');
    await session.exists('/');
    assert.deepEqual(told, []);
  });

  test('is not lost when the event stands right behind the answer', async (t) => {
    const fake = await fakeZooKeeper(t);
    fake.set('/a', 'old');
    const { session } = await started(t, fake.address);
    let hints = 0;
    fake.behave = ({ operation, number }) => {
      if (operation !== OPERATIONS.data) return { kind: 'serve' };
      return {
        kind: 'raw',
        bytes: Buffer.concat([answer(number, 0, bytes(Buffer.from('x')), STAT), event(EVENTS.dataChanged, '/a')]),
      };
    };
    assert.equal(shown(await session.data('/a', () => hints++)), 'x');
    assert.equal(hints, 1);
  });

  test('of an earlier connection never comes', async (t) => {
    const fake = await fakeZooKeeper(t);
    fake.set('/dir');
    const run = await started(t, fake.address);
    let hints = 0;
    await run.session.children('/dir', () => hints++);
    fake.cut();
    await run.until('suspended');
    await run.retry('reconnected');
    fake.send(EVENTS.deleted, '/dir');
    await run.session.exists('/');
    assert.equal(hints, 0);
  });
});

describe('the state', () => {
  test('is lost at first, reads say so, and nothing is called from inside start', async (t) => {
    const fake = await fakeZooKeeper(t);
    const run = new SessionRun(t, { servers: [fake.address] });
    assert.deepEqual(run.session.state(), { kind: 'lost', sinceMs: run.clock.now(), failure: undefined });
    for (const ask of everyRead(run.session, '/')) assert.equal(shown(await ask()), 'disconnected');
    run.session.start((state) => run.states.push(state));
    assert.deepEqual(run.states, []);
    run.clock.advance(0);
    await run.until('connected');
    assert.deepEqual(run.session.state(), { kind: 'connected', sinceMs: run.clock.now(), server: fake.address });
    assert.deepEqual(run.history, ['connected']);
  });

  test('is reconnected when another connection resumes the session, with reads in between disconnected', async (t) => {
    const fake = await fakeZooKeeper(t);
    const run = await started(t, fake.address);
    fake.cut();
    await run.until('suspended');
    assert.equal(shown(await run.session.children('/')), 'disconnected');
    await run.retry('reconnected');
    assert.deepEqual(run.history, ['connected', 'suspended ZOOKEEPER_CLOSED', 'reconnected']);
    assert.deepEqual(sessionsAskedFor(fake.requests), ['0000000000000000', '0000000000000001']);
    assert.deepEqual(shown(await run.session.children('/')), []);
  });

  test('is lost when the server has ended the session, and connected with a new one soon', async (t) => {
    const fake = await fakeZooKeeper(t);
    const run = await started(t, fake.address);
    fake.expireSessions();
    await run.until('suspended');
    await run.retry('lost', 'ZOOKEEPER_EXPIRED');
    await run.retry('connected');
    assert.deepEqual(run.history, ['connected', 'suspended ZOOKEEPER_CLOSED', 'lost ZOOKEEPER_EXPIRED', 'connected']);
    assert.deepEqual(sessionsAskedFor(fake.requests), ['0000000000000000', '0000000000000001', '0000000000000000']);
  });

  test('tells a new failure while nothing can be reached, with the time since it is so', async (t) => {
    const fake = await fakeZooKeeper(t);
    const run = await started(t, fake.address);
    await fake.close();
    await run.until('suspended', 'ZOOKEEPER_CLOSED');
    const { sinceMs } = run.session.state();
    await run.retry('suspended', 'ZOOKEEPER_UNREACHABLE');
    assert.equal(run.session.state().sinceMs, sinceMs);
  });

  test('is lost when nothing was reached for as long as a session lasts, and a new one is asked for then', async (t) => {
    const fake = await fakeZooKeeper(t);
    fake.longestTimeoutMs = 20_000;
    const run = await started(t, fake.address);
    fake.behave = () => ({ kind: 'cut' });
    fake.cut();
    await run.until('suspended');
    await run.clock.advanceAsync(19_999, 100);
    assert.equal(run.kind, 'suspended');
    await run.clock.advanceAsync(1);
    assert.equal(run.kind, 'lost');
    fake.behave = () => ({ kind: 'serve' });
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
      assert.equal(shown(await run.session.data('/')), 'disconnected');
    });
  }

  test('answers every read, those that wait for their turn too', async (t) => {
    const fake = await fakeZooKeeper(t);
    const run = await started(t, fake.address);
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
  const run = await started(t, fake.address);
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

async function started(t: Parameters<typeof fakeZooKeeper>[0], server: string): Promise<SessionRun> {
  const run = new SessionRun(t, { servers: [server] });
  await run.start();
  return run;
}

function everyRead(session: ZooKeeperReader, path: string): readonly (() => Promise<Outcome<unknown>>)[] {
  return [() => session.children(path), () => session.data(path), () => session.exists(path)];
}

function sessionsAskedFor(
  requests: readonly { readonly operation: number; readonly session: string }[],
): readonly string[] {
  return requests.filter(({ operation }) => operation === 0).map(({ session }) => session);
}
