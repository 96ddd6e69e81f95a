// What lets a session in: a digest before anything is asked, TLS with a CA and a client certificate, all read again for every
// connection. And that none of it ever shows.
import assert from 'node:assert/strict';
import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import type { ZooKeeperOptions } from '../../src/registry/zookeeper/options.ts';
import { createCertificates, serverTls } from '../fakes/certificates.ts';
import type { FakeZooKeeperServer } from '../fakes/fake-zookeeper-server.ts';
import { fakeZooKeeper, NO_DIGEST, PLAIN, SessionRun } from '../fakes/session-run.ts';
import { tempDir } from '../fakes/temp-dir.ts';
import { OPERATIONS } from '../fakes/zookeeper-packets.ts';

function digest(fields: Partial<ZooKeeperOptions['auth']>): ZooKeeperOptions['auth'] {
  return { ...NO_DIGEST, scheme: 'digest', username: 'ümit', ...fields };
}

/** What was sent as credentials, connection by connection. */
function shownTo(fake: FakeZooKeeperServer): readonly string[] {
  return fake.requests.filter(({ operation }) => operation === OPERATIONS.auth).map(({ credentials }) => credentials);
}

describe('a digest', () => {
  test('is the first thing that every connection sends, with the password as its file is then', async (t) => {
    const fake = await fakeZooKeeper(t);
    fake.set('/a');
    const passwordFile = join(tempDir(t), 'password');
    writeFileSync(passwordFile, 'old hunter2\n');
    fake.demandedCredentials = 'digest ümit:old hunter2';
    const run = new SessionRun(t, { servers: [fake.address], auth: digest({ passwordFile }) });
    await run.start();
    assert.equal((await run.session.data('/a')).kind, 'found');
    writeFileSync(passwordFile, 'new hunter2');
    fake.demandedCredentials = 'digest ümit:new hunter2';
    fake.cut();
    await run.until('suspended');
    await run.retry('reconnected');
    assert.equal((await run.session.data('/a')).kind, 'found');
    assert.deepEqual(fake.asked, ['auth', 'exists /', 'data /a', 'auth', 'exists /', 'data /a']);
    assert.deepEqual(shownTo(fake), ['digest ümit:old hunter2', 'digest ümit:new hunter2']);
    assert.ok(!run.everything.includes('hunter2'));
  });

  test('can have its password from the environment', async (t) => {
    const fake = await fakeZooKeeper(t);
    const run = new SessionRun(t, { servers: [fake.address], auth: digest({ password: 'hunter2:x' }) });
    await run.start();
    assert.deepEqual(shownTo(fake), ['digest ümit:hunter2:x']);
  });

  test('that the server refuses is told, and tried again with the password as it is then', async (t) => {
    const fake = await fakeZooKeeper(t);
    fake.demandedCredentials = 'digest ümit:right';
    const passwordFile = join(tempDir(t), 'password');
    writeFileSync(passwordFile, 'hunter2');
    const run = new SessionRun(t, { servers: [fake.address], auth: digest({ passwordFile }) });
    run.begin();
    await run.until('lost', 'ZOOKEEPER_UNAUTHENTICATED');
    writeFileSync(passwordFile, 'right');
    await run.retry('connected');
    assert.deepEqual(run.history, ['lost ZOOKEEPER_UNAUTHENTICATED', 'connected']);
    assert.ok(!run.everything.includes('hunter2'));
  });

  test('that a server demands and nobody configured is told as such', async (t) => {
    const fake = await fakeZooKeeper(t);
    fake.demandedCredentials = 'digest ümit:right';
    const run = new SessionRun(t, { servers: [fake.address] });
    run.begin();
    await run.until('lost', 'ZOOKEEPER_UNAUTHENTICATED');
    assert.deepEqual(run.history, ['lost ZOOKEEPER_UNAUTHENTICATED']);
  });

  test('that the server refuses after a reconnect ends the session', async (t) => {
    const fake = await fakeZooKeeper(t);
    const run = new SessionRun(t, { servers: [fake.address], auth: digest({ password: 'hunter2' }) });
    await run.start();
    fake.demandedCredentials = 'digest ümit:another';
    fake.cut();
    await run.until('suspended');
    await run.retry('lost', 'ZOOKEEPER_UNAUTHENTICATED');
  });

  test('whose file is missing is told with the name of the file before anything is sent, until it is there', async (t) => {
    const fake = await fakeZooKeeper(t);
    const passwordFile = join(tempDir(t), 'password');
    const run = new SessionRun(t, { servers: [fake.address], auth: digest({ passwordFile }) });
    run.begin();
    await run.until('lost', 'ZOOKEEPER_CREDENTIALS');
    const state = run.session.state();
    assert.ok(state.kind === 'lost' && state.failure?.message.includes(passwordFile));
    assert.equal(fake.accepted, 0);
    writeFileSync(passwordFile, 'there');
    await run.retry('connected');
  });
});

