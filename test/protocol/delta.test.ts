// The promises of incremental xDS, each with what the text of the protocol ("xDS REST and gRPC protocol", Envoy's documentation)
// says about it, in our words, and the title of the paragraph where it says so.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { DeltaConversation } from '../fakes/delta-conversation.ts';
import { snapshotOf } from '../fakes/resources.ts';

const SE = 'networking.istio.io/v1/ServiceEntry';
const node = { id: 'some-client' };

/** A client that has asked for everything and acknowledged `names`. */
function settled(names: readonly string[]): DeltaConversation {
  const it = new DeltaConversation(snapshotOf(names));
  it.request({ typeUrl: SE, node });
  it.ack('n1');
  return it;
}

/** A client that has asked for `subscribed` alone and acknowledged the answer. */
function settledOn(subscribed: readonly string[], names: readonly string[]): DeltaConversation {
  const it = new DeltaConversation(snapshotOf(names));
  it.names(subscribed);
  it.ack('n1');
  return it;
}

const versionOf = (it: DeltaConversation, name: string) =>
  it.received.flatMap(({ resources }) => resources).find((resource) => resource.name === name)?.version ?? '';

// "How the client specifies what resources to return": whoever has never subscribed to a name on the stream has subscribed to `*`.
describe('a first request that names nothing', () => {
  test('subscribes to everything', () => {
    const it = new DeltaConversation(snapshotOf(['orders', 'stock']));
    assert.deepEqual(it.request({ typeUrl: SE, node }), ['← [+orders +stock] n1']);
  });

  test('is answered also where there is nothing, so that the client need not wait', () => {
    const it = new DeltaConversation(snapshotOf([]));
    assert.deepEqual(it.request({ typeUrl: SE, node }), ['← [] n1']);
    it.request({ typeUrl: 'core/v1alpha1/MeshConfig' });
    assert.equal(it.received.at(-1)?.typeUrl, 'core/v1alpha1/MeshConfig');
  });

  test('is the same as one that names `*`', () => {
    assert.deepEqual(new DeltaConversation(snapshotOf(['orders'])).names(['*']), ['← [+orders] n1']);
  });

  test('but is rid of something, subscribes to nothing', () => {
    const it = new DeltaConversation(snapshotOf(['orders']));
    assert.deepEqual(it.names([], ['stock']), ['← [] n1']);
    it.ack('n1');
    assert.deepEqual(it.publish(snapshotOf(['orders=2', 'stock'])), []);
  });
});

// The messages: a Resource has its name and its version beside its body.
describe('a resource', () => {
  test('carries its name and its version outside as inside, in the envelope of Istio', () => {
    const it = settled(['orders']);
    const [resource] = it.received[0]?.resources ?? [];
    assert.equal(resource?.outerType, 'type.googleapis.com/istio.mcp.v1alpha1.Resource');
    assert.equal(resource?.innerName, 'orders');
    assert.match(resource?.version ?? '', /^[0-9a-f]{16}$/);
    assert.equal(resource?.innerVersion, resource?.version);
  });
});

// "Grouping Resources into Responses": what did not change need not be sent, and the client must not delete it.
// "Deleting Resources": what is gone is named in `removed_resources`.
describe('a new snapshot', () => {
  test('is told as what changed, came and went, and nothing else', () => {
    const it = settled(['kept', 'changed', 'gone']);
    assert.deepEqual(it.publish(snapshotOf(['kept', 'changed=2', 'new'])), ['← [+changed +new -gone] n2']);
  });

  test('that changes nothing is not told', () => {
    assert.deepEqual(settled(['orders']).publish(snapshotOf(['orders'])), []);
  });

  test('that came and went while a response was under way is told as one', () => {
    const it = new DeltaConversation(snapshotOf(['orders']));
    it.request({ typeUrl: SE, node });
    it.publish(snapshotOf(['orders', 'stock']));
    it.publish(snapshotOf(['orders=2', 'users']));
    assert.deepEqual(it.ack('n1'), ['← [+orders +users] n2']);
    assert.deepEqual(it.ack('n2'), []);
  });
});

// "How the client specifies what resources to return": a name has to be supplied if there is something under it.
describe('a client that names what it wants', () => {
  test('is given that, and hears of nothing else', () => {
    const it = new DeltaConversation(snapshotOf(['orders', 'stock']));
    assert.deepEqual(it.names(['orders']), ['← [+orders] n1']);
    it.ack('n1');
    assert.deepEqual(it.publish(snapshotOf(['orders', 'stock=2', 'users'])), []);
    assert.deepEqual(it.publish(snapshotOf(['orders=2', 'stock=2'])), ['← [+orders] n2']);
    it.ack('n2');
    assert.deepEqual(it.publish(snapshotOf(['stock=2'])), ['← [-orders] n3']);
  });

  test('may ask for more and for less in one request, without a nonce', () => {
    const it = settledOn(['orders'], ['orders', 'stock']);
    assert.deepEqual(it.names(['stock'], ['orders']), ['← [+stock] n2']);
    it.ack('n2');
    assert.deepEqual(it.publish(snapshotOf(['orders=2', 'stock'])), []);
  });
});

