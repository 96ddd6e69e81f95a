// What a session answers from a server that behaves, and when hints come.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Outcome, ZooKeeperReader } from '../../src/registry/zookeeper/reader.ts';
import { MOST_IN_FLIGHT } from '../../src/registry/zookeeper/session/reads.ts';
import { connectedRun, fakeZooKeeper, SessionRun } from '../fakes/session-run.ts';
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
    const { session } = await connectedRun(t, fake);
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
    const { session } = await connectedRun(t, fake);
    for (const ask of everyRead(session, '/nowhere')) assert.equal(shown(await ask()), 'no-node');
    assert.equal(shown(await session.children('/secret')), 'no-auth');
    assert.equal(shown(await session.data('/secret')), 'no-auth');
    assert.deepEqual(shown(await session.children('/')), ['secret']);
  });

  test('of what cannot be the path of a node fails for itself, and nothing is sent', async (t) => {
    const fake = await fakeZooKeeper(t);
    const { session } = await connectedRun(t, fake);
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
    const run = await connectedRun(t, fake);
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
    const { session } = await connectedRun(t, fake);
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
    const { session } = await connectedRun(t, fake);
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
    const { session } = await connectedRun(t, fake);
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
    const { session } = await connectedRun(t, fake);
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
    const run = await connectedRun(t, fake);
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

function everyRead(session: ZooKeeperReader, path: string): readonly (() => Promise<Outcome<unknown>>)[] {
  return [() => session.children(path), () => session.data(path), () => session.exists(path)];
}
