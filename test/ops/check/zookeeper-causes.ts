// What can be wrong with a registry in ZooKeeper, against real servers.
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { freePort } from '../../peers/run/free-port.ts';
import { providerNode } from '../../peers/run/provider-nodes.ts';
import { ZooKeeperServer } from '../../peers/run/zookeeper-server.ts';
import { ZooKeeperWriter } from '../../peers/run/zookeeper-writer.ts';
import { type Cause, type Scene, SECRET } from './cause.ts';
import { type ConfigKeys, writeConfig } from './run-check.ts';

/** An interface directory below `chroot` that one provider is registered in. */
const INTERFACE = 'com.acme.Orders';

function reads({ folder }: Scene, servers: readonly string[], keys: ConfigKeys = {}): readonly string[] {
  const rpc = { kind: 'dubbo', servers, connectTimeout: '2s', requestTimeout: '2s', ...keys };
  return ['--config', writeConfig(folder, { registries: { rpc } })];
}

/** Below a chroot of its own, so that scenes do not see each other. */
async function registered(scene: Scene, server: ZooKeeperServer, name: string): Promise<ConfigKeys> {
  const writer = await ZooKeeperWriter.start(scene.teardown, server.address);
  const provider = { application: 'orders', interfaceName: INTERFACE, address: '10.0.0.1:20880' };
  await writer.create(`/${name}${providerNode(provider)}`);
  return { chroot: `/${name}` };
}

/** It ends every session that asks anything before it has shown a user and a password, whatever they are. */
export function demanding({ teardown }: Pick<Scene, 'teardown'>): Promise<ZooKeeperServer> {
  const settings = { 'enforce.auth.enabled': 'true', 'enforce.auth.schemes': 'digest' };
  return ZooKeeperServer.start(teardown, { settings });
}

async function silentServer({ teardown }: Scene): Promise<string> {
  const server = createServer((socket) => socket.resume());
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  teardown.add('the black hole', () => void server.close());
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

export function zooKeeperCauses(server: () => ZooKeeperServer): readonly Cause[] {
  return [
    {
      id: 'registry-reachable',
      verdict: 'warned',
      what: 'that one of two ZooKeeper servers is dead, and reads the other',
      arrange: async (scene) => {
        const keys = await registered(scene, server(), 'one-dead');
        return reads(scene, [`127.0.0.1:${await freePort()}`, server().address], keys);
      },
      says: /^ZOOKEEPER_UNREACHABLE: 127\.0\.0\.1:\d+ cannot be reached \(ECONNREFUSED\)/,
    },
    {
      id: 'registry-reachable',
      verdict: 'failed',
      what: 'a black hole where a ZooKeeper server should be',
      arrange: async (scene) => reads(scene, [await silentServer(scene)]),
      says: /^ZOOKEEPER_TIMEOUT: 127\.0\.0\.1:\d+ gave no session in 2000 ms/,
    },
    {
      id: 'registry-reachable',
      verdict: 'failed',
      what: 'TLS that the ZooKeeper server does not speak on this port',
      arrange: async (scene) => reads(scene, [server().address], { tls: { enabled: true } }),
      says: /^ZOOKEEPER_(?:TLS|HANDSHAKE|TIMEOUT): /,
    },
    {
      id: 'registry-allowed',
      verdict: 'failed',
      what: 'a wrong digest, which ZooKeeper itself takes without a word',
      arrange: async (scene) => {
        const writer = await ZooKeeperWriter.start(scene.teardown, server().address, 'owner:right');
        await writer.create('/private');
        await writer.createPrivate('/private/dubbo', '');
        const passwordFile = join(scene.folder, 'password');
        writeFileSync(passwordFile, SECRET);
        const auth = { scheme: 'digest', username: 'owner', passwordFile };
        return reads(scene, [server().address], { chroot: '/private', auth });
      },
      says: /^ZOOKEEPER_FORBIDDEN: .*Give these credentials the right to read/,
    },
    {
      id: 'registry-allowed',
      verdict: 'failed',
      what: 'that a ZooKeeper server wants credentials, and that none are configured',
      arrange: async (scene) => reads(scene, [(await demanding(scene)).address]),
      says: /^ZOOKEEPER_UNAUTHENTICATED: .*Check the credentials under `auth`/,
    },
    {
      id: 'registry-listed',
      verdict: 'failed',
      what: 'a root that does not exist',
      arrange: async (scene) => reads(scene, [server().address], { chroot: '/nowhere' }),
      says: /^ZOOKEEPER_NO_ROOT: Root \/dubbo does not exist/,
    },
    {
      id: 'registry-decoded',
      verdict: 'warned',
      what: 'providers whose URLs cannot be read',
      arrange: async (scene) => {
        const keys = await registered(scene, server(), 'nonsense');
        const writer = await ZooKeeperWriter.start(scene.teardown, server().address);
        await writer.create(`/nonsense/dubbo/${INTERFACE}/providers/dubbo%3A%2F%2Fnonsense`);
        return reads(scene, [server().address], keys);
      },
      says: /^INSTANCE_MALFORMED rpc: .*1 provider of com\.acme\.Orders/,
    },
    {
      id: 'registry-scope',
      verdict: 'warned',
      what: 'an application that nobody in ZooKeeper has',
      arrange: async (scene) => {
        const keys = await registered(scene, server(), 'scope');
        return reads(scene, [server().address], { ...keys, scope: { include: [{ application: ['odrers'] }] } });
      },
      says: /^0 of 1 service are in scope\.\nNo `application` is `odrers`; the nearest is `orders`\.$/,
    },
  ];
}
