import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { serviceKey } from '../../../src/model/service.ts';
import { combinedState, newestFirst } from '../../../src/persist/combined-state.ts';
import { aMemory, aSavedRegistry, aSavedState } from '../../fakes/saved-values.ts';

const registry = (name: string, readAtMs: number) => aSavedRegistry(aMemory([]), { name, readAtMs });

describe('combinedState()', () => {
  test('has nothing where there is nothing', () => assert.equal(combinedState([]), undefined));

  test('takes each registry of the first that holds it', () => {
    const first = aSavedState([registry('eureka', 100)]);
    const second = aSavedState([registry('eureka', 900), registry('dubbo', 200)]);
    const read = combinedState([first, second])?.registries.map(({ name, readAtMs }) => [name, readAtMs]);
    assert.deepEqual(read, [
      ['eureka', 100],
      ['dubbo', 200],
    ]);
  });

  test('keeps the order of names of the first, and adds what it does not know', () => {
    const name = (key: string, sinceMs: number) =>
      [serviceKey('eureka', key), { sinceMs, presentSinceMs: sinceMs, present: true }] as const;
    const first = { ...aSavedState([]), seniority: new Map([name('b', 2), name('a', 3)]) };
    const second = { ...aSavedState([]), seniority: new Map([name('a', 1), name('c', 1)]) };
    assert.deepEqual(
      [...(combinedState([first, second])?.seniority ?? [])],
      [name('b', 2), name('a', 3), name('c', 1)],
    );
  });
});

test('newestFirst() looks at when was read, not at when was written', () => {
  const older = aSavedState([registry('eureka', 100)], 9_000);
  const newer = aSavedState([registry('eureka', 200)], 1_000);
  assert.deepEqual(newestFirst([older, newer]), [newer, older]);
});
