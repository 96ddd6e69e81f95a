// The configuration that the chart writes is one that the program takes, and every file that it names is mounted.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { parse } from 'yaml';
import { compileSecrets } from '../../../src/registry/decoding/secrets.ts';
import { decodeFile } from '../../../src/registry/file/decode.ts';
import { CHART_KEYS } from '../../../tools/chart/program-schema.ts';
import { tempDir } from '../../fakes/temp-dir.ts';
import { needPeers } from '../../peers/build/peers.ts';
import { CASES, EVERYTHING, MINIMAL } from './cases.ts';
import { type Release, type Rendered, render } from './helm.ts';
import { at, only } from './pick.ts';

const FOLDER = '/etc/footbridge/';

describe('the configuration', await needPeers('helm4'), () => {
  for (const { title, release } of CASES) {
    test(`with ${title} is accepted by the program`, (t) => {
      const file = join(tempDir(t), 'config.yaml');
      writeFileSync(file, configText(release));
      const done = spawnSync(process.execPath, ['dist/footbridge.mjs', 'config', 'check', file], { encoding: 'utf8' });
      assert.equal(done.status, 0, done.stderr);
      assert.match(done.stdout, / is valid: /);
    });

    test(`with ${title} names no file but those that are mounted, and all of those`, () => {
      const objects = render(release);
      // What the check verifies with is named in its arguments.
      const args = filesIn(at(only(objects, 'Pod'), 'spec.containers.0.args'));
      const named = new Set([...filesIn(parse(configText(release))), ...args, `${FOLDER}config.yaml`]);
      for (const pod of [only(objects, 'Pod'), at(only(objects, 'Deployment'), 'spec.template')]) {
        assert.deepEqual(mountedFiles(pod), [...named].sort());
      }
    });
  }

  test('leads to registry files that the program reads without a problem, where a case brings one along', () => {
    const files = CASES.flatMap(({ release }) => render(release)).flatMap((object) => {
      const text = at(object, ['data', 'services.yaml']);
      return typeof text === 'string' ? [decodeFile(text, { registry: 'machines', isSecret: compileSecrets([]) })] : [];
    });
    assert.equal(files.length > 0, true);
    for (const file of files) assert.deepEqual(file.kind === 'services' ? file.problems : file.message, []);
  });

  test('holds no credential', () => {
    const text = configText(EVERYTHING.release);
    assert.match(text, /passwordFile: \/etc\/footbridge\/registries\/legacy\/auth\/password/);
    assert.doesNotMatch(text, /existingSecret|password: /);
  });

  test('says itself what the values may not', () => {
    const config: unknown = parse(configText(EVERYTHING.release));
    for (const key of CHART_KEYS) assert.notEqual(at(config, key), undefined, key);
  });

  test('publishes into the namespace of the release, unless it is told another one', () => {
    const namespace = (release: Release) => at(parse(configText(release)), 'namespace');
    assert.equal(namespace({ files: [MINIMAL], namespace: 'orders' }), 'orders');
    assert.equal(namespace({ files: [MINIMAL], namespace: 'mesh', values: { namespace: 'orders' } }), 'orders');
  });

  describe('calls the bridge', () => {
    const instance = (release: Release) => String(at(parse(configText({ files: [MINIMAL], ...release })), 'instance'));
    test('by its namespace, where the release is called like the chart', () => {
      assert.equal(instance({ name: 'footbridge', namespace: 'payments' }), 'payments');
    });
    test('by its own name and a hash elsewhere, so that cut or joined names never meet', () => {
      const places: readonly (readonly [string, string])[] = [
        ['a', 'b-c'],
        ['a-b', 'c'],
        ['payments', 'footbridge-2'],
        ['payments', 'p'.repeat(53)],
        ['orders', 'p'.repeat(53)],
        ['n'.repeat(63), 'footbridge'],
        [`${'n'.repeat(62)}m`, 'footbridge'],
      ];
      const names = places.map(([namespace, name]) => instance({ name, namespace }));
      assert.equal(new Set(names).size, places.length, names.join(' '));
      for (const name of names) assert.match(name, /^[a-z0-9][-a-z0-9]{0,28}[a-z0-9]$/);
    });
    test('as it is told', () => assert.equal(instance({ values: { instance: 'bridge-1' } }), 'bridge-1'));
  });
});

function configText(release: Release): string {
  const texts = render(release).flatMap((object) => {
    const text = at(object, ['data', 'config.yaml']);
    return typeof text === 'string' ? [text] : [];
  });
  assert.equal(texts.length, 1);
  return texts[0] ?? '';
}

/** Every text below the folder of the configuration. */
function filesIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return value.startsWith(FOLDER) ? [value] : [];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(filesIn) : [];
}

function mountedFiles(pod: unknown): readonly string[] {
  const volume = (at(pod, 'spec.volumes') as readonly Rendered[]).find((one) => at(one, 'name') === 'config');
  const sources = at(volume, 'projected.sources') as readonly unknown[];
  return sources
    .flatMap((source) => {
      const items = at(source, 'secret.items') ?? at(source, 'configMap.items') ?? [{ path: 'config.yaml' }];
      return (items as readonly unknown[]).map((item) => `${FOLDER}${String(at(item, 'path'))}`);
    })
    .sort();
}
