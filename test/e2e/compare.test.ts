import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { tempDir } from '../fakes/temp-dir.ts';
import { freePort } from '../peers/run/free-port.ts';
import { ORDERS, runBundle, serveBundle } from './bundle.ts';

async function ended(t: TestContext, args: readonly string[]) {
  const child = runBundle(t, args);
  const { code } = await child.ended();
  return { code, said: child.lines.join('\n') };
}

const MORE = `${ORDERS}  - { name: bills, instances: [{ address: 10.0.0.3, port: 80 }] }\n`;
const OTHER_ADDRESS = ORDERS.replace('10.0.0.1', '10.0.0.9');

describe('footbridge convert --diff', () => {
  test('tells that nothing would change where a bridge serves the same, by its gRPC port and by its pages', async (t) => {
    const { grpc, admin, configPath, registryPath } = await serveBundle(t);
    for (const place of [`xds://${grpc}`, admin]) {
      const { code, said } = await ended(t, ['convert', '-c', configPath, registryPath, '--diff', place]);
      assert.deepEqual([code, said], [0, '1 entry, 0 problems\n0 added, 0 changed, 0 removed'], place);
    }
  });

  test('tells what would change, with code 3', async (t) => {
    const { grpc, configPath } = await serveBundle(t, MORE);
    const dump = join(tempDir(t), 'other.yaml');
    writeFileSync(dump, OTHER_ADDRESS);
    const { code, said } = await ended(t, ['convert', '-c', configPath, dump, '--diff', `xds://${grpc}`]);
    assert.equal(code, 3);
    assert.deepEqual(said.split('\n').sort(), [
      '    + spec.endpoints[10.0.0.9 http 8080]',
      '    - spec.endpoints[10.0.0.1 http 8080]',
      '- shop/test.file.bills  bills.shop.file  1 endpoint',
      '0 added, 1 changed, 1 removed',
      '1 entry, 0 problems',
      '~ shop/test.file.orders',
    ]);
  });

  test('leaves entries of other registries of the bridge alone', async (t) => {
    const other = join(tempDir(t), 'other.yaml');
    writeFileSync(other, MORE);
    const { grpc, config, configPath, registryPath } = await serveBundle(t);
    const two = join(tempDir(t), 'two.yaml');
    writeFileSync(two, config.replace('registries: {', `registries: { vms: { kind: file, path: '${other}' },`));
    const dump = ['convert', '-c', two, '--registry', 'vms', other, '--diff', `xds://${grpc}`];
    const { code, said } = await ended(t, dump);
    assert.equal(code, 3);
    assert.match(said, /^1 entry of other registries or bridges not compared$/m);
    assert.match(said, /^2 added, 0 changed, 0 removed$/m);
    assert.equal((await ended(t, ['convert', '-c', configPath, registryPath, '--diff', `xds://${grpc}`])).code, 0);
  });

  test('plans nothing for a host that joins services of another registry, because a dump tells a part of it', async (t) => {
    const other = join(tempDir(t), 'other.yaml');
    writeFileSync(other, ORDERS.replace('10.0.0.1', '10.0.0.2'));
    const joined = 'hosts: { orders.shop.mesh: [file/orders, vms/orders] }';
    const vms = ['--registries.vms.kind', 'file', '--registries.vms.path', other];
    const { grpc, configPath, registryPath } = await serveBundle(t, ORDERS, joined, vms);
    const dump = ['convert', '-c', configPath, ...vms, '--registry', 'file', registryPath];
    const { code, said } = await ended(t, [...dump, '--diff', `xds://${grpc}`]);
    assert.equal(code, 0, said);
    assert.match(said, /^orders\.shop\.mesh not compared: it joins services of other registries too$/m);
  });

  test('compares two dumps without a network, and says so as JSON', async (t) => {
    const [now, before] = [join(tempDir(t), 'now.yaml'), join(tempDir(t), 'before.yaml')];
    writeFileSync(now, MORE);
    writeFileSync(before, ORDERS);
    const identity = ['--namespace', 'shop', '--instance', 'test'];
    const { code, said } = await ended(t, ['convert', ...identity, now, '--diff', before, '--format', 'json']);
    assert.equal(code, 3);
    const json = said.slice(said.indexOf('{'), said.lastIndexOf('}') + 1);
    assert.deepEqual(
      JSON.parse(json).differences.map(({ kind, name }: { kind: string; name: string }) => [kind, name]),
      [['added', 'shop/test.file.bills']],
    );
    assert.equal((await ended(t, ['convert', ...identity, now, '--diff', now])).code, 0);
  });

  test('says in one sentence what cannot be compared with, with code 1', async (t) => {
    const dump = join(tempDir(t), 'now.yaml');
    writeFileSync(dump, ORDERS);
    const convert = ['convert', '--namespace', 'shop', '--instance', 'test', dump, '--diff'];
    const nothing = `http://127.0.0.1:${await freePort()}`;
    const { code, said } = await ended(t, [...convert, nothing]);
    assert.equal(code, 1);
    assert.match(said, /No bridge can be asked at .* \(ECONNREFUSED\)/);
    const missing = join(tempDir(t), 'none');
    assert.deepEqual((await ended(t, [...convert, missing])).code, 1);
    assert.equal((await ended(t, ['convert', '-', '--diff', '-'])).code, 2);
  });
});

describe('footbridge convert --format', () => {
  test('gives one list that kubectl takes', async (t) => {
    const dump = join(tempDir(t), 'now.yaml');
    writeFileSync(dump, MORE);
    const { said } = await ended(t, ['convert', '--namespace', 'shop', '--instance', 'test', dump, '--format', 'json']);
    const list = JSON.parse(said.slice(said.indexOf('{'), said.lastIndexOf('}') + 1));
    assert.deepEqual([list.apiVersion, list.kind, list.items.length], ['v1', 'List', 2]);
    assert.equal(list.items[0].kind, 'ServiceEntry');
  });
});

describe('footbridge watch --once', () => {
  test('ends with the first answer, as text and as a line of JSON for each', async (t) => {
    const { grpc } = await serveBundle(t);
    const asText = await ended(t, ['watch', grpc, '--once']);
    assert.equal(asText.code, 0);
    assert.match(
      asText.said,
      /^\+ shop\/test\.file\.orders {2}version [0-9a-f]{16} {2}orders\.shop\.file {2}1 endpoint$/,
    );
    const asJson = await ended(t, ['watch', grpc, '--once', '-o', 'json']);
    const kinds = asJson.said.split('\n').map((line) => JSON.parse(line).kind);
    assert.deepEqual(kinds, ['added', 'answered']);
  });
});
