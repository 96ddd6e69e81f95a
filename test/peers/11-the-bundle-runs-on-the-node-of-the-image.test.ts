// The image ships another Node than the one that most tests run on.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { systemClock } from '../../src/lib/clock.ts';
import { readConfigSource, SERVICE_ENTRY_TYPE_URL } from '../../src/probe/config-source.ts';
import { needPeers, peerPath } from './build/peers.ts';
import { Child } from './run/child.ts';
import { freePort } from './run/free-port.ts';
import { scratchFolder } from './run/scratch.ts';
import { Teardown } from './run/teardown.ts';

const BUNDLE = join(import.meta.dirname, '../../dist/footbridge.mjs');
const REGISTRY = 'services: [{ name: orders, instances: [{ address: 10.0.0.1, port: 8080 }] }]';

const need = await needPeers('node24');

describe('on Node 24 the bundle', need, () => {
  const teardown = new Teardown();
  after(() => teardown.run());

  test('serves what it reads and ends in order', async () => {
    const [port, adminPort, folder] = [await freePort(), await freePort(), scratchFolder(teardown, 'node24')];
    const registryPath = join(folder, 'registry.yaml');
    writeFileSync(registryPath, REGISTRY);
    const flags = ['--namespace', 'shop', '--instance', 'test', '--registries.file.kind', 'file'];
    const more = [
      '--registries.file.path',
      registryPath,
      '--serve.port',
      String(port),
      '--admin.port',
      String(adminPort),
    ];
    const bundle = new Child({
      name: 'bundle-node24',
      command: peerPath('node24'),
      args: [BUNDLE, 'serve', ...flags, ...more, '--shutdown.drainDelay', '0s', '--shutdown.stagger', '0s'],
    });
    teardown.add('the bundle', () => bundle.stop());
    const deps = { clock: systemClock, random: Math.random };
    const answers = await readConfigSource({ address: `127.0.0.1:${port}`, name: 'test' }, 60_000, deps);
    assert.deepEqual([...(answers.get(SERVICE_ENTRY_TYPE_URL)?.resources.keys() ?? [])], ['shop/test.file.orders']);
    bundle.signal('SIGTERM');
    assert.deepEqual(await bundle.ended(), { code: 0, signal: null }, bundle.describe());
    assert.ok(
      bundle.lines.some((line) => line.includes('"node":"v24.')),
      'it ran on Node 24',
    );
  });
});
