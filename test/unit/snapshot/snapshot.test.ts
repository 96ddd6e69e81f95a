import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { envoy, istio } from '../../../src/proto/messages.gen.js';
import { anyFrame, anyFrameWithoutVersion } from '../../../src/snapshot/frame.ts';
import type { Resource } from '../../../src/snapshot/resource.ts';
import { createSnapshot, emptySet, type Snapshot } from '../../../src/snapshot/snapshot.ts';

const SERVICE_ENTRY = 'networking.istio.io/ServiceEntry';
const DESTINATION_RULE = 'networking.istio.io/DestinationRule';

function resource(name: string, version: string, kind = SERVICE_ENTRY): Resource {
  const encode = (metadata: { name: string; version: string }) =>
    istio.mcp.v1alpha1.Resource.encode({ metadata }).finish();
  return {
    kind,
    name,
    version,
    bytes: encode({ name, version }),
    bytesWithoutVersion: () => encode({ name, version: '' }),
    forOldIstio() {
      return this;
    },
  };
}

function snapshot(resources: readonly Resource[], complete = true): Snapshot {
  return createSnapshot(resources, { serial: 1, complete, createdAtMs: 0 });
}

function entries(of: Snapshot) {
  const set = of.kinds.get(SERVICE_ENTRY);
  assert.ok(set !== undefined);
  return set;
}

/** What a client reads out of the joined bytes: `name@version`. */
function decoded(bytes: Uint8Array): readonly string[] {
  return envoy.service.discovery.v3.DiscoveryResponse.decode(bytes).resources.map(({ typeUrl: url, value }) => {
    assert.equal(url, 'type.googleapis.com/istio.mcp.v1alpha1.Resource');
    const { metadata } = istio.mcp.v1alpha1.Resource.decode(value ?? new Uint8Array(0));
    return `${metadata?.name}@${metadata?.version}`;
  });
}

const three = [resource('shop/b', '02'), resource('shop/a', '01'), resource('shop/c', '03')];

describe('snapshot: the joined bytes', () => {
  test('decode to every resource, ordered by name', () => {
    assert.deepEqual(decoded(entries(snapshot(three)).joined(anyFrame)), ['shop/a@01', 'shop/b@02', 'shop/c@03']);
  });

  test('decode to the same resources with empty versions where a client must not see them', () => {
    assert.deepEqual(decoded(entries(snapshot(three)).joined(anyFrameWithoutVersion)), [
      'shop/a@',
      'shop/b@',
      'shop/c@',
    ]);
  });

  test('stay valid beside the other fields of an answer', () => {
    const { DiscoveryResponse } = envoy.service.discovery.v3;
    const head = DiscoveryResponse.encode({ versionInfo: 'v', typeUrl: 't', nonce: 'n' }).finish();
    const answer = DiscoveryResponse.decode(Buffer.concat([entries(snapshot(three)).joined(anyFrame), head]));
    assert.deepEqual([answer.versionInfo, answer.nonce, answer.typeUrl], ['v', 'n', 't']);
    assert.equal(answer.resources.length, 3);
  });

  test('are made once, when first asked for, and shared by all clients', () => {
    let encoded = 0;
    const counted = three.map((one) => ({
      ...one,
      bytesWithoutVersion: () => {
        encoded += 1;
        return one.bytesWithoutVersion();
      },
    }));
    const set = entries(snapshot(counted));
    assert.equal(encoded, 0);
    assert.equal(set.joined(anyFrameWithoutVersion), set.joined(anyFrameWithoutVersion));
    assert.equal(set.joined(anyFrame), set.joined(anyFrame));
    assert.notEqual(set.joined(anyFrame), set.joined(anyFrameWithoutVersion));
    assert.equal(encoded, 3);
  });

  test('hold each kind alone', () => {
    const both = snapshot([...three, resource('shop/a', '09', DESTINATION_RULE)]);
    assert.deepEqual([...both.kinds.keys()], [DESTINATION_RULE, SERVICE_ENTRY]);
    assert.equal(decoded(entries(both).joined(anyFrame)).length, 3);
    assert.deepEqual(decoded(both.kinds.get(DESTINATION_RULE)?.joined(anyFrame) ?? new Uint8Array(0)), ['shop/a@09']);
  });
});

