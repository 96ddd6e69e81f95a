import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { viewClient } from '../../src/serve/client-view.ts';
import { Conversation } from '../fakes/conversation.ts';
import { snapshotOf } from '../fakes/resources.ts';

const SE = 'networking.istio.io/v1/ServiceEntry';
const MINUTE = 60_000;
const FAKE_NONCE = '2026-08-22 10:11:12.123456789 +0000 UTC m=+0.312345678';
const node = { id: 'sidecar~10.0.0.9~istiod-0.istio-system~istio-system.svc.cluster.local' };
const nothingRead = () => snapshotOf([], { complete: false });
/** A client that has asked for ServiceEntries and acknowledged `names`. */
function settled(names: readonly string[]): Conversation {
  const it = new Conversation(snapshotOf(names));
  it.request({ typeUrl: SE, responseNonce: FAKE_NONCE, node });
  it.ack('n1');
  return it;
}

describe('the first request', () => {
  test('for a type subscribes although its nonce was never issued', () => {
    const it = new Conversation(snapshotOf(['orders', 'stock']));
    assert.deepEqual(it.request({ typeUrl: SE, responseNonce: FAKE_NONCE, node }), [`← ${SE} [orders stock] n1`]);
  });

  test('subscribes although it carries a version, a nonce of a former stream, or an error', () => {
    for (const odd of [{ versionInfo: 'abc' }, { responseNonce: 'n1' }, { errorDetail: { code: 3, message: 'old' } }]) {
      const it = new Conversation(snapshotOf(['orders']));
      assert.deepEqual(it.request({ typeUrl: SE, ...odd }), [`← ${SE} [orders] n1`]);
    }
  });

  test('is answered whatever the type is called, with the url echoed verbatim', () => {
    const it = new Conversation(snapshotOf(['orders']));
    for (const typeUrl of ['core/v1alpha1/MeshConfig', 'a/b', '/', 'a/b/c/d', 'x', '__proto__', 'new.io/v7/Thing/']) {
      it.request({ typeUrl, responseNonce: FAKE_NONCE });
      assert.deepEqual(it.received.at(-1)?.typeUrl, typeUrl);
      assert.deepEqual(it.received.at(-1)?.names, []);
    }
  });

  test('for ServiceEntry is answered under v1, v1beta1 and v1alpha3 with the same bytes', () => {
    const it = new Conversation(snapshotOf(['orders']));
    for (const version of ['v1', 'v1beta1', 'v1alpha3'])
      it.request({ typeUrl: `networking.istio.io/${version}/ServiceEntry` });
    assert.deepEqual(
      it.received.map(({ names }) => names),
      [['orders'], ['orders'], ['orders']],
    );
  });

  test('with names of resources gets the whole set', () => {
    const it = new Conversation(snapshotOf(['orders', 'stock']));
    assert.deepEqual(it.request({ typeUrl: SE, resourceNames: ['payments/orders'] }), [`← ${SE} [orders stock] n1`]);
  });

  test('without a type, with a type url of 10 MB, or as the two hundred and first type is not remembered', () => {
    const it = new Conversation(snapshotOf([]));
    it.request({ typeUrl: '' });
    it.request({ typeUrl: 'x'.repeat(10_000_000) });
    assert.equal(it.state.subscriptions.size, 0);
    for (let count = 0; count < 300; count++) it.request({ typeUrl: `group/v1/Kind${count}` });
    assert.equal(it.state.subscriptions.size, 200);
  });
});

describe('the node', () => {
  test('is remembered from the first request that carries one', () => {
    const it = new Conversation(snapshotOf([]));
    it.request({ typeUrl: 'a/b/c' });
    assert.equal(it.state.identity === undefined, true);
    it.request({ typeUrl: 'a/b/d', node, responseNonce: FAKE_NONCE });
    it.request({ typeUrl: 'a/b/e', node: { id: 'another' } });
    assert.equal(it.state.identity?.nodeId, node.id);
    assert.equal(it.state.identity?.process?.ageMs, 312.345678);
  });

  test('of Istio up to 1.11 makes all resources come without a version, under the same version of the answer', () => {
    const old = new Conversation(snapshotOf(['orders']));
    old.request({ typeUrl: SE, node: { id: 'sidecar~10.0.0.9~test-1.default~default.svc.cluster.local' } });
    const young = new Conversation(snapshotOf(['orders']));
    young.request({ typeUrl: SE, node });
    assert.deepEqual(old.received[0]?.versions, ['']);
    assert.match(young.received[0]?.versions[0] ?? '', /^[0-9a-f]{16}$/);
    assert.equal(old.received[0]?.versionInfo, young.received[0]?.versionInfo);
  });
});

