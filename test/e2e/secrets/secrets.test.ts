// A secret in every place that can hold one, and nothing of them in anything that a bridge says: while all is well, while every
// server refuses and repeats what it was shown, while every file with a secret is broken, and when the process dies of a defect
// in the middle of one.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { tempDir } from '../../fakes/temp-dir.ts';
import { waitFor } from '../../peers/run/wait-for.ts';
import { leaksIn } from './leaks.ts';
import type { Place, Planted } from './planted-secrets.ts';
import { aScene, isServing, type Scene } from './scene.ts';

/** What shows that the secret was really read: a server was shown it, or a page tells what was read with it or dropped beside it. */
const READ: Readonly<Record<Place, (scene: Scene, told: string, place: Place) => boolean>> = {
  'user of a URL': (_, told) => told.includes('must not hold a user or a password'),
  'password of a URL': (_, told) => told.includes('must not hold a user or a password'),
  'password from the environment': wasShown,
  'password in a file': wasShown,
  'bearer token in a file': wasShown,
  'header in a file': wasShown,
  'digest of ZooKeeper in a file': wasShown,
  'digest of ZooKeeper from the environment': wasShown,
  'key of a Eureka client': (_, told) => told.includes('app4.shop.key'),
  'key of a ZooKeeper client': (_, told) => told.includes('dubbo-orders.shop.rpc'),
  'key that istiod is served with': (_, told) => told.includes('+ shop/test.key.app4'),
  'token of the admin port': (_, told) => told.includes('there is no hold of this name'),
  'token of the replicas': (scene, told, place) =>
    wasShown(scene, told, place) &&
    scene.child.lines.some((line) => line.includes('replicas.silent') && line.includes('status 401')) &&
    told.includes('STATE_FOREIGN') &&
    told.includes('"footbridgeState"'),
  'token that a stranger shows': (_, told) => told.includes('this is for the replicas of this bridge alone'),
  'metadata in Eureka': (_, told) => told.includes('eureka-db.password'),
  'URL in the metadata of Eureka': (_, told) => told.includes('eureka-jdbc'),
  'home page of an instance in Eureka': (_, told) => told.includes('app4.shop.key'),
  'parameter of a Dubbo provider': (_, told) => told.includes('dubbo-orders.shop.rpc'),
  'user of the URL of a Dubbo provider': (_, told) => told.includes('dubbo-orders.shop.rpc'),
  'metadata of Spring Cloud in ZooKeeper': (_, told) => told.includes('spring-api-key'),
  'metadata in a registry file': (_, told) => told.includes('file-db.password'),
  'JSON in the metadata of a registry file': (_, told) => told.includes('file-settings'),
};

function wasShown({ planted }: Scene, _told: string, place: Place): boolean {
  return planted.shown().includes(planted.secrets.get(place) ?? '?');
}

const NAMES = ['app0', 'app4', 'dubbo-orders', 'spring-orders', 'file-orders', '10.20.0.20'];

/** What a page can be asked for, by path; every page that there is stands here, or the test says so. */
const QUERIES: Readonly<Record<string, (planted: Planted) => readonly string[]>> = {
  '/': () => ['', '?filter=orders', '?filter=app'],
  '/service': () => NAMES.map((name) => `?name=${name}`),
  '/changes': () => [''],
  '/livez': () => [''],
  '/readyz': () => [''],
  '/metrics': () => [''],
  '/debug/': () => [''],
  '/debug/config': () => [''],
  '/debug/registry': ({ names }) => [
    '',
    ...names.flatMap((name) => [`?registry=${name}`, `?registry=${name}&format=json`]),
  ],
  '/debug/services': () => ['', '?format=json'],
  '/debug/snapshot': () => ['', '?format=json'],
  '/debug/clients': () => ['', '?format=json'],
  '/debug/refusals': () => ['', '?format=json'],
  '/debug/holds': () => ['', '?format=json'],
  '/debug/freezes': () => ['', '?format=json'],
  '/debug/explain': () => NAMES.flatMap((name) => [`?name=${name}`, `?name=${name}&format=json`]),
  '/debug/events': () => ['', '?format=json'],
};

/** Where a bridge says something → what it says, and a word that shows that the right thing was looked at. */
type Output = readonly [name: string, said: string, expected: string];

async function pages({ planted, page }: Scene): Promise<readonly Output[]> {
  const paths = Object.entries(QUERIES).flatMap(([path, queries]) =>
    queries(planted).map((query) => `${path}${query}`),
  );
  const shown = (['token of the replicas', 'token that a stranger shows'] as const).flatMap((place) =>
    ['/replicas/state', '/replicas/clients'].map((path) => [path, planted.secrets.get(place)] as const),
  );
  const asked = [...paths.map((path) => [path, undefined] as const), ...shown];
  return Promise.all(asked.map(async ([path, token]) => [path, await page(path, token), ''] as const));
}

async function commands({ planted, config, admin, grpc, command }: Scene): Promise<readonly Output[]> {
  const run = async (expected: string, ...args: readonly string[]): Promise<Output> => [
    args.join(' '),
    await command(...args),
    expected,
  ];
  return [
    await run('passwordFile', 'config', 'print', '--config', config),
    await run('', 'config', 'check', config),
    await run('registries', 'config', 'check', config, '--registries.env.auth.pasword', 'x'),
    await run('must not hold a user', 'serve', '--config', config, '--registries.env.urls', planted.refusedUrl),
    await run('must not hold a user', 'dump', '--config', config, '--registries.env.urls', planted.refusedUrl),
    await run('registry env (eureka)', 'check', '--config', config, '--server', grpc, '--ca', planted.caFile),
    await run('', 'watch', grpc, '--once', '--ca', planted.caFile),
    await run('spring-orders', 'explain', 'spring-orders', '--server', admin),
    await run('', 'release', 'no-such-hold', '--server', admin, '--token-file', planted.adminTokenFile),
    await run(
      '',
      'freeze',
      'add',
      'file/nobody',
      '--reason',
      'tidying up',
      '--for',
      '1h',
      '--server',
      admin,
      '--token-file',
      planted.adminTokenFile,
    ),
  ];
}

