// The faults in which node-zookeeper-client hangs, lies or crashes, against a real server: the session comes back by itself,
// every read is answered, and nothing but reads ever passes on the wire.
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import type { ZooKeeperOptions } from '../../src/registry/zookeeper/options.ts';
import { told } from '../fakes/session-run.ts';
import { needPeers } from './build/peers.ts';
import { ReadingSession } from './run/reading-session.ts';
import { TcpFaultProxy } from './run/tcp-fault-proxy.ts';
import { Teardown } from './run/teardown.ts';
import { waitFor } from './run/wait-for.ts';
import { ZooKeeperServer } from './run/zookeeper-server.ts';
import { ZooKeeperWire } from './run/zookeeper-wire.ts';
import { endSession, ZooKeeperWriter } from './run/zookeeper-writer.ts';

/** Long names, so that the answer fills many packets. */
const CHILDREN = Array.from(
  { length: 20_000 },
  (_, index) => `/big/${'c'.repeat(200)}-${String(index).padStart(5, '0')}`,
);
const MIDDLE_OF_THE_ANSWER = 1_000_000;
const SESSION_MS = 6_000;
/** Where a session is to outlive a fault, however slow the machine is. */
const LONG_SESSION = { sessionTimeoutMs: 30_000 };
const EXISTS = 3;

