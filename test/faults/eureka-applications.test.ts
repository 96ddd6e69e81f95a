// A scope of a few exact names: applications are read one by one, and each stands for itself.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ScopeOptions } from '../../src/registry/scope.ts';
import { EurekaRun, fakeEureka } from '../fakes/eureka-run.ts';
import type { Behaviour } from '../fakes/fake-eureka.ts';
import { until } from '../fakes/until.ts';

function scopeOf(...app: string[]): ScopeOptions {
  return { include: [{ attributes: { app }, metadata: {} }], exclude: [] };
}

/** Fails for one application and serves the rest. */
function fails(name: string, behaviour: Behaviour = { kind: 'answer', status: 503 }) {
  return ({ path }: { readonly path: string }): Behaviour =>
    path.endsWith(`/${name}`) ? behaviour : { kind: 'serve' };
}

test('only the named applications are asked for', async (t) => {
  const fake = await fakeEureka(t);
  for (const app of ['orders', 'my app/1', 'other']) fake.registry.register(app, 'a');
  const run = new EurekaRun(t, { urls: [fake.url] }, scopeOf('Orders', 'my app/1'));
  await run.start();
  await run.poll();
  assert.deepEqual(fake.paths.toSorted(), ['apps/MY%20APP%2F1', 'apps/MY%20APP%2F1', 'apps/ORDERS', 'apps/ORDERS']);
  assert.deepEqual(run.shown, ['MY APP/1: a=up', 'ORDERS: a=up']);
  assert.ok(run.reads.every(({ mode, outcome }) => mode === 'apps' && outcome === 'ok'));
});

test('what was not asked for is not said to be absent, until the whole list was read', async (t) => {
  const fake = await fakeEureka(t);
  fake.registry.register('orders', 'a');
  fake.registry.register('other', 'a');
  const run = new EurekaRun(t, { urls: [fake.url] }, scopeOf('Orders', 'pay'));
  await run.start();
  const asked = run.registry.outside?.();
  assert.deepEqual(asked?.reach, { kind: 'asked-for', what: 'applications', names: ['ORDERS', 'PAY'] });
  assert.equal(asked?.leftOut('OTHER'), undefined);
  // None of them is there any more, so the whole list is read: now the others are known too.
  fake.registry.cancel('orders', 'a');
  await run.poll();
  const before = run.registry.slices();
  const whole = run.registry.outside?.();
  assert.deepEqual(whole?.reach, { kind: 'everything' });
  assert.deepEqual(whole?.leftOut('OTHER'), { instances: 1, because: { kind: 'not-included' } });
  assert.deepEqual([...(whole?.names() ?? [])], ['OTHER']);
  assert.equal(run.registry.slices(), before, 'asking changes nothing');
});

test('404 means that an application is gone', async (t) => {
  const fake = await fakeEureka(t);
  for (const app of ['orders', 'pay']) fake.registry.register(app, 'a');
  const run = new EurekaRun(t, { urls: [fake.url] }, scopeOf('orders', 'pay'));
  await run.start();
  fake.registry.cancel('pay', 'a');
  await run.poll();
  assert.equal(run.reading.kind, 'live');
  assert.deepEqual(run.shown, ['ORDERS: a=up']);
});

test('a failure leaves that application as it was and lets the others change', async (t) => {
  const fake = await fakeEureka(t);
  for (const app of ['orders', 'pay']) fake.registry.register(app, 'a');
  const run = new EurekaRun(t, { urls: [fake.url] }, scopeOf('orders', 'pay'));
  await run.start();
  const pay = [...run.content.services.values()].find(({ name }) => name === 'PAY');
  const { readAtMs } = run.content;
  fake.registry.register('orders', 'b');
  fake.registry.register('pay', 'b');
  fake.behave = fails('PAY');
  await run.poll();
  assert.equal(run.reading.kind, 'stale');
  assert.equal(run.code, 'EUREKA_SERVER_ERROR');
  assert.deepEqual(run.shown, ['ORDERS: a=up b=up', 'PAY: a=up']);
  assert.equal(
    [...run.content.services.values()].find(({ name }) => name === 'PAY'),
    pay,
  );
  assert.equal(run.content.readAtMs, readAtMs, 'half a read confirms nothing');
});

