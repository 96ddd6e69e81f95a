import assert from 'node:assert/strict';
import { after, afterEach, describe, test } from 'node:test';
import { Client, credentials } from '@grpc/grpc-js';
import { adsDefinition } from '../../src/serve/ads-service.ts';
import { healthDefinition } from '../../src/serve/health-service.ts';
import { anyFrame } from '../../src/snapshot/frame.ts';
import { relayTo, type ServedBridge, serveSnapshot } from '../fakes/bridge.ts';
import { FakeIstiod, type FakeIstiodOptions } from '../fakes/fake-istiod.ts';
import { SERVICE_ENTRY, snapshotOf } from '../fakes/resources.ts';
import { until } from '../fakes/until.ts';

const nothingRead = () => snapshotOf([], { complete: false });
const manyNames = (count: number, content = '') =>
  Array.from({ length: count }, (_, index) => `service-${index}${content && `=${content}`}`);

/** Ends with the test. */
const opened: { close(): void }[] = [];
afterEach(() => {
  for (const it of opened.splice(0).reverse()) it.close();
});

async function bridgeWith(...args: Parameters<typeof serveSnapshot>): Promise<ServedBridge> {
  const bridge = await serveSnapshot(...args);
  opened.push(bridge.server);
  return bridge;
}

function istiod(options: FakeIstiodOptions): FakeIstiod {
  const fake = new FakeIstiod(options);
  opened.push(fake);
  return fake;
}

async function relay(port: number) {
  const it = await relayTo(port);
  opened.push(it);
  return it;
}

function rawClient(address: string): Client {
  const client = new Client(address, credentials.createInsecure(), { 'grpc.use_local_subchannel_pool': 1 });
  opened.push(client);
  return client;
}

const SOTW_PATH = adsDefinition.StreamAggregatedResources.path;
const sameBytes = (bytes: Buffer) => bytes;

describe('every istiod', () => {
  for (const minor of [9, 10, 12, 15, 16, 20, 24, 29, 30]) {
    test(`of 1.${minor} gets every type answered and the entries as they change`, async () => {
      const { address, store } = await bridgeWith(snapshotOf(['orders', 'stock']));
      const it = istiod({ address, minor });
      await it.until(() => it.received.length === it.types.length, 'an answer for each type');
      assert.equal(it.ready, true);
      store.publish(snapshotOf(['orders=2', 'users']));
      await it.until(() => it.entries.has('payments/users'), 'the new entry');
      assert.deepEqual([...it.entries.keys()], ['payments/orders', 'payments/users']);
      assert.deepEqual(it.deleted, ['payments/stock']);
      assert.equal(it.rewrites, 1);
      assert.deepEqual(it.complaints, []);
      assert.equal(it.received.length, it.types.length + 1);
    });
  }

  test('of 1.11 gets changes too, because it is given no versions', async () => {
    const { address, store } = await bridgeWith(snapshotOf(['orders']));
    const it = istiod({ address, minor: 11 });
    await it.until(() => it.entries.size === 1, 'the entry');
    store.publish(snapshotOf(['orders=2']));
    await it.until(() => it.rewrites === 1, 'the change');
    assert.deepEqual(it.complaints, []);
    assert.equal(it.entries.get('payments/orders')?.version, '');
  });

  test('that lost its connection comes back, is sent everything, and neither rewrites nor deletes anything', async () => {
    const { port } = await bridgeWith(snapshotOf(['orders', 'stock']));
    const between = await relay(port);
    const it = istiod({ address: between.address, minor: 29 });
    await it.until(() => it.ready, 'readiness');
    between.cut();
    await it.until(() => it.received.length === 2 * it.types.length, 'all answers again');
    assert.deepEqual([it.reconnects > 0, it.rewrites, it.deleted], [true, 0, []]);
  });

  test('that is connected when the bridge starts anew without having read anything keeps what it has', async () => {
    const first = await bridgeWith(snapshotOf(['orders']));
    const it = istiod({ address: first.address, minor: 29, ageMs: 300 });
    await it.until(() => it.ready, 'readiness');
    first.server.close();
    const second = await bridgeWith(nothingRead(), { port: first.port });
    await it.until(() => it.received.length === 2 * it.types.length - 1, 'all answers but one');
    assert.deepEqual([...it.entries.keys()], ['payments/orders']);
    second.store.publish(snapshotOf(['orders', 'stock']));
    await it.until(() => it.entries.size === 2, 'the new entry');
    assert.deepEqual([it.rewrites, it.deleted], [0, []]);
  });

  test('that starts while no registry was read is ready after the bound if it is alone', async () => {
    const { address, store } = await bridgeWith(nothingRead(), { coldStartBoundMs: 50 });
    const it = istiod({ address, minor: 29 });
    await it.until(() => it.ready, 'readiness');
    assert.equal(it.entries.size, 0);
    store.publish(snapshotOf(['orders']));
    await it.until(() => it.entries.size === 1, 'the entry');
  });

  test('that starts beside a running one waits even without a bound, and neither is told nothing', async () => {
    const { address, server } = await bridgeWith(nothingRead(), { coldStartBoundMs: 0 });
    const running = istiod({ address, minor: 29, pod: 'old', ageMs: 3_600_000 });
    await until(() => server.clients()[0]?.types.length === running.types.length, 'the running one');
    const fresh = istiod({ address, minor: 29, pod: 'new' });
    const verdict = () => server.clients().find(({ nodeId }) => nodeId?.includes('new'))?.coldStart.kind;
    await until(() => verdict() === 'waitForRegistries', 'a verdict');
    assert.deepEqual([running.answered(running.serviceEntryType), fresh.ready], [false, false]);
    running.close();
    await fresh.until(() => fresh.ready, 'readiness when it is alone');
  });
});

