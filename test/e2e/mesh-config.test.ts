// `mesh-config` as people run it: the printed list, judged again, and running bridges read as istiod reads them.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { createServer } from 'node:tls';
import { systemClock } from '../../src/lib/clock.ts';
import { readConfigSource } from '../../src/probe/config-source.ts';
import { createCertificates, serverTls } from '../fakes/certificates.ts';
import { tempDir } from '../fakes/temp-dir.ts';
import { freePort } from '../peers/run/free-port.ts';
import { waitFor } from '../peers/run/wait-for.ts';
import { runBundle, serveBundle } from './bundle.ts';

interface Finding {
  readonly code: string;
  readonly subject: string;
}

interface Judged {
  readonly code: number | null;
  readonly findings: readonly Finding[];
  readonly bridges: readonly { readonly outcome: string; readonly owners?: readonly string[] }[];
}

async function judge(t: TestContext, sources: readonly string[], ...more: readonly string[]): Promise<Judged> {
  const path = join(tempDir(t), 'mesh.yaml');
  writeFileSync(path, JSON.stringify({ configSources: sources.map((address) => ({ address })) }));
  const child = runBundle(t, ['mesh-config', '--check', path, '--output', 'json', ...more]);
  const { code } = await child.ended();
  const { findings, bridges = [] } = JSON.parse(child.lines.join('\n')) as Judged;
  return { code, findings, bridges };
}

describe('mesh-config', () => {
  test('finds nothing in two bridges, and shows whose they are', async (t) => {
    const one = await serveBundle(t);
    const two = await serveBundle(t, undefined, '', ['--instance', 'other', '--namespace', 'pay']);
    const { code, findings, bridges } = await judge(t, ['k8s://', `xds://${one.grpc}`, `xds://${two.grpc}`], '--live');
    assert.deepEqual(findings, []);
    assert.equal(code, 0);
    assert.deepEqual(
      bridges.map(({ owners }) => owners),
      [['shop/test'], ['pay/other']],
    );
  });

  test('finds a bridge that is gone and two with one identity, with the owners', async (t) => {
    const one = await serveBundle(t);
    const two = await serveBundle(t);
    const gone = `xds://127.0.0.1:${await freePort()}`;
    const { code, findings } = await judge(t, ['k8s://', `xds://${one.grpc}`, `xds://${two.grpc}`, gone], '--live');
    assert.equal(code, 3);
    assert.deepEqual(
      findings.map((found) => found.code),
      ['BRIDGE_UNREACHABLE', 'IDENTITY_SHARED', 'NAME_CLAIMED_TWICE', 'HOST_JOINED'],
    );
    assert.equal(findings[0]?.subject, gone);
    assert.equal(findings[1]?.subject, `shop/test (xds://${one.grpc}, xds://${two.grpc})`);
  });

  test('without --live dials nobody', async (t) => {
    const { code, findings } = await judge(t, ['k8s://', `xds://127.0.0.1:${await freePort()}`]);
    assert.deepEqual([code, findings], [0, []]);
  });
});

describe('two replicas of one bridge', () => {
  const INSTANCES = ['10.0.0.1', '10.0.0.2', '10.0.0.3'].map(
    (address, at) => `{ id: orders-${at}, address: ${address}, port: 8080, weight: ${at + 1} }`,
  );
  const registry = (instances: readonly string[], names: readonly string[]) =>
    `services:\n${names.map((name) => `  - { name: ${name}, instances: [${instances.join(', ')}] }\n`).join('')}`;

  test('answer with the same bytes and versions, in whatever order and by whatever way they came to know it', async (t) => {
    const one = await serveBundle(t, registry(INSTANCES, ['orders', 'bills', 'cart']));
    // It has seen another state before.
    const two = await serveBundle(t, registry(INSTANCES.slice(1), ['cart', 'orders']));
    writeFileSync(two.registryPath, registry(INSTANCES.toReversed(), ['cart', 'bills', 'orders']));
    const expected = await served(one.grpc);
    assert.equal(expected.entries.length, 3);
    await waitFor(async () => JSON.stringify(await served(two.grpc)) === JSON.stringify(expected), 'both answer alike');
  });

  async function served(address: string) {
    const answers = await readConfigSource({ address, name: 'test' }, 5000, {
      clock: systemClock,
      random: Math.random,
    });
    const [answer] = [...answers.values()];
    const resources = [...(answer?.resources ?? [])];
    // In the order of the answer.
    return {
      version: answer?.version,
      entries: resources.map(([name, { bytes }]) => [name, Buffer.from(bytes).toString('base64')]),
    };
  }
});

describe('mesh-config --live over TLS', () => {
  /** The bridge behind TLS with that certificate; what becomes of it when it is dialled by `host`, and all that is printed. */
  async function overTls(t: TestContext, certificate: ReturnType<typeof serverTls>) {
    const bridge = await serveBundle(t);
    const [, port] = bridge.grpc.split(':');
    const { key, cert } = certificate;
    const front = createServer({ key, cert, ALPNProtocols: ['h2'] }, (socket) => {
      const behind = connect(Number(port), '127.0.0.1');
      socket.pipe(behind).pipe(socket);
      socket.on('error', () => behind.destroy());
      behind.on('error', () => socket.destroy());
    });
    front.listen(await freePort(), '127.0.0.1');
    await once(front, 'listening');
    t.after(() => void front.close());
    const address = front.address();
    const frontPort = typeof address === 'object' ? address?.port : '';
    const path = join(tempDir(t), 'mesh.yaml');
    return async (host: string, caFile: string, more: object = {}) => {
      const tlsSettings = { mode: 'SIMPLE', caCertificates: readFileSync(caFile, 'utf8'), ...more };
      const source = { address: `xds://${host}:${frontPort}`, tlsSettings };
      writeFileSync(path, JSON.stringify({ configSources: [{ address: 'k8s://' }, source] }));
      const child = runBundle(t, ['mesh-config', '--check', path, '--live', '--output', 'json']);
      const { code } = await child.ended();
      const printed = child.lines.join('\n');
      // Warnings of Node would stand beside it.
      return [code, (JSON.parse(printed) as Judged).bridges.map(({ outcome }) => outcome)];
    };
  }

  test('reads a bridge with the CA of the list, by name and by address, and refuses another CA', async (t) => {
    const [made, others] = [createCertificates(tempDir(t)), createCertificates(tempDir(t))];
    const outcome = await overTls(t, serverTls(made));
    for (const host of ['localhost', '127.0.0.1']) {
      assert.deepEqual(await outcome(host, made.caFile), [0, ['read']], host);
      assert.deepEqual(await outcome(host, others.caFile), [3, ['unreachable']], host);
    }
  });

  test('takes a certificate that is of the name in `sni`, as istiod does', async (t) => {
    const made = createCertificates(tempDir(t), 'bridge.example');
    const outcome = await overTls(t, serverTls(made));
    assert.deepEqual(await outcome('localhost', made.caFile), [3, ['unreachable']]);
    assert.deepEqual(await outcome('localhost', made.caFile, { sni: 'bridge.example' }), [0, ['read']]);
  });

  test('refuses a certificate that is not of the address', async (t) => {
    const made = createCertificates(tempDir(t));
    const outcome = await overTls(t, serverTls({ ...made, server: made.client }));
    assert.deepEqual(await outcome('127.0.0.1', made.caFile), [3, ['unreachable']]);
  });
});
