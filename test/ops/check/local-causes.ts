// What can be wrong on the machine itself: configuration, files of TLS, a registry file, ports.
import { once } from 'node:events';
import { copyFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createCertificates } from '../../fakes/certificates.ts';
import { Bridge, bridgeConfig } from '../../peers/run/bridge.ts';
import { freePort } from '../../peers/run/free-port.ts';
import { type Cause, type Scene, SECRET } from './cause.ts';
import { issueCertificate } from './certificate.ts';
import { type ConfigKeys, writeConfig } from './run-check.ts';

function withConfig(folder: string, keys: ConfigKeys = {}): readonly string[] {
  return ['--config', writeConfig(folder, keys)];
}

function withRegistryFile({ folder }: Scene, text: string, keys: ConfigKeys = {}): readonly string[] {
  const path = join(folder, 'services.yaml');
  writeFileSync(path, text);
  return withConfig(folder, { registries: { file: { kind: 'file', path, ...keys } } });
}

/** Nobody listens there: the files are judged before anybody is connected. */
function withTls({ folder }: Scene, tls: ConfigKeys): readonly string[] {
  return withConfig(folder, { registries: { east: { kind: 'eureka', urls: ['https://127.0.0.1:1/eureka'], tls } } });
}

async function listening({ teardown }: Scene): Promise<number> {
  const server = createServer();
  server.listen(await freePort(), '127.0.0.1');
  await once(server, 'listening');
  teardown.add('the listener', () => void server.close());
  const address = server.address();
  return typeof address === 'object' ? (address?.port ?? 0) : 0;
}

async function runningBridge({ folder, teardown }: Scene): Promise<readonly string[]> {
  writeConfig(folder);
  const registries = { file: { kind: 'file', path: join(folder, 'registry.yaml') } };
  const bridge = await Bridge.start(teardown, bridgeConfig([], { registries }));
  return ['--config', bridge.configFile];
}

function withMeshConfig({ folder }: Scene, text: string): readonly string[] {
  const path = join(folder, 'mesh.yaml');
  writeFileSync(path, text);
  return [...withConfig(folder), '--mesh-config', path];
}

/** Served over mutual TLS, with what the cause is about in the place of what is right. */
function withServing({ folder }: Scene, serve: ConfigKeys, tls: ConfigKeys = {}): readonly string[] {
  const { caFile, server } = createCertificates(folder);
  const files = { certificateFile: server.certFile, keyFile: server.keyFile, caFile };
  return withConfig(folder, { serve: { port: 0, tls: { mode: 'mtls', ...files, ...tls }, ...serve } });
}

