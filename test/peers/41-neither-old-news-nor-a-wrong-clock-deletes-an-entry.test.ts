// News that come late or are old, and a clock that is wrong: a Eureka that changed while nobody could read it, one that was restored
// from a backup, and a bridge whose clock is set while much is held. What was not meant to go stays, and callers are served.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { needPeers, needTools } from './build/peers.ts';
import type { Bridge } from './run/bridge.ts';
import { changedLines } from './run/comparable.ts';
import { EurekaInstances, type Registration } from './run/eureka-instances.ts';
import type { Seen } from './run/eureka-misbehaviour.ts';
import { assertSame, EurekaScene } from './run/eureka-scene.ts';
import { EurekaServer } from './run/eureka-server.ts';
import { FaultProxy } from './run/fault-proxy.ts';
import { fleet } from './run/fleet.ts';
import { scratchFolder } from './run/scratch.ts';
import { Teardown } from './run/teardown.ts';
import { untilHolds } from './run/wait-for.ts';
import { FAKETIME, WallClock } from './run/wall-clock.ts';

const ALL = fleet(15, 2);
/** Long there, one of them stopped since; what is young is more than the guard lets go at once. */
const [OLD, STOPPED, YOUNG] = [ofApps(0, 9), ofApps(9, 10), ofApps(10, 15)];
const LONG_THERE = [...OLD, ...STOPPED];
const REFUSED: Seen = { kind: 'error', code: 'EUREKA_SERVER_ERROR' };
const MANY_GONE: Seen = { kind: 'hold', reason: 'many-gone' };
const HOUR_MS = 3_600_000;
const HOLD_HOURS = 2;

const peers = await needPeers('istiod', 'envoy', 'eureka');
const need = peers.skip === false ? needTools(FAKETIME) : peers;

