// The loop of the Eureka registry against real servers: which reads it makes, where, and what it leaves behind.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { EurekaRun, fakeEureka } from '../fakes/eureka-run.ts';
import type { Behaviour, SeenRequest } from '../fakes/fake-eureka.ts';
import { until } from '../fakes/until.ts';

const SERVE: Behaviour = { kind: 'serve' };

/** Serves everything but deltas. */
function answerDeltas(behaviour: Behaviour): (request: SeenRequest) => Behaviour {
  return ({ path }) => (path.includes('/delta') ? behaviour : SERVE);
}

test('a full read comes first, then deltas, packed or not', async (t) => {
  const fake = await fakeEureka(t);
  fake.behave = () => ({ kind: 'serve', gzip: true });
  fake.registry.register('orders', 'a');
  const run = new EurekaRun(t, { urls: [fake.url] });
  assert.equal(run.reading.kind, 'waiting');
  await run.start();
  assert.deepEqual(run.shown, ['ORDERS: a=up']);
  fake.registry.register('orders', 'b', { status: 'STARTING' });
  fake.registry.register('pay', 'c');
  await run.poll();
  fake.behave = () => SERVE;
  fake.registry.cancel('orders', 'a');
  await run.poll();
  assert.deepEqual(run.shown, ['ORDERS: b=starting', 'PAY: c=up']);
  assert.deepEqual(fake.paths, ['apps', 'apps/delta', 'apps/delta']);
  for (const { headers } of fake.requests) {
    assert.equal(headers.accept, 'application/json');
    assert.equal(headers['accept-encoding'], 'gzip');
  }
});

test('a read that changed nothing keeps every object but is younger', async (t) => {
  const fake = await fakeEureka(t);
  fake.registry.register('orders', 'a');
  const run = new EurekaRun(t, { urls: [fake.url] });
  await run.start();
  const before = run.content;
  await run.poll();
  assert.equal(run.content.services, before.services);
  assert.equal(run.content.problems, before.problems);
  assert.equal(run.content.readAtMs, before.readAtMs + 30_000);
});

test('a full read with one changed instance gives a new object to exactly one service', async (t) => {
  const fake = await fakeEureka(t);
  for (let index = 0; index < 300; index++) fake.registry.register(`app-${index % 100}`, `i-${index}`);
  const run = new EurekaRun(t, { urls: [fake.url], delta: false });
  await run.start();
  const before = run.content.services;
  fake.registry.register('app-42', 'i-142', { status: 'DOWN' });
  await run.poll();
  const changed = [...run.content.services].filter(([key, service]) => before.get(key) !== service);
  assert.deepEqual(
    changed.map(([key]) => key),
    ['legacy/APP-42'],
  );
});

