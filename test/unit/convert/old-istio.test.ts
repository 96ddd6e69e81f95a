import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { encodeEntry } from '../../../src/convert/encode.ts';
import type { ServiceEntrySpec } from '../../../src/convert/entry.ts';
import { forOldIstio } from '../../../src/convert/old-istio.ts';
import { ordersEntry } from '../../fakes/orders-entry.ts';

const SIX = { address: 'fd00::1', ports: { http: 8080 } };
const FOUR = { address: '10.0.0.1', ports: { http: 8080 } };

describe('forOldIstio()', () => {
  test('leaves an entry alone that Istio up to 1.4 takes, so that its bytes are those of everybody', () => {
    for (const exportTo of [['.'], ['*'], []]) {
      const it = ordersEntry({ exportTo });
      assert.equal(forOldIstio(it), it);
    }
    const resource = encodeEntry(ordersEntry());
    assert.equal(resource.forOldIstio(), resource);
    const named = ordersEntry({ resolution: 'DNS', endpoints: [{ address: 'a.corp.example', ports: { http: 80 } }] });
    assert.equal(forOldIstio(named), named);
  });

  const rows: readonly (readonly [string, Partial<ServiceEntrySpec>, Partial<ServiceEntrySpec>])[] = [
    ['endpoints with IPv6', { endpoints: [FOUR, SIX] }, { endpoints: [FOUR] }],
    ['IPv6 among the virtual addresses', { addresses: ['241.1.2.3', 'fd00::2'] }, { addresses: ['241.1.2.3'] }],
    ['more than one namespace to be seen in', { exportTo: ['.', 'gateways'] }, { exportTo: ['.'] }],
    ['its own namespace by its name', { exportTo: ['gateways', 'shop'] }, { exportTo: ['.'] }],
  ];
  for (const [what, from, to] of rows) {
    test(`takes away ${what}`, () => assert.deepEqual(forOldIstio(ordersEntry(from)), ordersEntry(to)));
  }

  test('gives nothing of an entry that has no endpoint left', () => {
    assert.equal(forOldIstio(ordersEntry({ endpoints: [] })), undefined);
    assert.equal(forOldIstio(ordersEntry({ endpoints: [SIX] })), undefined);
    assert.equal(encodeEntry(ordersEntry({ endpoints: [] })).forOldIstio(), undefined);
  });

  test('gives nothing of an entry that would be seen by more than may see it', () => {
    for (const exportTo of [['gateways'], ['~'], ['gateways', 'shopping']])
      assert.equal(forOldIstio(ordersEntry({ exportTo })), undefined);
  });

  test('gives nothing of an entry that would lose every virtual address: its ports would take the traffic of others', () => {
    assert.equal(forOldIstio(ordersEntry({ addresses: ['fd00::2'] })), undefined);
    assert.notEqual(forOldIstio(ordersEntry({ addresses: [] })), undefined);
  });

  test('makes a resource with a version of its own, once', () => {
    const resource = encodeEntry(ordersEntry({ endpoints: [FOUR, SIX] }));
    const old = resource.forOldIstio();
    assert.notEqual(old?.version, resource.version);
    assert.equal(old?.version, encodeEntry(ordersEntry({ endpoints: [FOUR] })).version);
    assert.equal(resource.forOldIstio(), old);
  });
});
