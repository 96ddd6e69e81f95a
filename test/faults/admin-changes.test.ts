// What the admin port lets be changed, and by whom, over real sockets.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import type { AdminActions, FreezeRequest } from '../../src/admin/actions.ts';
import type { FreezeView } from '../../src/admin/overview.ts';
import { createAdmin } from '../../src/admin/server.ts';
import { FakeClock } from '../fakes/fake-clock.ts';
import { fakeViews } from '../fakes/fake-views.ts';
import { type LogLine, recordingLog } from '../fakes/recording-log.ts';
import { tempDir } from '../fakes/temp-dir.ts';

const TOKEN = 'correct-horse-battery-staple';
const HOLD = 'east-many-gone-20261126T120000000Z';
const RELEASE = `/debug/holds/${HOLD}/release`;
const FREEZE = 'east-freeze-20261126T120000000Z';
const CONFIGURED = 'all-freeze-20261126T120000000Z';
const ORDER = { target: 'east', reason: 'a migration', until: '2026-01-02T00:00:00Z' };

async function started(t: TestContext, { isConfigured }: { readonly isConfigured: boolean } = { isConfigured: true }) {
  const tokenFile = join(tempDir(t), 'token');
  writeFileSync(tokenFile, `${TOKEN}\n`);
  const released: (readonly string[])[] = [];
  const frozen: FreezeRequest[] = [];
  const thawed: string[] = [];
  const actions: AdminActions = {
    release(holdId, by) {
      released.push([holdId, by]);
      return holdId === HOLD;
    },
    freeze(request) {
      frozen.push(request);
      if (request.target === 'nowhere') return { kind: 'refused', why: 'there is no registry of that name' };
      return { kind: 'frozen', freeze: aFreeze(request.target) };
    },
    thaw(id) {
      thawed.push(id);
      return id === FREEZE ? 'ended' : id === CONFIGURED ? 'configured' : 'unknown';
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
  const freeze = (body: string, headers: Readonly<Record<string, string>> = { authorization: `Bearer ${TOKEN}` }) =>
    ask('/debug/freezes', { method: 'POST', headers, body });
  const thaw = (id: string, headers: Readonly<Record<string, string>> = { authorization: `Bearer ${TOKEN}` }) =>
    ask(`/debug/freezes/${id}`, { method: 'DELETE', headers });
  return { ask, post, freeze, thaw, tokenFile, released, frozen, thawed, lines, clock, port };
}

function aFreeze(target: string): FreezeView {
  const [sinceMs, untilMs] = [Date.UTC(2026, 0, 1), Date.UTC(2026, 0, 2)];
  const about = { id: FREEZE, target, reason: 'a migration', origin: 'hand', services: 3 } as const;
  return { ...about, sinceMs, untilMs, sentence: 'Registry east stays as it is.' };
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

describe('a freeze', () => {
  test('begins by a request with the token, which is answered with its name', async (t) => {
    const { freeze, frozen } = await started(t);
    const { status, headers, body } = await freeze(JSON.stringify(ORDER));
    assert.equal(status, 200);
    assert.match(headers.get('content-type') ?? '', /^application\/json/);
    const { id, since, until } = JSON.parse(body);
    assert.deepEqual([id, since, until], [FREEZE, '2026-01-01T00:00:00.000Z', '2026-01-02T00:00:00.000Z']);
    assert.deepEqual(frozen, [ORDER]);
  });

  test('that the bridge refuses is answered with why', async (t) => {
    const { freeze } = await started(t);
    const { status, body } = await freeze(JSON.stringify({ ...ORDER, target: 'nowhere' }));
    assert.deepEqual([status, body], [400, 'there is no registry of that name\n']);
  });

  test('ends by a request with the token, unless it stands in the configuration', async (t) => {
    const { thaw, thawed } = await started(t);
    assert.equal((await thaw(FREEZE)).status, 200);
    const configured = await thaw(CONFIGURED);
    assert.equal(configured.status, 409);
    assert.match(configured.body, /take it out of `freeze` there/);
    assert.equal((await thaw('none')).status, 404);
    assert.deepEqual(thawed, [FREEZE, CONFIGURED, 'none']);
  });

  for (const [what, body] of [
    ['is no JSON', 'target=east'],
    ['is no object', '["east"]'],
    ['is empty', ''],
    ['has no reason', JSON.stringify({ target: 'east' })],
    ['has no target', JSON.stringify({ reason: 'x' })],
    ['has another kind of end', JSON.stringify({ ...ORDER, until: 7 })],
    ['has a key that is misspelt', JSON.stringify({ target: 'east', reason: 'x', untill: '2026-01-02T00:00:00Z' })],
  ] as const) {
    test(`does not begin by a body that ${what}`, async (t) => {
      const { freeze, frozen } = await started(t);
      assert.equal((await freeze(body)).status, 400);
      assert.deepEqual(frozen, []);
    });
  }

  test('neither begins nor ends without the token, or by another name of the port', async (t) => {
    const { freeze, thaw, frozen, thawed } = await started(t);
    for (const headers of [{}, { authorization: 'Bearer wrong-wrong-wrong-wrong' }, { cookie: `token=${TOKEN}` }]) {
      assert.equal((await freeze(JSON.stringify(ORDER), headers)).status, 401);
      assert.equal((await thaw(FREEZE, headers)).status, 401);
    }
    assert.deepEqual([frozen, thawed], [[], []]);
  });

  test('is not made by a page of a stranger, whatever its name resolves to', async (t) => {
    const { port, frozen } = await started(t);
    const body = JSON.stringify(ORDER);
    const lines = ['POST /debug/freezes HTTP/1.1', 'host: evil.example', `authorization: Bearer ${TOKEN}`];
    const answer = await raw(port, [...lines, `content-length: ${body.length}`, '', body].join('\r\n'));
    assert.match(answer, /^HTTP\/1\.1 421 /);
    assert.deepEqual(frozen, []);
  });

  test('is not made by a body that is larger than it needs, or of no told length', async (t) => {
    const { freeze, port, frozen } = await started(t);
    assert.equal((await freeze(JSON.stringify({ ...ORDER, reason: 'x'.repeat(5_000) }))).status, 413);
    const lines = ['POST /debug/freezes HTTP/1.1', 'host: localhost', `authorization: Bearer ${TOKEN}`];
    const answer = await raw(port, [...lines, 'transfer-encoding: chunked', '', '2', '{}', '0', '', ''].join('\r\n'));
    assert.match(answer, /^HTTP\/1\.1 413 /);
    assert.deepEqual(frozen, []);
  });
});

async function raw(port: number, request: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.write(request);
  const [answer] = await once(socket, 'data');
  socket.destroy();
  return String(answer);
}

test('the index lists all that can be changed, and with what', async (t) => {
  const { ask } = await started(t);
  const { body } = await ask('/debug/', {});
  for (const request of ['POST /debug/holds/:id/release', 'POST /debug/freezes', 'DELETE /debug/freezes/:id'])
    assert.ok(body.includes(`>${request}<`), request);
});
