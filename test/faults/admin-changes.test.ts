// What the admin port lets be changed, and by whom, over real sockets.
import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import type { AdminActions } from '../../src/admin/actions.ts';
import { createAdmin } from '../../src/admin/server.ts';
import { FakeClock } from '../fakes/fake-clock.ts';
import { fakeViews } from '../fakes/fake-views.ts';
import { type LogLine, recordingLog } from '../fakes/recording-log.ts';
import { tempDir } from '../fakes/temp-dir.ts';

const TOKEN = 'correct-horse-battery-staple';
const HOLD = 'east-many-gone-20261126T120000000Z';
const RELEASE = `/debug/holds/${HOLD}/release`;

async function started(t: TestContext, { isConfigured }: { readonly isConfigured: boolean } = { isConfigured: true }) {
  const tokenFile = join(tempDir(t), 'token');
  writeFileSync(tokenFile, `${TOKEN}\n`);
  const released: (readonly string[])[] = [];
  const actions: AdminActions = {
    release(holdId, by) {
      released.push([holdId, by]);
      return holdId === HOLD;
    },
  };
  const lines: LogLine[] = [];
  const log = recordingLog(lines);
  const metrics = { contentType: 'text/plain', expose: async () => '' };
  const options = { address: '127.0.0.1', port: 0, hostNames: [], tokenFile: isConfigured ? tokenFile : undefined };
  const clock = new FakeClock();
  const admin = createAdmin(options, fakeViews(), { log, metrics, clock, actions });
  t.after(() => admin.close());
  const { port } = await admin.listen();
  const ask = async (path: string, init: RequestInit) => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, init);
    return { status: response.status, headers: response.headers, body: await response.text() };
  };
  const post = (path: string, authorization?: string) =>
    ask(path, { method: 'POST', ...(authorization === undefined ? {} : { headers: { authorization } }) });
  return { ask, post, tokenFile, released, lines, clock };
}

describe('a hold is released', () => {
  test('by whoever sends the token of the file', async (t) => {
    const { post, released } = await started(t);
    const { status, body } = await post(RELEASE, `Bearer ${TOKEN}`);
    assert.deepEqual([status, body], [200, 'released: what is still missing is removed after the debounce\n']);
    assert.deepEqual(released, [[HOLD, '127.0.0.1']]);
  });

  test('by the token that the file holds now, and no longer by the one before', async (t) => {
    const { post, tokenFile, released } = await started(t);
    writeFileSync(tokenFile, 'another-token-of-some-length');
    assert.equal((await post(RELEASE, `Bearer ${TOKEN}`)).status, 401);
    assert.equal((await post(RELEASE, 'Bearer another-token-of-some-length')).status, 200);
    assert.equal(released.length, 1);
  });

  test('only where there is one of that name', async (t) => {
    const { post } = await started(t);
    const { status, body } = await post('/debug/holds/other/release', `Bearer ${TOKEN}`);
    assert.equal(status, 404);
    assert.match(body, /\/debug\/holds lists those there are/);
  });
});

describe('nothing is released', () => {
  for (const [who, authorization] of [
    ['without a token', undefined],
    ['with an empty one', 'Bearer '],
    ['with a wrong one', 'Bearer correct-horse-battery-stable'],
    ['with the beginning of it', `Bearer ${TOKEN.slice(0, -1)}`],
    ['with more than it', `Bearer ${TOKEN}x`],
    ['with it as a password', `Basic ${Buffer.from(`:${TOKEN}`).toString('base64')}`],
    ['with it twice', `Bearer ${TOKEN} ${TOKEN}`],
  ] as const) {
    test(who, async (t) => {
      const { post, released } = await started(t);
      const { status, headers, body } = await post(RELEASE, authorization);
      assert.equal(status, 401);
      assert.equal(headers.get('www-authenticate'), 'Bearer');
      assert.ok(!body.includes(TOKEN));
      assert.deepEqual(released, []);
    });
  }

  test('where no token is configured', async (t) => {
    const { post, released } = await started(t, { isConfigured: false });
    for (const authorization of [undefined, 'Bearer ', 'Bearer undefined', `Bearer ${TOKEN}`]) {
      const { status, body } = await post(RELEASE, authorization);
      assert.equal(status, 403);
      assert.match(body, /names no `admin\.tokenFile`/);
    }
    assert.deepEqual(released, []);
  });

  for (const [what, content, why] of [
    ['is gone', undefined, /cannot be read \(ENOENT\)/],
    ['is empty', '', /less than 16 characters/],
    ['holds a short token', 'fifteen-letters', /less than 16 characters/],
    ['holds two lines', `${TOKEN}\n${TOKEN}\n`, /more than one word of ASCII/],
  ] as const) {
    test(`where the file of the token ${what}, which is said without its content`, async (t) => {
      const { post, tokenFile, released } = await started(t);
      if (content === undefined) rmSync(tokenFile);
      else writeFileSync(tokenFile, content);
      const { status, body } = await post(RELEASE, `Bearer ${content || TOKEN}`.split('\n')[0] ?? '');
      assert.equal(status, 503);
      assert.match(body, why);
      assert.ok(!body.includes(TOKEN));
      assert.deepEqual(released, []);
    });
  }

  test('with a body, with a parameter, or with another method', async (t) => {
    const { ask, released } = await started(t);
    const headers = { authorization: `Bearer ${TOKEN}` };
    assert.equal((await ask(RELEASE, { method: 'POST', headers, body: 'x' })).status, 413);
    assert.equal((await ask(`${RELEASE}?token=${TOKEN}`, { method: 'POST', headers })).status, 400);
    assert.equal((await ask(RELEASE, { method: 'PUT', headers })).status, 405);
    assert.deepEqual(released, []);
  });

  test('and the log tells of it once in a second, without the token', async (t) => {
    const { post, lines, clock } = await started(t);
    for (let at = 0; at < 5; at++) await post(RELEASE, `Bearer wrong-${TOKEN}`);
    clock.advance(1_000);
    await post(RELEASE, `Bearer wrong-${TOKEN}`);
    assert.equal(lines.length, 2);
    assert.match(JSON.stringify(lines), /admin\.change_refused.*"status":401.*"times":5/);
    assert.ok(!JSON.stringify(lines).includes(TOKEN));
  });
});