describe('snapshot: versions and fingerprint', () => {
  test('do not depend on the order of arrival, and neither do the bytes', () => {
    const all = [...three, resource('shop/a', '09', DESTINATION_RULE)];
    const expected = snapshot(all);
    fc.assert(
      fc.property(fc.shuffledSubarray(all, { minLength: all.length }), (shuffled) => {
        const other = snapshot(shuffled);
        assert.equal(other.fingerprint, expected.fingerprint);
        assert.equal(entries(other).version, entries(expected).version);
        assert.deepEqual(entries(other).joined(anyFrame), entries(expected).joined(anyFrame));
      }),
    );
  });

  const [b, a, c] = three;
  const changes: readonly { readonly what: string; readonly resources: readonly (Resource | undefined)[] }[] = [
    { what: 'a resource has another version', resources: [b, resource('shop/a', '99'), c] },
    { what: 'a resource has another name', resources: [b, resource('shop/aa', '01'), c] },
    { what: 'a resource is gone', resources: [b, a] },
    { what: 'a resource is new', resources: [b, a, c, resource('shop/d', '04')] },
    { what: 'two resources swap their versions', resources: [resource('shop/b', '01'), resource('shop/a', '02'), c] },
  ];
  for (const { what, resources } of changes) {
    test(`differ when ${what}`, () => {
      const other = snapshot(resources.filter((one) => one !== undefined));
      assert.notEqual(entries(other).version, entries(snapshot(three)).version);
      assert.notEqual(other.fingerprint, snapshot(three).fingerprint);
    });
  }

  test('the fingerprint tells kinds apart', () => {
    assert.notEqual(
      snapshot([resource('shop/a', '01')]).fingerprint,
      snapshot([resource('shop/a', '01', DESTINATION_RULE)]).fingerprint,
    );
  });

  test('neither serial nor time nor completeness changes the fingerprint', () => {
    const other = createSnapshot(three, { serial: 9, complete: false, createdAtMs: 77 });
    assert.equal(other.fingerprint, snapshot(three).fingerprint);
    assert.deepEqual([other.serial, other.complete, other.createdAtMs], [9, false, 77]);
  });

  test('are 16 hex digits, also of nothing', () => {
    assert.match(entries(snapshot(three)).version, /^[0-9a-f]{16}$/);
    assert.match(snapshot([]).fingerprint, /^[0-9a-f]{16}$/);
    assert.match(emptySet('x').version, /^[0-9a-f]{16}$/);
  });

  test('a change of one kind leaves the version of the other', () => {
    const before = snapshot([...three, resource('shop/a', '09', DESTINATION_RULE)]);
    const after = snapshot([...three, resource('shop/a', '10', DESTINATION_RULE)]);
    assert.equal(entries(after).version, entries(before).version);
    assert.notEqual(after.fingerprint, before.fingerprint);
  });
});

describe('snapshot: what it refuses and keeps', () => {
  test('two resources of one kind and name are a defect and throw', () => {
    assert.throws(() => snapshot([...three, resource('shop/a', '07')]), /two resources .* shop\/a/);
    assert.throws(() => snapshot([...three, ...three.slice(0, 1)]), /two resources .* shop\/b/);
  });

  test('names that JavaScript objects know already are names like any other', () => {
    const odd = snapshot(['__proto__', 'constructor', 'toString'].map((name) => resource(`shop/${name}`, '01')));
    assert.equal(entries(odd).resources.size, 3);
    assert.deepEqual([...snapshot([resource('shop/a', '1', '__proto__')]).kinds.keys()], ['__proto__']);
  });

  test('resources handed in are copied: changing the list later changes nothing', () => {
    const list = [...three];
    const made = snapshot(list);
    const before = entries(made).joined(anyFrame);
    list.length = 0;
    assert.equal(entries(made).resources.size, 3);
    assert.equal(entries(made).joined(anyFrame), before);
  });

  test('resources are found by name, in order of name', () => {
    assert.deepEqual([...entries(snapshot(three)).resources.keys()], ['shop/a', 'shop/b', 'shop/c']);
    assert.equal(entries(snapshot(three)).resources.get('shop/b'), three[0]);
  });

  test('a kind that we have nothing of is an empty set, equal for all kinds', () => {
    const empty = emptySet(SERVICE_ENTRY);
    assert.equal(empty.resources.size, 0);
    assert.equal(empty.joined(anyFrame).length, 0);
    assert.equal(empty.joined(anyFrameWithoutVersion).length, 0);
    assert.equal(empty.version, emptySet(DESTINATION_RULE).version);
    assert.equal(snapshot([]).kinds.size, 0);
  });

  test('10,000 resources join into one answer', () => {
    const many = Array.from({ length: 10_000 }, (_, n) => resource(`shop/${n}`, String(n)));
    assert.equal(decoded(entries(snapshot(many)).joined(anyFrame)).length, 10_000);
  });
});
