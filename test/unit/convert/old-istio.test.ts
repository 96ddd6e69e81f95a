import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { encodeEntry } from '../../../src/convert/encode.ts';
import type { Entry, ResourceName, ServiceEntrySpec } from '../../../src/convert/entry.ts';
import { forOldIstio } from '../../../src/convert/old-istio.ts';

function entry(spec: Partial<ServiceEntrySpec> = {}): Entry {
  return {
    kind: 'networking.istio.io/ServiceEntry',
    name: 'shop/bridge.legacy.orders' as ResourceName,
    labels: {},
    annotations: {},
    spec: {
      hosts: ['orders.shop.legacy'],
      addresses: ['241.1.2.3'],
      ports: [{ number: 80, protocol: 'HTTP', name: 'http' }],
      location: 'MESH_INTERNAL',
      resolution: 'STATIC',
      endpoints: [{ address: '10.0.0.1', ports: { http: 8080 } }],
      exportTo: ['.'],
      ...spec,
    },
  };
}

const SIX = { address: 'fd00::1', ports: { http: 8080 } };
const FOUR = { address: '10.0.0.1', ports: { http: 8080 } };

describe('forOldIstio()', () => {
  test('leaves an entry alone that Istio up to 1.4 takes, so that its bytes are those of everybody', () => {
    for (const exportTo of [['.'], ['*'], []]) {
      const it = entry({ exportTo });
      assert.equal(forOldIstio(it), it);
    }
    const resource = encodeEntry(entry());
    assert.equal(resource.forOldIstio(), resource);
    const named = entry({ resolution: 'DNS', endpoints: [{ address: 'a.corp.example', ports: { http: 80 } }] });
    assert.equal(forOldIstio(named), named);
  });

  const rows: readonly (readonly [string, Partial<ServiceEntrySpec>, Partial<ServiceEntrySpec>])[] = [
    ['endpoints with IPv6', { endpoints: [FOUR, SIX] }, { endpoints: [FOUR] }],
    ['IPv6 among the virtual addresses', { addresses: ['241.1.2.3', 'fd00::2'] }, { addresses: ['241.1.2.3'] }],
    ['more than one namespace to be seen in', { exportTo: ['.', 'gateways'] }, { exportTo: ['.'] }],
    ['one namespace by its name', { exportTo: ['gateways'] }, { exportTo: ['.'] }],
  ];
  for (const [what, from, to] of rows) {
    test(`takes away ${what}`, () => assert.deepEqual(forOldIstio(entry(from)), entry(to)));
  }

  test('gives nothing of an entry that has no endpoint left', () => {
    assert.equal(forOldIstio(entry({ endpoints: [] })), undefined);
    assert.equal(forOldIstio(entry({ endpoints: [SIX] })), undefined);
    assert.equal(encodeEntry(entry({ endpoints: [] })).forOldIstio(), undefined);
  });

  test('makes a resource with a version of its own, once', () => {
    const resource = encodeEntry(entry({ endpoints: [FOUR, SIX] }));
    const old = resource.forOldIstio();
    assert.notEqual(old?.version, resource.version);
    assert.equal(old?.version, encodeEntry(entry({ endpoints: [FOUR] })).version);
    assert.equal(resource.forOldIstio(), old);
  });
});