describe('a full read instead of a delta', () => {
  test('is made periodically, and finds what no delta tells', async (t) => {
    const fake = await fakeEureka(t);
    fake.registry.register('orders', 'a');
    const run = new EurekaRun(t, { urls: [fake.url], fullIntervalMs: 60_000 });
    await run.start();
    fake.registry.changeSilently('orders', 'a', { metadata: { v: '2' } });
    await run.poll();
    await run.poll();
    assert.deepEqual(fake.paths, ['apps', 'apps/delta', 'apps']);
    assert.equal([...run.content.services.values()][0]?.instances[0]?.metadata.get('v'), '2');
  });

  test('is made when the last good read is two minutes old', async (t) => {
    const fake = await fakeEureka(t);
    fake.registry.register('orders', 'a');
    const run = new EurekaRun(t, { urls: [fake.url], pollIntervalMs: 121_000 });
    await run.start();
    await run.poll(121_000);
    assert.deepEqual(fake.paths, ['apps', 'apps']);
  });

  test('follows in the same poll when the hash does not agree', async (t) => {
    const fake = await fakeEureka(t);
    fake.registry.register('orders', 'a');
    const run = new EurekaRun(t, { urls: [fake.url] });
    await run.start();
    fake.registry.registerSilently('orders', 'b');
    await run.poll();
    assert.deepEqual(fake.paths, ['apps', 'apps/delta', 'apps']);
    assert.deepEqual(run.shown, ['ORDERS: a=up b=up']);
    assert.deepEqual(
      run.reads.map(({ code }) => code),
      ['', 'EUREKA_HASH_MISMATCH', ''],
    );
    await run.poll();
    assert.equal(fake.paths.at(-1), 'apps/delta');
  });

  test('waits, and deltas pause, when the hash disagrees again after it', async (t) => {
    const fake = await fakeEureka(t);
    fake.registry.register('orders', 'a');
    fake.behave = answerDeltas({ kind: 'answer', status: 200, body: '{"applications":{"apps__hashcode":"UP_77_"}}' });
    const run = new EurekaRun(t, { urls: [fake.url], pollIntervalMs: 5_000 });
    await run.start();
    await run.poll(5_000);
    await run.poll(5_000);
    assert.deepEqual(fake.paths, ['apps', 'apps/delta', 'apps', 'apps/delta']);
    assert.equal(run.code, 'EUREKA_HASH_MISMATCH');
    assert.deepEqual(run.shown, ['ORDERS: a=up']);
    run.clock.advance(29_999);
    assert.equal(fake.paths.length, 4);
    await run.poll(1);
    await run.poll(5_000);
    assert.equal(run.reading.kind, 'live');
    assert.deepEqual(fake.paths.slice(4), ['apps', 'apps']);
    const pauses = run.lines.filter(({ event }) => event === 'eureka.delta_paused');
    assert.deepEqual(
      pauses.map(({ fields }) => [fields['reason'], fields['forMs']]),
      [['mismatch', 600_000]],
    );
  });

  for (const status of [403, 404]) {
    test(`takes over where deltas are answered with ${status}, which is told once`, async (t) => {
      const fake = await fakeEureka(t);
      fake.registry.register('orders', 'a');
      fake.behave = answerDeltas({ kind: 'answer', status });
      const run = new EurekaRun(t, { urls: [fake.url] });
      await run.start();
      for (let poll = 0; poll < 3; poll++) await run.poll();
      assert.deepEqual(fake.paths, ['apps', 'apps/delta', 'apps', 'apps', 'apps']);
      assert.equal(run.reading.kind, 'live');
      assert.deepEqual(
        run.lines.map(({ event, fields }) => [event, fields['reason']]),
        [['eureka.delta_paused', 'refused']],
      );
    });
  }

  test('follows a delta that says nothing', async (t) => {
    const fake = await fakeEureka(t);
    fake.registry.register('orders', 'a');
    fake.behave = answerDeltas({ kind: 'answer', status: 200, body: 'null' });
    const run = new EurekaRun(t, { urls: [fake.url] });
    await run.start();
    await run.poll();
    assert.deepEqual(fake.paths, ['apps', 'apps/delta', 'apps']);
    assert.equal(run.reading.kind, 'live');
  });

  test('a server that refuses everything for a while is asked for deltas again afterwards', async (t) => {
    const fake = await fakeEureka(t);
    fake.registry.register('orders', 'a');
    const run = new EurekaRun(t, { urls: [fake.url] });
    await run.start();
    fake.behave = () => ({ kind: 'answer', status: 403 });
    await run.poll();
    assert.equal(run.code, 'EUREKA_FORBIDDEN');
    fake.behave = () => SERVE;
    await run.poll(1_000);
    await run.poll();
    assert.deepEqual(fake.paths, ['apps', 'apps/delta', 'apps', 'apps', 'apps/delta']);
  });
});

test('an instance that nobody can read does not end deltas for all others', async (t) => {
  const fake = await fakeEureka(t);
  fake.registry.register('orders', 'a');
  fake.registry.register('broken', 'x', { instanceId: '', hostName: '' });
  const run = new EurekaRun(t, { urls: [fake.url] });
  await run.start();
  fake.registry.forgetChanges();
  await run.poll();
  assert.deepEqual(fake.paths, ['apps', 'apps/delta']);
  assert.deepEqual(run.shown, ['ORDERS: a=up']);
  assert.deepEqual(
    run.content.problems.map(({ code, service }) => [code, service]),
    [['INSTANCE_MALFORMED', 'BROKEN']],
  );
});

