// Why the Service is headless: its name gives the addresses of all pods, and a real istiod that starts tries the next one where the
// first refuses. With only the dead one, which is what one virtual address can lead to, it ends.
import { after, before, describe, test } from 'node:test';
import { needPeers, needTools } from '../../peers/build/peers.ts';
import { Bridge, bridgeConfig } from '../../peers/run/bridge.ts';
import { Istiod } from '../../peers/run/istiod.ts';
import { MOUNT_NAMESPACE, withOwnHosts } from '../../peers/run/own-hosts.ts';
import { Teardown } from '../../peers/run/teardown.ts';
import { waitFor } from '../../peers/run/wait-for.ts';

/** Nobody listens there. */
const DEAD_POD = '127.0.0.2';
const BRIDGE = '127.0.0.1';
const HOSTS = `127.0.0.1 localhost
${DEAD_POD} headless.example
${BRIDGE} headless.example
${DEAD_POD} dead.example
`;

const tools = needTools(MOUNT_NAMESPACE);
const need = tools.skip === false ? await needPeers('istiod') : tools;

withOwnHosts(import.meta.filename, need, HOSTS, () =>
  describe('An istiod that starts', () => {
    const teardown = new Teardown();
    after(() => teardown.run());
    let port: string;

    before(async () => {
      const bridge = await Bridge.start(teardown, bridgeConfig(['http://127.0.0.1:1/eureka']));
      port = new URL(bridge.address.replace('xds:', 'http:')).port;
    });

    test('is ready where the first address of the name refuses and the second answers', async () => {
      const istiod = await Istiod.start(teardown, { sources: [`xds://headless.example:${port}`] });
      await istiod.untilReady();
    });

    test('ends where the name has only the address that refuses', async () => {
      const istiod = await Istiod.start(teardown, { sources: [`xds://dead.example:${port}`], podName: 'istiod-1' });
      await waitFor(() => !istiod.process.isRunning, 'istiod has ended');
    });
  }),
);
