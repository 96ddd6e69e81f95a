import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { byIdentity } from '../../../src/lib/by-identity.ts';

describe('byIdentity()', () => {
  test('makes it once for an object, and anew for an equal one', () => {
    let made = 0;
    const of = byIdentity(({ name }: { readonly name: string }) => `${name}${++made}`);
    const one = { name: 'a' };
    assert.deepEqual([of(one), of(one), of({ name: 'a' })], ['a1', 'a1', 'a2']);
  });

  test('keeps undefined too, and nothing of what threw', () => {
    const asked: string[] = [];
    const of = byIdentity(({ name }: { readonly name: string }) => {
      asked.push(name);
      if (name === 'bad' && asked.length === 1) throw new Error('once');
      return undefined;
    });
    const bad = { name: 'bad' };
    assert.throws(() => of(bad));
    of(bad);
    of(bad);
    assert.deepEqual(asked, ['bad', 'bad']);
  });
});