describe('an acknowledgement', () => {
  test('is never answered', () => {
    const it = settled(['orders']);
    assert.deepEqual(it.ack('n1'), []);
    assert.deepEqual(it.ack('n1'), []);
  });

  test('of an answer under way lets the newest state follow, and only that', () => {
    const it = new Conversation(snapshotOf(['orders']));
    it.request({ typeUrl: SE, node });
    assert.deepEqual(it.publish(snapshotOf(['orders', 'stock'])), []);
    assert.deepEqual(it.publish(snapshotOf(['orders', 'stock', 'users'])), []);
    assert.deepEqual(it.ack('n1'), [`← ${SE} [orders stock users] n2`]);
  });

  test('is followed by nothing when the state came back to what was sent', () => {
    const it = new Conversation(snapshotOf(['orders']));
    it.request({ typeUrl: SE, node });
    it.publish(snapshotOf(['orders', 'stock']));
    it.publish(snapshotOf(['orders']));
    assert.deepEqual(it.ack('n1'), []);
  });

  test('that overtakes the transport does not let a second response in', () => {
    const it = new Conversation(snapshotOf(['orders']));
    it.isSlow = true;
    it.request({ typeUrl: SE, node });
    it.publish(snapshotOf(['stock']));
    assert.deepEqual(it.ack('n1'), []);
    assert.deepEqual(it.flush(), [`← ${SE} [stock] n2`]);
  });

  test('with a stale nonce, or one of another type, is ignored', () => {
    const it = settled(['orders']);
    it.request({ typeUrl: 'a/b/c', responseNonce: FAKE_NONCE });
    it.publish(snapshotOf(['orders', 'stock']));
    it.publish(snapshotOf(['users']));
    for (const nonce of ['n1', it.nonce('a/b/c'), FAKE_NONCE, 'n4']) assert.deepEqual(it.ack(nonce), []);
    assert.deepEqual(it.ack('n3'), [`← ${SE} [users] n4`]);
  });
});

describe('a refusal', () => {
  test('is recorded, and the refused content is not sent again', () => {
    const it = settled(['orders']);
    it.publish(snapshotOf(['orders', 'stock']));
    assert.deepEqual(it.nack('n2'), []);
    const sub = it.state.subscriptions.get(SE);
    assert.equal(sub?.nacked?.message, 'not for me');
    assert.notEqual(sub?.behindSinceMs, undefined);
    assert.deepEqual(it.publish(snapshotOf(['orders', 'stock'])), []);
  });

  test('is over when the content changes, also back to what was acknowledged before', () => {
    const it = settled(['orders']);
    it.publish(snapshotOf(['orders', 'stock']));
    it.nack('n2');
    assert.deepEqual(it.publish(snapshotOf(['orders'])), [`← ${SE} [orders] n3`]);
    it.ack('n3');
    assert.equal(it.state.subscriptions.get(SE)?.nacked, undefined);
  });
});

describe('a new snapshot', () => {
  test('is pushed once to those who asked for a kind that changed', () => {
    const it = settled(['orders']);
    it.request({ typeUrl: 'a/b/c' });
    it.news();
    assert.deepEqual(it.publish(snapshotOf(['orders=2'])), [`← ${SE} [orders] n3`]);
  });

  test('that changes nothing is not pushed', () => {
    assert.deepEqual(settled(['orders']).publish(snapshotOf(['orders'])), []);
  });

  test('that empties a complete registry is pushed as an empty set', () => {
    assert.deepEqual(settled(['orders']).publish(snapshotOf([])), [`← ${SE} [] n2`]);
  });

  test('waits for the turn of the stream, and what is sent then is the newest', () => {
    const it = settled(['orders']);
    it.waitsForTurn = true;
    assert.deepEqual(it.publish(snapshotOf(['stock'])), []);
    assert.deepEqual(it.publish(snapshotOf(['users'])), []);
    assert.deepEqual(it.takeTurn(), [`← ${SE} [users] n2`]);
    assert.deepEqual(it.takeTurn(), []);
  });
});

describe('a question without any nonce on a type that was answered', () => {
  test('gets the whole set again under the same version', () => {
    const it = settled(['orders']);
    assert.deepEqual(it.request({ typeUrl: SE }), [`← ${SE} [orders] n2`]);
    assert.equal(it.received[0]?.versionInfo, it.received[1]?.versionInfo);
  });

  test('waits for the answer under way, and is answered once however often it comes', () => {
    const it = new Conversation(snapshotOf(['orders']));
    it.request({ typeUrl: SE, node });
    assert.deepEqual(it.request({ typeUrl: SE }), []);
    assert.deepEqual(it.request({ typeUrl: SE }), []);
    assert.deepEqual(it.ack('n1'), [`← ${SE} [orders] n2`]);
    assert.deepEqual(it.ack('n2'), []);
  });
});

