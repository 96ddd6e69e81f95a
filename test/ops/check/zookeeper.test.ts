import { after, before, describe } from 'node:test';
import { needPeers } from '../../peers/build/peers.ts';
import { Teardown } from '../../peers/run/teardown.ts';
import { ZooKeeperServer } from '../../peers/run/zookeeper-server.ts';
import { findsCauses } from './cause.ts';
import { zooKeeperCauses } from './zookeeper-causes.ts';

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
});
