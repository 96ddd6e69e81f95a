// What can be wrong with a Eureka registry. Real servers where the cause lives in one; what Spring's server does not do without
// programming (credentials, TLS) is done by the fake, over real HTTP.
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { createCertificates, serverTls } from '../../fakes/certificates.ts';
import { type Behaviour, FakeEureka } from '../../fakes/fake-eureka.ts';
import type { EurekaServer } from '../../peers/run/eureka-server.ts';
import { freePort } from '../../peers/run/free-port.ts';
import { type Cause, type Scene, SECRET } from './cause.ts';
import { type ConfigKeys, writeConfig } from './run-check.ts';

function reads({ folder }: Scene, urls: readonly string[], keys: ConfigKeys = {}): readonly string[] {
  const east = { kind: 'eureka', urls, requestTimeout: '1s', ...keys };
  return ['--config', writeConfig(folder, { registries: { east } })];
}

async function fake({ teardown }: Scene, behaviour?: Behaviour, tls?: Parameters<typeof FakeEureka.start>[0]) {
  const eureka = await FakeEureka.start(tls);
  teardown.add('the fake Eureka', () => eureka.close());
  eureka.registry.register('orders', 'a', { ipAddr: '10.0.0.1' });
  if (behaviour !== undefined) eureka.behave = () => behaviour;
  return eureka;
}

/** Where nobody listens. */
async function deadUrl(): Promise<string> {
  return `http://127.0.0.1:${await freePort()}/eureka`;
}

async function blackHole({ teardown }: Scene): Promise<string> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  teardown.add('the black hole', () => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/eureka`;
}

/** `server` is real and lists the application ORDERS. */
export function eurekaCauses(server: () => EurekaServer): readonly Cause[] {
  return [
    {
      id: 'registry-reachable',
      verdict: 'warned',
      what: 'that one of two Eureka servers is dead, and reads the other',
      arrange: async (scene) => reads(scene, [await deadUrl(), server().url]),
      says: /^EUREKA_UNREACHABLE: http:\/\/127\.0\.0\.1:\d+\/eureka cannot be reached \(ECONNREFUSED\)/,
    },
    {
      id: 'registry-reachable',
      verdict: 'failed',
      what: 'that no Eureka server is there',
      arrange: async (scene) => reads(scene, [await deadUrl(), await deadUrl()]),
      says: /^EUREKA_UNREACHABLE: http:\/\/127\.0\.0\.1:\d+\/eureka cannot(?:.|\n)*^EUREKA_UNREACHABLE: /m,
    },
    {
      id: 'registry-reachable',
      verdict: 'failed',
      what: 'a black hole where a Eureka server should be',
      arrange: async (scene) => reads(scene, [await blackHole(scene)]),
      says: /^EUREKA_TIMEOUT: .* did not answer completely within 1000 ms/,
    },
    {
      id: 'registry-reachable',
      verdict: 'failed',
      what: 'a Eureka server whose certificate is of an unknown CA',
      arrange: async (scene) => {
        const eureka = await fake(scene, undefined, serverTls(createCertificates(scene.folder)));
        return reads(scene, [eureka.url]);
      },
      says: /^EUREKA_TLS: No TLS connection to https:\/\/127\.0\.0\.1:\d+\/eureka comes about \(\w+\)/,
    },
    {
      id: 'registry-reachable',
      verdict: 'failed',
      what: 'a Eureka server whose certificate is for another name',
      arrange: async (scene) => {
        const made = createCertificates(scene.folder);
        const eureka = await fake(scene, undefined, serverTls(made));
        return reads(scene, [eureka.url], { tls: { caFile: made.caFile, serverName: 'eureka.example' } });
      },
      says: /^EUREKA_TLS: .* \(ERR_TLS_CERT_ALTNAME_INVALID\)\. Check .*`tls\.serverName`/,
    },
    {
      id: 'registry-allowed',
      verdict: 'failed',
      what: 'a password that Eureka does not take',
      arrange: async (scene) => {
        const eureka = await fake(scene, { kind: 'answer', status: 401 });
        const passwordFile = join(scene.folder, 'password');
        writeFileSync(passwordFile, SECRET);
        return reads(scene, [eureka.url], { auth: { username: 'bridge', passwordFile } });
      },
      says: /^EUREKA_UNAUTHORIZED: .*Check the credentials under `auth`\.$/,
    },
    {
      id: 'registry-allowed',
      verdict: 'failed',
      what: 'a password file that is not there',
      arrange: async (scene) =>
        reads(scene, [server().url], { auth: { username: 'bridge', passwordFile: join(scene.folder, 'none') } }),
      says: /^EUREKA_CREDENTIALS: File .*none cannot be read \(ENOENT\)/,
    },
    {
      id: 'registry-allowed',
      verdict: 'failed',
      what: 'a password that the server behind a dead one does not take',
      arrange: async (scene) => {
        const eureka = await fake(scene, { kind: 'answer', status: 403 });
        return reads(scene, [await deadUrl(), eureka.url]);
      },
      says: /^EUREKA_FORBIDDEN: /,
    },
    {
      id: 'registry-listed',
      verdict: 'failed',
      what: 'a path under which the server has no Eureka',
      arrange: async (scene) => reads(scene, [server().url.replace('/eureka', '/registry')]),
      says: /^EUREKA_NOT_FOUND: .*Check the path of the URL/,
    },
    {
      id: 'registry-listed',
      verdict: 'failed',
      what: 'a server that answers small questions and never the large one',
      arrange: async (scene) => {
        const eureka = await fake(scene);
        eureka.behave = ({ path }) => (path.endsWith('/apps') ? { kind: 'trickle' } : { kind: 'serve' });
        return reads(scene, [eureka.url]);
      },
      says: /^EUREKA_TIMEOUT: /,
    },
    {
      id: 'registry-decoded',
      verdict: 'failed',
      what: 'a page in front of the registry',
      arrange: async (scene) => {
        const eureka = await fake(scene, { kind: 'answer', status: 200, body: '<!doctype html><p>Please sign in</p>' });
        return reads(scene, [eureka.url]);
      },
      says: /^EUREKA_(?:NOT_JSON|XML): /,
    },
    {
      id: 'registry-scope',
      verdict: 'warned',
      what: 'an application that Eureka does not know by this name',
      arrange: async (scene) => reads(scene, [server().url], { scope: { include: [{ app: ['ORDRES'] }] } }),
      says: /^0 of \d+ services? are in scope\.\nNo `app` is `ORDRES`; the nearest is `ORDERS`\.$/,
    },
  ];
}
