import assert from 'node:assert/strict';
import { test } from 'node:test';
import { snapshotChanges } from '../../../src/app/snapshot-changes.ts';
import type { Resource } from '../../../src/snapshot/resource.ts';
import { createSnapshot } from '../../../src/snapshot/snapshot.ts';

function snapshot(versions: Readonly<Record<string, string>>) {
  const resources = Object.entries(versions).map(([name, version]): Resource => {
    const bytes = Buffer.from(name + version);
    return { kind: 'networking.istio.io/ServiceEntry', name, version, bytes, bytesWithoutVersion: () => bytes };
  });
  return createSnapshot(resources, { serial: 1, complete: true, createdAtMs: 0 });
}

test('snapshotChanges() tells names that came, changed their version and went, and no others', () => {
  const former = snapshot({ 'a/1': 'x', 'a/2': 'x', 'a/3': 'x' });
  const now = snapshot({ 'a/2': 'x', 'a/3': 'y', 'a/4': 'x' });
  assert.deepEqual(snapshotChanges(former, now), { added: ['a/4'], updated: ['a/3'], removed: ['a/1'] });
});