describe('41. Neither old news nor a wrong clock deletes an entry', need, () => {
  const teardown = new Teardown();
  let eureka: EurekaServer;
  let proxy: FaultProxy;
  let clock: WallClock;
  let scene: EurekaScene;
  let bridge: Bridge;

  before(async () => {
    eureka = await EurekaServer.start(teardown);
    proxy = await FaultProxy.start(teardown, eureka.port);
    clock = new WallClock(teardown);
    const keys = {
      state: { file: join(scratchFolder(teardown, 'state'), 'state.json') },
      guard: { removalDebounce: '1s', emptyGrace: '3s' },
    };
    const registry = { holdFor: `${HOLD_HOURS}h` };
    scene = await EurekaScene.start(teardown, eureka, { estate: LONG_THERE, urls: [proxy.url], registry, keys, clock });
    bridge = scene.bridge;
  });
  after(() => teardown.run());

  describe('a Eureka', () => {
    test('that changes while it cannot be read: what came, and what went, is taken in as it was meant', async () => {
      const before = await entries();
      const [coming, returning] = [YOUNG.slice(0, 2), OLD.slice(0, 2)];
      await scene.answersDuring(async () => {
        await unread(async () => {
          await scene.instances.register(...coming);
          await deregister(STOPPED);
          await deregister(returning);
          await scene.instances.register(...returning);
          await bridge.untilPolled(2);
          assertSame(before, await entries());
        });
        await untilHolds(async () => {
          const changed = changedLines(before, await entries()).map(changeOf);
          assert.deepEqual(changed, ['- bridge.eureka.app-009', '+ bridge.eureka.app-010']);
        }, 'what came is there, what went is not, and nothing else has changed');
        await deregister(coming);
        await untilHolds(async () => {
          assert.deepEqual(changedLines(before, await entries()).map(changeOf), ['- bridge.eureka.app-009']);
        }, 'what came has gone again');
      });
    });

    test('that is restored from a backup: what it lacks is held, and what it has too many goes again', async () => {
      await scene.instances.register(...YOUNG);
      const apps = new Set([...OLD, ...YOUNG].map(({ app }) => app));
      await untilHolds(
        async () => assert.equal((await scene.istiod.serviceEntries()).size, apps.size + 1),
        'all is there',
      );
      await scene.survives(async () => {
        scene.instances.suspendHeartbeats();
        const backup = EurekaInstances.start(teardown, [eureka.url]);
        backup.suspendHeartbeats();
        await unread(async () => {
          await eureka.stop();
          eureka.startAgain();
          await eureka.untilReady();
          await backup.register(...LONG_THERE, scene.first);
          await eureka.untilLists(LONG_THERE.length + 1);
        });
        await scene.untilTold(MANY_GONE);
        await untilHolds(async () => {
          assert.ok((await scene.istiod.serviceEntries()).has('payments/bridge.eureka.app-009'), 'it is there');
        }, 'what had stopped is listed again');
        await bridge.untilPolled(2);
        scene.instances.resumeHeartbeats();
        await scene.untilRecovered();
        for (const stopped of STOPPED) await backup.deregister(stopped);
      });
    });
  });

  describe('a bridge that holds much', () => {
    test('while its clock is set forward and back, by more than the hold lasts, holds it as before', () =>
      scene.survives(async () => {
        await loseMuch();
        const held = await bridge.holds();
        for (const hours of [HOLD_HOURS + 1, -HOLD_HOURS - 1, 0]) {
          clock.set(hours);
          await untilItIs(hours);
          await bridge.untilPolled(2);
          assert.deepEqual(await bridge.holds(), held);
        }
        await scene.instances.register(...YOUNG);
      }));

    test('and is killed, and started again with a clock that was set back by an hour: the hold lies in no future', () =>
      scene.survives(async () => {
        await loseMuch();
        await bridge.kill();
        clock.set(-1);
        await bridge.startAgain();
        await untilItIs(-1);
        await scene.untilTold(MANY_GONE);
        await bridge.untilPolled(2);
        const [hold] = await bridge.holds();
        const since = hold?.since ?? assert.fail('nothing is held');
        assert.ok(Date.parse(since) <= Date.now() - HOUR_MS, `it began at ${since}`);
        await scene.instances.register(...YOUNG);
      }));

    test('and is killed, and started again with a clock that was set forward by an hour, unread: the same hold', () =>
      scene.survives(async () => {
        await loseMuch();
        const held = await bridge.holds();
        await unread(async () => {
          await bridge.kill();
          clock.set(0);
          await bridge.startAgain();
          await untilItIs(0);
          await bridge.untilPolled(2);
        });
        await scene.untilTold(MANY_GONE);
        await bridge.untilPolled(2);
        assert.deepEqual(await bridge.holds(), held);
        await scene.instances.register(...YOUNG);
      }));
  });

  function entries(): Promise<string> {
    return scene.istiod.serviceEntriesText();
  }

  async function deregister(registrations: readonly Registration[]): Promise<void> {
    for (const registration of registrations) await scene.instances.deregister(registration);
  }

  /** The bridge cannot read the registry during `happening`, so it sees all of it at one moment. */
  async function unread(happening: () => Promise<void>): Promise<void> {
    proxy.setMode('refuse');
    await scene.untilTold(REFUSED);
    await happening();
    proxy.setMode('pass');
  }

  async function loseMuch(): Promise<void> {
    await unread(() => deregister(YOUNG));
    await scene.untilTold(MANY_GONE);
  }

  /** The clock of the bridge is so many hours ahead, as it says with each answer. */
  async function untilItIs(hours: number): Promise<void> {
    await untilHolds(async () => {
      const aheadMs = (await bridge.date()) - Date.now();
      assert.ok(Math.abs(aheadMs - hours * HOUR_MS) < HOUR_MS / 2, `it is ahead by ${aheadMs} ms`);
    }, `its clock is ahead by ${hours} h`);
  }
});

/** The instances of the applications from `first` to before `end`. */
function ofApps(first: number, end: number): readonly Registration[] {
  return ALL.slice(2 * first, 2 * end);
}

/** A changed line without what istiod holds of the entry. */
function changeOf(line: string): string {
  const [sign = '', name = ''] = line.split(' ');
  return `${sign} ${name.replace('payments/', '')}`;
}
