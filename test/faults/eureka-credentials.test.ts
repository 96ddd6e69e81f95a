// What lets a bridge in: headers from files, TLS with a CA and a client certificate, all read again for every poll. And
// that none of it, nor any secret of the registry, ever shows.
import assert from 'node:assert/strict';
import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { eurekaSources } from '../../src/registry/eureka/sources.ts';
import { createCertificates, serverTls } from '../fakes/certificates.ts';
import { eurekaOptions, NO_AUTH, NO_TLS } from '../fakes/eureka-options.ts';
import { EurekaRun, fakeEureka } from '../fakes/eureka-run.ts';
import { FakeClock } from '../fakes/fake-clock.ts';
import type { FakeEureka } from '../fakes/fake-eureka.ts';
import { tempDir } from '../fakes/temp-dir.ts';

function basic(text: string): string {
  return `Basic ${Buffer.from(text).toString('base64')}`;
}

function sent(fake: FakeEureka, header = 'authorization'): readonly (string | string[] | undefined)[] {
  return fake.requests.map(({ headers }) => headers[header]);
}

describe('credentials', () => {
  test('of the user with a password from a file, read again for every poll', async (t) => {
    const fake = await fakeEureka(t);
    const passwordFile = join(tempDir(t), 'password');
    writeFileSync(passwordFile, 'old hunter2\n');
    const run = new EurekaRun(t, { urls: [fake.url], auth: { ...NO_AUTH, username: 'ümit', passwordFile } });
    await run.start();
    writeFileSync(passwordFile, 'new hunter2');
    await run.poll();
    assert.deepEqual(sent(fake), [basic('ümit:old hunter2'), basic('ümit:new hunter2')]);
    assert.ok(!run.everything.includes('hunter2'));
  });

  test('are not sent to find out whether a server can be reached at all, before anybody knows what it is', async (t) => {
    const fake = await fakeEureka(t);
    const auth = { ...NO_AUTH, username: 'me', password: 'hunter2' };
    const [source] = eurekaSources.sources(eurekaOptions({ urls: [fake.url], auth }));
    assert.equal(await source?.reach(new FakeClock()), undefined);
    assert.deepEqual(sent(fake), [undefined]);
  });

  test('of the user with a password from the environment', async (t) => {
    const fake = await fakeEureka(t);
    await new EurekaRun(t, { urls: [fake.url], auth: { ...NO_AUTH, username: 'me', password: 'hunter2' } }).start();
    assert.deepEqual(sent(fake), [basic('me:hunter2')]);
  });

  test('of the user in the URL, who is never shown', async (t) => {
    const fake = await fakeEureka(t);
    fake.behave = () => ({ kind: 'answer', status: 401 });
    const run = new EurekaRun(t, { urls: [fake.url.replace('://', '://me:hunter2@')] });
    await run.start();
    assert.deepEqual(sent(fake), [basic('me:hunter2')]);
    assert.equal(run.code, 'EUREKA_UNAUTHORIZED');
    assert.ok(!run.everything.includes('hunter2') && !run.everything.includes(basic('me:hunter2').slice(6)));
  });

  test('as a bearer token from a file, read again for every poll', async (t) => {
    const fake = await fakeEureka(t);
    const tokenFile = join(tempDir(t), 'token');
    writeFileSync(tokenFile, ' hunter2.a \n');
    const run = new EurekaRun(t, { urls: [fake.url], auth: { ...NO_AUTH, tokenFile } });
    await run.start();
    writeFileSync(tokenFile, 'hunter2.b');
    await run.poll();
    assert.deepEqual(sent(fake), ['Bearer hunter2.a', 'Bearer hunter2.b']);
    assert.ok(!run.everything.includes('hunter2'));
  });

  test('as any header from a file, read again for every poll', async (t) => {
    const fake = await fakeEureka(t);
    const file = join(tempDir(t), 'key');
    writeFileSync(file, 'hunter2');
    const run = new EurekaRun(t, { urls: [fake.url], auth: { ...NO_AUTH, headerFiles: { 'X-Api-Key': file } } });
    await run.start();
    writeFileSync(file, 'hunter2.b');
    await run.poll();
    assert.deepEqual(sent(fake, 'x-api-key'), ['hunter2', 'hunter2.b']);
    assert.ok(!run.everything.includes('hunter2'));
  });

  for (const [what, content] of [
    ['is missing', undefined],
    ['is empty', ''],
    ['holds two lines', 'hunter2\r\nEvil: hunter2'],
  ] as const) {
    test(`from a file that ${what} fail the read before anything is sent, until it is mended`, async (t) => {
      const fake = await fakeEureka(t);
      fake.registry.register('orders', 'a');
      const tokenFile = join(tempDir(t), 'token');
      if (content !== undefined) writeFileSync(tokenFile, content);
      const run = new EurekaRun(t, { urls: [fake.url], auth: { ...NO_AUTH, tokenFile } });
      await run.start();
      assert.equal(run.code, 'EUREKA_CREDENTIALS');
      assert.ok(run.messages[0]?.includes(tokenFile), 'the message names the file');
      assert.equal(fake.requests.length, 0);
      assert.ok(!run.everything.includes('hunter2'));
      writeFileSync(tokenFile, 'good');
      await run.poll(1_000);
      assert.equal(run.reading.kind, 'live');
    });
  }
});

