// Up to 1.11 istiod takes no message above 4 MiB: a real client with that bound, and what the people who run the bridge see of it.
import assert from 'node:assert/strict';
import { afterEach, describe, type TestContext, test } from 'node:test';
import { silentObserver } from '../../src/serve/observer.ts';
import { serveSnapshot } from '../fakes/bridge.ts';
import { FakeIstiod } from '../fakes/fake-istiod.ts';
import { snapshotOf } from '../fakes/resources.ts';
import { runApp } from '../fakes/running-app.ts';
import { until } from '../fakes/until.ts';
import { waitFor } from '../peers/run/wait-for.ts';

const LIMIT = 4 * 1024 * 1024;
const METRIC = 'footbridge_pushes_too_large_total{protocol="sotw"}';

const opened: { close(): void }[] = [];
afterEach(() => {
  for (const it of opened.splice(0).reverse()) it.close();
});

function istiod(address: string, minor: number): FakeIstiod {
  const fake = new FakeIstiod({ address, minor });
  opened.push(fake);
  return fake;
}

describe('a response of 4 MiB', () => {
  test('is taken by istiod of 1.9, and one of a byte more is refused and told', async () => {
    const pushed: number[] = [];
    const told: number[] = [];
    const { address, store, server } = await serveSnapshot(
      snapshotOf(['orders']),
      {},
      {
        ...silentObserver,
        pushed: (_, { bytes }) => void pushed.push(bytes),
        tooLarge: (_, { bytes, limitBytes }) => void told.push(bytes, limitBytes),
      },
    );
    opened.push(server);
    const it = istiod(address, 9);
    const publish = (length: number) => store.publish(snapshotOf([`orders=${'x'.repeat(length)}`]));
    await until(
      () => server.clients()[0]?.types.every(({ state }) => state === 'settled') === true,
      'all acknowledged',
    );
    publish(4_000_000);
    await it.until(() => it.rewrites === 1, 'a large one');
    const missing = LIMIT - (pushed.at(-1) ?? 0);
    publish(4_000_000 + missing);
    await it.until(() => it.rewrites === 2, 'the largest one');
    assert.deepEqual([pushed.at(-1), told, it.losses], [LIMIT, [], []]);
    publish(4_000_001 + missing);
    await it.until(() => it.losses.length === 1, 'a refusal');
    assert.match(it.losses[0] ?? '', /larger than max \(4194305 vs 4194304\)/);
    assert.deepEqual(told, [LIMIT + 1, LIMIT]);
    // Come back, it is told the same under a nonce that is a byte shorter.
    await it.until(() => it.rewrites === 3, 'the largest one again');
    const held = it.entries.get('payments/orders');
    publish(4_000_100 + missing);
    await it.until(() => it.losses.length > 3, 'one attempt after the other');
    assert.equal(it.entries.get('payments/orders'), held, 'it keeps what it has');
  });
});

describe('an estate above 4 MiB', () => {
  const instance = (service: number) => (_: unknown, place: number) => ({
    address: `10.${service}.${place >> 8}.${place & 255}`,
    port: 8080,
    locality: Array.from({ length: 3 }, () => 'x'.repeat(60)).join('/'),
  });
  const estate = (instances: number) =>
    JSON.stringify({
      services: Array.from({ length: 40 }, (_, service) => ({
        name: `service-${service}`,
        instances: Array.from({ length: instances }, instance(service)),
      })),
    });

  async function bridge(t: TestContext) {
    const app = await runApp(t, estate(500), {
      'guard.removalDebounce': '0s',
      'guard.removalShare': '100%',
      'admit.addresses': ['10.0.0.0/8'],
    });
    const counted = async () => {
      const line = (await app.page('/metrics')).split('\n').find((text) => text.startsWith(METRIC));
      return Number(line?.split(' ').at(-1) ?? 0);
    };
    const said = () =>
      app.logLines.map((line) => JSON.parse(line)).filter(({ event }) => event === 'client.response_too_large');
    return { ...app, counted, said };
  }

  test('is counted at each attempt, told once with the remedy, and reaches newer istiods', async (t) => {
    const { address, counted, said, page } = await bridge(t);
    const young = istiod(address, 12);
    await young.until(() => young.entries.size === 40, 'all entries');
    assert.equal(await counted(), 0);
    const old = istiod(address, 9);
    await old.until(() => old.losses.length >= 4, 'four attempts');
    assert.ok((await counted()) >= 4);
    assert.equal(said().length, 1);
    const [{ level, remedy, limitBytes, bytes }] = said();
    assert.deepEqual([level, limitBytes, bytes > LIMIT], ['error', LIMIT, true]);
    assert.match(remedy, /split the scope over several bridges/);
    assert.match(await page('/debug/events'), /reads 4194304 unless it is told otherwise/);
    assert.equal(old.entries.size, 0);
    assert.deepEqual(young.losses, []);
  });

  test('stands on the page while the istiod that cannot read it is gone, and no more when it has read a smaller one', async (t) => {
    const { address, page, writeRegistry } = await bridge(t);
    const old = istiod(address, 9);
    await old.until(() => old.losses.length >= 2, 'two attempts');
    old.close();
    await waitFor(async () => (await page('/debug/clients?format=json')) === '[]\n', 'nobody is connected');
    const told =
      /test-1\.default at \S+ was sent \d\.\d MiB of [\w.]+\/v1alpha3\/ServiceEntry, and reads 4\.0 MiB unless/;
    const status = await page('/');
    assert.match(status, told);
    assert.match(status, / ago<\/time> \(<code>RESPONSE_TOO_LARGE<\/code>\)\. .*split the scope over several bridges/);
    const [refusal, ...more] = JSON.parse(await page('/debug/refusals?format=json'));
    assert.deepEqual([refusal.code, refusal.limitBytes, refusal.bytes > LIMIT], ['RESPONSE_TOO_LARGE', LIMIT, true]);
    assert.match(refusal.remedy, /split the scope/);
    assert.ok(Date.parse(refusal.at) <= Date.now());
    assert.deepEqual(more, []);
    writeRegistry(estate(50));
    const again = istiod(address, 9);
    await again.until(() => again.entries.size === 40, 'all entries');
    await waitFor(async () => (await page('/debug/refusals?format=json')) === '[]\n', 'it is forgotten');
    assert.doesNotMatch(await page('/'), told);
  });

  test('that became smaller reaches istiod of 1.9, and no more one of 1.11, which gave up', async (t) => {
    const { address, writeRegistry } = await bridge(t);
    const [older, newer] = [istiod(address, 9), istiod(address, 11)];
    await newer.until(() => newer.isWedged, 'eleven attempts');
    writeRegistry(estate(50));
    await older.until(() => older.entries.size === 40, 'all entries');
    assert.equal(newer.entries.size, 0);
  });
});
