import assert from 'node:assert/strict';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { runCommandLine } from '../../../src/cli/program.ts';
import { tempDir } from '../../fakes/temp-dir.ts';

const REGISTRY = `# the token is hunter2
services:
  - name: orders
    metadata: { team: payments, token: hunter2 }
    instances:
      - { id: one, address: 10.0.0.1, port: 8080, metadata: { jdbc: 'x://me:hunter2@db' } }
      - { id: two, address: 10.0.0.2, port: 8080 }
  - { name: bills, instances: [{ address: 10.0.0.3, port: 80 }] }
`;

interface Ended {
  readonly code: number;
  readonly data: string;
  readonly said: string;
}

async function run(...line: readonly string[]): Promise<Ended> {
  const said: string[] = [];
  const data: string[] = [];
  const output = { data: (text: string) => void data.push(text), talk: (text: string) => void said.push(text) };
  const code = await runCommandLine(line, {}, output);
  return { code, data: data.join('\n'), said: said.join('\n') };
}

/** Path of a configuration whose registry `machines` is this file, and with more registries if told so. */
function configure(t: TestContext, { registry = REGISTRY, scope = '', more = '' } = {}): string {
  const directory = tempDir(t);
  const path = join(directory, 'footbridge.yaml');
  writeFileSync(join(directory, 'registry.yaml'), registry);
  const machines = `{ kind: file, path: '${join(directory, 'registry.yaml')}' ${scope} }`;
  writeFileSync(path, `namespace: shop\ninstance: test\nregistries:\n  machines: ${machines}\n${more}`);
  return path;
}

describe('footbridge dump', () => {
  test('prints a dump and tells on stderr what it holds and what was masked', async (t) => {
    const { code, data, said } = await run('dump', '--config', configure(t));
    assert.equal(code, 0);
    const { footbridgeDump, kind, registry, capturedAt, raw } = JSON.parse(data);
    assert.deepEqual([footbridgeDump, kind, registry, typeof raw], [1, 'file', 'machines', 'string']);
    assert.ok(Math.abs(Date.parse(capturedAt) - Date.now()) < 86_400_000);
    assert.doesNotMatch(data, /hunter2/);
    assert.equal(
      said,
      'machines: 2 services with 3 instances, 2 problems that `footbridge convert` will name\nMasked as secrets: token (1), jdbc (1).',
    );
  });

  test('holds all that conversion needs: what is published, and every problem', async (t) => {
    const config = configure(t);
    const path = join(tempDir(t), 'dump.json');
    assert.equal((await run('dump', '--config', config, '--output', path)).code, 0);
    const living = await run('convert', '--config', config, join(config, '..', 'registry.yaml'));
    assert.deepEqual(await run('convert', '--config', config, path), living);
    assert.match(living.said, /METADATA_SECRET_DROPPED machines\/orders: .* token /);
    assert.match(living.said, /METADATA_SECRET_DROPPED machines\/orders\/one: .* jdbc /);
  });

  test('can be converted without a configuration, under the name that the registry had', async (t) => {
    const path = join(tempDir(t), 'dump.json');
    await run('dump', '--config', configure(t), '--output', path);
    const { code, data } = await run('convert', '--namespace', 'shop', '--instance', 'test', path);
    assert.equal(code, 0);
    assert.match(data, /orders\.shop\.machines/);
  });

  test('writes a file that only its owner may read, and nothing to stdout', async (t) => {
    const path = join(tempDir(t), 'dump.json');
    const { code, data, said } = await run('dump', '--config', configure(t), '-o', path);
    assert.deepEqual([code, data], [0, '']);
    assert.match(said, new RegExp(`Written to ${path}`));
    assert.equal(statSync(path).mode & 0o777, 0o600);
    assert.equal(JSON.parse(readFileSync(path, 'utf8')).registry, 'machines');
  });

  test('holds what is in scope, and with --whole the rest too', async (t) => {
    const config = configure(t, { scope: ', scope: { include: [{ service: [orders] }] }' });
    const scoped = await run('dump', '--config', config);
    assert.match(scoped.said, /^machines: 1 service with 2 instances/);
    assert.doesNotMatch(scoped.data, /bills/);
    const whole = await run('dump', '--config', config, '--whole');
    assert.match(whole.said, /^machines: 2 services with 3 instances/);
    assert.match(whole.data, /bills/);
  });

  test('says that nothing looked like a secret', async (t) => {
    const { said } = await run('dump', '--config', configure(t, { registry: 'services: []' }));
    assert.equal(said, 'machines: 0 services with 0 instances\nNothing looked like a secret.');
  });

  test('reads the registry that is named, and asks for a name where there are several', async (t) => {
    const config = configure(t, { more: '  other: { kind: file, path: /does/not/exist }\n' });
    assert.equal((await run('dump', '--config', config, '--registry', 'machines')).code, 0);
    for (const [line, said] of [
      [[], /name one with --registry \(machines, other\)/],
      [['--registry', 'none'], /no registry `none`; it has machines, other/],
    ] as const) {
      const ended = await run('dump', '--config', config, ...line);
      assert.deepEqual([ended.code, ended.data], [2, '']);
      assert.match(ended.said, said);
    }
  });

  test('of a registry that cannot be read ends with 1, its code and a sentence', async (t) => {
    const config = configure(t, { registry: 'services: [{ name' });
    assert.match(
      (await run('dump', '--config', config)).said,
      /^FILE_SYNTAX machines: The file cannot be parsed: .*\.$/,
    );
    const missing = configure(t, { more: '  other: { kind: file, path: /does/not/exist }\n' });
    const { code, data, said } = await run('dump', '--config', missing, '--registry', 'other');
    assert.deepEqual([code, data], [1, '']);
    assert.equal(said, 'FILE_MISSING other: /does/not/exist does not exist.');
  });

  test('ends with 1 when the file cannot be written', async (t) => {
    const { code, said } = await run('dump', '--config', configure(t), '--output', tempDir(t));
    assert.equal(code, 1);
    assert.match(said, / cannot be written: it is no regular file\.$/);
  });

  test('explains itself with examples', async () => {
    const { code, data } = await run('dump', '--help');
    assert.equal(code, 0);
    assert.match(data, /Examples:\n {2}footbridge dump /);
  });
});