describe('a hostile or broken peer', () => {
  test('that sends bytes which are no request is refused with INTERNAL, and others are served', async () => {
    const { address, server } = await bridgeWith(snapshotOf(['orders']));
    const client = rawClient(address);
    const call = client.makeBidiStreamRequest(SOTW_PATH, sameBytes, sameBytes);
    const code = new Promise<number>((resolve) =>
      call.on('error', (error: Error & { code: number }) => resolve(error.code)),
    );
    call.write(Buffer.from('ffffffffffff', 'hex'));
    assert.equal(await code, 13);
    const other = istiod({ address, minor: 29 });
    await other.until(() => other.ready, 'readiness');
    await until(() => server.clients().length === 1, 'the broken one to be forgotten');
  });

  test('that sends a request of more than 4 MB is refused', async () => {
    const { address, server } = await bridgeWith(snapshotOf(['orders']));
    const call = rawClient(address).makeBidiStreamRequest(SOTW_PATH, sameBytes, sameBytes);
    const code = new Promise<number>((resolve) =>
      call.on('error', (error: Error & { code: number }) => resolve(error.code)),
    );
    call.write(Buffer.alloc(5 * 1024 * 1024));
    assert.equal(await code, 8);
    await until(() => server.clients().length === 0, 'it to be forgotten');
  });

  test('that ends its half of the stream gets OK, and is forgotten', async () => {
    const { address, server } = await bridgeWith(snapshotOf(['orders']));
    const call = rawClient(address).makeBidiStreamRequest(SOTW_PATH, sameBytes, sameBytes);
    const code = new Promise<number>((resolve) => call.on('status', (it: { code: number }) => resolve(it.code)));
    call.resume();
    call.write(Buffer.from('\x22\x05a/b/c'));
    await until(() => server.clients()[0]?.types.length === 1, 'its stream');
    call.end();
    assert.equal(await code, 0);
    await until(() => server.clients().length === 0, 'it to be forgotten');
  });

  test('that is killed in the middle of a push leaves nothing behind', async () => {
    const { port, address, server, store } = await bridgeWith(snapshotOf(manyNames(5000)));
    const between = await relay(port);
    const victim = istiod({ address: between.address, minor: 29, pod: 'victim', reconnectMs: 60_000 });
    const other = istiod({ address, minor: 29, pod: 'other' });
    const isUnderWay = () => server.clients().some(({ types }) => types.some(({ state }) => state === 'inFlight'));
    await until(() => victim.received.length > 0 || isUnderWay(), 'a push');
    between.cut();
    await other.until(() => other.entries.size === 5000, 'all entries');
    await until(() => server.clients().length === 1, 'the victim to be forgotten');
    store.publish(snapshotOf(['orders']));
    await other.until(() => other.entries.size === 1, 'the next state');
    assert.ok(victim.reconnects > 0);
  });

  test('that reads nothing delays nobody, is owed one response only, and is given the newest state in the end', async () => {
    const { address, server, store } = await bridgeWith(snapshotOf(manyNames(3000)), { pushConcurrency: 1 });
    const slow = istiod({ address, minor: 29, pod: 'slow' });
    const quick = istiod({ address, minor: 29, pod: 'quick' });
    await Promise.all([slow, quick].map((it) => it.until(() => it.entries.size === 3000, 'the first state')));
    slow.pause();
    for (const content of ['a', 'b', 'c']) {
      store.publish(snapshotOf([...manyNames(3000, content), `mark-${content}`]));
      await quick.until(() => quick.entries.has(`payments/mark-${content}`), content);
    }
    const waiting = server.clients().find(({ nodeId }) => nodeId?.includes('slow'));
    assert.equal(waiting?.types.filter(({ state }) => state === 'inFlight').length, 1);
    slow.resume();
    await slow.until(() => slow.entries.has('payments/mark-c'), 'the newest state');
    assert.equal(slow.received.filter(({ resources }) => resources > 0).length <= 3, true);
  });

  test('that stops answering altogether is dropped by the keepalive', async () => {
    const { port, server } = await bridgeWith(snapshotOf(['orders']), {
      keepaliveTimeMs: 100,
      keepaliveTimeoutMs: 100,
    });
    const between = await relay(port);
    const it = istiod({ address: between.address, minor: 29, reconnectMs: 60_000 });
    await it.until(() => it.ready, 'readiness');
    between.freeze();
    await until(() => server.clients().length === 0, 'the stopped one to be dropped');
  });

  test('that connects and leaves 2,000 times leaves no stream, no turn and no timer', async () => {
    const { address, server, store } = await bridgeWith(nothingRead(), { coldStartBoundMs: 60_000 });
    const client = rawClient(address);
    for (let round = 0; round < 100; round++) {
      const calls = Array.from({ length: 20 }, () => client.makeBidiStreamRequest(SOTW_PATH, sameBytes, sameBytes));
      for (const call of calls) {
        call.on('error', () => {});
        call.resume();
        call.write(Buffer.from('\x22\x05a/b/c'));
      }
      await until(() => server.clients().length >= 1, 'a stream');
      for (const call of calls) call.cancel();
      await until(() => server.clients().length === 0, 'no stream');
    }
    store.publish(snapshotOf(['orders']));
    const it = istiod({ address, minor: 29 });
    await it.until(() => it.ready, 'readiness');
  });
});

