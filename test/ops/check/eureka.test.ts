import { after, before, describe } from 'node:test';
import { needPeers } from '../../peers/build/peers.ts';
import { EurekaInstances } from '../../peers/run/eureka-instances.ts';
import { EurekaServer } from '../../peers/run/eureka-server.ts';
import { Teardown } from '../../peers/run/teardown.ts';
import { findsCauses } from './cause.ts';
import { eurekaCauses } from './eureka-causes.ts';

describe('footbridge check of Eureka', await needPeers('eureka'), () => {
  const teardown = new Teardown();
  let server: EurekaServer | undefined;
  before(async () => {
    server = await EurekaServer.start(teardown);
    const instances = EurekaInstances.start(teardown, [server.url]);
    await instances.register({ app: 'ORDERS', id: 'one', address: '10.0.0.1', port: 8080 });
    await server.untilLists(1);
  });
  after(() => teardown.run());

  findsCauses(
    eurekaCauses(() => {
      if (server === undefined) throw new Error('the server is not there yet');
      return server;
    }),
  );
});