// "Knowing When a Requested Resource Does Not Exist": its name comes in `removed_resources`. It may exist later, and is told then.
describe('a name with nothing under it', () => {
  test('is told as removed at once, and as a resource when it comes to be', () => {
    const it = new DeltaConversation(snapshotOf(['orders']));
    assert.deepEqual(it.names(['orders', 'never']), ['← [+orders -never] n1']);
    it.ack('n1');
    assert.deepEqual(it.publish(snapshotOf(['orders', 'never'])), ['← [+never] n2']);
  });

  test('is told as removed to a client that has everything, too', () => {
    assert.deepEqual(settled(['orders']).names(['never']), ['← [-never] n2']);
  });
});

// "Subscribing to Resources": what the server thinks the client has must be sent all the same; the client may have forgotten it.
describe('a subscription to what the client was given before', () => {
  test('is answered with the resource, although it did not change', () => {
    const it = settledOn(['orders'], ['orders']);
    assert.deepEqual(it.names(['orders']), ['← [+orders] n2']);
    it.ack('n2');
    assert.deepEqual(it.publish(snapshotOf(['orders'])), []);
  });

  test('by a client that has everything, too', () => {
    assert.deepEqual(settled(['orders', 'stock']).names(['orders']), ['← [+orders] n2']);
  });

  test('to `*` is answered with everything', () => {
    assert.deepEqual(settled(['orders', 'stock']).names(['*']), ['← [+orders +stock] n2']);
  });

  test('while a response is under way is answered after it', () => {
    const it = new DeltaConversation(snapshotOf(['orders']));
    it.names(['orders']);
    assert.deepEqual(it.names(['orders']), []);
    assert.deepEqual(it.ack('n1'), ['← [+orders] n2']);
  });
});

// "Unsubscribing from Resources": it needs no answer, also where the client was not subscribed; but whoever has `*` and drops a
// name cannot know whether it is among all, so that name is told.
describe('an unsubscription', () => {
  test('is not answered, and nothing is heard of the name any more', () => {
    const it = settledOn(['orders', 'stock'], ['orders', 'stock']);
    assert.deepEqual(it.names([], ['orders']), []);
    assert.deepEqual(it.publish(snapshotOf(['orders=2', 'stock'])), []);
    assert.deepEqual(it.publish(snapshotOf(['stock=2'])), ['← [+stock] n2']);
    assert.equal(it.state.subscriptions.get(SE)?.nacked, undefined);
  });

  test('leaves the client up to date', () => {
    const it = settledOn(['orders', 'stock'], ['orders', 'stock']);
    it.names([], ['orders']);
    assert.equal(it.state.subscriptions.get(SE)?.behindSinceMs, undefined);
  });

  test('of a name that was never subscribed to changes nothing', () => {
    const it = settledOn(['orders'], ['orders', 'stock']);
    assert.deepEqual(it.names([], ['stock', 'never']), []);
    assert.deepEqual(settled(['orders']).names([], ['orders']), []);
  });

  test('of a name beside `*` is answered with the resource where there is one, else as removed', () => {
    const it = new DeltaConversation(snapshotOf(['orders', 'stock']));
    it.names(['*', 'orders', 'never']);
    it.ack('n1');
    assert.deepEqual(it.names([], ['orders', 'never']), ['← [+orders -never] n2']);
  });

  test('of `*` leaves the names, and no name makes a client that named one ask for everything again', () => {
    const it = settled(['orders', 'stock']);
    it.names(['orders']);
    it.ack('n2');
    assert.deepEqual(it.names([], ['*']), []);
    assert.deepEqual(it.publish(snapshotOf(['orders=2', 'stock=2'])), ['← [+orders] n3']);
    it.ack('n3');
    it.names([], ['orders']);
    assert.deepEqual(it.request({ typeUrl: SE }), []);
    assert.deepEqual(it.publish(snapshotOf(['orders=3'])), []);
  });

  test('and a subscription to the same name later is answered', () => {
    const it = settledOn(['orders'], ['orders']);
    it.names([], ['orders']);
    assert.deepEqual(it.names(['orders']), ['← [+orders] n2']);
  });
});

// "Incremental xDS": a nonce pairs an answer with a response; changes of the subscription count although it is stale.
describe('a nonce', () => {
  test('of an older response neither acknowledges nor loses the names that came with it', () => {
    const it = settledOn(['orders'], ['orders', 'stock']);
    it.publish(snapshotOf(['orders=2', 'stock']));
    const stale = { typeUrl: SE, responseNonce: 'n1', resourceNamesSubscribe: ['payments/stock'] };
    assert.deepEqual(it.request(stale), []);
    assert.deepEqual(it.ack('n2'), ['← [+stock] n3']);
  });

  test('of the last response acknowledges, and names that came with it are answered', () => {
    const it = new DeltaConversation(snapshotOf(['orders', 'stock']));
    it.names(['orders']);
    const both = { typeUrl: SE, responseNonce: 'n1', resourceNamesSubscribe: ['payments/stock'] };
    assert.deepEqual(it.request(both), ['← [+stock] n2']);
  });

  test('of the last response that comes again with other names is no answer to what those are told', () => {
    const it = settledOn(['orders'], ['orders', 'stock']);
    const again = { typeUrl: SE, responseNonce: 'n1', resourceNamesSubscribe: ['payments/stock'] };
    assert.deepEqual(it.request(again), ['← [+stock] n2']);
    it.nack('n2');
    assert.deepEqual(it.publish(snapshotOf(['orders=2', 'stock'])), ['← [+orders +stock] n3']);
  });

  test('without anything else, or of nobody, changes nothing', () => {
    const it = settled(['orders']);
    assert.deepEqual(it.ack('made up'), []);
    assert.deepEqual(it.request({ typeUrl: SE }), []);
  });
});