describe('TLS', () => {
  test('checks the server against the configured CA', async (t) => {
    const made = createCertificates(tempDir(t));
    const fake = await fakeEureka(t, serverTls(made));
    fake.registry.register('orders', 'a');
    const trusted = new EurekaRun(t, { urls: [fake.url], tls: { ...NO_TLS, caFile: made.caFile } });
    await trusted.start();
    assert.equal(trusted.reading.kind, 'live');
    const distrusted = new EurekaRun(t, { urls: [fake.url] });
    await distrusted.start();
    assert.equal(distrusted.code, 'EUREKA_TLS');
  });

  test('expects the configured name in the certificate', async (t) => {
    const made = createCertificates(tempDir(t), 'eureka.internal');
    const fake = await fakeEureka(t, serverTls(made));
    fake.registry.register('orders', 'a');
    const named = new EurekaRun(t, {
      urls: [fake.url],
      tls: { ...NO_TLS, caFile: made.caFile, serverName: 'eureka.internal' },
    });
    await named.start();
    assert.equal(named.reading.kind, 'live');
    const misnamed = new EurekaRun(t, {
      urls: [fake.url],
      tls: { ...NO_TLS, caFile: made.caFile, serverName: 'other.internal' },
    });
    await misnamed.start();
    assert.equal(misnamed.code, 'EUREKA_TLS');
  });

  test('presents the client certificate', async (t) => {
    const made = createCertificates(tempDir(t));
    const fake = await fakeEureka(t, serverTls(made, true));
    fake.registry.register('orders', 'a');
    const { certFile: certificateFile, keyFile } = made.client;
    const known = new EurekaRun(t, {
      urls: [fake.url],
      tls: { ...NO_TLS, caFile: made.caFile, certificateFile, keyFile },
    });
    await known.start();
    assert.equal(known.reading.kind, 'live');
    const unknown = new EurekaRun(t, { urls: [fake.url], tls: { ...NO_TLS, caFile: made.caFile } });
    await unknown.start();
    assert.equal(unknown.reading.kind, 'waiting');
  });

  test('takes up changed files with the next poll, without a restart', async (t) => {
    const [old, renewed] = [createCertificates(tempDir(t)), createCertificates(tempDir(t))];
    const fake = await fakeEureka(t, serverTls(renewed));
    fake.registry.register('orders', 'a');
    const caFile = join(tempDir(t), 'ca.pem');
    copyFileSync(old.caFile, caFile);
    const run = new EurekaRun(t, { urls: [fake.url], tls: { ...NO_TLS, caFile } });
    await run.start();
    assert.equal(run.code, 'EUREKA_TLS');
    copyFileSync(renewed.caFile, caFile);
    await run.poll(1_000);
    assert.equal(run.reading.kind, 'live');
  });

  test('takes up a renewed client certificate with the next poll', async (t) => {
    const [old, renewed] = [createCertificates(tempDir(t)), createCertificates(tempDir(t))];
    const fake = await fakeEureka(t, serverTls(renewed, true));
    fake.registry.register('orders', 'a');
    const [certificateFile, keyFile] = [join(tempDir(t), 'client.pem'), join(tempDir(t), 'client.key')];
    copyFileSync(old.client.certFile, certificateFile);
    copyFileSync(old.client.keyFile, keyFile);
    const run = new EurekaRun(t, {
      urls: [fake.url],
      tls: { ...NO_TLS, caFile: renewed.caFile, certificateFile, keyFile },
    });
    await run.start();
    assert.equal(run.reading.kind, 'waiting');
    copyFileSync(renewed.client.certFile, certificateFile);
    copyFileSync(renewed.client.keyFile, keyFile);
    await run.poll(1_000);
    assert.equal(run.reading.kind, 'live');
  });

  test('with a key that does not fit the certificate fails the read, not the program', async (t) => {
    const made = createCertificates(tempDir(t));
    const fake = await fakeEureka(t, serverTls(made));
    const tls = { ...NO_TLS, certificateFile: made.client.certFile, keyFile: made.server.keyFile };
    const run = new EurekaRun(t, { urls: [fake.url], tls });
    await run.start();
    assert.equal(run.code, 'EUREKA_CREDENTIALS');
    assert.ok(!run.everything.includes('PRIVATE KEY'));
  });
});

test('secrets in metadata never show anywhere, and are reported by key', async (t) => {
  const fake = await fakeEureka(t);
  const metadata = {
    'user.password': 'hunter2',
    'db-url': 'jdbc:postgresql://app:hunter2@db/orders',
    'team-x': 'hunter2',
    team: 'pay',
  };
  fake.registry.register('orders', 'a', { metadata });
  const run = new EurekaRun(t, { urls: [fake.url], secretKeys: ['team-*'] });
  await run.start();
  assert.ok(!run.everything.includes('hunter2'));
  assert.deepEqual(
    run.content.problems.map(({ code, instance, value }) => [code, instance, value]),
    [['METADATA_SECRET_DROPPED', 'a', 'user.password, db-url, team-x']],
  );
});
