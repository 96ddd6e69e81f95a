import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  type Changes,
  changesAndNames,
  changesBetween,
  HOLDS_NOTHING,
  isNothing,
} from '../../../src/snapshot/changes.ts';
import { anyFrame, joinFrames } from '../../../src/snapshot/frame.ts';
import type { ResourceSet } from '../../../src/snapshot/snapshot.ts';
import { subset } from '../../../src/snapshot/snapshot.ts';
import { SERVICE_ENTRY, snapshotOf } from '../../fakes/resources.ts';

function setOf(...names: readonly string[]): ResourceSet {
  const set = snapshotOf(names).kinds.get(SERVICE_ENTRY);
  assert.ok(set !== undefined);
  return set;
}

function lines({ changed, removed }: Changes): readonly string[] {
  return [...changed.map(({ name }) => `~${name}`), ...removed.map((name) => `-${name}`)];
}

describe('changesBetween()', () => {
  test('tells what is new, what has another version and what is gone, and nothing of the rest', () => {
    const before = setOf('kept', 'changed', 'gone').resources;
    assert.deepEqual(lines(changesBetween(before, setOf('kept', 'changed=2', 'new'))), [
      '~payments/changed',
      '~payments/new',
      '-payments/gone',
    ]);
  });

  test('of what a client holds already is nothing', () => {
    const set = setOf('a', 'b');
    assert.ok(isNothing(changesBetween(set.resources, set)));
    assert.ok(isNothing(changesBetween(setOf('a', 'b').resources, set)));
    assert.ok(!isNothing(changesBetween(HOLDS_NOTHING, set)));
  });

  test('is computed, and its bytes are joined, once for all who hold the same', () => {
    const [before, set] = [setOf('a').resources, setOf('a=2', 'b')];
    const changes = changesBetween(before, set);
    assert.equal(changesBetween(before, set), changes);
    assert.equal(changes.joined(anyFrame), changes.joined(anyFrame));
    assert.deepEqual(changes.joined(anyFrame), joinFrames(changes.changed, anyFrame));
  });
});

describe('changesAndNames()', () => {
  test('adds what stands under a name although it did not change, and tells a name without anything as removed', () => {
    const set = setOf('a', 'b', 'c=2');
    const changes = changesBetween(setOf('a', 'b', 'c').resources, set);
    const names = new Set(['payments/a', 'payments/c', 'payments/never']);
    assert.deepEqual(lines(changesAndNames(changes, names, set)), ['~payments/a', '~payments/c', '-payments/never']);
    assert.equal(changesAndNames(changes, new Set(), set), changes);
  });
});

describe('subset()', () => {
  test('is those of the set that are named, once, under a version of their own', () => {
    const set = setOf('a', 'b', 'c');
    const names = new Set(['payments/c', 'payments/never', 'payments/a']);
    const part = subset(set, names);
    assert.deepEqual([...part.resources.keys()], ['payments/a', 'payments/c']);
    assert.equal(part.version, setOf('a', 'c').version);
    assert.equal(subset(set, names), part);
    assert.deepEqual(part.joined(anyFrame), setOf('a', 'c').joined(anyFrame));
  });
});
