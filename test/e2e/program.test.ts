import assert from 'node:assert/strict';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { systemClock } from '../../src/lib/clock.ts';
import { readConfigSource, SERVICE_ENTRY_TYPE_URL } from '../../src/probe/config-source.ts';
import { freePort } from '../peers/run/free-port.ts';
import { waitFor } from '../peers/run/wait-for.ts';
import { ORDERS, runBundle, serveBundle } from './bundle.ts';

async function servedNames(address: string): Promise<readonly string[]> {
  const deps = { clock: systemClock, random: Math.random };
  const answers = await readConfigSource({ address, name: 'test' }, 20_000, deps);
  return [...(answers.get(SERVICE_ENTRY_TYPE_URL)?.resources.keys() ?? [])];
}

async function text(url: string): Promise<string> {
  return (await fetch(url)).text();
}

describe('the bundle', () => {
  test('tells the version of package.json', async (t) => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
    const child = runBundle(t, ['--version']);
    assert.equal((await child.ended()).code, 0);
    assert.deepEqual(child.lines, [version]);
  });

  test('serves what the registry file lists, and follows an edit of it', async (t) => {
    const { grpc, registryPath } = await serveBundle(t);
    assert.deepEqual(await servedNames(grpc), ['shop/test.file.orders']);
    writeFileSync(registryPath, `${ORDERS}  - { name: bills, instances: [{ address: 10.0.0.2, port: 80 }] }\n`);
    await waitFor(async () => (await servedNames(grpc)).length === 2, 'the new service is served');
  });

  test('keeps serving the last good content while the file is broken', async (t) => {
    const { grpc, admin, registryPath } = await serveBundle(t);
    await servedNames(grpc);
    writeFileSync(registryPath, 'services: [{ name: orders, instances: [');
    await waitFor(async () => (await text(`${admin}/debug/registry`)).includes('stale'), 'the registry is stale');
    assert.deepEqual(await servedNames(grpc), ['shop/test.file.orders']);
    assert.equal((await fetch(`${admin}/readyz`)).status, 200);
  });

  test('ends in order with code 0 on SIGTERM, while a client is connected', async (t) => {
    const { child, grpc } = await serveBundle(t);
    const watch = runBundle(t, ['watch', grpc]);
    await waitFor(
      () => watch.lines.some((line) => line.startsWith('+ shop/test.file.orders')),
      'the watch was answered',
    );
    child.signal('SIGTERM');
    assert.deepEqual(await child.ended(), { code: 0, signal: null });
    await waitFor(() => watch.lines.some((line) => line.startsWith('not connected')), 'the watch noticed');
    watch.signal('SIGINT');
    assert.equal((await watch.ended()).code, 0);
  });

  test('ends at once on a second signal', async (t) => {
    const { child } = await serveBundle(t, ORDERS, '', ['--shutdown.drainDelay', '10m', '--shutdown.deadline', '20m']);
    child.signal('SIGTERM');
    await waitFor(() => child.lines.some((line) => line.includes('process.stopping')), 'the stop has begun');
    child.signal('SIGTERM');
    assert.equal((await child.ended()).code, 143);
  });

  test('says in one line which port is taken, and ends with code 1', async (t) => {
    const { grpc, configPath } = await serveBundle(t);
    const second = runBundle(t, ['serve', '--config', configPath]);
    assert.equal((await second.ended()).code, 1);
    assert.ok(
      second.lines.some((line) => line.includes('process.cannot_listen') && line.includes(grpc)),
      second.describe(),
    );
  });

  test('answers a wrong configuration with every problem and code 2, and reads nothing', async (t) => {
    const child = runBundle(t, ['serve', '--namespace', 'Shop!', '--serve.prot', '1']);
    assert.equal((await child.ended()).code, 2);
    const said = child.lines.join('\n');
    assert.match(said, /namespace = Shop!/);
    assert.match(said, /Did you mean `serve.port`/);
  });
});