test('a failure before everything was read once leaves the registry waiting: half of a team is not the team', async (t) => {
  const fake = await fakeEureka(t);
  for (const app of ['orders', 'pay']) fake.registry.register(app, 'a');
  fake.behave = fails('PAY');
  const run = new EurekaRun(t, { urls: [fake.url] }, scopeOf('orders', 'pay'));
  await run.start();
  assert.equal(run.reading.kind, 'waiting');
  fake.behave = fails('ORDERS');
  await run.poll(1_000);
  assert.equal(run.reading.kind, 'waiting');
  fake.behave = () => ({ kind: 'serve' });
  await run.poll(2_000);
  assert.deepEqual(run.shown, ['ORDERS: a=up', 'PAY: a=up']);
});

test('all failing is no information', async (t) => {
  const fake = await fakeEureka(t);
  for (const app of ['orders', 'pay']) fake.registry.register(app, 'a');
  const run = new EurekaRun(t, { urls: [fake.url] }, scopeOf('orders', 'pay'));
  await run.start();
  const { services } = run.content;
  fake.behave = () => ({ kind: 'answer', status: 403 });
  await run.poll();
  assert.equal(run.reading.kind, 'stale');
  assert.equal(run.content.services, services);
});

test('when all are absent the full list is asked, because a wrong URL answers 404 too', async (t) => {
  const fake = await fakeEureka(t);
  fake.registry.register('other', 'a');
  const run = new EurekaRun(t, { urls: [fake.url] }, scopeOf('orders', 'pay'));
  await run.start();
  assert.equal(fake.paths.at(-1), 'apps');
  assert.deepEqual(run.shown, []);
  assert.deepEqual(run.registry.slices()[0]?.matched, { services: 0, ofServices: 1 }, 'the list was not empty');

  const lost = new EurekaRun(t, { urls: [`${fake.url}/nowhere`] }, scopeOf('orders', 'pay'));
  await lost.start();
  assert.equal(lost.reading.kind, 'waiting');
  assert.equal(lost.code, 'EUREKA_NOT_FOUND');
});

test('what one server fails to answer the next one is asked for, and only that', async (t) => {
  const [a, b] = [await fakeEureka(t), await fakeEureka(t)];
  for (const fake of [a, b]) for (const app of ['orders', 'pay']) fake.registry.register(app, 'a');
  a.behave = fails('PAY');
  const run = new EurekaRun(t, { urls: [a.url, b.url] }, scopeOf('orders', 'pay'));
  await run.start();
  assert.equal(run.reading.kind, 'live');
  assert.deepEqual(run.shown, ['ORDERS: a=up', 'PAY: a=up']);
  assert.deepEqual(b.paths, ['apps/PAY']);
});

test('an answer about another application is no information', async (t) => {
  const fake = await fakeEureka(t);
  for (const app of ['orders', 'pay']) fake.registry.register(app, 'a');
  const run = new EurekaRun(t, { urls: [fake.url] }, scopeOf('orders', 'pay'));
  await run.start();
  const wrong = JSON.stringify(fake.registry.application('orders'));
  fake.behave = fails('PAY', { kind: 'answer', status: 200, body: wrong });
  await run.poll();
  assert.equal(run.code, 'EUREKA_NOT_A_REGISTRY');
  assert.deepEqual(run.shown, ['ORDERS: a=up', 'PAY: a=up']);
});

test('a failure after the full list was asked leaves what that list said', async (t) => {
  const fake = await fakeEureka(t);
  for (const app of ['orders', 'pay']) fake.registry.register(app, 'a');
  const run = new EurekaRun(t, { urls: [fake.url] }, scopeOf('orders', 'pay'));
  await run.start();
  for (const app of ['orders', 'pay']) fake.registry.register(app, 'b');
  fake.behave = ({ path }) => (/apps\/[A-Z]/.test(path) ? { kind: 'answer', status: 404 } : { kind: 'serve' });
  await run.poll();
  assert.deepEqual(run.shown, ['ORDERS: a=up b=up', 'PAY: a=up b=up']);
  fake.behave = fails('PAY');
  await run.poll();
  assert.equal(run.reading.kind, 'stale');
  assert.deepEqual(run.shown, ['ORDERS: a=up b=up', 'PAY: a=up b=up']);
});

