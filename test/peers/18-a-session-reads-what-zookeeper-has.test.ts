// A session with real servers of all lines, and what only real servers have: access control, TLS, a chroot that is not there
// yet, directories and watches in numbers that break their own clients.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { ZooKeeperOptions } from '../../src/registry/zookeeper/options.ts';
import { createCertificates } from '../fakes/certificates.ts';
import { NO_DIGEST, PLAIN, told } from '../fakes/session-run.ts';
import { needPeers } from './build/peers.ts';
import { ReadingSession } from './run/reading-session.ts';
import { scratchFolder } from './run/scratch.ts';
import { TcpFaultProxy } from './run/tcp-fault-proxy.ts';
import { Teardown } from './run/teardown.ts';
import { waitFor } from './run/wait-for.ts';
import { ZooKeeperServer } from './run/zookeeper-server.ts';
import { ZooKeeperWire } from './run/zookeeper-wire.ts';
import { ZooKeeperWriter } from './run/zookeeper-writer.ts';

const DIGEST: ZooKeeperOptions['auth'] = { ...NO_DIGEST, scheme: 'digest', username: 'reader', password: 'hunter2' };

const need = await needPeers('zookeeper', 'zookeeper35', 'zookeeper34');

describe('18. A session reads what ZooKeeper has', need, () => {
  for (const line of ['3.9', '3.5', '3.4'] as const) {
    describe(`of the line ${line}`, () => {
      const teardown = new Teardown();
      let server: ZooKeeperServer;
      let proxy: TcpFaultProxy;
      let wire: ZooKeeperWire;
      let writer: ZooKeeperWriter;
      before(async () => {
        server = await ZooKeeperServer.start(teardown, { line, maxSessionTimeoutMs: 30_000 });
        proxy = await TcpFaultProxy.start(teardown, server.port);
        wire = new ZooKeeperWire(proxy);
        writer = await ZooKeeperWriter.start(teardown, server.address, 'reader:hunter2');
      });
      after(() => teardown.run());

      test('nodes, their children and their absence, with a hint for each change', async () => {
        await writer.create('/dir/b', 'data');
        const { reader } = await ReadingSession.start(teardown, { servers: [proxy.address] });
        const hints: string[] = [];
        assert.deepEqual(await reader.children('/dir', () => hints.push('children')), { kind: 'found', value: ['b'] });
        assert.deepEqual(await reader.data('/dir/b', () => hints.push('data')), {
          kind: 'found',
          value: Buffer.from('data'),
        });
        assert.equal(told(await reader.exists('/dir/a', () => hints.push('exists'))), 'no-node');
        assert.equal(told(await reader.data('/dir/a')), 'no-node');
        assert.equal(told(await reader.children('/dir/a')), 'no-node');
        await writer.set('/dir/b', 'new');
        await writer.create('/dir/a');
        await waitFor(() => hints.length === 3, 'every hint has come');
        await writer.create('/dir/c');
        assert.deepEqual(await reader.children('/dir'), { kind: 'found', value: ['a', 'b', 'c'] });
        assert.deepEqual(hints.sort(), ['children', 'data', 'exists']);
      });

      test('below a chroot that comes to be later', async () => {
        const session = await ReadingSession.start(teardown, { servers: [proxy.address], chroot: '/later/on' });
        let hints = 0;
        assert.equal(told(await session.reader.exists('/', () => hints++)), 'no-node');
        assert.equal(told(await session.reader.children('/')), 'no-node');
        await writer.create('/later/on/here');
        await waitFor(() => hints === 1, 'the chroot is there');
        assert.deepEqual(await session.reader.children('/'), { kind: 'found', value: ['here'] });
        assert.deepEqual(session.states, ['connected']);
      });

      test('with the right credentials on every connection, and without them says so of the path alone', async () => {
        await writer.createPrivate('/private', 'secret');
        const named = await ReadingSession.start(teardown, { servers: [proxy.address], auth: DIGEST });
        const nameless = await ReadingSession.start(teardown, { servers: [proxy.address] });
        for (const state of ['connected', 'reconnected'] as const) {
          await Promise.all([named.until(state), nameless.until(state)]);
          assert.equal(told(await named.reader.data('/private')), 'found');
          assert.equal(told(await nameless.reader.data('/private')), 'no-auth');
          assert.equal(told(await nameless.reader.children('/private')), 'no-auth');
          assert.equal(told(await nameless.reader.children('/')), 'found');
          if (state === 'connected') {
            proxy.cut();
            await Promise.all([named.until('suspended'), nameless.until('suspended')]);
          }
        }
      });

      test('and asks nothing that is no read', () => {
        assert.ok(wire.operations.size > 0);
        assert.deepEqual(wire.writes, []);
      });
    });
  }

  describe('in large numbers', () => {
    const teardown = new Teardown();
    let proxy: TcpFaultProxy;
    let wire: ZooKeeperWire;
    let writer: ZooKeeperWriter;
    before(async () => {
      const server = await ZooKeeperServer.start(teardown, { maxSessionTimeoutMs: 30_000 });
      proxy = await TcpFaultProxy.start(teardown, server.port);
      wire = new ZooKeeperWire(proxy);
      writer = await ZooKeeperWriter.start(teardown, server.address);
    });
    after(() => teardown.run());

    test('20,000 children of one node, which is too large for who takes less, and for that path alone', async () => {
      const children = Array.from({ length: 20_000 }, (_, index) => `/many/${'m'.repeat(500)}-${index}`);
      await writer.create('/many');
      await writer.createAll(children);
      const { reader } = await ReadingSession.start(teardown, { servers: [proxy.address] });
      const outcome = await reader.children('/many');
      assert.equal(outcome.kind === 'found' && outcome.value.length, children.length);
      const small = await ReadingSession.start(teardown, { servers: [proxy.address], maxBytes: 1024 * 1024 });
      const outcomes = [small.reader.children('/many'), small.reader.exists('/many'), small.reader.data('/many')];
      assert.deepEqual((await Promise.all(outcomes)).map(told), ['ZOOKEEPER_TOO_LARGE', 'found', 'found']);
      assert.deepEqual(small.states, ['connected']);
    });

    test('11,000 watched paths of 110 bytes over reconnects, without a storm', async () => {
      const paths = Array.from(
        { length: 11_000 },
        (_, index) => `/${'p'.repeat(104)}${String(index).padStart(5, '0')}`,
      );
      await writer.createAll(paths);
      const session = await ReadingSession.start(teardown, { servers: [proxy.address] });
      const accepted = proxy.accepted;
      const hints: string[] = [];
      const watchAll = () => Promise.all(paths.map((path) => session.reader.children(path, () => hints.push(path))));
      await watchAll();
      for (let round = 0; round < 2; round++) {
        proxy.cut();
        await session.until('suspended');
        await session.until('reconnected');
        assert.ok((await watchAll()).every(({ kind }) => kind === 'found'));
      }
      // The sessions of the test before are cut and come back as well.
      assert.ok(proxy.accepted - accepted <= 3 * 2, `${proxy.accepted - accepted} connections`);
      assert.ok(wire.longestRequest < 1_000, `a request of ${wire.longestRequest} bytes`);
      await writer.create(`${paths[7]}/child`);
      await waitFor(() => hints.length === 1, 'the watches are there');
      assert.deepEqual(hints, [paths[7]]);
    });

    test('and asks nothing that is no read', () => {
      assert.deepEqual(wire.writes, []);
    });
  });

  describe('over TLS', () => {
    const teardown = new Teardown();
    after(() => teardown.run());

    test('with a client certificate, and without one says that TLS is the obstacle', async () => {
      const certificates = createCertificates(scratchFolder(teardown, 'certificates'));
      const server = await ZooKeeperServer.start(teardown, { certificates });
      const { caFile, client } = certificates;
      const tls = { ...PLAIN, enabled: true, caFile, certificateFile: client.certFile, keyFile: client.keyFile };
      const known = await ReadingSession.start(teardown, { servers: [server.tlsAddress], tls, auth: DIGEST });
      assert.equal(told(await known.reader.children('/')), 'found');
      for (const [code, options] of [
        ['ZOOKEEPER_TLS', { tls: { ...tls, certificateFile: undefined, keyFile: undefined } }],
        ['ZOOKEEPER_TLS', { tls: { ...tls, caFile: undefined } }],
        ['ZOOKEEPER_TLS', { tls: { ...tls, serverName: 'zk.other' } }],
        ['ZOOKEEPER_HANDSHAKE', {}],
        ['ZOOKEEPER_HANDSHAKE', { tls, servers: [server.address] }],
      ] as const) {
        const unknown = new ReadingSession(teardown, { servers: [server.tlsAddress], ...options });
        unknown.begin();
        await waitFor(() => unknown.codes.length > 0, 'it failed');
        assert.deepEqual([unknown.states, unknown.codes], [['lost'], [code]]);
      }
    });
  });
});
