import assert from 'node:assert/strict';
import { test } from 'node:test';
import { snapshotChanges } from '../../../src/app/snapshot-changes.ts';
import { type Resource, resourceKey } from '../../../src/snapshot/resource.ts';
import { createSnapshot } from '../../../src/snapshot/snapshot.ts';

const ENTRY = 'networking.istio.io/ServiceEntry';
const RULE = 'networking.istio.io/DestinationRule';

function resources(kind: string, versions: Readonly<Record<string, string>>): Resource[] {
  return Object.entries(versions).map(([name, version]) => {
    const bytes = Buffer.from(name + version);
    return { kind, name, version, bytes, bytesWithoutVersion: () => bytes, forOldIstio: () => undefined };
  });
}

function snapshot(...lists: readonly (readonly Resource[])[]) {
  return createSnapshot(lists.flat(), { serial: 1, complete: true, createdAtMs: 0 });
}

const key = (kind: string, name: string) => resourceKey({ kind, name });

test('snapshotChanges() tells what came, changed its version and went, and nothing else', () => {
  const former = snapshot(resources(ENTRY, { 'a/1': 'x', 'a/2': 'x', 'a/3': 'x' }));
  const now = snapshot(resources(ENTRY, { 'a/2': 'x', 'a/3': 'y', 'a/4': 'x' }));
  assert.deepEqual(snapshotChanges(former, now), {
    added: [key(ENTRY, 'a/4')],
    updated: [key(ENTRY, 'a/3')],
    removed: [key(ENTRY, 'a/1')],
  });
});

test('snapshotChanges() never takes a resource for one of another kind that bears its name', () => {
  const former = snapshot(resources(ENTRY, { 'a/1': 'x', 'a/2': 'x' }), resources(RULE, { 'a/1': 'r' }));
  const now = snapshot(resources(ENTRY, { 'a/1': 'y' }), resources(RULE, { 'a/1': 'r', 'a/2': 'x' }));
  assert.deepEqual(snapshotChanges(former, now), {
    added: [key(RULE, 'a/2')],
    updated: [key(ENTRY, 'a/1')],
    removed: [key(ENTRY, 'a/2')],
  });
});
