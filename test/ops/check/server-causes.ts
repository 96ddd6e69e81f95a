// What can be wrong with a running bridge, or with what stands where one should run.
import { once } from 'node:events';
import { createSecureServer } from 'node:http2';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { createAuthority } from '../../fakes/authority.ts';
import { createCertificates, serverTls } from '../../fakes/certificates.ts';
import { Bridge, type BridgeConfig, bridgeConfig } from '../../peers/run/bridge.ts';
import { freePort } from '../../peers/run/free-port.ts';
import { RawSource } from '../../peers/run/raw-source.ts';
import type { Cause, Scene } from './cause.ts';
import { type ConfigKeys, writeConfig } from './run-check.ts';

async function listen(server: Server, { teardown }: Scene): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  teardown.add('the server', () => void server.close());
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function against({ folder }: Scene, server: string, keys: ConfigKeys = {}): readonly string[] {
  return ['--config', writeConfig(folder, keys), '--server', server];
}

/** A real bridge over the registry file of the scene, and a check of it with another configuration. */
async function bridge(scene: Scene, changes: BridgeConfig, keys: ConfigKeys = {}): Promise<readonly string[]> {
  const args = writeConfig(scene.folder, keys);
  const registries = { file: { kind: 'file', path: join(scene.folder, 'registry.yaml') } };
  const running = await Bridge.start(
    scene.teardown,
    bridgeConfig([], { registries, admit: { addresses: ['10.0.0.0/8'] }, ...changes }),
  );
  return ['--config', args, '--server', `127.0.0.1:${running.port}`];
}

export const SERVER_CAUSES: readonly Cause[] = [
  {
    id: 'server-reachable',
    verdict: 'failed',
    what: 'a port on which nobody listens',
    arrange: async (scene) => against(scene, `127.0.0.1:${await freePort()}`),
    says: /^127\.0\.0\.1:\d+ refuses connections \(ECONNREFUSED\)\.$/,
  },
  {
    id: 'server-reachable',
    verdict: 'failed',
    what: 'a name that does not resolve',
    arrange: async (scene) => against(scene, 'bridge.invalid:9902'),
    says: /^bridge\.invalid:9902 has a name that does not resolve \(\w+\)\.$/,
  },
  {
    id: 'server-plaintext',
    verdict: 'failed',
    what: 'TLS where istiod will speak plaintext',
    arrange: async (scene) => {
      const server = createSecureServer(serverTls(createCertificates(scene.folder)));
      return against(scene, await listen(server, scene));
    },
    says: /^127\.0\.0\.1:\d+ speaks TLS, and an istiod without `tlsSettings` would not\.$/,
  },
  {
    id: 'server-plaintext',
    verdict: 'failed',
    what: 'plaintext where istiod will speak TLS',
    arrange: async (scene) => {
      const { caFile } = createCertificates(scene.folder);
      return [...(await bridge(scene, {})), '--ca', caFile];
    },
    says: /^127\.0\.0\.1:\d+ speaks no TLS, and an istiod with `tlsSettings` of mode SIMPLE would\.$/,
  },
  {
    id: 'server-plaintext',
    verdict: 'failed',
    what: 'a certificate of another CA than the one that istiod will verify with',
    arrange: async (scene) => {
      const { server } = createCertificates(scene.folder);
      const tls = { mode: 'tls', certificateFile: server.certFile, keyFile: server.keyFile };
      const stranger = createAuthority(scene.folder, 'stranger');
      return [...(await bridge(scene, { serve: { tls } })), '--ca', stranger.caFile];
    },
    says: /^127\.0\.0\.1:\d+ speaks TLS, but not with us: .*certificate/,
  },
  {
    id: 'server-plaintext',
    verdict: 'failed',
    what: 'a black hole: connections open, and nothing is ever said',
    arrange: async (scene) => against(scene, await listen(createServer(), scene)),
    says: /^127\.0\.0\.1:\d+ takes connections, but is silent for 10000 ms: no config source answers there\.$/,
  },
  {
    id: 'server-plaintext',
    verdict: 'failed',
    what: 'the admin port of a bridge instead of its port for istiod',
    arrange: async (scene) => {
      writeConfig(scene.folder);
      const registries = { file: { kind: 'file', path: join(scene.folder, 'registry.yaml') } };
      const running = await Bridge.start(scene.teardown, bridgeConfig([], { registries }));
      return against(scene, `127.0.0.1:${running.adminPort}`);
    },
    says: /^127\.0\.0\.1:\d+ takes connections, but ends the stream \(.*: no config source answers there\.$/,
  },
  {
    id: 'server-types',
    verdict: 'failed',
    what: 'a source that knows nothing but ServiceEntries',
    arrange: async (scene) => {
      const source = await RawSource.start(scene.teardown, (typeUrl) => typeUrl.endsWith('/ServiceEntry'));
      return against(scene, source.address);
    },
    says: /^Not answered: core\/v1alpha1\/MeshConfig, .*networking\.istio\.io\/v1\/WorkloadGroup\.$/,
  },
  {
    id: 'server-entries',
    verdict: 'failed',
    what: 'a bridge that holds its answer because its registry was never read, and which registry that is',
    arrange: async (scene) => {
      const registries = { file: { kind: 'file', path: join(scene.folder, 'none.yaml') } };
      return bridge(scene, { registries }, { registries });
    },
    says: /^The answer is held back for 10000 ms: .* Not read in this run either: registry file\.$/,
  },
  {
    id: 'server-sound',
    verdict: 'failed',
    what: 'the bridge of another namespace',
    arrange: (scene) => bridge(scene, { namespace: 'orders' }),
    says: /^Outside the namespace payments: orders\/bridge\.file\.orders\.$/,
  },
  {
    id: 'server-sound',
    verdict: 'failed',
    what: 'the bridge of another instance in the same namespace',
    arrange: (scene) => bridge(scene, { instance: 'other' }),
    says: /^Not named by the instance bridge: payments\/other\.file\.orders\.$/,
  },
  {
    id: 'server-sound',
    verdict: 'failed',
    what: 'entries that istiod cannot decode',
    arrange: async (scene) => {
      const source = await RawSource.start(scene.teardown);
      source.setServiceEntries([Buffer.from('nonsense')]);
      return against(scene, source.address);
    },
    says: /^Resources that cannot be kept: resource 1: /,
  },
  {
    id: 'server-addresses',
    verdict: 'warned',
    what: 'a bridge whose entries have no virtual IPs',
    arrange: (scene) => bridge(scene, { virtualIps: { enabled: false } }),
    says: /^Without an address: payments\/bridge\.file\.orders\.$/,
  },
  {
    id: 'server-revision',
    verdict: 'warned',
    what: 'a bridge that labels its entries for one revision',
    arrange: (scene) => bridge(scene, { owner: { labels: { 'istio.io/rev': 'canary' } } }),
    says: /^Only istiods of revision canary take: payments\/bridge\.file\.orders\.$/,
  },
];
