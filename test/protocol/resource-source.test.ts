// The promises of legacy MCP to Pilot of Istio 1.1 to 1.8, each with what Istio's sink or Galley's source does (pkg/mcp/sink,
// pkg/mcp/source of those releases).
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setForOldIstio } from '../../src/snapshot/snapshot.ts';
import { collectionsOf } from '../fakes/legacy-collections.ts';
import { ENTRIES, SourceConversation } from '../fakes/legacy-conversation.ts';
import { SERVICE_ENTRY, snapshotOf } from '../fakes/resources.ts';

const GATEWAYS = 'istio/networking/v1alpha3/gateways';
const SYNTHETIC = 'istio/networking/v1alpha3/synthetic/serviceentries';

function settled(names: readonly string[], incremental = false): SourceConversation {
  const it = new SourceConversation(snapshotOf(names));
  it.request({ collection: ENTRIES, sinkNode: { id: '' }, incremental });
  it.ack('n1', ENTRIES, incremental);
  return it;
}

// The sink asks for all its collections at once, each with an empty nonce; Pilot is ready when every one was applied once.
describe('a collection', () => {
  test('is answered when it is asked for with an empty nonce, as the whole of it', () => {
    const it = new SourceConversation(snapshotOf(['orders', 'stock']));
    assert.deepEqual(it.request({ collection: ENTRIES }), ['← whole [+orders +stock] n1']);
    assert.equal(it.received[0]?.collection, ENTRIES);
  });

  test('carries entries as the message of v1alpha3, with their versions', () => {
    const [resource] = settled(['orders']).received[0]?.resources ?? [];
    assert.equal(resource?.bodyType, 'type.googleapis.com/istio.networking.v1alpha3.ServiceEntry');
    assert.match(resource?.version ?? '', /^[0-9a-f]{16}$/);
  });

  // Galley ended the stream for an unknown collection, and with it all others.
  test('that nothing is published in, also one that nobody knows, is answered empty under a version, once, and the stream stays', () => {
    const it = settled(['orders']);
    for (const collection of [GATEWAYS, SYNTHETIC, 'istio/of/tomorrow', 'k8s/core/v1/pods', '__proto__']) {
      it.request({ collection });
      const answer = it.received.at(-1);
      assert.deepEqual([answer?.collection, answer?.resources], [collection, []]);
      assert.notEqual(answer?.version, '');
      it.ack(answer?.nonce ?? '', collection);
    }
    it.news();
    // Each response for any other collection than serviceentries costs Pilot a full push.
    assert.deepEqual(it.publish(snapshotOf(['orders=2'])), ['← whole [+orders] n7']);
  });

  // The sink compares versions by name, so a response is only due when something changed.
  test('is sent again when it changed, and not when it did not', () => {
    const it = settled(['orders']);
    assert.deepEqual(it.publish(snapshotOf(['orders'])), []);
    assert.deepEqual(it.publish(snapshotOf(['orders', 'stock'])), ['← whole [+orders +stock] n2']);
  });

  test('that is emptied is sent empty', () => {
    assert.deepEqual(settled(['orders']).publish(snapshotOf([])), ['← whole [] n2']);
  });
});

// The source keeps one watch for each collection of a stream: it is parked by an answer and taken up by its acknowledgement.
describe('a response', () => {
  test('is the only one under way, and what came meanwhile follows as one', () => {
    const it = new SourceConversation(snapshotOf(['a']));
    it.request({ collection: ENTRIES });
    assert.deepEqual(it.publish(snapshotOf(['a', 'b'])), []);
    assert.deepEqual(it.publish(snapshotOf(['a', 'b', 'c'])), []);
    assert.deepEqual(it.ack('n1'), ['← whole [+a +b +c] n2']);
    assert.deepEqual(it.ack('n2'), []);
  });

  test('of one collection waits for no other', () => {
    const it = new SourceConversation(snapshotOf(['a']));
    it.request({ collection: ENTRIES });
    assert.deepEqual(it.request({ collection: GATEWAYS }), ['← whole [] n2']);
  });

  test('is not acknowledged by the nonce of another one', () => {
    const it = new SourceConversation(snapshotOf(['a']));
    it.request({ collection: ENTRIES });
    it.request({ collection: GATEWAYS });
    it.publish(snapshotOf(['b']));
    for (const nonce of ['n2', 'n0', '7']) assert.deepEqual(it.ack(nonce), []);
    assert.deepEqual(it.ack('n1'), ['← whole [+b] n3']);
  });
});

