import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { parseAllDocuments } from 'yaml';
import { runCommandLine } from '../../../src/cli/program.ts';
import { VERSION } from '../../../src/lib/version.ts';
import { FakeEurekaRegistry } from '../../fakes/fake-eureka-registry.ts';
import { tempDir } from '../../fakes/temp-dir.ts';

async function run(line: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const said: string[] = [];
  const data: string[] = [];
  const output = { data: (text: string) => void data.push(text), talk: (text: string) => void said.push(text) };
  const code = await runCommandLine(line, env, output);
  return { code, data: data.join('\n'), said: said.join('\n') };
}

function file(t: TestContext, name: string, content: string): string {
  const path = join(tempDir(t), name);
  writeFileSync(path, content);
  return path;
}

const IDENTITY = ['--namespace', 'shop', '--instance', 'test'];

function eurekaBody(): FakeEurekaRegistry {
  const eureka = new FakeEurekaRegistry();
  eureka.register('orders', 'vm-1', { ipAddr: '10.0.0.1' });
  eureka.register('orders', 'vm-2', { ipAddr: '127.0.0.1' });
  return eureka;
}

describe('footbridge convert', () => {
  test('turns a saved answer of /eureka/apps into ServiceEntries on stdout and problems on stderr', async (t) => {
    const dump = file(t, 'apps.json', JSON.stringify(eurekaBody().full()));
    const { code, data, said } = await run(['convert', ...IDENTITY, dump]);
    assert.equal(code, 0);
    const [entry, ...others] = parseAllDocuments(data).map((document) => document.toJS() as Record<string, unknown>);
    assert.deepEqual(others, []);
    assert.equal(entry?.['kind'], 'ServiceEntry');
    assert.deepEqual(entry?.['spec'] && (entry['spec'] as { hosts: string[] }).hosts, ['orders.shop.eureka']);
    assert.match(said, /^ADDRESS_RESERVED eureka\/ORDERS.*127\.0\.0\.1/m);
    assert.match(said, /^1 entry, 1 problem$/m);
  });

  test('reads a dump that says what it is, with the registry that it names', async (t) => {
    const config = file(
      t,
      'footbridge.yaml',
      `namespace: shop
instance: test
registries:
  east: { kind: eureka, urls: ['http://registry.invalid/eureka'] }
  west: { kind: eureka, urls: ['http://registry.invalid/eureka'], scope: { include: [{ app: [NONE] }] } }
`,
    );
    const dump = { footbridgeDump: 1, kind: 'eureka', registry: 'east', capturedAt: '2026-01-01T00:00:00Z' };
    const path = file(t, 'dump.json', JSON.stringify({ ...dump, raw: eurekaBody().full() }));
    assert.match((await run(['convert', '--config', config, path])).data, /orders\.shop\.east/);
    assert.equal((await run(['convert', '--config', config, '--registry', 'west', path])).data, '', 'out of scope');
    const bare = file(t, 'apps.json', JSON.stringify(eurekaBody().full()));
    const ambiguous = await run(['convert', '--config', config, bare]);
    assert.equal(ambiguous.code, 2);
    assert.match(ambiguous.said, /--registry/);
    const unknown = await run(['convert', '--config', config, '--registry', 'north', path]);
    assert.equal(unknown.code, 2);
    assert.match(unknown.said, /no registry `north`/);
  });

  test('ends with 1 when a service cannot be published at all, and prints the others', async (t) => {
    const registry = file(
      t,
      'registry.yaml',
      'services: [{ name: a, instances: [{ address: 10.0.0.1, port: 80 }] }, { name: b, instances: [{ address: 10.0.0.1, port: 0 }] }]',
    );
    const { code, data, said } = await run(['convert', ...IDENTITY, registry]);
    assert.equal(code, 1);
    assert.match(data, /a\.shop\.file/);
    assert.match(said, /^NO_PORTS file\/b/m);
    assert.equal(
      (await run(['convert', ...IDENTITY, registry, '--diff', registry])).code,
      1,
      'also where nothing differs',
    );
  });

  for (const [what, content] of [
    ['an answer that says nothing', '{"applications": {}}'],
    ['half a document', 'services: [{ name: a'],
    ['a dump of an unknown kind', '{"footbridgeDump": 1, "kind": "nacos", "raw": "x"}'],
  ] as const) {
    test(`refuses ${what} with a sentence and a code other than 0`, async (t) => {
      const { code, data, said } = await run(['convert', ...IDENTITY, file(t, 'dump', content)]);
      assert.notEqual(code, 0);
      assert.equal(data, '');
      assert.match(said, /\w+ .*\./);
    });
  }

  test('takes XML for an answer of Eureka and says how to get JSON', async (t) => {
    const dump = file(t, 'apps.xml', '<applications><versions__delta>1</versions__delta></applications>');
    const { code, said } = await run(['convert', ...IDENTITY, dump]);
    assert.equal(code, 1);
    assert.match(said, /is XML.*Accept: application\/json/);
  });

  test('says which file cannot be read', async () => {
    const { code, said } = await run(['convert', ...IDENTITY, '/does/not/exist']);
    assert.equal(code, 1);
    assert.match(said, /^\/does\/not\/exist cannot be read: ENOENT\.$/m);
  });
});

