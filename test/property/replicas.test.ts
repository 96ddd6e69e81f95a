// Two replicas of one bridge: whatever each of them saw on its way, and in whatever order, once both have read the same they answer
// with the same bytes, so that an istiod that moves from one to the other rewrites nothing.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createConverter } from '../../src/convert/convert.ts';
import { createEncoder } from '../../src/convert/encode.ts';
import type { Adapter } from '../../src/serve/adapter.ts';
import { delta } from '../../src/serve/delta.ts';
import { meshConfig } from '../../src/serve/mesh-config.ts';
import { resourceSource } from '../../src/serve/resource-source.ts';
import { sotw } from '../../src/serve/sotw.ts';
import { createSnapshot, type Snapshot } from '../../src/snapshot/snapshot.ts';
import { convertOptions } from '../fakes/convert-values.ts';
import { GuardRun, type Listing, MINUTE, SECOND } from '../fakes/guard-run.ts';
import { ENTRIES } from '../fakes/legacy-conversation.ts';
import { StreamConversation } from '../fakes/stream-conversation.ts';

const TYPE_URL = 'networking.istio.io/v1/ServiceEntry';
const NODE = { id: 'sidecar~10.0.0.9~istiod-0.istio-system~istio-system.svc.cluster.local' };

/** A stream whose responses are left as they are. */
class RawConversation<Request> extends StreamConversation<Request, Uint8Array> {
  constructor(adapter: Adapter<Request>, snapshot: Snapshot) {
    super(adapter, { decode: (bytes) => bytes, line: () => '' }, snapshot);
  }

  /** The answer to its first request, in hexadecimal digits. */
  first(request: Request): string {
    this.request(request);
    return Buffer.from(this.received[0] ?? new Uint8Array(0)).toString('hex');
  }
}

/** What a client that opens a stream now is sent; nonces begin alike. */
function answersOf(snapshot: Snapshot): Readonly<Record<string, string>> {
  return {
    sotw: new RawConversation(sotw, snapshot).first({ typeUrl: TYPE_URL, node: NODE }),
    'sotw, up to 1.11': new RawConversation(sotw, snapshot).first({
      typeUrl: TYPE_URL,
      node: { id: 'sidecar~10.0.0.9~test-1.default~default.svc.cluster.local' },
    }),
    delta: new RawConversation(delta, snapshot).first({ typeUrl: TYPE_URL, node: NODE }),
    'resource-source': new RawConversation(resourceSource, snapshot).first({ collection: ENTRIES }),
    aggregated: new RawConversation(meshConfig, snapshot).first({ typeUrl: ENTRIES }),
  };
}

interface Seen {
  readonly listing: Listing;
  readonly afterMs: number;
  readonly failed: boolean;
}

const word = fc.tuple(
  fc.constantFrom('a', 'b', 'c', 'd', 'e'),
  fc.constantFrom('', '', ':down'),
  fc.constantFrom('@10.0.0.1', '@10.0.0.2', '@10.0.0.10', '@2001:db8::1'),
);
const words = fc
  .uniqueArray(word, { selector: ([id]) => id, minLength: 1, maxLength: 5 })
  .map((list) => list.map((parts) => parts.join('')).join(' '));
const listing: fc.Arbitrary<Listing> = fc.dictionary(fc.constantFrom('orders', 'users', 'carts', 'stock'), words, {
  noNullPrototype: true,
  minKeys: 1,
});
const history: fc.Arbitrary<readonly Seen[]> = fc.array(
  fc.record({ listing, afterMs: fc.constantFrom(0, SECOND, 6 * SECOND, MINUTE), failed: fc.boolean() }),
  { maxLength: 12 },
);

/** A replica that has seen these, one after the other, and then the last for as long as anything of the former can linger. */
function replica(history: readonly Seen[], last: Listing): Snapshot {
  const run = new GuardRun();
  const converter = createConverter(convertOptions());
  const encode = createEncoder();
  let serial = 0;
  const publish = () => {
    const resources = converter
      .convert(run.guarded)
      .flatMap(({ entry }) => (entry === undefined ? [] : [encode(entry)]));
    return createSnapshot(resources, { serial: ++serial, complete: run.guarded.complete, createdAtMs: run.nowMs });
  };
  const lasting = Array.from({ length: 4 }, () => ({ listing: last, afterMs: 20 * MINUTE, failed: false }));
  for (const seen of [...history, ...lasting]) {
    if (seen.failed) run.fail();
    else run.read(seen.listing);
    publish();
    run.pass(seen.afterMs);
    publish();
  }
  return publish();
}

/** The same, told in another order. */
function turned(listing: Listing): Listing {
  return Object.fromEntries(
    Object.entries(listing)
      .reverse()
      .map(([name, text]) => [name, text.split(' ').reverse().join(' ')]),
  );
}

test('two replicas answer with the same bytes in every protocol once they have read the same, whatever each saw before', () =>
  fc.assert(
    fc.property(history, history, listing, (one, other, last) => {
      const [first, second] = [replica(one, last), replica(other, turned(last))];
      assert.ok(first.complete && second.complete);
      assert.equal(second.fingerprint, first.fingerprint);
      assert.deepEqual(answersOf(second), answersOf(first));
    }),
    { numRuns: 200 },
  ));
