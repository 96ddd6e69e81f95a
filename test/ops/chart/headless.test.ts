// Why the Service is headless, and why a pod that hangs must end soon: what a real istiod that starts does with the addresses of a
// name, the first of which is bad and the second good.
import { after, before, describe, test } from 'node:test';
import { needPeers, needTools } from '../../peers/build/peers.ts';
import { Bridge, bridgeConfig } from '../../peers/run/bridge.ts';
import type { Child } from '../../peers/run/child.ts';
import { Istiod } from '../../peers/run/istiod.ts';
import { MOUNT_NAMESPACE, withOwnHosts } from '../../peers/run/own-hosts.ts';
import { Teardown } from '../../peers/run/teardown.ts';
import { waitFor } from '../../peers/run/wait-for.ts';
import { frozenListener, silentListener } from './hung-listener.ts';

const BRIDGE = '127.0.0.1';
/** Nobody listens there. */
const DEAD_POD = '127.0.0.2';
const SILENT_POD = '127.0.0.3';
const FROZEN_POD = '127.0.0.4';
const HOSTS = `127.0.0.1 localhost
${DEAD_POD} refuses.example
${BRIDGE} refuses.example
${DEAD_POD} dead.example
${SILENT_POD} silent.example
${BRIDGE} silent.example
${FROZEN_POD} frozen.example
${BRIDGE} frozen.example
`;

const tools = needTools(MOUNT_NAMESPACE);
const need = tools.skip === false ? await needPeers('istiod') : tools;

withOwnHosts(import.meta.filename, need, HOSTS, () =>
  describe('An istiod that starts', () => {
    const teardown = new Teardown();
    after(() => teardown.run());
    let port: string;
    let frozen: Child;

    before(async () => {
      const bridge = await Bridge.start(teardown, bridgeConfig(['http://127.0.0.1:1/eureka']));
      port = new URL(bridge.address.replace('xds:', 'http:')).port;
      await silentListener(teardown, SILENT_POD, port);
      frozen = await frozenListener(teardown, FROZEN_POD, port);
    });

    function startIstiod(host: string): Promise<Istiod> {
      return Istiod.start(teardown, { sources: [`xds://${host}:${port}`], podName: `istiod-${host.split('.')[0]}` });
    }

    async function untilEnded(istiod: Istiod): Promise<void> {
      await waitFor(() => !istiod.process.isRunning, 'istiod has ended');
    }

    test('is ready where the first address refuses', async () => {
      await (await startIstiod('refuses.example')).untilReady();
    });

    test('is ready where the first address is silent', async () => {
      await (await startIstiod('silent.example')).untilReady();
    });

    test('ends where the name has only the address that refuses: one virtual address could lead to it', async () => {
      await untilEnded(await startIstiod('dead.example'));
    });

    test('ends where the first address takes the connection and says nothing, and is ready once that process is ended', async () => {
      const istiod = await startIstiod('frozen.example');
      await untilEnded(istiod);
      await frozen.kill();
      await istiod.restart();
      await istiod.untilReady();
    });
  }),
);
