// The admin port over real sockets: pages, refusals and strangers.
import assert from 'node:assert/strict';
import { request } from 'node:http';
import { connect, createServer, type Socket } from 'node:net';
import { describe, type TestContext, test } from 'node:test';
import { parse, parseAllDocuments } from 'yaml';
import type { Explanation } from '../../src/admin/explanation.ts';
import { createAdmin, MOST_CONNECTIONS, RESPONSE_DEADLINE_MS } from '../../src/admin/server.ts';
import type { AdminViews } from '../../src/admin/views.ts';
import { silentLog } from '../../src/observe/log.ts';
import { FakeClock } from '../fakes/fake-clock.ts';
import { fakeClient, fakeRow, fakeViews, NOW_MS, noActions } from '../fakes/fake-views.ts';
import { heldBecause } from '../fakes/situation.ts';
import { waitFor } from '../peers/run/wait-for.ts';

/** As they are before the first server is made. */
const GLOBALS = [globalThis.Request, globalThis.Response];

async function started(t: TestContext, replaced: Partial<AdminViews> = {}) {
  const errors: unknown[] = [];
  const clock = new FakeClock(NOW_MS);
  const log = { ...silentLog, error: (event: string, fields?: unknown) => void errors.push({ event, fields }) };
  const metrics = { contentType: 'text/plain; version=0.0.4; charset=utf-8', expose: async () => 'up 1\n' };
  const options = { address: '127.0.0.1', port: 0, hostNames: ['.corp.example'], tokenFile: undefined };
  const admin = createAdmin(options, fakeViews(replaced), { log, metrics, clock, actions: noActions });
  const { port } = await admin.listen();
  t.after(() => admin.close());
  const url = (path: string) => `http://127.0.0.1:${port}${path}`;
  const get = async (path: string, init: RequestInit = {}) => {
    const response = await fetch(url(path), init);
    return {
      status: response.status,
      type: response.headers.get('content-type'),
      headers: response.headers,
      body: await response.text(),
    };
  };
  return { get, port, errors, clock, admin };
}

const PATHS = [
  '/',
  '/service',
  '/service?name=ORDERS',
  '/changes',
  '/livez',
  '/readyz',
  '/metrics',
  '/debug',
  '/debug/',
  '/debug/config',
  '/debug/registry',
  '/debug/services',
  '/debug/snapshot',
  '/debug/clients',
  '/debug/refusals',
  '/debug/holds',
  '/debug/freezes',
  '/debug/events',
  '/style.css',
  '/page.js',
  '/icon.svg',
];
const HTML_PATHS = ['/', '/service', '/service?name=ORDERS', '/changes', '/debug/'];
const UNLISTED_PATHS = ['/debug', '/debug/', '/style.css', '/page.js', '/icon.svg', '/service?name=ORDERS'];

