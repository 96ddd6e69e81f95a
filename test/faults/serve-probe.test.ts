import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import { systemClock } from '../../src/lib/clock.ts';
import { ConfigSourceProbe, readConfigSource } from '../../src/probe/config-source.ts';
import { relayTo, serveSnapshot } from '../fakes/bridge.ts';
import { snapshotOf } from '../fakes/resources.ts';
import { until } from '../fakes/until.ts';

const deps = { clock: systemClock, random: () => 0 };
const opened: { close(): void }[] = [];
afterEach(() => {
  for (const it of opened.splice(0).reverse()) it.close();
});

async function bridge(names: readonly string[], complete = true) {
  const served = await serveSnapshot(snapshotOf(names, { complete }));
  opened.push(served.server);
  return served;
}

/** Watches, and writes every change and every lost connection into `lines`. */
function watch(address: string): readonly string[] {
  const lines: string[] = [];
  const events = {
    onAnswer: ({
      changes,
    }: {
      changes: readonly { kind: string; resource?: { name: string }; former?: { name: string } }[];
    }) => {
      for (const { kind, resource, former } of changes) lines.push(`${kind} ${(resource ?? former)?.name}`);
    },
    onDisconnected: () => lines.push('disconnected'),
  };
  opened.push(new ConfigSourceProbe({ address, name: 'watch' }, events, deps));
  return lines;
}

describe('ConfigSourceProbe', () => {
  test('tells adds, changes and removals as they come', async () => {
    const { address, store } = await bridge(['orders', 'stock']);
    const lines = watch(address);
    await until(() => lines.length === 2, 'the first set');
    store.publish(snapshotOf(['orders=2', 'users']));
    await until(() => lines.length === 5, 'the changes');
    assert.deepEqual(lines, [
      'added payments/orders',
      'added payments/stock',
      'changed payments/orders',
      'added payments/users',
      'removed payments/stock',
    ]);
  });

  test('comes back after a lost connection, and tells only what changed meanwhile', async () => {
    const { port, store, server } = await bridge(['orders']);
    const between = await relayTo(port);
    opened.push(between);
    const lines = watch(between.address);
    await until(() => lines.length === 1, 'the first set');
    between.cut();
    await until(() => server.clients().length === 0, 'the lost connection');
    store.publish(snapshotOf(['orders', 'stock']));
    await until(() => lines.includes('added payments/stock'), 'the change');
    assert.deepEqual(lines, ['added payments/orders', 'disconnected', 'added payments/stock']);
  });

  test('is known to the bridge by its name', async () => {
    const { address, server } = await bridge([]);
    watch(address);
    await until(() => server.clients()[0]?.nodeId === 'footbridge-watch', 'its name');
  });
});

describe('readConfigSource()', () => {
  test('gives the first answer of every type', async () => {
    const { address } = await bridge(['orders']);
    const typeUrls = ['networking.istio.io/v1/ServiceEntry', 'networking.istio.io/v1/Sidecar'];
    const answers = await readConfigSource({ address, typeUrls, name: 'demo' }, 10_000, deps);
    assert.deepEqual(
      typeUrls.map((typeUrl) => [...(answers.get(typeUrl)?.resources.keys() ?? [])]),
      [['payments/orders'], []],
    );
  });

  test('says after its deadline that the source holds its answer back, or why it cannot be reached', async () => {
    const { address, server } = await bridge([], false);
    await assert.rejects(
      readConfigSource({ address, name: 'demo' }, 300, deps),
      /within 300 ms: .*holds its answer back/,
    );
    server.close();
    await assert.rejects(readConfigSource({ address, name: 'demo' }, 300, deps), /ECONNREFUSED/);
  });
});
