import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ServedSinceBook } from '../../../../src/app/explain/served-since.ts';
import { snapshotChanges } from '../../../../src/app/snapshot-changes.ts';
import { resourceKey } from '../../../../src/snapshot/resource.ts';
import { createSnapshot, type Snapshot } from '../../../../src/snapshot/snapshot.ts';

const KIND = 'networking.istio.io/ServiceEntry';

function snapshot(serial: number, versions: Readonly<Record<string, string>>): Snapshot {
  const resources = Object.entries(versions).map(([name, version]) => {
    return {
      kind: KIND,
      name,
      version,
      bytes: new Uint8Array(0),
      bytesWithoutVersion: () => new Uint8Array(0),
      forOldIstio: () => undefined,
    };
  });
  return createSnapshot(resources, { serial, complete: true, createdAtMs: serial * 1000 });
}

test('a resource is served as it is since the snapshot that brought its version, and forgotten when it goes', () => {
  const book = new ServedSinceBook();
  const history = [
    snapshot(0, {}),
    snapshot(1, { 'shop/a': 'v1', 'shop/b': 'v1' }),
    snapshot(2, { 'shop/a': 'v1', 'shop/b': 'v2' }),
    snapshot(3, { 'shop/a': 'v1', 'shop/c': 'v1' }),
    snapshot(4, { 'shop/a': 'v1', 'shop/b': 'v2' }),
  ];
  const since = history.map((now, index) => {
    book.published(now, snapshotChanges(history[index - 1] ?? now, now));
    return ['shop/a', 'shop/b', 'shop/c'].map((name) => book.of(resourceKey({ kind: KIND, name }))?.serial);
  });
  assert.deepEqual(since, [
    [undefined, undefined, undefined],
    [1, 1, undefined],
    [1, 2, undefined],
    [1, undefined, 3],
    [1, 4, undefined],
  ]);
  assert.deepEqual(book.of(resourceKey({ kind: KIND, name: 'shop/b' })), { serial: 4, atMs: 4000 });
  assert.equal(book.of(resourceKey({ kind: 'networking.istio.io/DestinationRule', name: 'shop/b' })), undefined);
});