describe('10,000 entries', () => {
  test('reach five clients, and after one change each of them rewrites one', async () => {
    const names = manyNames(10_000);
    const { address, store } = await bridgeWith(snapshotOf(names));
    const all = [1, 2, 3, 4, 5].map((pod) => istiod({ address, minor: 29, pod: `istiod-${pod}` }));
    await Promise.all(all.map((it) => it.until(() => it.entries.size === 10_000, 'all entries')));
    const next = snapshotOf(['service-0=changed', ...names.slice(1)]);
    store.publish(next);
    await Promise.all(all.map((it) => it.until(() => it.rewrites === 1, 'the change')));
    assert.ok(all.every((it) => it.deleted.length === 0));
    const set = next.kinds.get(SERVICE_ENTRY);
    assert.equal(set?.joined(anyFrame), set?.joined(anyFrame), 'the bytes of a push are joined once');
  });
});

describe('the health service', () => {
  const check = (client: Client, service: string) =>
    new Promise<number | string>((resolve) => {
      const { path, requestSerialize, responseDeserialize } = healthDefinition.Check;
      client.makeUnaryRequest(path, requestSerialize, responseDeserialize, { service }, (error, answer) =>
        resolve(error ? `error ${error.code}` : (answer?.status ?? 0)),
      );
    });

  test('says serving as soon as the server listens, whatever was read, and knows no other services', async () => {
    const { address } = await bridgeWith(nothingRead());
    const client = rawClient(address);
    assert.equal(await check(client, ''), 1);
    assert.equal(await check(client, 'envoy.service.discovery.v3.AggregatedDiscoveryService'), 1);
    assert.equal(await check(client, 'no.such.Service'), 'error 5');
  });

  test('tells watchers when the server leaves, and lets them go', async () => {
    const { address, server } = await bridgeWith(nothingRead());
    const { path, requestSerialize, responseDeserialize } = healthDefinition.Watch;
    const call = rawClient(address).makeServerStreamRequest(path, requestSerialize, responseDeserialize, {
      service: '',
    });
    const told: unknown[] = [];
    call.on('data', ({ status }: { status?: number }) => told.push(status));
    call.on('error', () => {});
    await until(() => told.length === 1, 'the first status');
    assert.equal(await server.drain(), 'clean');
    assert.deepEqual(told, [1, 2]);
  });
});

