// Dumps of a Eureka server over real HTTP: read as the living registry reads, equal to what that publishes, without a secret.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { dumpSlices } from '../../src/app/dump-slices.ts';
import { runCommandLine } from '../../src/cli/program.ts';
import type { RegistryConfig } from '../../src/config/config.ts';
import { silentLog } from '../../src/observe/log.ts';
import { captureEureka } from '../../src/registry/eureka/capture.ts';
import type { EurekaOptions } from '../../src/registry/eureka/options.ts';
import type { ScopeOptions } from '../../src/registry/scope.ts';
import { SelectedRegistry } from '../../src/registry/wrap/select.ts';
import { eurekaOptions, NO_AUTH } from '../fakes/eureka-options.ts';
import { EurekaRun, fakeEureka } from '../fakes/eureka-run.ts';
import { FakeClock } from '../fakes/fake-clock.ts';
import type { FakeEureka } from '../fakes/fake-eureka.ts';
import { tempDir } from '../fakes/temp-dir.ts';

const WHOLE: ScopeOptions = { include: [], exclude: [] };
const ORDERS: ScopeOptions = { include: [{ attributes: { app: ['orders'] }, metadata: {} }], exclude: [] };
const OURS: ScopeOptions = { include: [{ attributes: {}, metadata: { team: ['us'] } }], exclude: [] };
const NONE: ScopeOptions = { include: [{ attributes: { app: ['none*'] }, metadata: {} }], exclude: [] };

/** Secrets in every place that an application can write to. */
function registerAll({ registry }: FakeEureka): void {
  registry.register('orders', 'a', {
    homePageUrl: 'http://me:hunter2@10.0.0.1:8080/',
    statusPageUrl: 'http://10.0.0.1:8080/info?access_token=hunter2',
    metadata: { team: 'us', 'db.password': 'hunter2', jdbc: 'x://me:hunter2@db', 'our-id': 'hunter2', weight: 'x' },
  });
  registry.register('orders', 'b', { status: 'DOWN', metadata: { team: 'them', token: 'hunter2' } });
  registry.register('bills', 'c', { ipAddr: '', hostName: '', metadata: { team: 'them' } });
}

function capture(urls: readonly string[], options: Partial<EurekaOptions> = {}, scope = WHOLE) {
  const context = { clock: new FakeClock(), log: silentLog, random: () => 0.5, onRead() {}, onDrift() {} };
  return captureEureka('legacy', eurekaOptions({ urls, ...options }), scope, context);
}

async function captured(...args: Parameters<typeof capture>): Promise<string> {
  const result = await capture(...args);
  if (result.kind === 'failed') throw new Error(result.message);
  return JSON.stringify(result.raw);
}