describe('TLS', () => {
  test('checks the server against the configured CA', async (t) => {
    const made = createCertificates(tempDir(t));
    const fake = await fakeZooKeeper(t, serverTls(made));
    fake.set('/a', 'secret');
    const trusted = tlsRun(t, fake, { caFile: made.caFile });
    await trusted.start();
    assert.equal((await trusted.session.data('/a')).kind, 'found');
    const distrusted = tlsRun(t, fake, {});
    distrusted.begin();
    await distrusted.until('lost', 'ZOOKEEPER_TLS');
  });

  test('expects the configured name in the certificate', async (t) => {
    const made = createCertificates(tempDir(t), 'zk.internal');
    const fake = await fakeZooKeeper(t, serverTls(made));
    await tlsRun(t, fake, { caFile: made.caFile, serverName: 'zk.internal' }).start();
    const misnamed = tlsRun(t, fake, { caFile: made.caFile, serverName: 'other.internal' });
    misnamed.begin();
    await misnamed.until('lost', 'ZOOKEEPER_TLS');
  });

  test('presents the client certificate, and without one is told that TLS is the obstacle', async (t) => {
    const made = createCertificates(tempDir(t));
    const fake = await fakeZooKeeper(t, serverTls(made, true));
    const { certFile: certificateFile, keyFile } = made.client;
    await tlsRun(t, fake, { caFile: made.caFile, certificateFile, keyFile }).start();
    const unknown = tlsRun(t, fake, { caFile: made.caFile });
    unknown.begin();
    await unknown.until('lost', 'ZOOKEEPER_TLS');
  });

  test('takes up a renewed CA and client certificate with the next connection', async (t) => {
    const [old, renewed] = [createCertificates(tempDir(t)), createCertificates(tempDir(t))];
    const fake = await fakeZooKeeper(t, serverTls(renewed, true));
    const folder = tempDir(t);
    const files = {
      caFile: join(folder, 'ca.pem'),
      certificateFile: join(folder, 'client.pem'),
      keyFile: join(folder, 'client.key'),
    };
    const install = ({ caFile, client }: typeof old): void => {
      copyFileSync(caFile, files.caFile);
      copyFileSync(client.certFile, files.certificateFile);
      copyFileSync(client.keyFile, files.keyFile);
    };
    install(old);
    const run = tlsRun(t, fake, files);
    run.begin();
    await run.until('lost', 'ZOOKEEPER_TLS');
    install(renewed);
    await run.retry('connected');
  });

  test('with half of a rotation sends nothing and waits for the other half', async (t) => {
    const made = createCertificates(tempDir(t));
    const fake = await fakeZooKeeper(t, serverTls(made, true));
    const certificateFile = join(tempDir(t), 'client.pem');
    copyFileSync(made.server.certFile, certificateFile);
    const run = tlsRun(t, fake, { caFile: made.caFile, certificateFile, keyFile: made.client.keyFile });
    run.begin();
    await run.until('lost', 'ZOOKEEPER_CREDENTIALS');
    assert.ok(!run.everything.includes('PRIVATE KEY'));
    copyFileSync(made.client.certFile, certificateFile);
    await run.retry('connected');
  });

  test('towards a server that speaks none, and none towards one that does, are told as a matter of the handshake', async (t) => {
    const made = createCertificates(tempDir(t));
    const [plain, secure] = [await fakeZooKeeper(t), await fakeZooKeeper(t, serverTls(made))];
    const runs = [tlsRun(t, plain, { caFile: made.caFile }), new SessionRun(t, { servers: [secure.address] })];
    for (const run of runs) {
      run.begin();
      await run.until('lost', 'ZOOKEEPER_HANDSHAKE');
      assert.ok(run.everything.includes('`tls.enabled`'));
    }
  });
});

function tlsRun(t: TestContext, { address }: FakeZooKeeperServer, tls: Partial<ZooKeeperOptions['tls']>): SessionRun {
  return new SessionRun(t, { servers: [address], tls: { ...PLAIN, enabled: true, ...tls } });
}