describe('several servers', () => {
  test('replace each other within one poll, and the one that answers is stayed with', async (t) => {
    const [a, b] = [await fakeEureka(t), await fakeEureka(t)];
    for (const fake of [a, b]) fake.registry.register('orders', 'a');
    const run = new EurekaRun(t, { urls: [a.url, b.url] });
    await run.start();
    a.behave = () => ({ kind: 'answer', status: 503 });
    await run.poll();
    assert.equal(run.reading.kind, 'live');
    a.behave = () => SERVE;
    await run.poll();
    assert.deepEqual(a.paths, ['apps', 'apps/delta']);
    assert.deepEqual(b.paths, ['apps', 'apps/delta'], 'full on the new server, then deltas of it');
  });

  test('that all fail are all named', async (t) => {
    const [a, b] = [await fakeEureka(t), await fakeEureka(t)];
    a.behave = () => ({ kind: 'answer', status: 503 });
    b.behave = () => ({ kind: 'answer', status: 401 });
    const run = new EurekaRun(t, { urls: [a.url, b.url] });
    await run.start();
    assert.equal(run.code, 'EUREKA_SERVER_ERROR');
    assert.ok(run.messages[0]?.includes(a.url) && run.messages[0].includes(b.url), run.messages[0]);
  });

  test('are not asked in full while one is to be waited for', async (t) => {
    const [a, b] = [await fakeEureka(t), await fakeEureka(t)];
    a.registry.register('orders', 'a');
    a.behave = answerDeltas({ kind: 'answer', status: 200, body: '{"applications":{"apps__hashcode":"UP_77_"}}' });
    const run = new EurekaRun(t, { urls: [a.url, b.url] });
    await run.start();
    await run.poll();
    await run.poll();
    assert.equal(run.code, 'EUREKA_HASH_MISMATCH');
    assert.equal(b.requests.length, 0);
  });

  test('are tried in an order of this bridge', async (t) => {
    const fakes = [await fakeEureka(t), await fakeEureka(t), await fakeEureka(t)];
    const order: number[] = [];
    fakes.forEach((fake, index) => {
      fake.behave = () => {
        order.push(index);
        return { kind: 'answer', status: 503 };
      };
    });
    const dice = [0.9, 0.1, 0.5, 0.5];
    const run = new EurekaRun(t, { urls: fakes.map(({ url }) => url) }, undefined, () => dice.shift() ?? 0.5);
    await run.start();
    assert.deepEqual(order, [1, 2, 0]);
  });
});

