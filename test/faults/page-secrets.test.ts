// No page of the admin port shows a secret, wherever one was planted: in a registration, or in a file that the configuration
// names for a server that does not answer.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { runApp } from '../fakes/running-app.ts';
import { tempDir } from '../fakes/temp-dir.ts';
import { freePort } from '../peers/run/free-port.ts';
import { waitFor } from '../peers/run/wait-for.ts';

const SECRET = 'hunter2';
const REGISTRY = `services:
  - name: orders
    metadata: { db.password: ${SECRET}, api-token: ${SECRET}, owner: payments }
    instances:
      - id: orders-1
        address: 10.0.0.1
        port: 8080
        metadata: { jdbc: 'jdbc:postgresql://app:${SECRET}@db/orders', secret: ${SECRET}, version: v1 }
      - id: orders-2
        address: 127.0.0.1
        port: 8080
        metadata: { callback: 'http://10.0.0.1/?access_token=${SECRET}', credentials: '{"password":"${SECRET}"}' }
`;

const PAGES = [
  '/',
  '/?filter=orders',
  '/service?name=orders',
  '/service?name=10.0.0.1',
  '/changes',
  '/readyz',
  '/metrics',
  '/debug/',
  '/debug/config',
  '/debug/registry',
  '/debug/registry?registry=file',
  '/debug/services',
  '/debug/snapshot',
  '/debug/explain?name=orders',
  '/debug/events',
];

test('no page shows a planted secret, and the pages show what stands beside it', async (t) => {
  const passwordFile = join(tempDir(t), 'password');
  writeFileSync(passwordFile, SECRET);
  const app = await runApp(t, REGISTRY, {
    'registries.gone.kind': 'eureka',
    'registries.gone.urls': [`http://127.0.0.1:${await freePort()}/eureka`],
    'registries.gone.auth.username': 'me',
    'registries.gone.auth.passwordFile': passwordFile,
    'registries.gone.pollInterval': '1s',
  });
  await waitFor(async () => {
    const status = await app.page('/');
    return status.includes('METADATA_SECRET_DROPPED') && status.includes('EUREKA_UNREACHABLE');
  }, 'one registry was read, the other could not be reached');
  const shown = await Promise.all(PAGES.map(async (path) => [path, await app.page(path)] as const));
  for (const [path, text] of shown) {
    assert.ok(text.length > 10, path);
    assert.ok(!text.includes(SECRET) && !text.includes(Buffer.from(`me:${SECRET}`).toString('base64')), path);
  }
  const all = shown.map(([, text]) => text).join('\n');
  // The keys are told, so that somebody can find them.
  for (const beside of ['db.password', 'jdbc', 'orders-2', '127.0.0.1', 'payments'])
    assert.ok(all.includes(beside), beside);
});
