// What library-client.ts relies on inside eureka-js-client. When one of these fails, the package has changed: read its
// source again before anything else.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { Eureka } from 'eureka-js-client';
import { LibraryClient } from '../../../../src/registry/eureka/library-client.ts';
import type { Answer } from '../../../../src/registry/eureka/transport.ts';
import { tempDir } from '../../../fakes/temp-dir.ts';

const URLS = ['http://a/eureka', 'http://user:hunter2@b/eureka', 'http://c/eureka/v2/'];

function recording(answer: Answer = { status: 200, text: '{}' }): { client: LibraryClient; sent: string[] } {
  const sent: string[] = [];
  const client = new LibraryClient(URLS, async (server, path) => {
    sent.push(`${server.origin}${path}`);
    return answer;
  });
  return { client, sent };
}

describe('servers', () => {
  test('are stayed with until one is moved on from, round and round', () => {
    const { client } = recording();
    const asked = [0, 0, 1, 0, 1, 2, 0].map((attempt) => client.server(attempt).name);
    assert.deepEqual(asked, [
      'http://a/eureka',
      'http://a/eureka',
      'http://b/eureka',
      'http://b/eureka',
      'http://c/eureka/v2',
      'http://a/eureka',
      'http://a/eureka',
    ]);
  });
  test('that stand alone are asked again', () => {
    const client = new LibraryClient(['http://a/eureka'], async () => ({ status: 200, text: '' }));
    assert.deepEqual([client.server(0).name, client.server(1).name], ['http://a/eureka', 'http://a/eureka']);
  });
});

test('requests go to the current server, below its list of applications', async () => {
  const { client, sent } = recording();
  for (const uri of ['', 'delta', '?regions=x', 'A%20B']) await client.get(uri);
  client.server(1);
  await client.get('delta');
  assert.deepEqual(sent, [
    'http://a/eureka/apps',
    'http://a/eureka/apps/delta',
    'http://a/eureka/apps?regions=x',
    'http://a/eureka/apps/A%20B',
    'http://b/eureka/apps/delta',
  ]);
});

test('a failure of the transport reaches the caller as it is', async () => {
  const failure = new Error('no');
  const client = new LibraryClient(['http://a/eureka'], () => Promise.reject(failure));
  await assert.rejects(client.get(''), failure);
});

test('whatever the library itself asks goes through our transport', async () => {
  const { client, sent } = recording({ status: 500, text: '' });
  const library: unknown = client;
  await new Promise((resolve) =>
    (library as { fetchFullRegistry(done: (error: unknown) => void): void }).fetchFullRegistry(resolve),
  );
  assert.deepEqual(sent, ['http://a/eureka/apps']);
});

test('the library has the parts that are replaced or used', () => {
  assert.equal(typeof Eureka.prototype.eurekaRequest, 'function');
  assert.equal(Eureka.prototype.eurekaRequest.length, 2, 'options, callback, and an attempt with a default');
  const { client } = recording();
  assert.equal(typeof client.clusterResolver.resolveEurekaUrl, 'function');
});

test('the library keeps its delta, its registration and its retries off', () => {
  const { config } = recording().client;
  assert.equal(config.shouldUseDelta, false);
  assert.equal(config.eureka.registerWithEureka, false);
  assert.equal(config.eureka.filterUpInstances, false);
  assert.equal(config.eureka.maxRetries, 0);
});

test('the library never holds a password', () => {
  assert.ok(!JSON.stringify(recording().client.config).includes('hunter2'));
});

test('a configuration file of the library in the working directory changes nothing', (t) => {
  const directory = tempDir(t);
  const content =
    'shouldUseDelta: true\neureka:\n  useDns: true\n  ec2Region: x\n  availabilityZones:\n    x: [evil]\n';
  for (const name of ['eureka-client.yml', 'eureka-client-development.yml'])
    writeFileSync(join(directory, name), content);
  const before = process.cwd();
  process.chdir(directory);
  try {
    const { client } = recording();
    assert.equal(client.server().name, 'http://a/eureka');
    assert.ok(!JSON.stringify(client.config).includes('evil'));
  } finally {
    process.chdir(before);
  }
});