describe('leaving', () => {
  test('ends every stream with UNAVAILABLE within its time, and the clients keep what they have', async () => {
    const { address, server } = await bridgeWith(snapshotOf(['orders']));
    const all = [1, 2, 3].map((pod) => istiod({ address, minor: 29, pod: `istiod-${pod}`, reconnectMs: 60_000 }));
    await Promise.all(all.map((it) => it.until(() => it.ready, 'readiness')));
    assert.equal(await server.drain(), 'clean');
    assert.deepEqual(server.clients(), []);
    for (const it of all) {
      await it.until(() => it.reconnects === 1, 'the end of the stream');
      assert.equal(it.entries.size, 1);
    }
  });

  test('cuts at the deadline a client that takes nothing any more', async () => {
    const shutdown = { drainDelayMs: 0, staggerMs: 0, deadlineMs: 300 };
    const { port, server } = await bridgeWith(snapshotOf(['orders']), { shutdown });
    const between = await relay(port);
    const it = istiod({ address: between.address, minor: 29, reconnectMs: 60_000 });
    await it.until(() => it.ready, 'readiness');
    between.freeze();
    assert.equal(await server.drain(), 'forced');
    assert.deepEqual(server.clients(), []);
  });

  test('all at once cuts every connection', async () => {
    const { address, server } = await bridgeWith(snapshotOf(['orders']));
    const it = istiod({ address, minor: 29, reconnectMs: 60_000 });
    await it.until(() => it.ready, 'readiness');
    server.close();
    await it.until(() => it.reconnects === 1, 'the end of the stream');
    await until(() => server.clients().length === 0, 'no client');
  });

  test('frees the port', async () => {
    const first = await bridgeWith(nothingRead());
    first.server.close();
    const second = await bridgeWith(nothingRead(), { port: first.port });
    assert.equal(second.port, first.port);
  });

  test('is not what happens when the port is taken: listening fails with a sentence', async () => {
    const first = await bridgeWith(nothingRead());
    await assert.rejects(
      serveSnapshot(nothingRead(), { port: first.port }),
      /^Error: cannot listen on 127\.0\.0\.1:\d+: listen EADDRINUSE: [^\]]+$/,
    );
  });
});

after(() => assert.equal(opened.length, 0));
