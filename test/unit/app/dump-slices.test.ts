import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { dumpSlices } from '../../../src/app/dump-slices.ts';
import type { RegistryConfig } from '../../../src/config/config.ts';
import { loadConfig } from '../../../src/config/load.ts';

/** `keys`: of the one registry, as YAML. */
function registry(keys: string): RegistryConfig {
  const text = `namespace: shop\ninstance: test\nregistries: { legacy: { ${keys} } }`;
  const loaded = loadConfig({ file: { path: 'config', text }, env: {}, flags: {} });
  const options = loaded.kind === 'ok' ? loaded.config.registries['legacy'] : undefined;
  if (options === undefined) throw new Error(JSON.stringify(loaded));
  return options;
}

function published(raw: unknown, options: RegistryConfig): readonly string[] | string {
  const read = dumpSlices(typeof raw === 'string' ? raw : JSON.stringify(raw), 'legacy', options);
  if (read.kind === 'unreadable') return read.message;
  return read.slices.flatMap(({ reading }) =>
    reading.kind === 'waiting' ? [] : [...reading.content.services.values()].map(({ name }) => name),
  );
}

describe('a dump is read as the living registry is', () => {
  const FILE =
    'services: [{ name: a, instances: [{ address: 10.0.0.1, port: 80 }] }, { name: b, instances: [{ address: 10.0.0.2, port: 80 }] }]';

  test('through the scope of its registry', () => {
    assert.deepEqual(published(FILE, registry('kind: file, path: x')), ['a', 'b']);
    assert.deepEqual(published(FILE, registry('kind: file, path: x, scope: { exclude: [{ service: [a] }] }')), ['b']);
  });

  test('and says what is wrong with it', () => {
    assert.match(String(published('', registry('kind: file, path: x'))), /\.$/);
    for (const kind of ['dubbo', 'spring-cloud-zookeeper'])
      assert.match(String(published('[]', registry(`kind: ${kind}, servers: [zk:2181]`))), /holds no tree/);
  });

  test('asking the scope about single records where the living registry does, and never again about the whole', () => {
    const provider = (name: string, zone: string) =>
      encodeURIComponent(
        `dubbo://10.0.0.1:20880/${name}?application=orders&interface=${name}&side=provider&zone=${zone}`,
      );
    const raw = {
      '/dubbo': { children: ['a.A', 'a.B'] },
      '/dubbo/a.A/providers': { children: [provider('a.A', 'one')] },
      '/dubbo/a.B/providers': { children: [provider('a.B', 'two')] },
    };
    // Each record is in scope; the process that made both has no zone that they agree on, and would not be.
    const include =
      '[{ interface: [a.A], metadata: { zone: [one] } }, { interface: [a.B], metadata: { zone: [two] } }]';
    const options = registry(`kind: dubbo, servers: [zk:2181], scope: { include: ${include} }`);
    assert.deepEqual(published(raw, options), ['orders']);
  });
});