describe('a read anew', () => {
  test('is made at once, in full, of the next server, which is then stayed with', async (t) => {
    const [a, b] = [await fakeEureka(t), await fakeEureka(t)];
    for (const fake of [a, b]) fake.registry.register('orders', 'a');
    b.registry.register('orders', 'b');
    const run = new EurekaRun(t, { urls: [a.url, b.url] });
    await run.start();
    run.registry.readAnew?.();
    await run.poll(0);
    assert.deepEqual(run.shown, ['ORDERS: a=up b=up']);
    await run.poll();
    assert.deepEqual(a.paths, ['apps']);
    assert.deepEqual(b.paths, ['apps', 'apps/delta']);
  });

  test('is a full one of the same server where there is no other, or no other answers', async (t) => {
    const [a, b] = [await fakeEureka(t), await fakeEureka(t)];
    a.registry.register('orders', 'a');
    b.behave = () => ({ kind: 'answer', status: 503 });
    for (const urls of [[a.url], [a.url, b.url]]) {
      const run = new EurekaRun(t, { urls });
      await run.start();
      const before = a.paths.length;
      run.registry.readAnew?.();
      await run.poll(0);
      assert.equal(run.reading.kind, 'live');
      assert.deepEqual(a.paths.slice(before), ['apps']);
    }
  });

  test('of single applications begins with the next server too', async (t) => {
    const [a, b] = [await fakeEureka(t), await fakeEureka(t)];
    for (const fake of [a, b]) fake.registry.register('orders', 'a');
    const scope = { include: [{ attributes: { app: ['orders'] }, metadata: {} }], exclude: [] };
    const run = new EurekaRun(t, { urls: [a.url, b.url] }, scope);
    await run.start();
    run.registry.readAnew?.();
    await run.poll(0);
    assert.deepEqual([a.paths, b.paths], [['apps/ORDERS'], ['apps/ORDERS']]);
  });

  test('follows a poll that was under way, once, however often it is asked for', async (t) => {
    const [a, b] = [await fakeEureka(t), await fakeEureka(t)];
    for (const fake of [a, b]) fake.registry.register('orders', 'a');
    const run = new EurekaRun(t, { urls: [a.url, b.url] });
    run.begin();
    run.registry.readAnew?.();
    run.registry.readAnew?.();
    await until(() => run.changes === 1, 'the poll that was under way ended');
    const next = run.poll(0);
    run.registry.readAnew?.();
    await next;
    assert.deepEqual([a.paths, b.paths], [['apps'], ['apps']]);
    await run.poll();
    assert.deepEqual(b.paths, ['apps', 'apps/delta'], 'after that the rhythm is as it was');
  });

  test('does not disturb servers that ask to be left alone', async (t) => {
    const fake = await fakeEureka(t);
    fake.behave = () => ({ kind: 'answer', status: 429, headers: { 'retry-after': '60' } });
    const run = new EurekaRun(t, { urls: [fake.url] });
    run.begin();
    run.registry.readAnew?.();
    await until(() => run.changes === 1, 'the first poll ended');
    run.clock.advance(1_000);
    assert.equal(fake.requests.length, 1);
  });

  test('is not made after the end', async (t) => {
    const fake = await fakeEureka(t);
    const run = new EurekaRun(t, { urls: [fake.url] });
    await run.start();
    await run.registry.close();
    run.registry.readAnew?.();
    assert.equal(run.clock.pending, 0);
  });
});

test('remote regions are asked for in full reads and deltas', async (t) => {
  const fake = await fakeEureka(t);
  fake.registry.register('orders', 'a');
  const scope = { include: [{ attributes: { app: ['orders'] }, metadata: {} }], exclude: [] };
  const run = new EurekaRun(t, { urls: [fake.url], regions: ['eu-1', 'us 2'] }, scope);
  await run.start();
  await run.poll();
  assert.deepEqual(fake.paths, ['apps?regions=eu-1,us%202', 'apps/delta?regions=eu-1,us%202']);
});

describe('closing', () => {
  test('ends a read that is under way, without a word to anyone', async (t) => {
    const fake = await fakeEureka(t);
    fake.behave = () => ({ kind: 'hang' });
    const run = new EurekaRun(t, { urls: [fake.url, fake.url.replace('/eureka', '/other')] });
    run.begin();
    await until(() => fake.requests.length === 1, 'the request arrived');
    await run.registry.close();
    assert.equal(run.changes, 0);
    assert.equal(run.clock.pending, 0);
    assert.equal(fake.requests.length, 1, 'no other server is asked any more');
    assert.deepEqual(run.lines, []);
  });

  test('between two reads leaves no timer', async (t) => {
    const fake = await fakeEureka(t);
    const run = new EurekaRun(t, { urls: [fake.url] });
    await run.start();
    await run.registry.close();
    assert.equal(run.clock.pending, 0);
  });

  test('before the start is harmless', async (t) => {
    await new EurekaRun(t, { urls: ['http://127.0.0.1:9/eureka'] }).registry.close();
  });
});

test('a redirect is not followed, so that credentials stay with the server they are for', async (t) => {
  const [fake, other] = [await fakeEureka(t), await fakeEureka(t)];
  fake.behave = () => ({ kind: 'answer', status: 307, headers: { location: `${other.url}/apps` } });
  const run = new EurekaRun(t, { urls: [fake.url] });
  await run.start();
  assert.equal(run.code, 'EUREKA_REDIRECTED');
  assert.equal(other.requests.length, 0);
});
