// The library that Pilot up to 1.8 reads legacy MCP with, as it was released, told what it was given response by response: whole
// and incrementally, refusing, and over the death of the bridge.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { collectionsOf } from '../fakes/legacy-collections.ts';
import { ENTRIES } from '../fakes/legacy-conversation.ts';
import { needPeers } from './build/peers.ts';
import { Bridge } from './run/bridge.ts';
import { EstateFile } from './run/estate-file.ts';
import { Sink, type SinkChange } from './run/sink.ts';
import { SourceStream } from './run/source-stream.ts';
import { Teardown } from './run/teardown.ts';
import { untilHolds, waitFor } from './run/wait-for.ts';

const GATEWAYS = 'istio/networking/v1alpha3/gateways';
const SYNTHETIC = 'istio/networking/v1alpha3/synthetic/serviceentries';
const PREFIX = 'payments/bridge.vms.';

/** `whole [+carts +orders]`, `changes [-carts]`; `✗`: the sink refused it. */
function line({ incremental, resources = [], removed = [], refused }: SinkChange): string {
  // The sink says in random order what it holds, so what went is told in that order.
  const told = [...resources.map(({ name }) => `+${name}`), ...removed.map((name) => `-${name}`).sort()];
  const names = told.map((name) => name.replace(PREFIX, '')).join(' ');
  return `${incremental ? 'changes' : 'whole'} [${names}]${refused === undefined ? '' : ' ✗'}`;
}

const needs = await needPeers('sink');

for (const { way, incremental, told } of [
  {
    way: 'whole',
    incremental: false,
    told: {
      change: 'whole [+carts +orders]',
      addition: 'whole [+carts +orders +stock]',
      removal: 'whole [+orders +stock]',
      refused: 'whole [+bad +orders +stock] ✗',
      mended: 'whole [+bad +good +orders +stock]',
      missed: 'whole [+good +orders +users]',
    },
  },
  {
    way: 'incrementally',
    incremental: true,
    told: {
      change: 'changes [+orders]',
      addition: 'changes [+stock]',
      removal: 'changes [-carts]',
      refused: 'changes [+bad] ✗',
      // Its refusal does not ask for changes, unlike its acknowledgements.
      mended: 'whole [+bad +good +orders +stock]',
      // Of the new bridge's first response, too, since the sink says what it holds.
      missed: 'changes [+orders +users -bad -stock]',
    },
  },
]) {
  describe(`28. Istio’s own sink reads entries ${way}`, needs, () => {
    const teardown = new Teardown();
    let file: EstateFile;
    let bridge: Bridge;
    let sink: Sink;
    before(async () => {
      file = new EstateFile(teardown, { orders: ['10.0.0.1'], carts: ['10.0.0.2'] });
      bridge = await Bridge.start(teardown, file.config('payments'));
      sink = new Sink(teardown, bridge.hostPort, [incremental ? `+${ENTRIES}` : ENTRIES, GATEWAYS]);
    });
    after(() => teardown.run());

    let heard = 0;
    /** The next response. */
    async function next(): Promise<string> {
      const change = await waitFor(() => sink.changes(ENTRIES)[heard], 'a response');
      heard += 1;
      return line(change);
    }

    test('all of it at first, as messages of v1alpha3', async () => {
      assert.equal(await next(), 'whole [+carts +orders]');
      const types = sink.changes(ENTRIES).flatMap(({ resources = [] }) => resources.map(({ type }) => type));
      assert.deepEqual([...new Set(types)], ['type.googleapis.com/istio.networking.v1alpha3.ServiceEntry']);
    });

    test('a change, an addition and a removal, each in one response', async () => {
      file.write({ orders: ['10.0.0.1', '10.0.0.9'], carts: ['10.0.0.2'] });
      assert.equal(await next(), told.change);
      file.write({ orders: ['10.0.0.1', '10.0.0.9'], carts: ['10.0.0.2'], stock: ['10.0.0.3'] });
      assert.equal(await next(), told.addition);
      file.write({ orders: ['10.0.0.1', '10.0.0.9'], stock: ['10.0.0.3'] });
      assert.equal(await next(), told.removal);
    });

    test('what it refuses is not sent again before the content changes', async () => {
      await sink.refuse(ENTRIES, 'no such thing');
      file.write({ orders: ['10.0.0.1', '10.0.0.9'], stock: ['10.0.0.3'], bad: ['10.0.0.4'] });
      assert.equal(await next(), told.refused);
      await untilHolds(async () => {
        const [client] = await bridge.clients();
        const entries = client?.types.find(({ typeUrl }) => typeUrl === ENTRIES);
        assert.equal(entries?.nacked?.message, 'no such thing');
        assert.equal(entries?.state, 'settled');
      }, 'the bridge knows of the refusal');
      await sink.accept(ENTRIES);
      await bridge.untilPolled(3);
      assert.equal(sink.changes(ENTRIES).length, heard);
      file.write({ orders: ['10.0.0.1', '10.0.0.9'], stock: ['10.0.0.3'], bad: ['10.0.0.4'], good: ['10.0.0.5'] });
      assert.equal(await next(), told.mended);
    });

    test('a bridge that was killed and comes back with other entries: nothing is lost', async () => {
      await bridge.kill();
      file.write({ orders: ['10.0.0.1'], good: ['10.0.0.5'], users: ['10.0.0.6'] });
      await bridge.startAgain();
      assert.equal(await next(), told.missed);
      assert.equal(sink.streams(), 2);
      await bridge.untilPolled(3);
      assert.equal(sink.changes(ENTRIES).length, heard);
    });

    test('a collection that nothing is published in is answered once for each stream', () => {
      assert.equal(sink.answers().get(GATEWAYS), 2);
    });
  });
}