describe('before every registry was read', () => {
  test('ServiceEntries are held under every version, and all other types are answered at once', () => {
    const it = new Conversation(nothingRead());
    assert.deepEqual(it.request({ typeUrl: 'core/v1alpha1/MeshConfig', responseNonce: FAKE_NONCE, node }), [
      '← core/v1alpha1/MeshConfig [] n1',
    ]);
    for (const version of ['v1', 'v1alpha3']) {
      assert.deepEqual(it.request({ typeUrl: `networking.istio.io/${version}/ServiceEntry` }), []);
    }
    assert.deepEqual(it.request({ typeUrl: 'networking.istio.io/v1/Sidecar' }), [
      '← networking.istio.io/v1/Sidecar [] n2',
    ]);
  });

  test('a part of the registries is not sent either, and asking again changes nothing', () => {
    const it = new Conversation(snapshotOf(['orders'], { complete: false }));
    assert.deepEqual(it.request({ typeUrl: SE, responseNonce: FAKE_NONCE, node }), []);
    assert.deepEqual(it.request({ typeUrl: SE, responseNonce: FAKE_NONCE, node }), []);
    assert.deepEqual(it.publish(snapshotOf(['orders', 'stock'], { complete: false })), []);
    assert.deepEqual(it.publish(snapshotOf(['orders', 'stock', 'users'])), [`← ${SE} [orders stock users] n1`]);
  });

  test('a kind that the snapshot carries is held although it was not announced', () => {
    const it = new Conversation(snapshotOf(['orders'], { complete: false }), []);
    assert.deepEqual(it.request({ typeUrl: SE, node }), []);
  });

  test('an empty registry, once read, is answered as empty', () => {
    const it = new Conversation(nothingRead());
    it.request({ typeUrl: SE, node });
    assert.deepEqual(it.publish(snapshotOf([])), [`← ${SE} [] n1`]);
  });

  test('a released client is given what there is, every later state, and never less once it had everything', () => {
    const it = new Conversation(nothingRead());
    it.request({ typeUrl: SE, node });
    assert.deepEqual(it.release(), [`← ${SE} [] n1`]);
    it.ack('n1');
    assert.deepEqual(it.publish(snapshotOf(['orders'], { complete: false })), [`← ${SE} [orders] n2`]);
    it.ack('n2');
    assert.deepEqual(it.publish(snapshotOf(['orders', 'stock'])), [`← ${SE} [orders stock] n3`]);
    it.ack('n3');
    assert.deepEqual(it.publish(snapshotOf(['orders'], { complete: false })), []);
    assert.deepEqual(it.publish(nothingRead()), []);
  });

  test('a client that has everything keeps it when a registry is added that was not read yet', () => {
    const it = settled(['orders']);
    assert.deepEqual(it.publish(snapshotOf(['orders'], { complete: false })), []);
    assert.deepEqual(it.publish(nothingRead()), []);
    assert.deepEqual(it.request({ typeUrl: SE }), []);
    assert.deepEqual(it.publish(snapshotOf(['orders', 'stock'])), [`← ${SE} [orders stock] n2`]);
  });
});

describe('what is known of a client', () => {
  test('tells per type what was sent, what was acknowledged, what is held and how far it lags', () => {
    const it = settled(['orders']);
    it.atMs = 5000;
    it.publish(snapshotOf(['orders', 'stock']));
    const stream = {
      id: '1',
      peer: '10.0.0.9:4711',
      isEncrypted: false,
      names: undefined,
      connectedAtMs: 500,
      state: it.state,
      sentBytes: new Map<string, number>(),
    };
    const view = viewClient(stream, { kind: 'notWaiting' }, 7500, MINUTE);
    assert.equal(view.nodeId, node.id);
    const [type] = view.types;
    assert.equal(type?.state, 'inFlight');
    assert.equal(type?.sent?.version, it.received[1]?.versionInfo);
    assert.equal(type?.acked?.version, it.received[0]?.versionInfo);
    assert.equal(type?.lagMs, 2500);
    assert.equal(type?.isOverdue, false);
    it.ack('n2');
    assert.equal(viewClient({ ...stream, state: it.state }, { kind: 'notWaiting' }, 9000, MINUTE).types[0]?.lagMs, 0);
  });

  test('calls an acknowledgement overdue once it takes longer than it may, and no longer when it came', () => {
    const it = settled(['orders']);
    it.atMs = 5000;
    it.publish(snapshotOf(['orders', 'stock']));
    const stream = {
      id: '1',
      peer: '10.0.0.9:4711',
      isEncrypted: false,
      names: undefined,
      connectedAtMs: 500,
      sentBytes: new Map<string, number>(),
    };
    const isOverdue = (nowMs: number) =>
      viewClient({ ...stream, state: it.state }, { kind: 'notWaiting' }, nowMs, MINUTE).types[0]?.isOverdue;
    assert.deepEqual([isOverdue(5000 + MINUTE), isOverdue(5001 + MINUTE)], [false, true]);
    it.ack('n2');
    assert.equal(isOverdue(5001 + MINUTE), false);
  });

  test('names a held type as held', () => {
    const it = new Conversation(nothingRead());
    it.request({ typeUrl: SE, node });
    const stream = {
      id: '1',
      peer: '',
      isEncrypted: false,
      names: undefined,
      connectedAtMs: 0,
      state: it.state,
      sentBytes: new Map<string, number>(),
    };
    assert.equal(viewClient(stream, { kind: 'notWaiting' }, 0, MINUTE).types[0]?.state, 'held');
  });
});
