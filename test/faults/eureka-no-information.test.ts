// Whatever goes wrong with a Eureka server, what was known stays, and goes on changing when the server is well again.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { EurekaRun, fakeEureka } from '../fakes/eureka-run.ts';
import type { Behaviour } from '../fakes/fake-eureka.ts';
import { until } from '../fakes/until.ts';

const MAX_BYTES = 256 * 1024;

function body(text: string | Buffer, headers: Readonly<Record<string, string>> = {}): Behaviour {
  return { kind: 'answer', status: 200, body: text, headers };
}

function status(code: number, headers: Readonly<Record<string, string>> = {}): Behaviour {
  return { kind: 'answer', status: code, body: 'hunter2 <html>', headers };
}

const padding = ' '.repeat(MAX_BYTES + 1);
const nothing = gzipSync('');
const endless = Buffer.alloc(MAX_BYTES + nothing.length, nothing);
const FAULTS: [what: string, behaviour: Behaviour, code: string][] = [
  ['401', status(401), 'EUREKA_UNAUTHORIZED'],
  ['403', status(403), 'EUREKA_FORBIDDEN'],
  ['404', status(404), 'EUREKA_NOT_FOUND'],
  ['429', status(429), 'EUREKA_SERVER_ERROR'],
  ['500', status(500), 'EUREKA_SERVER_ERROR'],
  ['503', status(503), 'EUREKA_SERVER_ERROR'],
  ['204', { kind: 'answer', status: 204 }, 'EUREKA_UNEXPECTED_STATUS'],
  ['a redirect', status(302, { location: '/eureka/apps' }), 'EUREKA_REDIRECTED'],
  ['an HTML page', body('<!doctype html><html>login</html>'), 'EUREKA_NOT_JSON'],
  ['an empty body', body(''), 'EUREKA_NOT_JSON'],
  ['XML', body('<applications><versions__delta>1</versions__delta></applications>'), 'EUREKA_XML'],
  ['null', body('null'), 'EUREKA_NOT_A_REGISTRY'],
  ['{}', body('{}'), 'EUREKA_NOT_A_REGISTRY'],
  ['applications without anything', body('{"applications":{}}'), 'EUREKA_NOT_A_REGISTRY'],
  ['a list without a hash', body('{"applications":{"application":[]}}'), 'EUREKA_NOT_A_REGISTRY'],
  ['half of an answer', { kind: 'half' }, 'EUREKA_BROKEN_ANSWER'],
  ['half of a packed answer', { kind: 'half', gzip: true }, 'EUREKA_BROKEN_ANSWER'],
  ['what is packed but not so called', body(gzipSync('{}')), 'EUREKA_NOT_JSON'],
  ['what is called packed but is not', body('{}', { 'content-encoding': 'gzip' }), 'EUREKA_BROKEN_ANSWER'],
  [
    'packed bytes that end early',
    body(gzipSync('{"a":1}').subarray(0, 15), { 'content-encoding': 'gzip' }),
    'EUREKA_BROKEN_ANSWER',
  ],
  ['an encoding that was not asked for', body('{}', { 'content-encoding': 'br' }), 'EUREKA_NOT_JSON'],
  ['more bytes than allowed', body(padding), 'EUREKA_TOO_LARGE'],
  [
    'few bytes that unpack to more than allowed',
    body(gzipSync(padding), { 'content-encoding': 'gzip' }),
    'EUREKA_TOO_LARGE',
  ],
  ['many packed bytes that unpack to nothing', body(endless, { 'content-encoding': 'gzip' }), 'EUREKA_TOO_LARGE'],
  [
    'a packed answer with a tail',
    body(Buffer.concat([gzipSync('{}'), Buffer.alloc(100_000)]), { 'content-encoding': 'gzip' }),
    'EUREKA_BROKEN_ANSWER',
  ],
];

describe('what was known stays when a server answers with', () => {
  for (const [what, behaviour, code] of FAULTS) {
    test(what, async (t) => {
      const fake = await fakeEureka(t);
      fake.registry.register('orders', 'a');
      const run = new EurekaRun(t, { urls: [fake.url], maxBytes: MAX_BYTES });
      await run.start();
      const before = run.content;

      fake.behave = () => behaviour;
      await run.poll();
      assert.equal(run.reading.kind, 'stale');
      assert.equal(run.code, code);
      assert.equal(run.content.services, before.services);
      assert.equal(run.content.readAtMs, before.readAtMs);
      assert.ok(!run.everything.includes('hunter2'), 'an error page is never quoted');

      fake.behave = () => ({ kind: 'serve' });
      fake.registry.register('orders', 'b');
      await run.poll(1_000);
      assert.equal(run.reading.kind, 'live');
      assert.deepEqual(run.shown, ['ORDERS: a=up b=up']);
      assert.equal(fake.paths.at(-1), 'apps', 'after a failed read only a full one is certain');
    });
  }
});

