// Every place that a secret can stand in, each with a secret of its own, so that whoever finds one knows where it leaked from. Servers
// of the test's own play the registries: they tell whether a secret really reached them, and hand out those that applications
// register.
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { type Certificates, createCertificates, serverTls } from '../../fakes/certificates.ts';
import { springRecord } from '../../fakes/curator-records.ts';
import { fakeEureka } from '../../fakes/eureka-run.ts';
import type { FakeEureka } from '../../fakes/fake-eureka.ts';
import { FakeZooKeeperServer } from '../../fakes/fake-zookeeper-server.ts';
import { tempDir } from '../../fakes/temp-dir.ts';
import { FOO, providerNode } from '../../unit/registry/dubbo/dubbo-fixtures.ts';

/** Words that no program, page or certificate contains by itself. */
const SECRETS = {
  'user of a URL': 'c4n4ry-url-user',
  'password of a URL': 'c4n4ry-url-password',
  'password from the environment': 'c4n4ry-environment',
  'password in a file': 'c4n4ry-password-file',
  'bearer token in a file': 'c4n4ry-token-file',
  'header in a file': 'c4n4ry-header-file',
  'digest of ZooKeeper in a file': 'c4n4ry-digest-file',
  'digest of ZooKeeper from the environment': 'c4n4ry-digest-environment',
  'token of the admin port': 'c4n4ry-admin-token-of-32-characters',
  'token of the replicas': 'c4n4ry-replicas-token',
  'token that a stranger shows': 'c4n4ry-token-of-a-stranger',
  'metadata in Eureka': 'c4n4ry-eureka-metadata',
  'URL in the metadata of Eureka': 'c4n4ry-eureka-jdbc',
  'home page of an instance in Eureka': 'c4n4ry-eureka-home-page',
  'parameter of a Dubbo provider': 'c4n4ry-dubbo-token',
  'user of the URL of a Dubbo provider': 'c4n4ry-dubbo-user',
  'metadata of Spring Cloud in ZooKeeper': 'c4n4ry-spring-metadata',
  'metadata in a registry file': 'c4n4ry-file-metadata',
  'JSON in the metadata of a registry file': 'c4n4ry-file-json',
} as const;

export type Place =
  | keyof typeof SECRETS
  | 'key of a Eureka client'
  | 'key of a ZooKeeper client'
  | 'key that istiod is served with';

export interface Planted {
  readonly secrets: ReadonlyMap<Place, string>;
  /** The sections `registries`, `serve.tls` and the environment that hold or name them. */
  readonly registries: string;
  readonly serveTls: string;
  readonly env: Readonly<Record<string, string>>;
  readonly caFile: string;
  /** Of `admin.tokenFile`. */
  readonly adminTokenFile: string;
  /** The section `replicas`. */
  readonly replicas: string;
  /** A URL as a configuration must not have it. */
  readonly refusedUrl: string;
  /** Names of the registries, in that order. */
  readonly names: readonly string[];
  /** All that servers were shown to be let in, basic authentication decoded. */
  shown(): string;
  /** From here on every server refuses what it is shown, and repeats it. */
  refuse(): void;
  /** Every file with a secret is made unusable, and still holds it. */
  spoil(): void;
}