describe('addresses on the command line', () => {
  const NO_SOURCE = /It must be (?:xds:\/\/)?HOST:PORT/;
  const NO_PAGES = /It must be a URL or HOST:PORT/;
  for (const [line, why] of [
    [['watch', 'foo'], NO_SOURCE],
    [['watch', 'http://127.0.0.1:9902'], NO_SOURCE],
    [['watch', 'xds://:9902'], NO_SOURCE],
    [['watch', '127.0.0.1:99020'], NO_SOURCE],
    [['convert', ...IDENTITY, 'dump', '--diff', 'xds://:9902'], NO_SOURCE],
    [['convert', ...IDENTITY, 'dump', '--diff', 'XDS://bridge'], NO_SOURCE],
    [['convert', ...IDENTITY, 'dump', '--diff', 'ftp://bridge'], NO_PAGES],
    [['convert', ...IDENTITY, 'dump', '--diff', 'http://'], NO_PAGES],
    [['explain', 'orders', '--server', 'grpc://127.0.0.1:9902'], NO_PAGES],
    [['check', '--istiod', 'http://'], NO_PAGES],
  ] as const) {
    test(`are read before anything is asked: ${line.join(' ')}`, async () => {
      const { code, data, said } = await run(line);
      assert.deepEqual([code, data], [2, '']);
      assert.match(said, why);
      assert.doesNotMatch(said, /No bridge can be asked/);
    });
  }

  test('are repeated without the password in them', async () => {
    for (const line of [
      ['check', '--istiod', 'ftp://me:hunter2@istiod'],
      ['explain', 'x', '-s', 'ftp://me:hunter2@bridge'],
    ]) {
      const { code, said } = await run(line);
      assert.equal(code, 2);
      assert.doesNotMatch(said, /hunter2/);
      assert.match(said, /ftp:\/\/\*\*\*@/);
    }
  });

  test('of an istiod may be host:port, as that of a bridge', async () => {
    const { said } = await run(['check', '-c', '/does/not/exist', '--istiod', '127.0.0.1:15014']);
    assert.doesNotMatch(said, NO_PAGES);
  });
});

describe('footbridge explain', () => {
  test('refuses what only a dump has a use for, where a running bridge is asked', async () => {
    for (const flags of [
      ['-c', 'footbridge.yaml'],
      ['-r', 'east'],
      ['--admin.port', '1234'],
    ]) {
      const { code, said } = await run(['explain', 'orders', ...flags]);
      assert.equal(code, 2);
      assert.match(said, /of use with --dump alone/);
    }
  });
});

describe('footbridge', () => {
  test('prints its version', async () =>
    assert.deepEqual(await run(['--version']), { code: 0, data: VERSION, said: '' }));

  test('explains itself with examples', async () => {
    const { code, data } = await run(['--help']);
    assert.equal(code, 0);
    for (const command of ['serve', 'demo', 'check', 'dump', 'convert', 'watch', 'config'])
      assert.match(data, new RegExp(`^  ${command} `, 'm'));
    assert.match(data, /Examples:/);
  });

  test('answers a misspelt command with the nearest one and code 2', async () => {
    const { code, said } = await run(['swerve']);
    assert.equal(code, 2);
    assert.match(said, /Did you mean serve\?/);
  });

  test('answers a configuration flag without a value with code 2', async () => {
    const { code, said } = await run(['serve', '--serve.port']);
    assert.equal(code, 2);
    assert.match(said, /--serve\.port needs a value/);
  });
});

describe('footbridge config', () => {
  const CONFIG = 'namespace: shop\ninstance: test\nregistries: { a: { kind: file, path: /x.yaml } }\n';

  test('print tells each value with where it comes from', async (t) => {
    const path = file(t, 'footbridge.yaml', CONFIG);
    const { code, data } = await run(['config', 'print', '--config', path, '--serve.port', '1234'], {
      FOOTBRIDGE_LOG_LEVEL: 'debug',
    });
    assert.equal(code, 0);
    assert.match(data, /port: 1234 # flag --serve\.port/);
    assert.match(data, /level: debug # environment FOOTBRIDGE_LOG_LEVEL/);
    assert.match(data, new RegExp(`namespace: shop # ${path}:1`));
  });

  test('check says that a right file is right, and all that is wrong with a wrong one', async (t) => {
    assert.equal((await run(['config', 'check', file(t, 'right.yaml', CONFIG)])).code, 0);
    const wrong = await run([
      'config',
      'check',
      file(t, 'wrong.yaml', `${CONFIG}exportto: [x]\nguard: { emptyGrace: 10 }\n`),
    ]);
    assert.equal(wrong.code, 2);
    assert.match(wrong.said, /exportto.*Did you mean `exportTo`/);
    assert.match(wrong.said, /guard\.emptyGrace = 10/);
  });

  test('docs and schema print what the repository holds', async () => {
    assert.match((await run(['config', 'docs'])).data, /^# Configuration/);
    assert.equal(typeof JSON.parse((await run(['config', 'schema'])).data), 'object');
  });
});