/** Dumps of every registry, and what is made of them. */
async function dumps(t: TestContext, { planted, config, command }: Scene): Promise<readonly Output[]> {
  const directory = tempDir(t);
  const made = planted.names.map(async (name): Promise<readonly Output[]> => {
    const path = join(directory, `${name}.json`);
    const said = await command('dump', '--config', config, '--registry', name, '--output', path);
    const about = ['--config', config, '--registry', name] as const;
    return [
      [`dump of ${name}`, readFileSync(path, 'utf8'), '"footbridgeDump"'],
      [`what dump says of ${name}`, said, 'service'],
      [`convert of a dump of ${name}`, await command('convert', path, ...about), 'ServiceEntry'],
      [`explain of a dump of ${name}`, await command('explain', '*', '--dump', path, ...about), ''],
    ];
  });
  return (await Promise.all(made)).flat();
}

function log({ child }: Scene): Output {
  return ['log', child.lines.join('\n'), 'snapshot.published'];
}

function assertTight(outputs: readonly Output[], { secrets }: Planted): void {
  for (const [name, said, expected] of outputs) {
    assert.ok(said.includes(expected), `${name} says ${expected}: ${said.slice(0, 2000)}`);
    assert.deepEqual(leaksIn(said, secrets), [], `${name}: ${said.slice(0, 2000)}`);
  }
}

describe('no secret', () => {
  test('of all places shows in any output, and every one of them was really used', async (t) => {
    const scene = await aScene(t);
    const { planted, page } = scene;
    await isServing(scene);
    const links = [...(await page('/debug/')).matchAll(/<a href="(\/[a-z/]*)/g)].map(([, path = '']) => path);
    const unknown = [...new Set(links)].filter((path) => !Object.hasOwn(QUERIES, path));
    assert.ok(links.length > 5);
    assert.deepEqual(unknown, [], 'pages that nobody looks at here');
    const outputs = [...(await pages(scene)), ...(await commands(scene)), ...(await dumps(t, scene))];
    await waitFor(() => readFileSync(scene.state, 'utf8').includes('file-orders'), 'the state file is written');
    assertTight([...outputs, ['state file', readFileSync(scene.state, 'utf8'), 'dubbo-orders'], log(scene)], planted);
    const told = outputs.map(([, said]) => said).join('\n');
    for (const place of planted.secrets.keys()) assert.ok(READ[place](scene, told, place), `${place} was never read`);
  });

  test('shows when every server refuses and repeats it, and when every file that holds one is broken', async (t) => {
    const scene = await aScene(t);
    const { planted, page } = scene;
    await isServing(scene);
    planted.refuse();
    await waitFor(async () => {
      const told = await page('/debug/registry');
      return told.includes('EUREKA_UNAUTHORIZED') && told.includes('ZOOKEEPER_UNAUTHENTICATED');
    }, 'the registries refuse');
    assertTight([...(await pages(scene)), ...(await commands(scene))], planted);
    planted.spoil();
    await waitFor(async () => {
      const told = await page('/debug/registry');
      return ['EUREKA_CREDENTIALS', 'ZOOKEEPER_CREDENTIALS', 'FILE_'].every((code) => told.includes(code));
    }, 'the files cannot be used');
    await waitFor(() => scene.child.lines.some((line) => line.includes('serve.files_refused')), 'nor can the key');
    assertTight([...(await pages(scene)), ...(await commands(scene)), log(scene)], planted);
  });

  test('shows in what a process prints that dies of a defect while it handles one', async (t) => {
    const preload = join(tempDir(t), 'preload.mjs');
    writeFileSync(preload, DEFECT);
    const scene = await aScene(t, preload);
    assert.notEqual((await scene.child.ended()).code, 0);
    assertTight([['crash', scene.child.lines.join('\n'), 'a defect']], scene.planted);
  });

  test('escapes the search: as it is, within other text, and as base64, hex or percent code', () => {
    const secrets = new Map<Place, string>([['password in a file', 'c4n4ry-x/y']]);
    for (const text of ['a c4n4ry-x/y b', 'C4N4RY-X/Y', 'c4n4ry-x%2Fy', Buffer.from('c4n4ry-x/y').toString('hex')]) {
      assert.equal(leaksIn(text, secrets).length, 1, text);
    }
    for (const user of ['', 'a:', 'ab:', 'abc:']) {
      assert.equal(leaksIn(Buffer.from(`${user}c4n4ry-x/y`).toString('base64'), secrets).length, 1, user);
    }
    assert.deepEqual(leaksIn('***', secrets), []);
  });
});

/** Whoever makes a header out of a password next dies of it, with the password in the frame. */
const DEFECT = `const from = Buffer.from;
Buffer.from = function (value, ...rest) {
  if (typeof value === 'string' && value.includes('c4n4ry')) setImmediate(() => { throw new Error('a defect', { cause: new Error('of a test') }); });
  return from.call(Buffer, value, ...rest);
};
`;
