// What can be wrong with an istiod, or with what it holds of a bridge, against the real one.
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { Envoy } from '../../peers/run/envoy.ts';
import { freePort } from '../../peers/run/free-port.ts';
import { get } from '../../peers/run/get.ts';
import type { Istiod } from '../../peers/run/istiod.ts';
import { type Cause, type Scene, SECRET } from './cause.ts';
import { argsFor, handWritten, istiodScene, startBridge, untilHeld } from './istiod-scene.ts';

/**
 * The real istiod with another version on its `/version`: older ones cannot be had. Only the version differs, which is all that
 * this check looks at.
 */
async function withVersion({ teardown }: Scene, istiod: Istiod, version: string): Promise<string> {
  const server = createServer((request, response) => {
    if (request.url === '/version') response.end(version);
    else
      void get(`http://127.0.0.1:${istiod.ports.http}${request.url}`).then(
        ({ status, body }) => response.writeHead(status).end(body),
        () => response.destroy(),
      );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  teardown.add('the istiod of another version', () => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

export const ISTIOD_CAUSES: readonly Cause[] = [
  {
    id: 'istiod-reachable',
    verdict: 'failed',
    what: 'that no istiod is there, without showing the password in the URL',
    arrange: async (scene) => argsFor(await startBridge(scene), `http://me:${SECRET}@127.0.0.1:${await freePort()}`),
    says: /^http:\/\/127\.0\.0\.1:\d+ cannot be asked \(ECONNREFUSED\)\.$/,
  },
  {
    id: 'istiod-reachable',
    verdict: 'failed',
    what: 'a port that is not that of debug pages',
    arrange: async (scene) => {
      const bridge = await startBridge(scene);
      return argsFor(bridge, `http://127.0.0.1:${bridge.adminPort}`);
    },
    says: /^http:\/\/127\.0\.0\.1:\d+ has no debug pages: istiod has them on port 15014/,
  },
  {
    id: 'istiod-source',
    verdict: 'failed',
    what: 'a mesh config that lists no bridge',
    arrange: async (scene) => (await istiodScene(scene, () => ({}))).args,
    says: /^It lists no `xds:\/\/` source at all\.$/,
  },
  {
    id: 'istiod-source',
    verdict: 'failed',
    what: 'the address of the bridge without its scheme, which istiod ignores',
    arrange: async (scene) =>
      (await istiodScene(scene, ({ port }) => ({ sources: [`localhost:${port}`] }))).args.map((arg) =>
        arg.replace(/^127\.0\.0\.1:/, 'localhost:'),
      ),
    says: /^It lists localhost:\d+ without `xds:\/\/`, which istiod ignores\.$/,
  },
  {
    id: 'istiod-source',
    verdict: 'warned',
    what: 'that the bridge is listed by another name',
    arrange: async (scene) => (await istiodScene(scene, ({ port }) => ({ sources: [`xds://localhost:${port}`] }))).args,
    says: /^It lists xds:\/\/localhost:\d+, and not 127\.0\.0\.1:\d+\. /,
  },
  {
    id: 'istiod-source',
    verdict: 'warned',
    what: 'a TLS mode that is plaintext without a word',
    arrange: async (scene) => {
      const mesh = ({ address }: { address: string }) => ({
        configSources: [{ address, tlsSettings: { mode: 'ISTIO_MUTUAL' } }],
      });
      return (await istiodScene(scene, (bridge) => ({ mesh: mesh(bridge) }))).args;
    },
    says: /^xds:\/\/127\.0\.0\.1:\d+ has the TLS mode ISTIO_MUTUAL, for which istiod speaks plaintext/,
  },
  {
    id: 'istiod-kubernetes',
    verdict: 'failed',
    what: 'that `k8s://` is missing',
    arrange: async (scene) => (await istiodScene(scene)).args,
    says: /^`configSources` does not list `k8s:\/\/`/,
  },
  {
    id: 'istiod-entries',
    verdict: 'failed',
    what: 'that istiod has none of the entries, because it reads another bridge',
    arrange: async (scene) => {
      const { istiod } = await istiodScene(scene);
      const other = await startBridge(scene, { instance: 'other' });
      return argsFor(other, `http://127.0.0.1:${istiod.ports.http}`);
    },
    says: /^1 entry is not there: payments\/other\.file\.orders\.$/,
  },
  {
    id: 'istiod-entries',
    verdict: 'failed',
    what: 'that istiod has another version of an entry than this configuration would publish',
    arrange: async (scene) => {
      const { bridge, istiod } = await istiodScene(scene);
      await untilHeld(istiod, 'payments/bridge.file.orders');
      const config = join(scene.folder, 'next.yaml');
      const registries = { file: { kind: 'file', path: join(scene.folder, 'registry.yaml') } };
      const next = { namespace: 'payments', instance: 'bridge', registries, owner: { team: 'payments' } };
      writeFileSync(config, stringify({ ...next, serve: { port: 0 }, admin: { port: bridge.adminPort } }));
      return ['--config', config, '--istiod', `http://127.0.0.1:${istiod.ports.http}`];
    },
    says: /^1 entry has another version: payments\/bridge\.file\.orders \([0-9a-f]{16} instead of [0-9a-f]{16}\)\.$/,
  },
  {
    id: 'istiod-hosts',
    verdict: 'failed',
    what: 'a hand-written entry for the same host in the same namespace',
    arrange: async (scene) =>
      (await istiodScene(scene, ({ address }) => ({ sources: [address], handWritten: handWritten('payments') }))).args,
    says: /^Defined elsewhere too: orders\.payments\.file by ServiceEntry payments\/hand\.$/,
  },
  {
    id: 'istiod-hosts',
    verdict: 'warned',
    what: 'a hand-written entry for the same host in another namespace',
    arrange: async (scene) =>
      (await istiodScene(scene, ({ address }) => ({ sources: [address], handWritten: handWritten('orders') }))).args,
    says: /^Defined elsewhere too: orders\.payments\.file by ServiceEntry orders\/hand\.$/,
  },
  {
    id: 'istiod-dns-capture',
    verdict: 'warned',
    what: 'that DNS capture is not turned on for the mesh',
    arrange: async (scene) => (await istiodScene(scene)).args,
    says: /^The mesh config does not turn it on/,
  },
  {
    id: 'istiod-dns-capture',
    verdict: 'warned',
    what: 'a connected sidecar that does not answer DNS, although the mesh config asks for it',
    arrange: async (scene) => {
      const mesh = { defaultConfig: { proxyMetadata: { ISTIO_META_DNS_CAPTURE: 'true' } } };
      const { istiod, args } = await istiodScene(scene, ({ address }) => ({ sources: [address], mesh }));
      await Envoy.start(scene.teardown, istiod);
      await Envoy.start(scene.teardown, istiod, { role: 'gateway' });
      return args;
    },
    says: /^1 of 1 connected sidecars do not: .*sidecar-0\.payments\.$/,
  },
  {
    id: 'istiod-version',
    verdict: 'warned',
    what: 'an Istio that is ready before it has read a source',
    arrange: async (scene) => {
      const { bridge, istiod } = await istiodScene(scene);
      return argsFor(bridge, await withVersion(scene, istiod, '1.13.9-0123abc-Clean'));
    },
    says: /^Istio 1\.13\.9 is ready before it has read a config source\.\nIt validates no entry\.$/,
  },
  {
    id: 'istiod-version',
    verdict: 'failed',
    what: 'an Istio that cannot use such sources',
    arrange: async (scene) => {
      const { bridge, istiod } = await istiodScene(scene);
      return argsFor(bridge, await withVersion(scene, istiod, '1.8.6-0123abc-Clean'));
    },
    says: /^Istio 1\.8\.6 cannot use `xds:\/\/` sources\.$/,
  },
];

/** To be arranged in a network of its own, where istiod is asked from another address than the loopback one. */
export const REMOTE_ISTIOD_CAUSE: Cause = {
  id: 'istiod-allowed',
  verdict: 'failed',
  what: 'that istiod shows its debug pages to its own machine alone',
  arrange: async (scene) => {
    const { bridge, istiod } = await istiodScene(scene, ({ address }) => ({ sources: [address], address: '0.0.0.0' }));
    return argsFor(bridge, `http://10.20.0.1:${istiod.ports.http}`);
  },
  says: /^http:\/\/10\.20\.0\.1:\d+\/debug\/configz is refused to us \(status 401\)\.$/,
};
