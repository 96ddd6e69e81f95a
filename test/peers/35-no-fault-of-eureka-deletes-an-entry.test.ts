// Fail static, fault by fault: whatever a Eureka server answers, and whoever of bridge and istiod dies meanwhile, istiod keeps
// every entry to the byte, callers are served, the operator is told, and changes flow again by themselves.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { needPeers } from './build/peers.ts';
import { backendAddress } from './run/backend.ts';
import type { Bridge } from './run/bridge.ts';
import { EUREKA_FAULTS, type Seen } from './run/eureka-misbehaviour.ts';
import { assertSame, EurekaScene } from './run/eureka-scene.ts';
import { EurekaServer } from './run/eureka-server.ts';
import { FaultProxy } from './run/fault-proxy.ts';
import { fleet } from './run/fleet.ts';
import type { Istiod } from './run/istiod.ts';
import { scratchFolder } from './run/scratch.ts';
import { Teardown } from './run/teardown.ts';
import { untilHolds, waitFor } from './run/wait-for.ts';

const ESTATE = fleet(9, 2);
const [NOT_FOUND, EMPTY, HALF, RESETS] = [
  'answers 404',
  'answers an empty list',
  'lacks half of the applications',
  'resets every connection',
].map((name) => EUREKA_FAULTS.find((fault) => fault.name === name));
const ROUNDS = 4;
const REFUSED: Seen = { kind: 'error', code: 'EUREKA_SERVER_ERROR' };
/** A stopped process is stopped for longer than the bridge waits for an answer. */
const STOPPED_MS = 5_000;