export const LOCAL_CAUSES: readonly Cause[] = [
  {
    id: 'access-list',
    verdict: 'failed',
    what: 'an access list with a key that is none',
    arrange: async (scene) => {
      const accessListFile = join(scene.folder, 'list.yaml');
      writeFileSync(accessListFile, 'alow: [istiod.example]\n');
      return withServing(scene, { accessListFile });
    },
    says: /^The file is no access list: `alow` is no key of an access list \(did you mean `allow`\?\)\.$/,
  },
  {
    id: 'access-list',
    verdict: 'failed',
    what: 'an access list that is not there',
    arrange: async (scene) => withServing(scene, { accessListFile: join(scene.folder, 'none.yaml') }),
    says: /^File \S+none\.yaml cannot be read \(ENOENT\)\.$/,
  },
  {
    id: 'admin-token',
    verdict: 'failed',
    what: 'a token that is too short to keep anybody out',
    arrange: async ({ folder }) => {
      const tokenFile = join(folder, 'token');
      writeFileSync(tokenFile, SECRET.slice(0, 10));
      return withConfig(folder, { admin: { port: 0, tokenFile } });
    },
    says: /^File \S+token holds a token of less than 16 characters\.$/,
  },
  {
    id: 'replicas-token',
    verdict: 'failed',
    what: 'a token of the replicas that is not there',
    arrange: async ({ folder }) => withConfig(folder, { replicas: { tokenFile: join(folder, 'none') } }),
    says: /^File \S+none cannot be read \(ENOENT\)\.$/,
  },
  {
    id: 'nothing-frozen',
    verdict: 'warned',
    what: 'a freeze that nobody took out of the configuration',
    arrange: async ({ folder }) => withConfig(folder, { freeze: [{ target: '*', reason: 'a migration' }] }),
    says: /^Frozen: `\*` without an end \(a migration\)\.$/,
  },
  {
    id: 'tls-files',
    verdict: 'failed',
    what: 'a key of another certificate than the one that istiod would be shown',
    arrange: async (scene) => {
      const { client } = createCertificates(scene.folder);
      const other = join(scene.folder, 'other.key');
      copyFileSync(client.keyFile, other);
      return withServing(scene, {}, { keyFile: other });
    },
    says: /^The key does not belong to the certificate of CN=server\.$/,
  },
  {
    id: 'mesh-config-sources',
    verdict: 'failed',
    what: 'a list of config sources without Kubernetes',
    arrange: async (scene) => withMeshConfig(scene, 'configSources: [{address: "xds://a:1"}]'),
    says: /^KUBERNETES_MISSING: /m,
  },
  {
    id: 'mesh-config-sources',
    verdict: 'failed',
    what: 'a mesh config that is none',
    arrange: async (scene) => withMeshConfig(scene, 'kind: ConfigMap'),
    says: /data\.mesh/,
  },
  {
    id: 'mesh-config-sources',
    verdict: 'warned',
    what: 'a list where Kubernetes is not first',
    arrange: async (scene) => withMeshConfig(scene, 'configSources: [{address: "xds://a:1"}, {address: "k8s://"}]'),
    says: /^KUBERNETES_NOT_FIRST: /m,
  },
  {
    id: 'config-valid',
    verdict: 'failed',
    what: 'a misspelt key, and names the right one',
    arrange: async ({ folder }) => withConfig(folder, { namespaces: 'payments' }),
    says: /^UNKNOWN_KEY: namespaces .*Did you mean `namespace`\?$/m,
  },
  {
    id: 'config-valid',
    verdict: 'failed',
    what: 'a configuration file that is not there',
    arrange: async () => ['--config', '/does/not/exist.yaml'],
    says: /^FILE_UNREADABLE: .*\/does\/not\/exist\.yaml/,
  },
  {
    id: 'config-valid',
    verdict: 'failed',
    what: 'a password in the file, without repeating it',
    arrange: async ({ folder }) =>
      withConfig(folder, {
        registries: { east: { kind: 'eureka', urls: ['http://127.0.0.1:1'], auth: { password: SECRET } } },
      }),
    says: /^SECRET_MISPLACED: registries\.east\.auth\.password/m,
  },
  {
    id: 'tls-files',
    verdict: 'failed',
    what: 'a CA file that is not there',
    arrange: async (scene) => withTls(scene, { caFile: join(scene.folder, 'ca.pem') }),
    says: /ca\.pem cannot be read \(ENOENT\)/,
  },
  {
    id: 'tls-files',
    verdict: 'failed',
    what: 'a file that holds a key where a certificate belongs, without repeating it',
    arrange: async (scene) => {
      const caFile = join(scene.folder, 'ca.pem');
      writeFileSync(caFile, `-----BEGIN PRIVATE KEY-----\n${SECRET}\n-----END PRIVATE KEY-----\n`);
      return withTls(scene, { caFile });
    },
    says: /^It holds no certificate in PEM form/,
  },
  {
    id: 'tls-files',
    verdict: 'failed',
    what: 'a key of another certificate',
    arrange: async (scene) => {
      const { client, server } = createCertificates(scene.folder);
      return withTls(scene, { certificateFile: client.certFile, keyFile: server.keyFile });
    },
    says: /^The key does not belong to the certificate of CN=client\.$/,
  },
  {
    id: 'tls-expiry',
    verdict: 'warned',
    what: 'a certificate that is about to expire',
    arrange: async (scene) => withTls(scene, { caFile: createCertificates(scene.folder).caFile }),
    says: /^The certificate of CN=test CA expires on \d{4}-\d\d-\d\d: (?:one day is|2 days are) left\.$/,
  },
  {
    id: 'tls-expiry',
    verdict: 'failed',
    what: 'a certificate that has expired',
    arrange: async (scene) => {
      const client = issueCertificate(scene.folder, 'late', '20200101000000Z', '20200201000000Z');
      return withTls(scene, { certificateFile: client.certFile, keyFile: client.keyFile });
    },
    says: /^The certificate of CN=late has expired on 2020-02-01\.$/,
  },
  {
    id: 'tls-expiry',
    verdict: 'failed',
    what: 'a certificate of the future',
    arrange: async (scene) => {
      const client = issueCertificate(scene.folder, 'early', '20980101000000Z', '20990101000000Z');
      return withTls(scene, { certificateFile: client.certFile, keyFile: client.keyFile });
    },
    says: /^The certificate of CN=early is not valid before 2098-01-01\.$/,
  },
  {
    id: 'registry-reachable',
    verdict: 'failed',
    what: 'a registry file that is not there',
    arrange: async ({ folder }) =>
      withConfig(folder, { registries: { file: { kind: 'file', path: join(folder, 'none.yaml') } } }),
    says: /^FILE_MISSING: .*none\.yaml does not exist/,
  },
  {
    id: 'registry-listed',
    verdict: 'failed',
    what: 'a registry file that is larger than allowed',
    arrange: async (scene) => withRegistryFile(scene, `# ${'x'.repeat(2000)}\nservices: []\n`, { maxBytes: '1KiB' }),
    says: /^FILE_TOO_LARGE: .*services\.yaml/,
  },
  {
    id: 'registry-decoded',
    verdict: 'failed',
    what: 'a registry file with broken syntax',
    arrange: async (scene) => withRegistryFile(scene, 'services: [{ name: a'),
    says: /^FILE_SYNTAX: /,
  },
  {
    id: 'registry-decoded',
    verdict: 'warned',
    what: 'instances that cannot be read, in one sentence for all of a kind',
    arrange: async (scene) =>
      withRegistryFile(
        scene,
        `services: [{ name: a, token: ${SECRET}, instances: [{ id: one, address: 10.0.0.1, port: 80 }, 7, 8] }]`,
      ),
    says: /^INSTANCE_MALFORMED file\/a.*: An instance record cannot be read/m,
  },
  {
    id: 'registry-scope',
    verdict: 'warned',
    what: 'a misspelt name in the scope, and the nearest right one',
    arrange: async (scene) =>
      withRegistryFile(scene, 'services: [{ name: orders, instances: [{ address: 10.0.0.1, port: 80 }] }]', {
        scope: { include: [{ service: ['ordres'] }] },
      }),
    says: /^0 of 1 service are in scope\.\nNo `service` is `ordres`; the nearest is `orders`\.$/,
  },
  {
    id: 'registry-scope',
    verdict: 'warned',
    what: 'a misspelt name in a scope whose other names are right',
    arrange: async (scene) =>
      withRegistryFile(
        scene,
        'services: [{ name: orders, instances: [{ address: 10.0.0.1, port: 80 }] }, { name: carts, instances: [{ address: 10.0.0.2, port: 80 }] }]',
        {
          scope: { include: [{ service: ['ORDERS', 'cart', 'unheard-of'] }] },
        },
      ),
    says: /^No `service` is `cart`; the nearest is `carts`\.\nNo `service` is `unheard-of`\.$/,
  },
  {
    id: 'registry-scope',
    verdict: 'warned',
    what: 'a scope that matches nothing that is near, and what the registry has',
    arrange: async (scene) =>
      withRegistryFile(scene, 'services: [{ name: orders, instances: [{ address: 10.0.0.1, port: 80 }] }]', {
        scope: { include: [{ service: ['pay-*'] }] },
      }),
    says: /^The registry has: orders\.$/m,
  },
  {
    id: 'registry-scope',
    verdict: 'warned',
    what: 'a registry without any service',
    arrange: async (scene) => withRegistryFile(scene, 'services: []\n'),
    says: /^The registry lists no service at all\.$/,
  },
  {
    id: 'publish-complete',
    verdict: 'warned',
    what: 'services that are refused, with their codes',
    arrange: async (scene) =>
      withRegistryFile(
        scene,
        'services: [{ name: a, instances: [{ address: 10.0.0.1, port: 0 }] }, { name: b, instances: [{ address: 8.8.8.8, port: 80 }] }]',
      ),
    says: /^NO_PORTS file\/a: No instance(?:.|\n)*^ADDRESS_OUT_OF_SCOPE file\/b: Address 8\.8\.8\.8/m,
  },
  {
    id: 'port-free',
    verdict: 'failed',
    what: 'a port that another program holds',
    arrange: async (scene) => withConfig(scene.folder, { serve: { port: await listening(scene) } }),
    says: /^Another program listens on 127\.0\.0\.1:\d+\.$/,
  },
  {
    id: 'port-free',
    verdict: 'failed',
    what: 'an address that this machine does not have',
    arrange: async ({ folder }) => withConfig(folder, { admin: { address: '192.0.2.1', port: 0 } }),
    says: /^192\.0\.2\.1 is no address of this machine \(EADDRNOTAVAIL\)\.$/,
  },
  {
    id: 'port-free',
    verdict: 'warned',
    what: 'a bridge that runs there already, on both ports',
    arrange: runningBridge,
    says: /^A bridge answers on 127\.0\.0\.1:\d+ already(?:.|\n)*^A bridge answers/m,
  },
];