export async function plantSecrets(t: TestContext): Promise<Planted> {
  const directory = tempDir(t);
  const certificates = createCertificates(directory);
  const serving = createCertificates(tempDir(t));
  const file = (name: string, text: string): string => {
    writeFileSync(join(directory, name), text);
    return join(directory, name);
  };
  const files = {
    password: file('password', `${SECRETS['password in a file']}\n`),
    token: file('token', SECRETS['bearer token in a file']),
    header: file('header', SECRETS['header in a file']),
    digest: file('digest', SECRETS['digest of ZooKeeper in a file']),
    registry: file('registry.yaml', registryFile()),
    admin: file('admin-token', SECRETS['token of the admin port']),
    replicas: file('replicas-token', SECRETS['token of the replicas']),
  };
  const [byEnv, byFile, byToken, byHeader] = await Promise.all(Array.from({ length: 4 }, () => fakeEureka(t)));
  const byKey = await fakeEureka(t, serverTls(certificates, true));
  const eurekas = [byEnv, byFile, byToken, byHeader, byKey].filter((one) => one !== undefined);
  for (const [at, one] of eurekas.entries()) registerIn(one, `app${at}`);
  const [dubbo, spring] = [await zooKeeper(t, certificates), await zooKeeper(t)];
  dubbo.set(`/dubbo/${FOO}/providers/${dubboProvider()}`);
  spring.set('/services/spring-orders/one', springOrders());
  const sibling = await aSibling(t);
  const tls = `caFile: ${certificates.caFile}, certificateFile: ${certificates.client.certFile}, keyFile: ${certificates.client.keyFile}`;
  return {
    secrets: new Map<Place, string>([
      ...(Object.entries(SECRETS) as [Place, string][]),
      ['key of a Eureka client', keyText(certificates.client.keyFile)],
      ['key of a ZooKeeper client', keyText(certificates.client.keyFile)],
      ['key that istiod is served with', keyText(serving.server.keyFile)],
    ]),
    registries: `
  env: { kind: eureka, urls: ['${byEnv?.url}'], pollInterval: 200ms, auth: { username: bob } }
  pass: { kind: eureka, urls: ['${byFile?.url}'], pollInterval: 200ms, auth: { username: bob, passwordFile: ${files.password} } }
  token: { kind: eureka, urls: ['${byToken?.url}'], pollInterval: 200ms, auth: { tokenFile: ${files.token} } }
  header: { kind: eureka, urls: ['${byHeader?.url}'], pollInterval: 200ms, auth: { headerFiles: { X-Api-Key: ${files.header} } } }
  key: { kind: eureka, urls: ['${byKey.url}'], pollInterval: 200ms, tls: { ${tls} } }
  rpc: { kind: dubbo, servers: ['${dubbo.address}'], auditInterval: 1s, auth: { scheme: digest, username: bob, passwordFile: ${files.digest} }, tls: { enabled: true, ${tls} } }
  cloud: { kind: spring-cloud-zookeeper, servers: ['${spring.address}'], auditInterval: 1s, auth: { scheme: digest, username: bob } }
  file: { kind: file, path: ${files.registry}, pollInterval: 200ms }
`,
    names: ['env', 'pass', 'token', 'header', 'key', 'rpc', 'cloud', 'file'],
    serveTls: `{ mode: tls, certificateFile: ${serving.server.certFile}, keyFile: ${serving.server.keyFile} }`,
    caFile: serving.caFile,
    adminTokenFile: files.admin,
    replicas: `{ service: localhost, port: ${sibling.port}, tokenFile: ${files.replicas} }`,
    refusedUrl: `http://${SECRETS['user of a URL']}:${SECRETS['password of a URL']}@127.0.0.1:1/eureka`,
    env: {
      FOOTBRIDGE_REGISTRIES_ENV_AUTH_PASSWORD: SECRETS['password from the environment'],
      FOOTBRIDGE_REGISTRIES_CLOUD_AUTH_PASSWORD: SECRETS['digest of ZooKeeper from the environment'],
    },
    shown: () =>
      JSON.stringify([
        ...eurekas.map(shownTo),
        ...sibling.shown,
        ...[dubbo, spring].map(({ requests }) => requests.map((one) => one.credentials)),
      ]),
    refuse() {
      for (const one of eurekas) {
        one.behave = ({ headers }) => ({
          kind: 'answer',
          status: 401,
          body: JSON.stringify(headers),
          headers: echoed(headers),
        });
      }
      for (const one of [dubbo, spring]) {
        one.demandedCredentials = 'digest nobody:nothing';
        one.cut();
      }
    },
    spoil() {
      for (const path of [files.token, files.header, files.admin, files.replicas])
        writeFileSync(path, `${readFileSync(path, 'utf8')}\nand more`);
      for (const path of [certificates.client.keyFile, serving.server.keyFile]) {
        writeFileSync(path, readFileSync(path, 'utf8').replace('END', 'HALF'));
      }
      writeFileSync(files.registry, `${registryFile()}  - broken: [`);
    },
  };
}

/** Enough of the middle of a key that nothing else says it, on one line of the file. */
function keyText(keyFile: string): string {
  return readFileSync(keyFile, 'utf8').split('\n')[1]?.slice(8, 40) ?? '';
}

/** What came in headers, decoded where it is basic authentication. */
function shownTo({ requests }: FakeEureka): readonly string[] {
  return requests.flatMap(({ headers }) => {
    const basic = /^Basic (.+)$/.exec(headers.authorization ?? '')?.[1] ?? '';
    return [JSON.stringify(headers), Buffer.from(basic, 'base64').toString()];
  });
}

function echoed(headers: FakeEureka['requests'][number]['headers']): Readonly<Record<string, string>> {
  return {
    'www-authenticate': `Basic realm="${headers.authorization ?? ''}"`,
    'x-seen': String(headers['x-api-key'] ?? ''),
  };
}

function registerIn({ registry }: FakeEureka, app: string): void {
  registry.register(app, `${app}-1`, {
    homePageUrl: `http://me:${SECRETS['home page of an instance in Eureka']}@10.0.0.1:8080/`,
    metadata: {
      'eureka-db.password': SECRETS['metadata in Eureka'],
      'eureka-jdbc': `jdbc:postgresql://app:${SECRETS['URL in the metadata of Eureka']}@db/orders`,
      version: 'v1',
    },
  });
}

function dubboProvider(): string {
  const user = SECRETS['user of the URL of a Dubbo provider'];
  return providerNode(`dubbo://me:${user}@10.20.0.18:20880`, FOO, {
    application: 'dubbo-orders',
    token: SECRETS['parameter of a Dubbo provider'],
    side: 'provider',
  });
}

function springOrders(): string {
  const metadata = { 'spring-api-key': SECRETS['metadata of Spring Cloud in ZooKeeper'], version: 'v1' };
  return springRecord({ name: 'spring-orders', address: '10.20.0.19' }, metadata);
}

function registryFile(): string {
  return `services:
  - name: file-orders
    metadata: { 'file-db.password': ${SECRETS['metadata in a registry file']}, owner: payments }
    instances:
      - id: file-orders-1
        address: 10.20.0.20
        port: 8080
        metadata: { file-settings: '{"token":"${SECRETS['JSON in the metadata of a registry file']}"}', version: v1 }
`;
}

/** Another replica, which repeats what it is shown: at first it refuses it, from then on it takes it for an answer. */
async function aSibling(t: TestContext): Promise<{ readonly port: number; readonly shown: readonly string[] }> {
  const shown: string[] = [];
  const server = createServer(({ headers }, response) => {
    const seen = headers.authorization ?? '';
    shown.push(seen);
    response.writeHead(shown.length === 1 ? 401 : 200, { 'x-seen': seen }).end(seen);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close());
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('it has no port');
  return { port: address.port, shown };
}

async function zooKeeper(t: TestContext, certificates?: Certificates): Promise<FakeZooKeeperServer> {
  const fake = await FakeZooKeeperServer.start(certificates && serverTls(certificates, true));
  t.after(() => fake.close());
  return fake;
}