describe('35. No fault of Eureka deletes an entry', await needPeers('istiod', 'envoy', 'eureka'), () => {
  const teardown = new Teardown();
  let proxy: FaultProxy;
  let scene: EurekaScene;
  let bridge: Bridge;
  let istiod: Istiod;

  before(async () => {
    const eureka = await EurekaServer.start(teardown);
    proxy = await FaultProxy.start(teardown, eureka.port);
    const scope = { exclude: [{ app: ['OTHER-*'] }] };
    scene = await EurekaScene.start(teardown, eureka, {
      estate: ESTATE,
      urls: [proxy.url],
      // Whole reads alone: what the proxy makes of a list would not agree with the changes that the server tells.
      registry: { delta: false, maxBytes: '8MiB', scope },
      keys: { state: { file: join(scratchFolder(teardown, 'state'), 'state.json') } },
    });
    ({ bridge, istiod } = scene);
  });
  after(() => teardown.run());

  /** The same as the scene's, and the registry answers well again in the end. */
  function survives(happening: () => Promise<void>): Promise<void> {
    return scene.survives(async () => {
      await happening();
      proxy.setMode('pass');
    });
  }

  describe('whatever it answers', () => {
    for (const { name, misbehave, seen } of EUREKA_FAULTS) {
      test(`that ${name}`, () =>
        survives(async () => {
          proxy.setMode(misbehave);
          await scene.untilTold(seen);
          await bridge.untilPolled(2);
        }));
    }
  });

  describe('and the bridge', () => {
    for (const fault of [NOT_FOUND, EMPTY, HALF]) {
      test(`is killed and started again while it ${fault?.name}`, () =>
        survives(async () => {
          assert.ok(fault !== undefined);
          proxy.setMode(fault.misbehave);
          await scene.untilTold(fault.seen);
          await bridge.kill();
          await bridge.startAgain();
          await untilToldAgain(fault.seen);
          await bridge.untilPolled(2);
        }));
    }

    test('is stopped for a while, and goes on', () =>
      survives(async () => {
        bridge.process.freeze();
        await pause(STOPPED_MS);
        bridge.process.thaw();
        await bridge.untilPolled(2);
      }));

    test('has a full disk: what changes is served, and a restart begins with what was written last', async () => {
      const before = await istiod.serviceEntriesText();
      bridge.process.limitFileSize(1_000);
      await scene.secondComesAndGoes();
      assert.equal((await bridge.metrics()).sum('footbridge_state_write_failing'), 1);
      assert.match(await bridge.statusPage(), /state file .* cannot be written/);
      assert.match(bridge.process.lines.join('\n'), /state\.not_written/);
      await survives(async () => {
        proxy.setMode('refuse');
        await scene.untilTold(REFUSED);
        await bridge.kill();
        await bridge.startAgain();
        await untilToldAgain(REFUSED);
      });
      assertSame(before, await istiod.serviceEntriesText());
    });

    test('is cut off again and again while it changes: what is new comes in between, and nothing goes', () =>
      survives(async () => {
        assert.ok(RESETS !== undefined);
        const coming = Array.from({ length: ROUNDS }, (_, at) => {
          return { app: 'coming', id: `coming-${at}`, address: backendAddress(at), port: 8_000 + at };
        });
        for (const registration of coming) {
          proxy.setMode(RESETS.misbehave);
          await scene.instances.register(registration);
          await bridge.untilPolled(1);
          proxy.setMode('pass');
          await bridge.untilPolled(1);
        }
        await untilHolds(async () => {
          const entry = (await istiod.serviceEntries()).get('payments/bridge.eureka.coming');
          assert.equal((entry?.spec['endpoints'] as unknown[] | undefined)?.length, ROUNDS);
        }, 'all that came is there');
        for (const registration of coming) await scene.instances.deregister(registration);
      }));

    test('cannot read it while it changes: what came meanwhile is taken in with the next read', async () => {
      proxy.setMode('refuse');
      await scene.untilTold(REFUSED);
      await scene.secondComesAndGoes(async () => {
        await bridge.untilPolled(2);
        proxy.setMode('pass');
      });
    });
  });

  describe('and istiod', () => {
    test('is killed and started again in an outage: it has everything before it is ready', async () => {
      const before = await istiod.serviceEntriesText();
      proxy.setMode('refuse');
      await scene.untilTold(REFUSED);
      await istiod.process.kill();
      await istiod.restart();
      await istiod.untilReady();
      assertSame(before, await istiod.serviceEntriesText());
      await untilProxyIsBack();
      await survives(async () => {});
    });

    test('is started again together with the bridge, which was killed, in an outage', async () => {
      const before = await istiod.serviceEntriesText();
      proxy.setMode('refuse');
      await scene.untilTold(REFUSED);
      await Promise.all([bridge.kill(), istiod.process.kill()]);
      await bridge.startAgain();
      await istiod.restart();
      await istiod.untilReady();
      assertSame(before, await istiod.serviceEntriesText());
      await untilProxyIsBack();
      await survives(async () => {});
    });

    test('is stopped for a while, and is told what it missed', async () => {
      istiod.process.freeze();
      await scene.secondComesAndGoes(async () => {
        await bridge.untilPolled(2);
        istiod.process.thaw();
      });
    });
  });

  /**
   * For a proxy that connects after a push of endpoints alone, this istiod counts domains twice (`pilot_vservice_dup_domain`) where two
   * services share a port of gRPC, whatever they are from.
   */
  async function untilProxyIsBack(): Promise<void> {
    await untilHolds(async () => assert.equal((await istiod.metrics()).sum('pilot_xds'), 1), 'the proxy is back');
  }

  /** The same of a bridge that was started meanwhile: what it has not read itself it cannot call gone, so it holds or fails. */
  async function untilToldAgain(seen: Seen): Promise<void> {
    if (seen.kind === 'hold') return scene.untilTold(seen);
    await waitFor(async () => {
      const [registry] = await bridge.registries();
      return (
        registry?.lastError?.code === seen.code && (await bridge.metrics()).sum('footbridge_registry_restored') === 1
      );
    }, `it serves what a former process read: ${seen.code}`);
  }
});
