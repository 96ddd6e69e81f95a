// What comes and goes thousands of times leaves nothing behind: no timer, listener or handle, and no table that grows.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type ClientHttp2Session, connect } from 'node:http2';
import { type TestContext, test } from 'node:test';
import type { Cancel, Clock } from '../../src/lib/clock.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { silentLog } from '../../src/observe/log.ts';
import { envoy } from '../../src/proto/messages.gen.js';
import { eurekaKind } from '../../src/registry/eureka/eureka-registry.ts';
import type { RegistryContext } from '../../src/registry/kind.ts';
import type { Reading, Registry } from '../../src/registry/registry.ts';
import { springCloudZooKeeperKind } from '../../src/registry/spring-cloud-zookeeper/spring-cloud-zookeeper-kind.ts';
import { adsDefinition } from '../../src/serve/ads-service.ts';
import { type Alive, countAlive, settled } from '../fakes/alive.ts';
import { serveSnapshot } from '../fakes/bridge.ts';
import { springOptions, springRecord } from '../fakes/curator-records.ts';
import { eurekaOptions } from '../fakes/eureka-options.ts';
import { FakeClock } from '../fakes/fake-clock.ts';
import { FakeEureka } from '../fakes/fake-eureka.ts';
import { FakeZooKeeperServer } from '../fakes/fake-zookeeper-server.ts';
import { snapshotOf } from '../fakes/resources.ts';
import { runApp } from '../fakes/running-app.ts';
import { zooKeeperOptions } from '../fakes/session-run.ts';
import { until } from '../fakes/until.ts';
import { waitFor } from '../peers/run/wait-for.ts';

const EVERYTHING = { include: [], exclude: [] };

/** Something that comes and goes, and how often it is done before and while it is watched. */
interface Traffic {
  readonly what: string;
  /** As often as it takes until what engines, libraries and our own bounded lists keep of late is full. */
  readonly warmUp: number;
  readonly times: number;
  /** Opens what is needed, and closes it with the test. */
  readonly open: (t: TestContext) => Promise<(times: number) => Promise<void>>;
}

/** What leaks leaks every time; what an engine or a library fills once more after all does not. */
const ATTEMPTS = 3;

/** What a round leaves behind is there `times` times; everything else is noise. */
function leftBehind(before: Alive, after: Alive, times: number): readonly string[] {
  return (['objects', 'entries', 'handles', 'listeners'] as const)
    .filter((what) => (after[what] - before[what]) / times >= 0.75)
    .map((what) => `${what}: ${before[what]} before, ${after[what]} after ${times} times`);
}

/** The clock of the system, which knows how many timers wait. */
class CountingClock implements Clock {
  readonly #waiting = new Set<object>();

  now(): number {
    return systemClock.now();
  }

  after(delayMs: number, action: () => void): Cancel {
    const timer = {};
    this.#waiting.add(timer);
    const cancel = systemClock.after(delayMs, () => {
      this.#waiting.delete(timer);
      action();
    });
    return () => {
      this.#waiting.delete(timer);
      cancel();
    };
  }

  get pending(): number {
    return this.#waiting.size;
  }
}

const FIRST_REQUEST = envoy.service.discovery.v3.DiscoveryRequest.encode({
  node: { id: 'sidecar~10.0.0.9~istiod-0.istio-system~istio-system.svc.cluster.local' },
  typeUrl: 'networking.istio.io/v1/ServiceEntry',
}).finish();
const FRAME = Buffer.concat([Buffer.from([0, 0, 0, 0, FIRST_REQUEST.length]), FIRST_REQUEST]);

/** Connects as a client would, is answered, and is gone without a word. */
async function comeAndGo(address: string): Promise<void> {
  const session: ClientHttp2Session = connect(`http://${address}`);
  const call = session.request({
    ':method': 'POST',
    ':path': adsDefinition.StreamAggregatedResources.path,
    'content-type': 'application/grpc',
    te: 'trailers',
  });
  call.on('error', () => {});
  call.write(FRAME);
  await once(call, 'data');
  const closed = once(session, 'close');
  session.destroy();
  await closed;
}

