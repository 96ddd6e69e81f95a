import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { inventoryAnnotations } from '../../../src/convert/inventory.ts';
import { aService } from '../../fakes/model-values.ts';

const told = (name: string, inventory: Readonly<Record<string, readonly string[]>>) => ({
  ...aService(name),
  inventory: new Map(Object.entries(inventory)),
});
const annotate = (...services: ReturnType<typeof aService>[]) =>
  Object.fromEntries(inventoryAnnotations(services, 'footbridge.io'));

describe('what a registry tells about a service', () => {
  test('becomes an annotation for each kind, with the texts of all joined services sorted and once', () => {
    const one = told('a', { interfaces: ['com.x.B', 'com.x.C'], consumers: ['web'] });
    const two = told('b', { interfaces: ['com.x.A', 'com.x.B'] });
    assert.deepEqual(annotate(one, two), {
      'footbridge.io/interfaces': 'com.x.A, com.x.B, com.x.C',
      'footbridge.io/consumers': 'web',
    });
    assert.deepEqual(annotate(two, one), annotate(one, two));
  });

  test('is nothing where the registry tells nothing', () => {
    assert.deepEqual(annotate(aService('a')), {});
  });

  test('is cut at a whole text, says how many are missing, and stays below 8 KiB', () => {
    const many = Array.from({ length: 1000 }, (_, index) => `com.acme.Service${String(index).padStart(4, '0')}`);
    const text = annotate(told('a', { interfaces: many }))['footbridge.io/interfaces'] ?? '';
    assert.ok(Buffer.byteLength(text) <= 8 * 1024);
    const [, shown = '', missing = ''] = /^(.*) and (\d+) more$/.exec(text) ?? [];
    assert.equal(shown.split(', ').length + Number(missing), 1000);
    assert.ok(shown.split(', ').every((one) => many.includes(one)));
  });

  test('of one absurdly long text is only its number', () => {
    const text = annotate(told('a', { groups: ['x'.repeat(9000), 'y'] }))['footbridge.io/groups'];
    assert.equal(text, 'and 2 more');
  });

  test('holds no half of a surrogate pair, over which istiod would drop the whole answer', () => {
    const text = annotate(told('a', { groups: ['a\ud83c'] }))['footbridge.io/groups'];
    assert.equal(text, 'a\ufffd');
  });
});
