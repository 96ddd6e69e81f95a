import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { fakeEureka } from '../fakes/eureka-run.ts';
import { tempDir } from '../fakes/temp-dir.ts';
import { until } from '../fakes/until.ts';
import { runBundle } from './bundle.ts';

function configure(t: TestContext, url: string): string {
  const config = join(tempDir(t), 'footbridge.yaml');
  writeFileSync(config, `namespace: shop\ninstance: test\nregistries: { east: { kind: eureka, urls: ['${url}'] } }\n`);
  return config;
}

describe('footbridge dump of the bundle', () => {
  test('saves what a server says, and ends', async (t) => {
    const fake = await fakeEureka(t);
    fake.registry.register('orders', 'a');
    const path = join(tempDir(t), 'dump.json');
    const child = runBundle(t, ['dump', '--config', configure(t, fake.url), '--output', path]);
    assert.deepEqual(await child.ended(), { code: 0, signal: null });
    assert.deepEqual(JSON.parse(readFileSync(path, 'utf8')).raw, fake.registry.full());
  });

  test('ends at once on Ctrl-C while a server says nothing, and leaves no file', async (t) => {
    const fake = await fakeEureka(t);
    fake.behave = () => ({ kind: 'hang' });
    const directory = tempDir(t);
    const path = join(directory, 'dump.json');
    const child = runBundle(t, ['dump', '--config', configure(t, fake.url), '--output', path]);
    await until(() => fake.requests.length === 1, 'the server was asked');
    child.signal('SIGINT');
    assert.deepEqual(await child.ended(), { code: null, signal: 'SIGINT' });
    assert.deepEqual(readdirSync(directory), []);
  });
});