describe('a dump of Eureka', () => {
  for (const [what, scope, paths] of [
    ['everything', WHOLE, ['apps']],
    ['an application', ORDERS, ['apps/ORDERS']],
    ['instances by metadata', OURS, ['apps']],
    ['nothing', NONE, ['apps']],
  ] as const) {
    test(`publishes what the living registry publishes, where ${what} is in scope`, async (t) => {
      const fake = await fakeEureka(t);
      registerAll(fake);
      const options = { secretKeys: ['our-*'] };
      const raw = await captured([fake.url], options, scope);
      assert.deepEqual(fake.paths, paths, 'it asks for no more than the living registry does');
      assert.doesNotMatch(raw, /hunter2/);
      const living = new EurekaRun(t, { urls: [fake.url], ...options }, scope);
      await living.start();
      const config: RegistryConfig = { kind: 'eureka', scope, holdForMs: 0, ...eurekaOptions(options) };
      const read = dumpSlices(raw, 'legacy', config);
      const [expected] = new SelectedRegistry(living.registry, scope, silentLog).slices();
      assert.equal(read.kind, 'slices');
      const [found] = read.kind === 'slices' ? read.slices : [];
      assert.ok(found?.reading.kind === 'live' && expected?.reading.kind === 'live');
      assert.deepEqual(found.reading.content.services, expected.reading.content.services);
      assert.deepEqual(found.reading.content.problems, expected.reading.content.problems);
    });
  }

  test('comes from the next server where one fails, also half-way through the applications', async (t) => {
    const [broken, whole] = [await fakeEureka(t), await fakeEureka(t)];
    registerAll(whole);
    registerAll(broken);
    broken.behave = ({ path }) => ({ kind: path.endsWith('BILLS') ? 'half' : 'serve' });
    const both = { include: [{ attributes: { app: ['orders', 'bills'] }, metadata: {} }], exclude: [] };
    assert.match(await captured([broken.url, whole.url], {}, both), /"instanceId":"a".*"instanceId":"c"/);
    broken.behave = () => ({ kind: 'answer', status: 200, body: '{"applications":{}}' });
    assert.match(await captured([broken.url, whole.url]), /"instanceId":"a"/);
  });

  test('does not come about where no server answers for one of the applications', async (t) => {
    const fake = await fakeEureka(t);
    registerAll(fake);
    fake.behave = ({ path }) => (path.endsWith('BILLS') ? { kind: 'answer', status: 503 } : { kind: 'serve' });
    const both = { include: [{ attributes: { app: ['orders', 'bills'] }, metadata: {} }], exclude: [] };
    const result = await capture([fake.url], {}, both);
    assert.equal(result.kind === 'failed' && result.code, 'EUREKA_SERVER_ERROR');
  });

  test('is read with the credentials of the configuration, which it does not hold', async (t) => {
    const fake = await fakeEureka(t);
    registerAll(fake);
    const passwordFile = join(tempDir(t), 'password');
    writeFileSync(passwordFile, 'let-me-in');
    const raw = await captured([fake.url.replace('://', '://you:no@')], {
      auth: { ...NO_AUTH, username: 'me', passwordFile },
    });
    assert.deepEqual(
      fake.requests.map(({ headers }) => headers.authorization),
      [`Basic ${btoa('me:let-me-in')}`],
    );
    assert.doesNotMatch(raw, /let-me-in/);
  });

  for (const [what, behaviour, code] of [
    ['refuses', { kind: 'answer', status: 401 }, 'EUREKA_UNAUTHORIZED'],
    ['says nothing', { kind: 'answer', status: 200, body: '{"applications":{}}' }, 'EUREKA_NOT_A_REGISTRY'],
    ['breaks off', { kind: 'half' }, 'EUREKA_BROKEN_ANSWER'],
  ] as const) {
    test(`does not come about where the server ${what}`, async (t) => {
      const fake = await fakeEureka(t);
      registerAll(fake);
      fake.behave = () => behaviour;
      const result = await capture([fake.url.replace('://', '://me:hunter2@')]);
      assert.equal(result.kind === 'failed' && result.code, code);
      assert.doesNotMatch(JSON.stringify(result), /hunter2/);
    });
  }
});

test('footbridge dump, piped into footbridge convert, prints what is served', async (t) => {
  const fake = await fakeEureka(t);
  registerAll(fake);
  const directory = tempDir(t);
  const config = join(directory, 'footbridge.yaml');
  writeFileSync(
    config,
    `namespace: shop\ninstance: test\nregistries: { east: { kind: eureka, urls: ['${fake.url}'] } }\n`,
  );
  const saved = await run(['dump', '--config', config]);
  assert.equal(saved.code, 0);
  assert.match(saved.said, /^east: 1 service with 2 instances, \d problems/);
  assert.match(saved.said, /^Masked as secrets: .*db\.password \(1\)/m);
  writeFileSync(join(directory, 'dump.json'), saved.data);
  writeFileSync(join(directory, 'apps.json'), JSON.stringify(fake.registry.full()));
  const bare = await run(['convert', '--config', config, join(directory, 'apps.json')]);
  assert.match(bare.data, /orders\.shop\.east/);
  assert.deepEqual(await run(['convert', '--config', config, join(directory, 'dump.json')]), bare);
});

async function run(line: readonly string[]) {
  const said: string[] = [];
  const data: string[] = [];
  const output = { data: (text: string) => void data.push(text), talk: (text: string) => void said.push(text) };
  const code = await runCommandLine(line, {}, output);
  return { code, data: data.join('\n'), said: said.join('\n') };
}
