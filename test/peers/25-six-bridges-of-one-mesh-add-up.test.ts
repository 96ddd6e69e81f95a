// A mesh that is fed by six bridges and a hand-written entry: everything adds up, and stays as it is to the byte while each bridge is
// killed, started again and replaced by its second replica, and istiod is restarted among them.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { needPeers } from './build/peers.ts';
import { Bridge, type BridgeConfig } from './run/bridge.ts';
import { convertDump, dumpRegistry } from './run/commands.ts';
import { changedLines, comparable, comparableFromYaml } from './run/comparable.ts';
import { costs } from './run/costs.ts';
import { Istiod } from './run/istiod.ts';
import { scratchFolder } from './run/scratch.ts';
import { MACHINES, SixEstates } from './run/six-estates.ts';
import { TcpFaultProxy } from './run/tcp-fault-proxy.ts';
import { Teardown } from './run/teardown.ts';
import { untilHolds, waitFor } from './run/wait-for.ts';
import { Watch } from './run/watch.ts';
import { wholeAnswers } from './run/whole-answers.ts';

const NOT_READY = 'istiod is not ready';
/** In the order in which istiod is given them. */
const NAMES = ['pay', 'shop', 'rpc', 'spring', 'machines', 'nothing'] as const;
const BY_HAND = {
  apiVersion: 'networking.istio.io/v1',
  kind: 'ServiceEntry',
  metadata: { name: 'by-hand', namespace: 'pay', creationTimestamp: '2020-01-01T00:00:00Z' },
  spec: {
    hosts: ['by-hand.example'],
    addresses: ['240.0.0.1'],
    resolution: 'STATIC',
    ports: [{ number: 80, name: 'http', protocol: 'HTTP' }],
    endpoints: [{ address: '10.50.9.1' }],
  },
};

/** A bridge as istiod reaches it: at an address behind which one replica or the other answers. */
interface Place {
  readonly config: BridgeConfig;
  readonly address: TcpFaultProxy;
  replica: Bridge;
}

describe('25. Six bridges of one mesh add up', await needPeers('istiod', 'eureka', 'zookeeper'), () => {
  const teardown = new Teardown();
  const places = new Map<string, Place>();
  let estates: SixEstates;
  let istiod: Istiod;
  before(async () => {
    estates = await SixEstates.start(teardown);
    for (const name of NAMES) {
      const config = estates.configs.get(name) ?? {};
      const replica = await Bridge.start(teardown, config);
      places.set(name, { config, replica, address: await TcpFaultProxy.start(teardown, replica.port) });
    }
    const sources = [...places.values()].map(({ address }) => `xds://${address.address}`);
    istiod = await Istiod.start(teardown, { sources, handWritten: { 'by-hand': BY_HAND } });
    await istiod.untilReady();
    await estates.stir();
  });
  after(() => teardown.run());

  function placeOf(name: string): Place {
    const place = places.get(name);
    assert.ok(place !== undefined, name);
    return place;
  }

  /** The entries to the byte, versions included, at every moment that istiod is ready. */
  async function staysAsItIs(action: () => Promise<void>): Promise<void> {
    const former = await istiod.serviceEntriesText();
    const entries = Watch.start(teardown, 'the entries', async () => {
      if (!(await istiod.isReady())) return NOT_READY;
      return istiod.serviceEntriesText().catch(() => NOT_READY);
    });
    await action();
    const seen = [...(await entries.end()).keys()].filter((text) => text !== NOT_READY);
    for (const text of [...seen, await istiod.serviceEntriesText()]) assert.deepEqual(changedLines(former, text), []);
  }

  test('what istiod holds is what convert prints for each of them, and what was written by hand', async () => {
    const printed = new Map<string, ReturnType<typeof comparable>>();
    for (const [name, { replica, config }] of places) printed.set(name, await printedFor(teardown, replica, config));
    const sizes = Object.fromEntries([...printed].map(([name, { size }]) => [name, size]));
    assert.deepEqual(sizes, { pay: 2, shop: 1, rpc: 7, spring: 2, machines: 2, nothing: 0 });
    const expected = new Map([...printed.values()].flatMap((entries) => [...entries]));
    await untilHolds(async () => {
      const { 'pay/by-hand': byHand, ...served } = Object.fromEntries(await istiod.serviceEntries());
      assert.deepEqual(byHand?.spec['hosts'], ['by-hand.example']);
      assert.deepEqual(comparable(Object.values(served)), new Map([...expected].sort(byName)));
    }, 'what convert prints');
    const services = expected.size + 1;
    await waitFor(async () => (await istiod.metrics()).sum('pilot_services') === services, `${services} services`);
    assert.deepEqual(await istiod.complaints(), []);
  });

  for (const name of NAMES) {
    test(`${name} killed, started again, and replaced by its second replica: istiod rewrites nothing`, async () => {
      const place = placeOf(name);
      const { replica: first, config, address } = place;
      const before = await costs(istiod);
      await staysAsItIs(async () => {
        await first.kill();
        await first.startAgain();
        await untilFollowed(first);
        const second = await Bridge.start(teardown, config);
        await untilRead(second);
        assert.deepEqual(await wholeAnswers(second.hostPort), await wholeAnswers(first.hostPort));
        address.setTarget(second.port);
        address.cut();
        await untilFollowed(second);
        await first.stop();
        place.replica = second;
      });
      assert.deepEqual(await costs(istiod), before);
    });

    if (name !== 'rpc' && name !== 'nothing') continue;
    test(`istiod started again behind ${name} has everything as before`, () =>
      staysAsItIs(async () => {
        await istiod.restart();
        await istiod.untilReady();
      }));
  }

  test('and a second replica is followed as the first was', async () => {
    const former = await istiod.serviceEntriesText();
    estates.writeMachines({ ...MACHINES, stock: ['10.50.3.3', '10.50.3.9'] });
    await waitFor(async () => (await istiod.serviceEntriesText()) !== former, 'the change arrives');
    const changed = changedLines(former, await istiod.serviceEntriesText());
    assert.deepEqual(
      changed.map((line) => line.split(' ', 2).join(' ')),
      ['- machines/of-machines.vms.stock', '+ machines/of-machines.vms.stock'],
    );
    assert.deepEqual(await istiod.complaints(), []);
  });
});

/** What `convert` prints for what `dump` says of each of its registries. */
async function printedFor(teardown: Teardown, bridge: Bridge, { registries }: BridgeConfig) {
  const texts: string[] = [];
  for (const registry of Object.keys(registries ?? {})) {
    const file = join(scratchFolder(teardown, 'dump'), `${registry}.json`);
    writeFileSync(file, (await dumpRegistry(bridge.configFile, registry)).stdout);
    texts.push((await convertDump(bridge.configFile, file)).stdout);
  }
  return comparableFromYaml(texts.join('---\n'));
}

async function untilRead(bridge: Bridge): Promise<void> {
  await waitFor(async () => (await bridge.registries()).every(({ state }) => state === 'live'), 'all is read');
  // Which is not yet published: that is when a client is told.
  await wholeAnswers(bridge.hostPort);
}

/** Until istiod has acknowledged all that it asked this replica for. */
async function untilFollowed(bridge: Bridge): Promise<void> {
  await waitFor(async () => {
    const istiods = (await bridge.clients()).filter(({ nodeId }) => nodeId?.startsWith('sidecar~'));
    return (
      istiods.length === 1 &&
      istiods.every(({ types }) => types.length > 15 && types.every(({ state }) => state === 'settled'))
    );
  }, 'istiod follows it');
}

function byName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}
