import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { PROTOCOL_CLIENTS } from '../fakes/protocol-clients.ts';
import { SERVICE_ENTRY, snapshotOf } from '../fakes/resources.ts';

type Move =
  | { readonly kind: 'publish'; readonly names: readonly string[]; readonly complete: boolean }
  | { readonly kind: 'nack'; readonly portion: number }
  | { readonly kind: 'ack' | 'reconnect' };

const names = fc.uniqueArray(fc.constantFrom('a', 'b', 'b=2', 'c', 'c=3', 'd'), {
  selector: (name) => name.split('=')[0],
});
const move: fc.Arbitrary<Move> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('publish'), names, complete: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('nack'), portion: fc.constantFrom(0, 0.5, 1) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constantFrom('ack', 'reconnect') }) },
);

describe('every protocol', () => {
  test('delivers the same set after any history of publications, answers, refusals and lost streams', () => {
    fc.assert(
      fc.property(fc.array(move, { maxLength: 40 }), names, (moves, last) => {
        const first = snapshotOf([], { complete: false });
        const clients = Object.entries(PROTOCOL_CLIENTS).map(([protocol, connect]) => ({
          protocol,
          it: connect(first),
        }));
        for (const made of moves) {
          const snapshot = made.kind === 'publish' ? snapshotOf(made.names, { complete: made.complete }) : undefined;
          for (const { it } of clients) {
            if (snapshot !== undefined) it.publish(snapshot);
            else if (made.kind === 'nack') it.nack(made.portion);
            else if (made.kind === 'ack') it.ack();
            else it.reconnect();
          }
        }
        // What was refused last is not sent again, so the last content is one that nobody was offered yet.
        const final = snapshotOf([...last, 'new']);
        for (const { it } of clients) it.publish(final);
        for (let round = 0; round < 3; round++) for (const { it } of clients) it.ack();
        const expected = [...(final.kinds.get(SERVICE_ENTRY)?.resources.values() ?? [])].map(
          ({ name, version }) => [name.replace('payments/', ''), version] as const,
        );
        for (const { protocol, it } of clients) {
          assert.deepEqual([...it.store].sort(byName), expected.toSorted(byName), protocol);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('gives nobody anything, and takes nothing from anybody, before every registry was read', () => {
    fc.assert(
      fc.property(fc.array(names, { maxLength: 10 }), (histories) => {
        for (const connect of Object.values(PROTOCOL_CLIENTS)) {
          const it = connect(snapshotOf(['a', 'b']));
          it.ack();
          for (const partly of histories) {
            it.publish(snapshotOf(partly, { complete: false }));
            it.reconnect();
            it.ack();
          }
          assert.deepEqual([...it.store.keys()], ['a', 'b']);
        }
      }),
    );
  });
});

function byName([a]: readonly [string, string], [b]: readonly [string, string]): number {
  return a < b ? -1 : 1;
}
