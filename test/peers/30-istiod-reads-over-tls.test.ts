// istiod of today with `tlsSettings` of mode SIMPLE: it verifies us by a CA and a name, notices no renewal, and where it does not trust us
// both sides say why.
import assert from 'node:assert/strict';
import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { connect } from 'node:tls';
import { createAuthority, type Issued } from '../fakes/authority.ts';
import { needPeers } from './build/peers.ts';
import { Bridge, bridgeConfig } from './run/bridge.ts';
import { freePort } from './run/free-port.ts';
import { Istiod } from './run/istiod.ts';
import { scratchFolder } from './run/scratch.ts';
import { Teardown } from './run/teardown.ts';
import { untilHolds, waitFor } from './run/wait-for.ts';

const NAME = 'footbridge.payments.svc';
const SERVER_NAMES = ['IP:127.0.0.1', `DNS:${NAME}`];

describe('30. istiod reads over TLS', await needPeers('istiod'), () => {
  const teardown = new Teardown();
  const folder = scratchFolder(teardown, 'tls');
  const files = { certificateFile: join(folder, 'tls.crt'), keyFile: join(folder, 'tls.key') };
  const authority = createAuthority(folder);
  const stranger = createAuthority(folder, 'stranger');
  let bridge: Bridge;
  let plaintextPort: number;
  let istiod: Istiod;

  function show({ certFile, keyFile }: Issued): void {
    copyFileSync(certFile, files.certificateFile);
    copyFileSync(keyFile, files.keyFile);
  }

  function list(...services: readonly string[]): void {
    const listed = services.map((name) => ({ name, instances: [{ address: '10.0.0.1', port: 8080 }] }));
    writeFileSync(join(folder, 'registry.yaml'), JSON.stringify({ services: listed }));
  }

  function startIstiod(podName: string, tlsSettings: object | undefined, port = bridge.port): Promise<Istiod> {
    const source = { address: `xds://127.0.0.1:${port}`, ...(tlsSettings && { tlsSettings }) };
    return Istiod.start(teardown, { podName, mesh: { configSources: [{ address: 'k8s://' }, source] } });
  }

  const simple = (ca: Buffer, ...subjectAltNames: readonly string[]) => ({
    mode: 'SIMPLE',
    caCertificates: ca.toString(),
    subjectAltNames,
  });

  const entriesOf = async (of: Istiod) => [...(await of.serviceEntries()).keys()].sort();
  const logged = (event: string) => bridge.process.lines.filter((line) => line.includes(`"event":"${event}"`));
  const streams = async () => (await bridge.clients()).map((client) => (client as { streamId?: string }).streamId);
  const rejected = async () =>
    (await bridge.metrics()).sum('footbridge_clients_rejected_total', { reason: 'handshake' });

  before(async () => {
    show(authority.issue('first', SERVER_NAMES));
    list('orders');
    plaintextPort = await freePort();
    const config = bridgeConfig([], {
      registries: { file: { kind: 'file', path: join(folder, 'registry.yaml'), pollInterval: '200ms' } },
      admit: { addresses: ['10.0.0.0/8'] },
      serve: { tls: { mode: 'tls', ...files }, plaintextPort },
    });
    bridge = await Bridge.start(teardown, config);
    istiod = await startIstiod('istiod-simple', simple(authority.ca, NAME));
    await istiod.untilReady();
  });
  after(() => teardown.run());

  test('it is ready with the entries, and holds nothing against them', async () => {
    assert.deepEqual(await entriesOf(istiod), ['payments/bridge.file.orders']);
    assert.deepEqual(await istiod.complaints(), []);
    assert.match(logged('serve.certificate')[0] ?? '', new RegExp(`"names":\\["${NAME}"\\]`));
  });

  test('beside it, one without TLS reads the second port', async () => {
    const old = await startIstiod('istiod-plaintext', undefined, plaintextPort);
    await old.untilReady();
    assert.deepEqual(await entriesOf(old), ['payments/bridge.file.orders']);
    await old.stop();
    await waitFor(async () => (await streams()).length === 1, 'it is gone');
  });

  test('a renewed certificate costs no stream, and is what the next connection is shown', async () => {
    const before = await streams();
    const former = await shown(bridge.port, authority.ca);
    show(authority.issue('second', SERVER_NAMES));
    await waitFor(() => logged('serve.certificate_renewed').length > 0, 'the renewal');
    assert.notEqual(await shown(bridge.port, authority.ca), former);
    list('orders', 'stock');
    await untilHolds(async () => assert.equal((await entriesOf(istiod)).length, 2), 'a change over the old connection');
    assert.deepEqual(await streams(), before);
    await bridge.kill();
    await bridge.startAgain();
    await waitFor(async () => (await streams()).length === 1, 'it is connected again, to the renewed one');
    assert.equal((await entriesOf(istiod)).length, 2);
  });

  test('a renewal by a CA that it does not know costs it nothing that it has, and the bridge says why', async () => {
    const held = await istiod.serviceEntriesText();
    show(stranger.issue('foreign', SERVER_NAMES));
    await bridge.kill();
    await bridge.startAgain();
    await waitFor(() => logged('client.rejected').length > 0, 'the bridge tells');
    assert.match(logged('client.rejected')[0] ?? '', /does not trust our certificate/);
    // An istiod that runs logs that the connection was closed, and nothing of why it cannot connect again.
    assert.doesNotMatch(istiod.process.lines.join('\n'), /signed by unknown authority/);
    assert.equal(await istiod.serviceEntriesText(), held);
    show(authority.issue('third', SERVER_NAMES));
    await waitFor(async () => (await streams()).length === 1, 'it is connected again');
    assert.equal(await istiod.serviceEntriesText(), held);
  });

  for (const [what, settings, says] of [
    ['another CA', () => simple(stranger.ca, NAME), /x509: certificate signed by unknown authority/],
    ['another name', () => simple(authority.ca, 'footbridge.billing.svc'), /footbridge\.billing\.svc|SAN|subject/i],
  ] as const)
    test(`one that expects ${what} ends at its start and says why, and so does the bridge`, async () => {
      const before = await rejected();
      const refusing = await startIstiod('istiod-refusing', settings());
      await waitFor(() => !refusing.process.isRunning, 'it ends');
      const told = refusing.process.lines.filter((line) => /MCP: failed running|authentication handshake/.test(line));
      assert.match(told.join('\n'), says);
      await waitFor(async () => (await rejected()) > before, 'it is counted');
    });

  test('one that speaks plaintext to it is told apart', async () => {
    const before = await rejected();
    const naive = await startIstiod('istiod-naive', undefined);
    await waitFor(() => !naive.process.isRunning, 'it ends');
    await waitFor(async () => (await rejected()) > before, 'it is counted');
  });
});

/** The serial number of the certificate that a new connection is shown. */
function shown(port: number, ca: Buffer): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', ca, ALPNProtocols: ['h2'] }, () => {
      resolve(socket.getPeerCertificate().serialNumber);
      socket.destroy();
    });
    socket.on('error', reject);
  });
}