describe('13. Faults of ZooKeeper and its library are survived', await needPeers('zookeeper'), () => {
  const whole = new Teardown();
  /** What the single test opened. */
  let teardown = new Teardown();
  let server: ZooKeeperServer;
  let writer: ZooKeeperWriter;
  const wires: ZooKeeperWire[] = [];

  before(async () => {
    server = await ZooKeeperServer.start(whole, { maxSessionTimeoutMs: 30_000 });
    writer = await ZooKeeperWriter.start(whole, server.address);
    await writer.create('/big');
    await writer.createAll(CHILDREN);
    await writer.create('/a', 'data');
  });
  afterEach(async () => {
    await teardown.run();
    teardown = new Teardown();
  });
  after(() => whole.run());

  async function proxyTo(port: number): Promise<{ readonly proxy: TcpFaultProxy; readonly wire: ZooKeeperWire }> {
    const proxy = await TcpFaultProxy.start(teardown, port);
    const wire = new ZooKeeperWire(proxy);
    wires.push(wire);
    return { proxy, wire };
  }

  /** A connected session through a proxy of its own. */
  async function scene(options: Partial<ZooKeeperOptions> = {}) {
    const { proxy, wire } = await proxyTo(server.port);
    const servers = [proxy.address];
    const session = await ReadingSession.start(teardown, { servers, sessionTimeoutMs: SESSION_MS, ...options });
    return { proxy, wire, session };
  }

  async function readsAgain({ reader }: ReadingSession): Promise<void> {
    assert.equal(told(await reader.data('/a')), 'found');
  }

  test('A. a connection that is cut in the middle of an answer', async () => {
    const { proxy, session } = await scene(LONG_SESSION);
    for (let round = 0; round < 3; round++) {
      proxy.cutAfter(MIDDLE_OF_THE_ANSWER);
      assert.equal(told(await session.reader.children('/big')), 'disconnected');
      await session.until('reconnected');
      const outcome = await session.reader.children('/big');
      assert.equal(outcome.kind === 'found' && outcome.value.length, CHILDREN.length);
    }
    assert.deepEqual(session.codes, ['ZOOKEEPER_BROKEN_ANSWER']);
  });

  test('B. a server that is frozen', async () => {
    const { session } = await scene();
    server.process.freeze();
    const reads = CHILDREN.slice(0, 100).map((path) => session.reader.data(path));
    assert.deepEqual(new Set((await Promise.all(reads)).map(told)), new Set(['disconnected']));
    await session.until('lost');
    server.process.thaw();
    await session.until('connected');
    await readsAgain(session);
    assert.deepEqual(session.states, ['connected', 'lost', 'connected']);
  });

  test('B. a network that lets nothing through', async () => {
    const { proxy, session } = await scene();
    proxy.setFault({ kind: 'black-hole' });
    await session.until('lost');
    proxy.setFault({ kind: 'pass' });
    await session.until('connected');
    await readsAgain(session);
    assert.equal(session.codes[0], 'ZOOKEEPER_TIMEOUT');
  });

  test('C. a server that takes connections and gives no session', async () => {
    const { proxy: silent } = await proxyTo(server.port);
    silent.setFault({ kind: 'black-hole' });
    const { proxy: good } = await proxyTo(server.port);
    const servers = [silent.address, good.address];
    const session = await ReadingSession.start(teardown, { servers, connectTimeoutMs: 1_000 });
    assert.equal(session.server, good.address);
    assert.equal(silent.accepted, 1);
    await readsAgain(session);
  });

  test('D. events without an end, for longer than the session lasts', async () => {
    const { session, wire } = await scene({ sessionTimeoutMs: 3_000 });
    let hints = 0;
    const watch = (): void => void session.reader.data('/a', onHint);
    const onHint = (): void => {
      hints++;
      watch();
    };
    watch();
    const heartbeats = (): number => wire.operations.get(EXISTS) ?? 0;
    const before = heartbeats();
    // One goes out each third of the session timeout.
    while (heartbeats() < before + 9) await writer.set('/a', `data ${hints}`);
    assert.ok(hints > 0);
    assert.deepEqual(session.states, ['connected']);
  });

  test('E. reads that are asked before and while the connection is gone', async () => {
    const { proxy, session } = await scene();
    proxy.setFault({ kind: 'delay', ms: 200 });
    const before = CHILDREN.slice(0, 200).map((path) => session.reader.data(path));
    proxy.setFault({ kind: 'refuse' });
    proxy.cut();
    assert.ok((await Promise.all(before)).every(({ kind }) => kind === 'disconnected'));
    await session.until('suspended');
    assert.equal(told(await session.reader.data('/a')), 'disconnected');
    await session.until('lost');
    assert.equal(told(await session.reader.data('/a')), 'disconnected');
    proxy.setFault({ kind: 'pass' });
    await session.until('connected');
    await readsAgain(session);
  });

  test('E. a session that the server ends', async () => {
    const { session, wire } = await scene();
    const former = await waitFor(() => wire.session, 'the session is known');
    await endSession(server.address, former);
    await waitFor(() => session.states.length === 4, 'a new session');
    assert.deepEqual(session.states, ['connected', 'suspended', 'lost', 'connected']);
    assert.ok(session.codes.includes('ZOOKEEPER_EXPIRED'));
    await readsAgain(session);
  });

  test('F. a session that is closed before, while and after it connects', async () => {
    const { proxy } = await proxyTo(server.port);
    const fresh = (): ReadingSession => new ReadingSession(teardown, { servers: [proxy.address] });
    await fresh().reader.close();
    for (const turns of [0, 1, 3]) {
      const session = fresh();
      session.begin();
      for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => setImmediate(resolve));
      await session.reader.close();
      assert.deepEqual(session.states, []);
    }
    const connected = await ReadingSession.start(teardown, { servers: [proxy.address] });
    const read = connected.reader.children('/big');
    await connected.reader.close();
    assert.equal(told(await read), 'disconnected');
  });

  test('G. a server whose error codes the library does not know', async () => {
    const settings = { 'enforce.auth.enabled': 'true', 'enforce.auth.schemes': 'digest' };
    const strict = await ZooKeeperServer.start(teardown, { settings });
    const { proxy } = await proxyTo(strict.port);
    const session = new ReadingSession(teardown, { servers: [proxy.address] });
    session.begin();
    await waitFor(() => proxy.accepted >= 3, 'it tries again');
    assert.deepEqual(session.states, ['lost']);
    assert.deepEqual(session.codes, ['ZOOKEEPER_UNAUTHENTICATED']);
  });

  test('a server that is killed and started again before its sessions are over', async () => {
    const { session } = await scene(LONG_SESSION);
    await server.kill();
    await session.until('suspended');
    await server.startAgain();
    await session.until('reconnected');
    await readsAgain(session);
    assert.deepEqual(session.states, ['connected', 'suspended', 'reconnected']);
  });

  test('a server that is killed, and started again when its sessions are over', async () => {
    const { session } = await scene();
    await server.kill();
    await session.until('lost');
    await server.startAgain();
    await session.until('connected');
    await readsAgain(session);
    assert.deepEqual(session.states, ['connected', 'suspended', 'lost', 'connected']);
  });

  test('in all of that nothing but reads was asked', () => {
    assert.ok(wires.length >= 10 && wires.some(({ operations }) => operations.size > 0));
    assert.deepEqual(
      wires.flatMap(({ writes }) => writes),
      [],
    );
  });
});
