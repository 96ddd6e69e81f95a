// Clients that ask for more than one may, over real sockets: they alone feel it, and it is told.
import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import { Client, type ClientDuplexStream, credentials, type StatusObject, status } from '@grpc/grpc-js';
import type { ClientLimits } from '../../src/serve/access/client-limits.ts';
import { adsDefinition } from '../../src/serve/ads-service.ts';
import type { ServeObserver } from '../../src/serve/observer.ts';
import { ROOMY, serveSnapshot } from '../fakes/bridge.ts';
import { FakeIstiod } from '../fakes/fake-istiod.ts';
import { type LogLine, recordingLog } from '../fakes/recording-log.ts';
import { snapshotOf } from '../fakes/resources.ts';
import { until } from '../fakes/until.ts';

const METHOD = adsDefinition.StreamAggregatedResources;

async function bridgeWith(t: TestContext, limits: Partial<ClientLimits>) {
  const told: string[] = [];
  const lines: LogLine[] = [];
  const observer: Partial<ServeObserver> = {
    rejected: (_peer, { reason }) => void told.push(`rejected ${reason}`),
    streamClosed: (_client, end) => void told.push(`ended ${end}`),
    subscriptionRefused: (_client, { reason }) => void told.push(`refused ${reason}`),
  };
  const options = { clientLimits: { ...ROOMY, ...limits } };
  const bridge = await serveSnapshot(snapshotOf(['orders']), options, observer, recordingLog(lines));
  t.after(() => bridge.server.close());
  return { ...bridge, told, lines };
}

type Call = ClientDuplexStream<
  Parameters<typeof METHOD.requestSerialize>[0],
  ReturnType<typeof METHOD.responseDeserialize>
>;

/** A stream on a connection of its own that asks for these types. */
class Stream {
  readonly answered: string[] = [];
  ended: StatusObject | undefined;
  readonly #call: Call;

  constructor(t: TestContext, address: string, ...typeUrls: readonly string[]) {
    const client = new Client(address, credentials.createInsecure(), { 'grpc.use_local_subchannel_pool': 1 });
    t.after(() => client.close());
    this.#call = client.makeBidiStreamRequest(METHOD.path, METHOD.requestSerialize, METHOD.responseDeserialize);
    this.#call.on('data', ({ typeUrl }) => void this.answered.push(typeUrl ?? ''));
    this.#call.on('status', (ended: StatusObject) => {
      this.ended = ended;
    });
    this.#call.on('error', () => {});
    for (const typeUrl of typeUrls) this.#call.write({ typeUrl });
  }

  cancel(): void {
    this.#call.cancel();
  }
}

describe('an address with too many streams', () => {
  test('is turned away with a reason, its open streams are served on, and there is room again when one leaves', async (t) => {
    const { address, told, store } = await bridgeWith(t, { streamsPerAddress: 2 });
    const first = new Stream(t, address, 'a/v1/A');
    const istiod = new FakeIstiod({ address, minor: 29 });
    t.after(() => istiod.close());
    await istiod.until(() => istiod.ready && first.answered.length === 1, 'both are served');
    const third = new Stream(t, address, 'a/v1/A');
    await until(() => third.ended !== undefined, 'the third is turned away');
    assert.equal(third.ended?.code, status.RESOURCE_EXHAUSTED);
    assert.match(third.ended?.details ?? '', /as many streams open as this bridge lets one have/);
    store.publish(snapshotOf(['orders', 'stock']));
    await istiod.until(() => istiod.entries.size === 2, 'the change');
    assert.deepEqual(told, ['rejected crowded']);
    first.cancel();
    await until(() => told.includes('ended client'), 'the first has left');
    const fourth = new Stream(t, address, 'a/v1/A');
    await until(() => fourth.answered.length === 1, 'the fourth is served');
  });
});

describe('a stream that asks for nothing', () => {
  test('is ended with a reason; one that asked stays', async (t) => {
    const { address, told } = await bridgeWith(t, { firstRequestMs: 100 });
    const asking = new Stream(t, address, 'a/v1/A');
    const silent = new Stream(t, address);
    await until(() => silent.ended !== undefined, 'the silent one is ended');
    assert.equal(silent.ended?.code, status.DEADLINE_EXCEEDED);
    assert.match(silent.ended?.details ?? '', /asked for nothing/);
    assert.deepEqual(told, ['ended idle']);
    assert.equal(asking.ended, undefined);
  });

  test('is ended also when it sends what asks for nothing', async (t) => {
    const { address } = await bridgeWith(t, { firstRequestMs: 100 });
    const nonsense = new Stream(t, address, '', 'x'.repeat(600));
    await until(() => nonsense.ended?.code === status.DEADLINE_EXCEEDED, 'it is ended');
  });
});

describe('a stream that asks for too many types', () => {
  test('is answered for those that it may ask for, and what was refused is counted and told once', async (t) => {
    const { address, told, lines } = await bridgeWith(t, { subscriptionsPerStream: 3 });
    const greedy = new Stream(t, address, 'a/v1/A', 'a/v1/B', 'a/v1/C', 'a/v1/D', 'a/v1/E');
    await until(() => told.length === 2 && greedy.answered.length === 3, 'three answers');
    assert.deepEqual(greedy.answered, ['a/v1/A', 'a/v1/B', 'a/v1/C']);
    assert.deepEqual(told, ['refused too many topics', 'refused too many topics']);
    const warned = lines.filter(({ event }) => event === 'client.subscription_refused');
    assert.deepEqual(
      warned.map(({ level, fields }) => [level, fields['topic'], fields['reason']]),
      [['warn', 'a/v1/D', 'too many topics']],
    );
  });
});