const TRAFFIC: readonly Traffic[] = [
  {
    what: '2,000 clients that connect, are answered and vanish',
    warmUp: 500,
    times: 1_500,
    async open(t) {
      const clock = new CountingClock();
      const { address, server } = await serveSnapshot(snapshotOf(['orders']), {}, {}, silentLog, clock);
      t.after(() => server.close());
      return async (times) => {
        for (let at = 0; at < times; at += 10) await Promise.all(Array.from({ length: 10 }, () => comeAndGo(address)));
        await until(() => server.clients().length === 0, 'all are gone');
        assert.equal(clock.pending, 0);
      };
    },
  },
  {
    what: '1,000 connections to ZooKeeper that are cut',
    warmUp: 250,
    times: 750,
    async open(t) {
      const server = await FakeZooKeeperServer.start();
      t.after(() => server.close());
      for (const name of ['orders', 'users']) server.set(`/services/${name}/1`, springRecord({ name }));
      const options = { ...zooKeeperOptions({ servers: [server.address] }), ...springOptions(), root: '/services' };
      const zk = new Watched(t, (context) => springCloudZooKeeperKind.create('zk', options, EVERYTHING, context));
      await zk.until('live', () => zk.clock.runNext());
      const timers = zk.clock.pending;
      return async (times) => {
        for (let at = 0; at < times; at++) {
          await zk.until('stale', () => server.cut());
          await zk.until('live', () => zk.clock.runNext());
          server.requests.length = 0;
        }
        assert.equal(zk.clock.pending, timers);
      };
    },
  },
  {
    what: '1,000 times that Eureka breaks an answer off and is well again',
    warmUp: 250,
    times: 750,
    async open(t) {
      const server = await FakeEureka.start();
      t.after(() => server.close());
      server.registry.register('ORDERS', 'orders-1', { ipAddr: '10.0.0.1' });
      const options = eurekaOptions({ urls: [server.url], delta: false });
      const eureka = new Watched(t, (context) => eurekaKind.create('eureka', options, EVERYTHING, context));
      await eureka.until('live', () => eureka.clock.runNext());
      return async (times) => {
        for (let at = 0; at < times; at++) {
          server.behave = () => ({ kind: 'half' });
          await eureka.until('stale', () => eureka.clock.runNext());
          server.behave = () => ({ kind: 'serve' });
          await eureka.until('live', () => eureka.clock.runNext());
          server.requests.length = 0;
        }
        assert.equal(eureka.clock.pending, 1, 'the next poll');
      };
    },
  },
  {
    what: '200 reloads',
    // The events page holds its last 200, of which a reload makes two.
    warmUp: 100,
    times: 200,
    async open(t) {
      const orders = 'services: [{ name: orders, instances: [{ id: a, address: 10.0.0.1, port: 8080 }] }]';
      const app = await runApp(t, orders, { 'log.level': 'error' });
      let reloads = 0;
      return async (times) => {
        for (let at = 0; at < times; at++) {
          const team = `team-${reloads++ % 10}`;
          app.reload({ 'log.level': 'error', 'owner.team': team });
          await shows(app, team);
        }
      };
    },
  },
];

test('nothing is left behind, no timer, listener, handle, object or entry of a table', async (t) => {
  const opened: { readonly traffic: Traffic; readonly rounds: (times: number) => Promise<void> }[] = [];
  for (const traffic of TRAFFIC) {
    const rounds = await traffic.open(t);
    await rounds(traffic.warmUp);
    opened.push({ traffic, rounds });
  }
  await settled();
  let before = countAlive();
  for (const { traffic, rounds } of opened) {
    await t.test(`by ${traffic.what}`, async () => {
      const found: string[] = [];
      for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
        await rounds(traffic.times);
        await settled();
        const [former, now] = [before, countAlive()];
        before = now;
        const left = leftBehind(former, now, traffic.times);
        if (left.length === 0) return;
        found.push(...left);
      }
      assert.fail(found.join('; '));
    });
  }
});

async function shows({ page }: Awaited<ReturnType<typeof runApp>>, team: string): Promise<void> {
  await waitFor(async () => (await page('/debug/snapshot')).includes(`team: ${team}`), `it is served for ${team}`);
}

/** A registry on a clock of its own, whose next timer is run when nothing else is awaited. */
class Watched {
  readonly clock = new FakeClock();
  readonly #registry: Registry;
  #changed: () => void = () => {};

  constructor(t: TestContext, create: (context: RegistryContext) => Registry) {
    this.#registry = create({ clock: this.clock, log: silentLog, random: () => 0.5, onRead() {}, onDrift() {} });
    t.after(() => this.#registry.close());
    this.#registry.start(() => this.#changed());
  }

  /** Does something, and waits for the reading that follows from it. */
  async until(kind: Reading['kind'], action: () => void): Promise<void> {
    const isReached = new Promise<void>((resolve) => {
      this.#changed = () => {
        if (this.#registry.slices().every(({ reading }) => reading.kind === kind)) resolve();
      };
    });
    action();
    await isReached;
  }
}
