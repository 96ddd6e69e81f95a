import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { keepIdentity } from '../../../src/registry/identity.ts';
import { anInstance, aService, servicesOf } from '../../fakes/model-values.ts';

const read = (address = '10.0.0.1') =>
  servicesOf(aService('a'), aService('b', [anInstance({ id: '1', address }), anInstance({ id: '2' })]));

describe('a fresh reading', () => {
  test('that says the same keeps the whole map', () => {
    const former = read();
    assert.equal(keepIdentity(former, read()), former);
  });

  test('in another order keeps the whole map', () => {
    const former = read();
    assert.equal(keepIdentity(former, new Map([...read()].reverse())), former);
  });

  test('keeps every service but the changed one, and in that every instance but the changed one', () => {
    const former = read();
    const fresh = keepIdentity(former, read('10.0.0.9'));
    const [a, b] = [...former.values()];
    const [freshA, freshB] = [...fresh.values()];
    assert.notEqual(fresh, former);
    assert.equal(freshA, a);
    assert.notEqual(freshB, b);
    assert.equal(freshB?.instances[0]?.address, '10.0.0.9');
    assert.equal(freshB?.instances[1], b?.instances[1]);
  });

  test('that lacks a service is another map of the same services', () => {
    const former = read();
    const [a] = [...former.values()];
    const fresh = keepIdentity(former, servicesOf(aService('a')));
    assert.deepEqual([...fresh.values()], [a]);
    assert.equal([...fresh.values()][0], a);
  });

  test('is itself when nothing was known before', () => {
    const first = read();
    assert.equal(keepIdentity(undefined, first), first);
  });
});