describe('reloading', () => {
  test('a changed file that can be applied is applied without a restart', async (t) => {
    const { child, admin, configPath, config } = await serveBundle(t);
    await waitFor(async () => (await text(`${admin}/debug/snapshot`)).includes('orders'), 'orders are served');
    writeFileSync(configPath, `${config}\nowner: { team: checkout }\n`);
    child.signal('SIGHUP');
    await waitFor(
      async () => (await text(`${admin}/debug/snapshot`)).includes('footbridge.io/team: checkout'),
      'the new owner shows',
    );
  });

  test('a narrower scope takes services out at once, and a wider one brings them back', async (t) => {
    const two = `${ORDERS}  - { name: bills, instances: [{ address: 10.0.0.2, port: 80 }] }\n`;
    const { child, grpc, configPath, config } = await serveBundle(t, two);
    assert.equal((await servedNames(grpc)).length, 2);
    const narrow = config.replace('kind: file,', 'kind: file, scope: { include: [{ service: [bills] }] },');
    writeFileSync(configPath, narrow);
    child.signal('SIGHUP');
    await waitFor(async () => (await servedNames(grpc)).join() === 'shop/test.file.bills', 'only bills are left');
    writeFileSync(configPath, config);
    child.signal('SIGHUP');
    await waitFor(async () => (await servedNames(grpc)).length === 2, 'both are back');
  });

  test('a wrong file keeps the running configuration and says so, in the log and in a metric', async (t) => {
    const { child, grpc, admin, configPath } = await serveBundle(t);
    writeFileSync(configPath, 'namespace: [');
    child.signal('SIGHUP');
    await waitFor(() => child.lines.some((line) => line.includes('config.reload_refused')), 'the reload was refused');
    assert.deepEqual(await servedNames(grpc), ['shop/test.file.orders']);
    assert.match(await text(`${admin}/metrics`), /footbridge_config_reloads_total\{outcome="refused"\} [1-9]/);
  });

  test('a change that needs a restart is refused with the keys', async (t) => {
    const { child, configPath, config } = await serveBundle(t);
    writeFileSync(configPath, config.replace('namespace: shop', 'namespace: other'));
    child.signal('SIGHUP');
    await waitFor(
      () =>
        child.lines.some((line) => line.includes('config.reload_refused') && /namespace.* needs a restart/.test(line)),
      'it was refused',
    );
  });
});

describe('the demo', () => {
  test('shows its services read back over gRPC, reacts to an edited file and ends cleanly on Ctrl-C', async (t) => {
    const [grpc, admin] = [await freePort(), await freePort()];
    const child = runBundle(t, ['demo', '--serve.port', String(grpc), '--admin.port', String(admin)]);
    await waitFor(() => child.lines.some((line) => line.includes('End with Ctrl-C')), 'the demo introduced itself');
    const said = child.lines.join('\n');
    const promised = readFileSync('README.md', 'utf8').match(/^ {2}\+ shop\/demo\..*$/gm) ?? [];
    assert.ok(promised.length > 0);
    for (const line of promised) assert.ok(said.includes(`${line}\n`), `README.md promises: ${line}`);
    const registryPath = /(\S+registry\.yaml)/.exec(said)?.[1] ?? '';
    writeFileSync(`${registryPath}.new`, readFileSync(registryPath, 'utf8').replace('ORDERS', 'PARCELS'));
    renameSync(`${registryPath}.new`, registryPath);
    await waitFor(
      async () => (await servedNames(`127.0.0.1:${grpc}`)).includes('shop/demo.demo.parcels'),
      'the edit arrived',
    );
    await waitFor(() => child.lines.some((line) => line.includes('+ shop/demo.demo.parcels')), 'the demo told of it');
    child.signal('SIGINT');
    assert.deepEqual(await child.ended(), { code: 0, signal: null });
  });

  test('says plainly which port is taken and how to choose another', async (t) => {
    const { grpc } = await serveBundle(t);
    const [, port = ''] = grpc.split(':');
    const child = runBundle(t, ['demo', '--serve.port', port, '--admin.port', String(await freePort())]);
    assert.equal((await child.ended()).code, 1);
    assert.match(child.lines.join('\n'), /A port of the demo is taken/);
  });
});
