// Mutual TLS with a client that can: a Pilot of the 1.8 line with `tlsSettings` of mode MUTUAL. Who is on the access list is served, who is not,
// or whose certificate is none, is turned away with a reason; and what a denied Pilot has, it keeps.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { createAuthority, type Issued } from '../fakes/authority.ts';
import { needPeers } from './build/peers.ts';
import { Bridge, bridgeConfig } from './run/bridge.ts';
import { Pilot } from './run/pilot.ts';
import { scratchFolder } from './run/scratch.ts';
import { Teardown } from './run/teardown.ts';
import { untilHolds, waitFor } from './run/wait-for.ts';

const NAME = 'footbridge.payments.svc';
const PILOT = 'spiffe://cluster.local/ns/istio-system/sa/istio-pilot-service-account';
const OTHER = 'spiffe://cluster.local/ns/shop/sa/web';

describe('31. Who may connect is decided by certificate', await needPeers('pilot'), () => {
  const teardown = new Teardown();
  const folder = scratchFolder(teardown, 'mtls');
  const accessListFile = join(folder, 'access.yaml');
  const authority = createAuthority(folder);
  const stranger = createAuthority(folder, 'stranger');
  const server = authority.issue('server', [`DNS:${NAME}`]);
  let bridge: Bridge;
  let pilot: Pilot;

  const allow = (...names: readonly string[]) => writeFileSync(accessListFile, JSON.stringify({ allow: names }));

  function list(...services: readonly string[]): void {
    const listed = services.map((name) => ({ name, instances: [{ address: '10.0.0.1', port: 8080 }] }));
    writeFileSync(join(folder, 'registry.yaml'), JSON.stringify({ services: listed }));
  }

  async function startPilot({ certFile, keyFile }: Issued): Promise<Pilot> {
    const files = { clientCertificate: certFile, privateKey: keyFile, caCertificates: authority.caFile };
    const tlsSettings = { mode: 'MUTUAL', ...files, sni: NAME };
    return Pilot.start(teardown, [{ address: bridge.hostPort, tlsSettings }]);
  }

  const lastFull = () => pilot.pushes().findLast((push) => push.startsWith('full'));
  const clients = async () => (await bridge.clients()) as readonly { readonly certificateNames?: readonly string[] }[];
  const rejected = async (reason: string) =>
    (await bridge.metrics()).sum('footbridge_clients_rejected_total', { reason });
  const reasons = () => bridge.process.lines.filter((line) => line.includes('"event":"client.rejected"')).join('\n');

  /** A Pilot that shows this certificate is turned away for that reason. */
  async function isTurnedAway(shows: Issued, reason: string): Promise<void> {
    const before = await rejected(reason);
    const refused = await startPilot(shows);
    await waitFor(async () => (await rejected(reason)) > before, 'it is turned away');
    assert.equal((await clients()).length, 1, 'it has no stream');
    await refused.stop();
  }

  before(async () => {
    list('orders');
    allow(PILOT);
    const tls = { mode: 'mtls', certificateFile: server.certFile, keyFile: server.keyFile, caFile: authority.caFile };
    const config = bridgeConfig([], {
      registries: { file: { kind: 'file', path: join(folder, 'registry.yaml'), pollInterval: '200ms' } },
      admit: { addresses: ['10.0.0.0/8'] },
      serve: { tls, accessListFile },
    });
    bridge = await Bridge.start(teardown, config);
    pilot = await startPilot(authority.issue('pilot', [`URI:${PILOT}`]));
    await pilot.untilReady();
  });
  after(() => teardown.run());

  test('the one on the list is ready, is known by its name, and follows what changes', async () => {
    assert.deepEqual(
      (await clients()).map(({ certificateNames }) => certificateNames),
      [[PILOT]],
    );
    list('orders', 'stock');
    await untilHolds(() => assert.equal(lastFull(), 'full 2'), 'it knows both services');
  });

  test('one of another name is denied', async () => {
    await isTurnedAway(authority.issue('other', [`URI:${OTHER}`]), 'denied');
    assert.match(reasons(), new RegExp(`the access list does not let ${OTHER} in`));
  });

  test('one without a name is turned away', () => isTurnedAway(authority.issue('nameless', []), 'nameless'));

  test('one whose certificate has expired is turned away', async () => {
    await isTurnedAway(authority.issue('expired', [`URI:${PILOT}`], -1), 'handshake');
    assert.match(reasons(), /its certificate has expired \(CERT_HAS_EXPIRED\)/);
  });

  test('one whose certificate another CA has signed is turned away, whatever its name', () =>
    isTurnedAway(stranger.issue('foreign', [`URI:${PILOT}`]), 'handshake'));

  test('one without a certificate is turned away', async () => {
    const before = await rejected('handshake');
    const refused = await Pilot.start(teardown, [
      { address: bridge.hostPort, tlsSettings: { mode: 'SIMPLE', sni: NAME } },
    ]);
    await waitFor(async () => (await rejected('handshake')) > before, 'it is turned away');
    await refused.stop();
  });

  test('a list that no longer has it ends its stream, and takes nothing from it', async () => {
    const pushes = pilot.pushes().length;
    allow(OTHER);
    await waitFor(async () => (await clients()).length === 0, 'its stream has ended');
    await waitFor(async () => (await rejected('denied')) > 0, 'it tries again in vain');
    list('orders', 'stock', 'search');
    allow(OTHER, PILOT);
    await untilHolds(() => assert.equal(lastFull(), 'full 3'), 'let in again, it learns what was missed');
    const since = pilot.pushes().slice(pushes);
    assert.ok(
      since.every((push) => push === 'full 2' || push === 'full 3' || push.startsWith('endpoints')),
      since.join(),
    );
  });
});
