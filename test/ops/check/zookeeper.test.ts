import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { tempDir } from '../../fakes/temp-dir.ts';
import { needPeers } from '../../peers/build/peers.ts';
import { providerNode } from '../../peers/run/provider-nodes.ts';
import { Teardown } from '../../peers/run/teardown.ts';
import { ZooKeeperServer } from '../../peers/run/zookeeper-server.ts';
import { ZooKeeperWriter } from '../../peers/run/zookeeper-writer.ts';
import { findsCauses } from './cause.ts';
import { judge, writeConfig } from './run-check.ts';
import { demanding, zooKeeperCauses } from './zookeeper-causes.ts';

describe('footbridge check of ZooKeeper', await needPeers('zookeeper'), () => {
  const teardown = new Teardown();
  let server: ZooKeeperServer | undefined;
  before(async () => {
    server = await ZooKeeperServer.start(teardown);
  });
  after(() => teardown.run());

  findsCauses(
    zooKeeperCauses(() => {
      if (server === undefined) throw new Error('the server is not there yet');
      return server;
    }),
  );

  test('a server that wants credentials is reached without them, and read with them', async (t) => {
    const own = new Teardown();
    t.after(() => own.run());
    const strict = await demanding({ teardown: own });
    const writer = await ZooKeeperWriter.start(own, strict.address, 'bridge:secret');
    await writer.create(
      providerNode({ application: 'orders', interfaceName: 'com.acme.Orders', address: '10.0.0.1:20880' }),
    );
    const folder = tempDir(t);
    writeFileSync(join(folder, 'password'), 'secret');
    const auth = { scheme: 'digest', username: 'bridge', passwordFile: join(folder, 'password') };
    const rpc = { kind: 'dubbo', servers: [strict.address], auth };
    const { code, checks } = await judge(['--config', writeConfig(folder, { registries: { rpc } })]);
    assert.equal(code, 0);
    assert.deepEqual(new Set(checks.map(({ verdict }) => verdict)), new Set(['passed']));
  });
});
