// A cold start that lasts, with clients whose age says nothing: one that was cut off, one that the bridge meets when it is old, and Pilot of the
// 1.8 line, which tells nothing of itself. In a network of its own, where istiod has an address that is not that of the machine.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { after, describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parse, stringify } from 'yaml';
import { needPeers } from './build/peers.ts';
import { Bridge, type BridgeConfig } from './run/bridge.ts';
import { EstateFile } from './run/estate-file.ts';
import { Istiod } from './run/istiod.ts';
import { addOwnAddress, inOwnNetwork } from './run/own-network.ts';
import { Pilot } from './run/pilot.ts';
import { TcpFaultProxy } from './run/tcp-fault-proxy.ts';
import { Teardown } from './run/teardown.ts';
import { untilHolds, waitFor } from './run/wait-for.ts';

const BOUND = '3s';
const BOUND_MS = 3_000;
/** Past this process age an istiod counts as running, however new its connection is. */
const FRESH_MS = 30_000;
const CUT_OFF_MS = 90_000;
const NOBODYS_PORT = 1;

const ESTATE = { orders: ['10.0.0.1'] };

/** A registry that cannot be read until it is written. */
function missingRegistry(teardown: Teardown): EstateFile {
  const registry = new EstateFile(teardown, ESTATE);
  registry.remove();
  return registry;
}

function configOf(registry: EstateFile, coldStart: BridgeConfig): BridgeConfig {
  return { ...registry.config('payments'), coldStart };
}

inOwnNetwork(fileURLToPath(import.meta.url), await needPeers('istiod', 'pilot'), () => {
  describe('40. Who holds nothing is known by more than its age', { concurrency: true }, () => {
    const teardown = new Teardown();
    after(() => teardown.run());

    async function untilHeld(bridge: Bridge): Promise<void> {
      await waitFor(async () => {
        const clients = await bridge.clients();
        return clients.some(({ types }) => types.some(({ state }) => state === 'held'));
      }, 'a client waits');
    }

    function assertAnsweredEarly(bridge: Bridge): void {
      assert.match(bridge.process.lines.join('\n'), /client\.answered_early/);
    }

    async function untilEntriesCome(istiod: Istiod, registry: EstateFile): Promise<void> {
      assert.equal((await istiod.serviceEntries()).size, 0, 'there was nothing to give');
      registry.write(ESTATE);
      await waitFor(async () => (await istiod.serviceEntries()).size === 1, 'the entries come');
    }

    test('one that was cut off before it was answered, and is back after 90 s, still holds nothing', async () => {
      const registry = missingRegistry(teardown);
      const bridge = await Bridge.start(teardown, configOf(registry, { bound: '30s' }));
      const service = await TcpFaultProxy.start(teardown, bridge.port);
      const istiod = await Istiod.start(teardown, { sources: [`xds://${service.address}`] });
      await untilHeld(bridge);
      service.setFault({ kind: 'refuse' });
      service.cut();
      await pause(CUT_OFF_MS);
      assert.equal(await istiod.isReady(), false);
      service.setFault({ kind: 'pass' });
      await istiod.untilReady();
      assertAnsweredEarly(bridge);
      await untilEntriesCome(istiod, registry);
    });

    test('one that the bridge meets when it is old is asked at its own /ready, and is answered while that says no', async () => {
      const address = addOwnAddress();
      const registry = missingRegistry(teardown);
      const bridge = await Bridge.start(teardown, { ...configOf(registry, { bound: 'never' }), serve: { address } });
      const sources = [`xds://${address}:${bridge.port}`];
      const istiod = await Istiod.start(teardown, { sources, address: '0.0.0.0', podName: 'istiod-old' });
      const startedAtMs = Date.now();
      await untilHeld(bridge);
      await pause(Math.max(0, startedAtMs + FRESH_MS + 1_000 - Date.now()));

      await bridge.kill();
      const config = parse(readFileSync(bridge.configFile, 'utf8'));
      const startAsking = async (readyPort: number): Promise<void> => {
        writeFileSync(bridge.configFile, stringify({ ...config, coldStart: { bound: BOUND, readyPort } }));
        await bridge.startAgain();
      };
      await startAsking(NOBODYS_PORT);
      await untilHeld(bridge);
      await pause(2 * BOUND_MS);
      await untilHeld(bridge);
      await bridge.kill();
      await startAsking(istiod.ports.http);
      await istiod.untilReady();
      assertAnsweredEarly(bridge);
      await untilEntriesCome(istiod, registry);
    });

    test('a Pilot of the 1.8 line waits, for as long as the registry cannot be read', async () => {
      const registry = missingRegistry(teardown);
      const bridge = await Bridge.start(teardown, configOf(registry, { bound: BOUND }));
      const pilot = await Pilot.start(teardown, [bridge.hostPort]);
      await untilHeld(bridge);
      // Nothing can be waited on where nothing is to happen: the bound passes twice over.
      await pause(2 * BOUND_MS);
      await untilHeld(bridge);
      registry.write(ESTATE);
      await pilot.untilReady();
      await untilHolds(() => assert.equal(lastFull(pilot), 'full 1'), 'it knows the service');

      // Now it holds something, and a bridge that knows nothing does not take it away.
      await bridge.kill();
      registry.remove();
      await bridge.startAgain();
      await untilHeld(bridge);
      await pause(2 * BOUND_MS);
      assert.equal(lastFull(pilot), 'full 1');
      await untilHeld(bridge);
    });

    test('where the configuration says so it is answered after the bound, and has the entries when they come', async () => {
      const registry = missingRegistry(teardown);
      const bridge = await Bridge.start(teardown, configOf(registry, { bound: BOUND, legacy: 'answer' }));
      const pilot = await Pilot.start(teardown, [bridge.hostPort]);
      await untilHolds(async () => {
        const [client] = await bridge.clients();
        assert.deepEqual(new Set(client?.types.map(({ state }) => state)), new Set(['settled']));
      }, 'all is answered');
      await pilot.untilReady();
      assertAnsweredEarly(bridge);
      registry.write(ESTATE);
      await untilHolds(() => assert.equal(lastFull(pilot), 'full 1'), 'it knows the service');
    });
  });
});

function lastFull(pilot: Pilot): string | undefined {
  return pilot.pushes().findLast((push) => push.startsWith('full'));
}