for (const [what, kind] of [
  ['says nothing', 'hang'],
  ['stops in the middle of its answer', 'trickle'],
] as const) {
  test(`a server that ${what} is given up at the deadline, and no second request is made before`, async (t) => {
    const fake = await fakeEureka(t);
    fake.registry.register('orders', 'a');
    const run = new EurekaRun(t, { urls: [fake.url] });
    await run.start();
    fake.behave = () => ({ kind });
    const asked = fake.requests.length;
    const polled = run.poll();
    await until(() => fake.requests.length === asked + 1, 'the request arrived');
    run.clock.advance(9_999);
    await new Promise((resolve) => setImmediate(resolve));
    assert.equal(run.reading.kind, 'live');
    run.clock.advance(1);
    await polled;
    assert.equal(run.code, 'EUREKA_TIMEOUT');
    assert.equal(fake.requests.length, asked + 1);
    assert.deepEqual(run.shown, ['ORDERS: a=up']);
  });
}

test('a server that is gone leaves what was known, and before the first read leaves the registry waiting', async (t) => {
  const fake = await fakeEureka(t);
  fake.registry.register('orders', 'a');
  const known = new EurekaRun(t, { urls: [fake.url] });
  await known.start();
  await fake.close();
  await known.poll();
  assert.equal(known.code, 'EUREKA_UNREACHABLE');
  assert.deepEqual(known.shown, ['ORDERS: a=up']);

  const waiting = new EurekaRun(t, { urls: [fake.url] });
  await waiting.start();
  assert.equal(waiting.reading.kind, 'waiting');
  assert.equal(waiting.code, 'EUREKA_UNREACHABLE');
});

test('the age of what is stale counts from the first failure', async (t) => {
  const fake = await fakeEureka(t);
  fake.registry.register('orders', 'a');
  const run = new EurekaRun(t, { urls: [fake.url] });
  await run.start();
  fake.behave = () => ({ kind: 'answer', status: 503 });
  await run.poll();
  const firstMs = run.clock.now();
  await run.poll(1_000);
  await run.poll(2_000);
  assert.ok(run.reading.kind === 'stale');
  assert.equal(run.reading.sinceMs, firstMs);
  assert.equal(run.reading.lastError.atMs, firstMs + 3_000);
});

test('failures are told at doubling counts, and once that they are over', async (t) => {
  const fake = await fakeEureka(t);
  const run = new EurekaRun(t, { urls: [fake.url], pollIntervalMs: 1_000 });
  fake.behave = () => ({ kind: 'answer', status: 503 });
  await run.start();
  for (let poll = 0; poll < 8; poll++) await run.poll(1_000);
  fake.registry.register('orders', 'a');
  fake.behave = () => ({ kind: 'serve' });
  await run.poll(1_000);
  const told = run.lines.map(({ level, event, fields }) => `${level} ${event} ${fields['failures']}`);
  assert.deepEqual(told, [
    'warn eureka.read_failed 1',
    'warn eureka.read_failed 2',
    'warn eureka.read_failed 4',
    'warn eureka.read_failed 8',
    'info eureka.read_recovered 9',
  ]);
});

test('every attempt is reported with its code', async (t) => {
  const fake = await fakeEureka(t);
  fake.registry.register('orders', 'a');
  const run = new EurekaRun(t, { urls: [fake.url] });
  await run.start();
  await run.poll();
  fake.behave = () => ({ kind: 'answer', status: 503 });
  await run.poll();
  assert.deepEqual(
    run.reads.map(({ registry, mode, outcome, code }) => [registry, mode, outcome, code].join(' ')),
    ['legacy full ok ', 'legacy delta ok ', 'legacy delta error EUREKA_SERVER_ERROR'],
  );
});

test('an emptied registry is shown as empty: whether to believe it is not decided here', async (t) => {
  const fake = await fakeEureka(t);
  fake.registry.register('orders', 'a');
  const run = new EurekaRun(t, { urls: [fake.url], delta: false });
  await run.start();
  fake.registry.clear();
  await run.poll();
  assert.equal(run.reading.kind, 'live');
  assert.deepEqual(run.shown, []);
});

test('error pages that nobody reads do not use up the connections', async (t) => {
  const fake = await fakeEureka(t);
  const run = new EurekaRun(t, { urls: [fake.url], pollIntervalMs: 1_000 });
  fake.behave = () => ({ kind: 'answer', status: 503, body: 'x'.repeat(1_000_000) });
  await run.start();
  for (let poll = 0; poll < 6; poll++) await run.poll(1_000);
  assert.equal(run.code, 'EUREKA_SERVER_ERROR');
  assert.equal(fake.requests.length, 7);
});