describe('28. Istio’s own sink, with the collections of Pilot', needs, () => {
  const teardown = new Teardown();
  let bridge: Bridge;
  let file: EstateFile;
  before(async () => {
    file = new EstateFile(teardown, { orders: ['10.0.0.1'] });
    bridge = await Bridge.start(teardown, file.config('payments'));
  });
  after(() => teardown.run());

  for (const minor of [1, 2, 3, 4, 5, 6, 7, 8]) {
    test(`of 1.${minor}: each is answered, and acknowledged, once`, async () => {
      const collections = minor === 4 || minor === 5 ? [...collectionsOf(minor), SYNTHETIC] : collectionsOf(minor);
      const sink = new Sink(teardown, bridge.hostPort, collections);
      await untilHolds(() => assert.equal(sink.answers().size, collections.length), 'an answer for each');
      await untilHolds(async () => {
        const states = (await bridge.clients()).flatMap(({ types }) => types.map(({ state }) => state));
        assert.deepEqual(states, new Array(collections.length).fill('settled'));
      }, 'all acknowledged');
      assert.deepEqual([...new Set(sink.answers().values())], [1]);
      await sink.stop();
      await untilHolds(async () => assert.equal((await bridge.clients()).length, 0), 'it is forgotten');
    });
  }

  // Istio's own sink answers with no nonce but the last one.
  test('a nonce of an older response acknowledges nothing', async () => {
    const stream = new SourceStream(teardown, bridge.hostPort);
    stream.send({ collection: ENTRIES });
    const first = await stream.next(ENTRIES, 0);
    stream.send({ collection: ENTRIES, responseNonce: first.nonce ?? '' });
    file.write({ orders: ['10.0.0.1', '10.0.0.2'] });
    const second = await stream.next(ENTRIES, 1);
    for (const responseNonce of [first.nonce ?? '', 'never issued']) {
      stream.send({ collection: ENTRIES, responseNonce });
    }
    file.write({ orders: ['10.0.0.1', '10.0.0.2', '10.0.0.3'] });
    await untilHolds(async () => assert.match(await bridge.page('snapshot'), /10\.0\.0\.3/), 'it is published');
    const [client] = await bridge.clients();
    assert.equal(client?.types[0]?.state, 'inFlight');
    assert.equal(stream.of(ENTRIES).length, 2);
    stream.send({ collection: ENTRIES, responseNonce: second.nonce ?? '' });
    await stream.next(ENTRIES, 2);
    stream.close();
  });
});