// "Incremental xDS": ACK or NACK is told by `error_detail`; "When to send an update": only when something changed.
describe('a refusal', () => {
  test('is recorded, and the same is not told again', () => {
    const it = settled(['orders']);
    it.publish(snapshotOf(['orders', 'stock']));
    assert.deepEqual(it.nack('n2'), []);
    assert.equal(it.state.subscriptions.get(SE)?.nacked?.message, 'not for me');
    assert.deepEqual(it.publish(snapshotOf(['orders', 'stock'])), []);
  });

  test('is followed by all that the client may lack, when the content changes', () => {
    const it = settled(['orders']);
    it.publish(snapshotOf(['orders', 'stock']));
    it.nack('n2');
    assert.deepEqual(it.publish(snapshotOf(['orders', 'stock', 'users'])), ['← [+stock +users] n3']);
  });

  test('leaves in doubt what the client took of it, so all of that is told, also back to what it had', () => {
    const it = settled(['orders', 'stock']);
    it.publish(snapshotOf(['orders=2', 'users']));
    it.nack('n2');
    assert.deepEqual(it.publish(snapshotOf(['orders', 'stock'])), ['← [+orders +stock -users] n3']);
    it.ack('n3');
    assert.equal(it.state.subscriptions.get(SE)?.behindSinceMs, undefined);
  });
});

// "Incremental xDS": nothing is kept of a former stream; the client says what it knows in `initial_resource_versions`.
describe('a client that comes back', () => {
  function back(held: Readonly<Record<string, string>>, names: readonly string[], subscribe: readonly string[] = []) {
    const it = new DeltaConversation(snapshotOf(names));
    const initialResourceVersions = Object.fromEntries(
      Object.entries(held).map(([name, version]) => [`payments/${name}`, version]),
    );
    const resourceNamesSubscribe = subscribe.map((name) => `payments/${name}`);
    return it.request({ typeUrl: SE, node, initialResourceVersions, resourceNamesSubscribe });
  }
  const current = versionOf(settled(['orders']), 'orders');

  test('is told only what differs from what it says it has', () => {
    assert.deepEqual(back({ orders: current, stock: 'old', gone: 'x' }, ['orders', 'stock']), ['← [+stock -gone] n1']);
  });

  test('and has everything is answered with nothing', () => {
    assert.deepEqual(back({ orders: current }, ['orders']), ['← [] n1']);
  });

  test('and names what it wants is told of those alone, the missing ones as removed', () => {
    const held = { orders: current, other: 'x', gone: 'x' };
    assert.deepEqual(back(held, ['orders', 'stock'], ['orders', 'stock', 'gone']), ['← [+stock -gone] n1']);
  });

  test('and says nothing of what it has is sent all', () => {
    assert.deepEqual(back({}, ['orders', 'stock']), ['← [+orders +stock] n1']);
  });
});

describe('before every registry was read', () => {
  test('nothing of ours is told, neither as a resource nor as removed, and other types are answered at once', () => {
    const it = new DeltaConversation(snapshotOf(['orders'], { complete: false }));
    const initialResourceVersions = { 'payments/stock': 'x' };
    assert.deepEqual(it.request({ typeUrl: SE, node, initialResourceVersions }), []);
    assert.deepEqual(it.names(['never']), []);
    it.request({ typeUrl: 'networking.istio.io/v1/Sidecar' });
    assert.equal(it.received.at(-1)?.typeUrl, 'networking.istio.io/v1/Sidecar');
    it.news();
    assert.deepEqual(it.publish(snapshotOf(['orders', 'users'])), ['← [+orders +users -stock -never] n2']);
  });
});

describe('a stranger', () => {
  test('cannot make us remember names without end, nor long ones', () => {
    const it = new DeltaConversation(snapshotOf(['orders']));
    const resourceNamesSubscribe = Array.from({ length: 50_001 }, (_, index) => `payments/service-${index}`);
    it.request({ typeUrl: SE, resourceNamesSubscribe });
    assert.equal(it.state.subscriptions.size, 0);
    it.names(['orders', 'x'.repeat(10_000)]);
    assert.deepEqual([...(it.state.subscriptions.get(SE)?.names ?? [])], ['payments/orders']);
    it.request({ typeUrl: SE, resourceNamesSubscribe });
    assert.equal(it.state.subscriptions.get(SE)?.names.size, 1);
  });
});