// A refusal is seen as an answer: the same snapshot is not sent again. (Galley's older service did, without end.)
describe('a refusal', () => {
  test('is recorded, and what was refused is not sent again until the content changes', () => {
    const it = settled(['orders']);
    it.publish(snapshotOf(['orders', 'bad']));
    assert.deepEqual(it.nack('n2'), []);
    assert.equal(it.state.subscriptions.get(ENTRIES)?.nacked?.message, 'not for me');
    assert.deepEqual(it.publish(snapshotOf(['orders', 'bad'])), []);
    assert.deepEqual(it.publish(snapshotOf(['orders', 'good'])), ['← whole [+good +orders] n3']);
  });
});

// From 1.6 on, behind PILOT_ENABLE_INCREMENTAL_MCP: the request says so, and the first response of a stream is whole.
describe('a collection that is asked for incrementally', () => {
  test('is whole at first, then what changed, with the names of what went', () => {
    const it = settled(['kept', 'changed', 'gone'], true);
    assert.equal(it.received[0]?.incremental, false);
    assert.deepEqual(it.publish(snapshotOf(['kept', 'changed=2', 'new'])), ['← changes [+changed +new -gone] n2']);
  });

  test('is told from what was acknowledged on this stream, and all that is in doubt after a refusal that asks for changes', () => {
    const it = settled(['orders', 'stock'], true);
    it.publish(snapshotOf(['orders=2', 'stock']));
    it.nack('n2', ENTRIES, true);
    assert.deepEqual(it.publish(snapshotOf(['orders', 'users'])), ['← changes [+orders +users -stock] n3']);
  });

  // `incremental` is a word of each request (mcp.proto: "request an incremental update"), and Galley took it so. Istio's sink leaves it
  // out of its refusals.
  test('is whole after an answer that does not ask for changes, and told as changes from that on when one does again', () => {
    const it = settled(['orders', 'stock'], true);
    it.publish(snapshotOf(['orders=2', 'stock']));
    assert.deepEqual(it.nack('n2'), []);
    assert.deepEqual(it.publish(snapshotOf(['orders=3', 'stock'])), ['← whole [+orders +stock] n3']);
    it.ack('n3');
    assert.deepEqual(it.publish(snapshotOf(['orders=3'])), ['← whole [+orders] n4']);
    it.ack('n4', ENTRIES, true);
    assert.equal(it.state.subscriptions.get(ENTRIES)?.behindSinceMs, undefined);
    assert.deepEqual(it.publish(snapshotOf(['orders=3', 'users'])), ['← changes [+users] n5']);
  });

  test('is whole again after the whole was refused, also for a client that held something', () => {
    const it = settled(['orders', 'stock'], true);
    it.publish(snapshotOf(['orders=2', 'stock']));
    it.ack('n2');
    it.publish(snapshotOf(['orders=3', 'stock']));
    it.nack('n3', ENTRIES, true);
    assert.deepEqual(it.publish(snapshotOf(['orders=2', 'stock'])), ['← whole [+orders +stock] n4']);
  });

  test('is whole again while nothing was acknowledged yet', () => {
    const it = new SourceConversation(snapshotOf(['orders']));
    it.request({ collection: ENTRIES, incremental: true });
    it.nack('n1');
    assert.deepEqual(it.publish(snapshotOf(['orders', 'stock'])), ['← whole [+orders +stock] n2']);
  });

  // The sink sends them at the beginning of each stream; Galley did not look at them.
  test('of a client that says what it holds is told as the difference at once', () => {
    const it = new SourceConversation(snapshotOf(['orders', 'stock']));
    const current = settled(['orders']).received[0]?.resources[0]?.version ?? '';
    const initialResourceVersions = { 'payments/orders': current, 'payments/gone': 'x' };
    const request = { collection: ENTRIES, incremental: true, initialResourceVersions };
    assert.deepEqual(it.request(request), ['← changes [+stock -gone] n1']);
  });

  test('and is not, tells the whole set whatever the client says it holds', () => {
    const it = new SourceConversation(snapshotOf(['orders']));
    const request = { collection: ENTRIES, initialResourceVersions: { 'payments/gone': 'x' } };
    assert.deepEqual(it.request(request), ['← whole [+orders] n1']);
  });

  test('with an empty nonce once more is whole once more', () => {
    const it = settled(['orders'], true);
    assert.deepEqual(it.request({ collection: ENTRIES, incremental: true }), ['← whole [+orders] n2']);
  });
});