describe('the admin port', () => {
  test('answers every page, for GET and HEAD, with headers that keep browsers safe', async (t) => {
    const { get } = await started(t);
    for (const path of PATHS) {
      const page = await get(path);
      assert.equal(page.status, 200, path);
      assert.ok(page.body.length > 0, path);
      const policy = page.headers.get('content-security-policy') ?? '';
      assert.match(policy, /^default-src 'none'; script-src 'self'; .*frame-ancestors 'none'$/, path);
      assert.doesNotMatch(policy, /unsafe|https?:|\*/, path);
      assert.equal(page.headers.get('x-content-type-options'), 'nosniff', path);
      assert.equal(page.headers.get('cache-control'), 'no-store', path);
      const head = await get(path, { method: 'HEAD' });
      assert.equal(head.status, 200, path);
      assert.equal(head.body, '', path);
      assert.equal(head.type, page.type, path);
    }
  });

  test('has pages that need nothing its policy forbids', async (t) => {
    const { get } = await started(t);
    for (const path of HTML_PATHS) {
      const { body, type } = await get(path);
      assert.equal(type, 'text/html; charset=utf-8');
      const rest = body.replace('<script src="/page.js" defer></script>', '');
      assert.doesNotMatch(rest, /<script|\bon[a-z]+=|style="|<style|https?:|\[object/, path);
    }
    for (const path of ['/style.css', '/page.js'])
      assert.doesNotMatch((await get(path)).body, /https?:|@import|eval\(/);
  });

  test('lists every page on its index, and every link of its pages leads somewhere', async (t) => {
    const { get } = await started(t);
    const index = await get('/debug/');
    for (const path of PATHS.filter((one) => !UNLISTED_PATHS.includes(one)))
      assert.ok(index.body.includes(`href="${path}"`), path);
    const bodies = await Promise.all(HTML_PATHS.map(async (path) => (await get(path)).body));
    const links = bodies.flatMap((body) => [...body.matchAll(/href="([^"]+)"/g)].map(([, link = '']) => link));
    // What `/debug/explain` needs, a name, no index can give.
    for (const link of new Set(links.filter((one) => !one.startsWith('#') && one !== '/debug/explain'))) {
      assert.equal((await get(link.replaceAll('&amp;', '&'))).status, 200, link);
    }
    for (const body of bodies) {
      for (const [, anchor = ''] of body.matchAll(/href="#([^"]+)"/g))
        assert.ok(body.includes(`id="${anchor}"`), anchor);
    }
  });

  test('says at a glance whose it is and how it does', async (t) => {
    const { get } = await started(t);
    const { body } = await get('/');
    for (const part of [
      'shop/main',
      'version 1.2.3',
      '>5 h ago<',
      '>30 s ago<',
      'stale',
      '2 of 9',
      '>10 min ago<',
      '<code>EUREKA_TIMEOUT</code> no answer',
      '1 of 2',
    ]) {
      assert.ok(body.includes(part), part);
    }
  });

  test('shows what strangers wrote as text, never as markup', async (t) => {
    const evil = '<img src=x onerror=alert(1)>"\'&';
    const { get } = await started(t, {
      registries: () =>
        fakeViews()
          .registries()
          .map((registry) => ({ ...registry, lastError: { code: 'X', message: evil, atMs: 0 } })),
      overview: () => ({
        ...fakeViews().overview(),
        snapshot: { ...fakeViews().overview().snapshot, state: 'held' },
        holds: [heldBecause(evil)],
      }),
      serviceRows: () => [
        fakeRow({ name: evil, registry: evil, host: evil, virtualIps: [evil], codes: [evil] }),
        fakeRow({ name: 'plain', instances: [{ id: evil, address: evil, status: evil }], codes: ['NO_PORTS'] }),
      ],
      problems: () => [{ code: evil, count: 1, loss: evil, sentence: evil, remedy: evil }],
      clients: () => [fakeClient({ nodeId: evil, peer: evil, istio: evil, revision: evil }, { typeUrl: evil })],
      explain: () => [evilExplanation(evil), evilMore(evil)],
      events: () => [{ atMs: NOW_MS, kind: evil, registry: evil, service: evil, text: evil }],
    });
    const paths = ['/', '/changes', '/service?name=plain', `/service?name=${encodeURIComponent(evil)}`];
    for (const path of [...paths, `/?filter=${encodeURIComponent(evil)}&problem=${encodeURIComponent(evil)}`]) {
      const { body } = await get(path);
      // Long words are broken by <wbr>, which is ours.
      assert.doesNotMatch(body.replaceAll('<wbr>', ''), /<img|=x onerror=alert\(1\)>|"'&(?!\w+;|#)/, path);
      assert.match(body.replaceAll('<wbr>', ''), /&lt;img src=x onerror=alert\(1\)&gt;&quot;&#39;&amp;/, path);
    }
  });

  test('is ready by what it needs to answer istiod, and names what is missing', async (t) => {
    const conditions = [
      { name: 'gRPC listener', isMet: true },
      { name: 'not draining', isMet: false },
    ];
    const { get } = await started(t, { readiness: () => ({ conditions, information: ['registry legacy: waiting'] }) });
    const { status, body } = await get('/readyz');
    assert.equal(status, 503);
    assert.equal(body, 'not ready\nok      gRPC listener\nmissing not draining\ninfo    registry legacy: waiting\n');
    assert.equal((await get('/livez')).body, 'ok\n');
    assert.match((await get('/')).body, /<b class="word warn">Leaving<\/b>/);
  });

  test('passes on metrics as they are', async (t) => {
    const { get } = await started(t);
    const { body, type } = await get('/metrics');
    assert.deepEqual([body, type], ['up 1\n', 'text/plain; version=0.0.4; charset=utf-8']);
  });

  test('shows registries, and what one of them lists', async (t) => {
    const { get } = await started(t);
    const summary = JSON.parse((await get('/debug/registry')).body);
    assert.equal(summary[0].name, 'legacy');
    assert.equal(summary[0].readAt, '2026-01-01T11:50:00.000Z');
    const listed = await get('/debug/registry?registry=legacy&service=ord*');
    assert.equal(listed.type, 'application/json; charset=utf-8');
    assert.match(listed.body, /"name": "orders"/);
    assert.match(listed.body, /"__proto__": "x"/);
    assert.doesNotMatch(listed.body, /carts/);
    assert.equal(parse((await get('/debug/registry?registry=legacy&format=yaml')).body)[1].name, 'carts');
    assert.equal((await get('/service?name=nowhere')).status, 404);
    const missing = await get('/debug/registry?registry=nowhere');
    assert.equal(missing.status, 404);
    assert.match(missing.body, /configured are: legacy/);
    assert.equal((await get('/debug/registry?service=x')).status, 400);
  });

  test('shows services with their problems, by name and registry', async (t) => {
    const { get } = await started(t);
    const names = async (query: string) =>
      JSON.parse((await get(`/debug/services${query}`)).body).map(({ name }: { name: string }) => name);
    assert.deepEqual(await names(''), ['ORDERS', 'bad']);
    assert.deepEqual(await names('?name=orders'), ['ORDERS']);
    assert.deepEqual(await names('?name=*d*'), ['ORDERS', 'bad']);
    assert.deepEqual(await names('?registry=vms'), ['bad']);
    assert.deepEqual(await names('?name=none'), []);
    assert.match((await get('/debug/services?name=bad&format=yaml')).body, /code: NO_PORTS/);
  });

  test('shows the snapshot as objects for kubectl, by type and name', async (t) => {
    const { get } = await started(t);
    const names = async (query: string) => {
      const { body, type } = await get(`/debug/snapshot${query}`);
      assert.equal(type, 'text/plain; charset=utf-8');
      return parseAllDocuments(body).flatMap((one) => one.toJS()?.metadata.name ?? []);
    };
    assert.deepEqual(await names(''), ['orders', 'carts']);
    assert.deepEqual(await names('?type=ServiceEntry'), ['orders', 'carts']);
    assert.deepEqual(await names('?type=networking.istio.io/ServiceEntry&name=shop/main.legacy.carts'), ['carts']);
    assert.deepEqual(await names('?name=main.legacy.or*'), ['orders']);
    assert.deepEqual(await names('?type=VirtualService'), []);
    assert.equal(JSON.parse((await get('/debug/snapshot?format=json')).body).items.length, 2);
  });

  test('shows clients and events', async (t) => {
    const { get } = await started(t);
    assert.equal(JSON.parse((await get('/debug/clients')).body)[0].nodeId, 'istiod-1');
    const [event] = JSON.parse((await get('/debug/events')).body);
    assert.deepEqual(event, {
      at: '2026-01-01T12:00:00.000Z',
      kind: 'service',
      registry: 'legacy',
      service: 'ORDERS',
      text: 'added',
    });
  });

  test('shows nothing of the process beside what its views say', async (t) => {
    process.env['FOOTBRIDGE_TEST_PASSWORD'] = 'hunter2';
    t.after(() => delete process.env['FOOTBRIDGE_TEST_PASSWORD']);
    const { get } = await started(t, { config: () => 'password: "***"\n' });
    for (const path of PATHS) assert.ok(!(await get(path)).body.includes('hunter2'), path);
    assert.equal((await get('/debug/config')).body, 'password: "***"\n');
  });
});

describe('whoever asks the admin port', () => {
  for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
    test(`with ${method} is told that it is read-only`, async (t) => {
      const { get } = await started(t);
      for (const path of ['/', '/debug/config', '/nowhere']) {
        const answer = await get(path, { method });
        assert.equal(answer.status, 405);
        assert.equal(answer.headers.get('allow'), 'GET, HEAD');
      }
    });
  }

  test('for an unknown page, parameter or format is told what there is', async (t) => {
    const { get } = await started(t);
    assert.equal((await get('/nowhere')).status, 404);
    assert.equal((await get('/debug/config/x')).status, 404);
    const parameter = await get('/debug/services?nmae=orders');
    assert.equal(parameter.status, 400);
    assert.match(parameter.body, /takes: registry, name, format/);
    assert.equal((await get('/debug/services?format=xml')).status, 400);
    assert.equal((await get('/livez?x=1')).status, 400);
    assert.equal((await get('/debug/services?name=%ff%00')).status, 200);
  });

  test('is told of a failing page without a word of the inside, and the log has it', async (t) => {
    const fail = () => {
      throw new Error('secret of the inside');
    };
    const { get, errors } = await started(t, { services: fail, config: fail, overview: fail });
    for (const path of ['/', '/debug/services', '/debug/config']) {
      const { status, body, headers } = await get(path);
      assert.equal(status, 500, path);
      assert.equal(body, 'this page failed; the log says why\n');
      assert.ok(headers.get('content-security-policy'));
    }
    assert.equal(errors.length, 3);
    assert.equal((await get('/livez')).status, 200);
  });

  test('never gets half a page that looks like a whole one', async (t) => {
    function* services(): ReturnType<AdminViews['services']> {
      const [first] = fakeViews().services();
      for (let at = 0; at < 1000 && first !== undefined; at++) yield first;
      throw new Error('in the middle');
    }
    const { get, errors } = await started(t, { services });
    await assert.rejects(get('/debug/services'));
    assert.equal(errors.length, 1);
  });

  test('gets a page of ten thousand services whole', async (t) => {
    const services = () => Array.from({ length: 5000 }, () => [...fakeViews().services()]).flat();
    const { get } = await started(t, { services });
    assert.equal(JSON.parse((await get('/debug/services')).body).length, 10_000);
  });

  test('with a body is refused without its being read', async (t) => {
    const { port } = await started(t);
    const status = await new Promise((resolve, reject) => {
      const asked = request(
        { port, host: '127.0.0.1', method: 'GET', path: '/', headers: { 'content-length': 1e9 } },
        (response) => resolve(response.statusCode),
      );
      asked.on('error', reject);
      asked.flushHeaders();
    });
    assert.equal(status, 413);
  });

  test('by a name that a stranger may own reads nothing but what programs ask for', async (t) => {
    const { port } = await started(t);
    const statusFor = async (path: string, host: string) => {
      const said = await talk(port, `GET ${path} HTTP/1.1\r\nhost: ${host}\r\nconnection: close\r\n\r\n`);
      return Number(/^HTTP\/1\.1 (\d+) /.exec(said)?.[1]);
    };
    for (const path of PATHS) {
      const isForPrograms = ['/livez', '/readyz', '/metrics'].includes(path);
      assert.equal(await statusFor(path, `rebound.example:${port}`), isForPrograms ? 200 : 421, path);
    }
    for (const host of [`127.0.0.1:${port}`, 'localhost', 'footbridge.payments.svc', 'pages.corp.example'])
      assert.equal(await statusFor('/debug/config', host), 200, host);
  });

  test('with absurd headers or no HTTP at all is shown out', async (t) => {
    const { port, get } = await started(t);
    assert.match(await talk(port, `GET / HTTP/1.1\r\nhost: x\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`), /^HTTP\/1\.1 431 /);
    assert.match(await talk(port, `GET /${'y'.repeat(20_000)} HTTP/1.1\r\nhost: x\r\n\r\n`), /^HTTP\/1\.1 431 /);
    assert.match(await talk(port, '\x16\x03\x01\x02\x00\x01\x00\r\n\r\n'), /^HTTP\/1\.1 400 /);
    assert.match(
      await talk(port, 'GET http://[::1 HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n'),
      /^HTTP\/1\.1 400 /,
    );
    assert.match(await talk(port, 'GET / HTTP/1.1\r\nhost: a b\r\nconnection: close\r\n\r\n'), /^HTTP\/1\.1 400 /);
    assert.equal((await get('/livez')).status, 200);
  });

  test('and reads too slowly is cut at the deadline', async (t) => {
    const [first] = fakeViews().services();
    function* services(): ReturnType<AdminViews['services']> {
      for (;;) if (first !== undefined) yield first;
    }
    const { port, clock } = await started(t, { services });
    const socket = connect(port, '127.0.0.1');
    t.after(() => socket.destroy());
    socket.write('GET /debug/services HTTP/1.1\r\nhost: x\r\n\r\n');
    await new Promise((resolve) => socket.once('readable', resolve));
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.on('error', () => {});
    clock.advance(RESPONSE_DEADLINE_MS);
    socket.resume();
    await closed;
    assert.equal(clock.pending, 0);
  });
});

describe('the listener of the admin port', () => {
  test('says when its port is taken', async (t) => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    t.after(() => taken.close());
    const bound = taken.address();
    assert.ok(typeof bound === 'object' && bound !== null);
    const metrics = { contentType: 'text/plain', expose: async () => '' };
    const options = { address: '127.0.0.1', port: bound.port, hostNames: [], tokenFile: undefined };
    const deps = { log: silentLog, metrics, clock: new FakeClock(), actions: noActions };
    const admin = createAdmin(options, fakeViews(), deps);
    await assert.rejects(admin.listen(), { code: 'EADDRINUSE' });
    await admin.close();
  });

  test('holds a fixed number of connections at most, and answers again when one of them ends', async (t) => {
    const { port, get } = await started(t);
    const closed = new Set<Socket>();
    const sockets = Array.from({ length: MOST_CONNECTIONS + 5 }, () => connect(port, '127.0.0.1'));
    for (const socket of sockets) {
      socket.on('error', () => {});
      socket.on('close', () => void closed.add(socket));
    }
    t.after(() => sockets.map((socket) => socket.destroy()));
    await waitFor(() => closed.size === 5, 'those above the limit are closed');
    await assert.rejects(get('/livez'));
    sockets.find((socket) => !closed.has(socket))?.destroy();
    await waitFor(async () => (await get('/livez').catch(() => undefined))?.body === 'ok\n', 'there is room again');
  });

  test('closes at once, with connections open', async (t) => {
    const { port, admin, clock } = await started(t);
    const socket = connect(port, '127.0.0.1');
    socket.write('GET /livez HTTP/1.1\r\nhost: x\r\n\r\n');
    await new Promise((resolve) => socket.once('data', resolve));
    const closed = new Promise((resolve) => socket.once('close', resolve));
    await admin.close();
    await closed;
    assert.equal(clock.pending, 0);
  });

  test('leaves the globals of the process alone', async (t) => {
    await started(t);
    assert.deepEqual([globalThis.Request, globalThis.Response], GLOBALS);
  });
});

/** A stranger's text wherever an explanation has one. */
function evilMore(evil: string): Explanation {
  return { kind: 'more', asked: evil, sentence: evil, total: 2, services: [{ registry: evil, service: evil }] };
}

function evilExplanation(evil: string): Explanation {
  const stage = { verdict: 'noted', sentence: evil } as const;
  const found = { code: evil, instance: evil, loss: evil, sentence: evil, remedy: evil, link: evil };
  const instance = { id: evil, address: evil, status: evil, ports: [{ name: evil, number: 1, protocol: evil }] };
  const more = {
    weight: 1,
    locality: evil,
    isAsked: false,
    labels: { [evil]: evil },
    verdict: 'stopped',
    sentence: evil,
  } as const;
  const client = {
    client: evil,
    peer: evil,
    typeUrl: evil,
    sent: undefined,
    isOnlooker: false,
    acknowledged: undefined,
  };
  return {
    kind: 'service',
    registry: evil,
    service: evil,
    matchedBy: 'name',
    outcome: 'partly',
    sentence: evil,
    stages: [
      {
        ...stage,
        stage: 'instances',
        details: { published: 0, instances: [{ ...instance, ...more }] },
        problems: [found],
      },
      {
        ...stage,
        stage: 'host',
        details: {
          host: evil,
          virtualIps: [evil],
          joined: [evil],
          rivals: [{ service: evil, keepsHost: true, because: evil }],
          otherRivals: 0,
        },
        problems: [],
      },
      { ...stage, stage: 'ports', details: { ports: [], lacking: [evil] }, problems: [] },
      { ...stage, stage: 'entry', details: { kind: evil, name: evil, version: evil, endpoints: 0 }, problems: [] },
      { ...stage, stage: 'clients', details: { clients: [{ ...client, ...stage }] }, problems: [] },
    ],
  };
}

/** Everything that the server says until it closes the connection. */
function talk(port: number, text: string): Promise<string> {
  return new Promise((resolve) => {
    const socket: Socket = connect(port, '127.0.0.1', () => socket.write(text));
    let heard = '';
    socket.on('data', (chunk) => {
      heard += String(chunk);
    });
    socket.on('error', () => {});
    socket.on('close', () => resolve(heard));
  });
}