test('a server that answers nothing is left for the next one, not waited for with every name', async (t) => {
  const [a, b] = [await fakeEureka(t), await fakeEureka(t)];
  const names = ['n1', 'n2', 'n3', 'n4', 'n5', 'n6', 'n7', 'n8'];
  for (const name of names) b.registry.register(name, 'a');
  a.behave = () => ({ kind: 'hang' });
  const run = new EurekaRun(t, { urls: [a.url, b.url] }, scopeOf(...names));
  run.begin();
  await until(() => a.requests.length === 4, 'the first requests arrived');
  run.clock.advance(10_000);
  await until(() => run.changes === 1, 'the poll ended');
  assert.equal(run.reading.kind, 'live');
  assert.equal(a.requests.length, 4);
  assert.equal(b.requests.length, 8);
});

describe('another scope', () => {
  test('is read for at once', async (t) => {
    const fake = await fakeEureka(t);
    for (const app of ['orders', 'pay', 'other']) fake.registry.register(app, 'a');
    const run = new EurekaRun(t, { urls: [fake.url] }, scopeOf('orders'));
    await run.start();
    run.registry.setScope?.(scopeOf('orders', 'pay'));
    await run.poll(0);
    assert.deepEqual(run.shown, ['ORDERS: a=up', 'PAY: a=up']);
    run.registry.setScope?.(scopeOf('o*'));
    await run.poll(0);
    assert.equal(fake.paths.at(-1), 'apps');
    assert.deepEqual(run.shown, ['ORDERS: a=up', 'OTHER: a=up']);
    run.registry.setScope?.(scopeOf('pay'));
    await run.poll(0);
    assert.deepEqual(run.shown, ['PAY: a=up']);
    assert.equal(run.clock.pending, 1, 'there is one loop still');
  });

  test('that comes while the former one is read waits for that and reads again', async (t) => {
    const fake = await fakeEureka(t);
    for (const app of ['orders', 'pay']) fake.registry.register(app, 'a');
    const run = new EurekaRun(t, { urls: [fake.url] }, scopeOf('orders'));
    fake.behave = () => ({ kind: 'hang' });
    run.begin();
    await until(() => fake.requests.length === 1, 'the first request arrived');
    run.registry.setScope?.(scopeOf('pay'));
    fake.behave = () => ({ kind: 'serve' });
    run.clock.advance(10_000);
    await until(() => run.clock.pending === 1, 'the first read was given up');
    await run.poll(0);
    assert.deepEqual(run.shown, ['PAY: a=up']);
    assert.equal(run.changes, 1);
  });

  test('of globs is read in full at once, and what both share stays until then and after', async (t) => {
    const fake = await fakeEureka(t);
    for (const app of ['orders', 'pay', 'other']) fake.registry.register(app, 'a');
    const run = new EurekaRun(t, { urls: [fake.url] }, scopeOf('o*'));
    await run.start();
    await run.poll();
    assert.equal(fake.paths.at(-1), 'apps/delta');
    assert.deepEqual(run.registry.slices()[0]?.matched, { services: 2, ofServices: 3 });
    const before = [...run.content.services];
    run.registry.setScope?.(scopeOf('o*', 'p*'));
    assert.deepEqual(run.shown, ['ORDERS: a=up', 'OTHER: a=up']);
    fake.behave = () => ({ kind: 'answer', status: 503 });
    await run.poll(0);
    assert.deepEqual(run.shown, ['ORDERS: a=up', 'OTHER: a=up'], 'an error takes nothing away');
    fake.behave = () => ({ kind: 'serve' });
    await run.poll(1_000);
    assert.equal(fake.paths.at(-1), 'apps');
    assert.deepEqual(run.shown, ['ORDERS: a=up', 'OTHER: a=up', 'PAY: a=up']);
    for (const [key, service] of before) assert.equal(run.content.services.get(key), service);
  });

  test('before the start or after the end starts nothing', async (t) => {
    const run = new EurekaRun(t, { urls: ['http://127.0.0.1:9/eureka'] }, scopeOf('orders'));
    run.registry.setScope?.(scopeOf('pay'));
    assert.equal(run.clock.pending, 0);
    await run.registry.close();
    run.registry.setScope?.(scopeOf('orders'));
    assert.equal(run.clock.pending, 0);
  });
});