describe('before every registry was read', () => {
  test('entries are held, and every other collection is answered', () => {
    const it = new SourceConversation(snapshotOf(['orders'], { complete: false }));
    assert.deepEqual(it.request({ collection: ENTRIES }), []);
    assert.deepEqual(it.request({ collection: GATEWAYS }), ['← whole [] n1']);
    assert.deepEqual(it.publish(snapshotOf(['orders', 'stock'])), ['← whole [+orders +stock] n2']);
  });
});

// Istio up to 1.4 drops entries with IPv6 in them, and STATIC ones without endpoints (pilot/pkg/model/validation.go of 1.1 to 1.4).
// Here `six` stands for an entry of which it takes another form, `none` for one of which it takes nothing.
describe('entries that Istio up to 1.4 would drop', () => {
  const names = ['plain', 'mixed=six', 'lost=none'];
  const ask = (it: SourceConversation, minor: number) =>
    collectionsOf(minor).map((collection) => it.request({ collection }));
  const entriesOf = (it: SourceConversation) =>
    it.received
      .filter(({ collection }) => collection === ENTRIES)
      .map(({ resources }) => resources.map(({ name }) => name));

  test('reach it in the form that it takes, or not at all', () => {
    const it = new SourceConversation(snapshotOf(names), 4);
    ask(it, 4);
    assert.deepEqual(entriesOf(it), [['mixed', 'plain']]);
  });

  test('reach a later release whole', () => {
    const it = new SourceConversation(snapshotOf(names));
    ask(it, 5);
    assert.deepEqual(entriesOf(it), [['lost', 'mixed', 'plain']]);
  });

  test('are sent again, under another version, when the release turns out to be another than was taken for granted', () => {
    for (const [assumed, minor, expected] of [
      [5, 4, ['mixed', 'plain']],
      [4, 8, ['lost', 'mixed', 'plain']],
    ] as const) {
      const it = new SourceConversation(snapshotOf(names), assumed);
      it.request({ collection: ENTRIES });
      it.ack('n1');
      for (const collection of collectionsOf(minor).filter((other) => other !== ENTRIES)) it.request({ collection });
      assert.deepEqual(entriesOf(it).at(-1), expected);
      const versions = it.received
        .filter(({ collection }) => collection === ENTRIES)
        .map(({ resources }) => resources.find(({ name }) => name === 'mixed')?.version);
      assert.equal(new Set(versions).size, 2);
    }
  });

  test('cost nothing where there are none: the bytes are those of everybody', () => {
    const set = snapshotOf(['plain']).kinds.get(SERVICE_ENTRY);
    assert.ok(set !== undefined);
    assert.equal(setForOldIstio(set), set);
  });
});
