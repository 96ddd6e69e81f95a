import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { goTimeText } from '../../../src/lib/go-time.ts';
import { clientKind, isLookingOnly, readIdentity, takesVersions } from '../../../src/serve/client-identity.ts';

const id = 'sidecar~10.0.0.9~istiod-0.istio-system~istio-system.svc.cluster.local';

describe('readIdentity()', () => {
  test('takes the revision from the metadata, and the process from a nonce with an age', () => {
    const metadata = { fields: { ISTIO_REVISION: { stringValue: 'stable' }, ISTIO_VERSION: { stringValue: '65536' } } };
    const responseNonce = goTimeText({ wallMs: 1_000_500, ageMs: 500 });
    assert.deepEqual(readIdentity({ node: { id, metadata }, responseNonce }), {
      nodeId: id,
      revision: 'stable',
      process: { nodeId: id, startedAtMs: 1_000_000, ageMs: 500 },
    });
  });

  test('does without metadata, and without a nonce that tells an age', () => {
    for (const responseNonce of ['', '17', 'x'.repeat(1_000_000)]) {
      assert.deepEqual(readIdentity({ node: { id }, responseNonce }), {
        nodeId: id,
        revision: undefined,
        process: undefined,
      });
    }
  });

  test('is undefined where there is no node id', () => {
    for (const node of [undefined, null, {}, { id: '' }]) {
      assert.equal(readIdentity({ ...(node === undefined ? {} : { node }) }), undefined);
    }
  });

  test('cuts what is too long to be kept', () => {
    const long = 'x'.repeat(1_000_000);
    const metadata = { fields: { ISTIO_REVISION: { stringValue: long } } };
    const identity = readIdentity({ node: { id: long, metadata } });
    assert.deepEqual([identity?.nodeId.length, identity?.revision?.length], [300, 300]);
  });
});

test('takesVersions() is false for the fixed node id of Istio up to 1.11 alone', () => {
  const identity = (nodeId: string) => ({ nodeId, revision: undefined, process: undefined });
  assert.equal(takesVersions(identity('sidecar~10.0.0.9~test-1.default~default.svc.cluster.local')), false);
  assert.equal(takesVersions(identity(id)), true);
  assert.equal(takesVersions(undefined), true);
});

test('isLookingOnly() is true for our own clients alone', () => {
  const identity = (nodeId: string) => ({ nodeId, revision: undefined, process: undefined });
  assert.equal(isLookingOnly(identity('footbridge-watch')), true);
  assert.equal(isLookingOnly(identity(id)), false);
});

test('clientKind() takes who says nothing over legacy MCP for Pilot, and who has a name of its own for another client', () => {
  for (const id of [undefined, '', 'SSEMCP']) assert.equal(clientKind(id, 'resource-source'), 'istiod');
  assert.equal(clientKind('mcpc', 'aggregated'), 'other');
});

test('clientKind() knows every istiod by the form of its node id, and takes whoever says nothing for another client', () => {
  for (const istiod of [id, 'sidecar~10.0.0.9~test-1.default~default.svc.cluster.local']) {
    assert.equal(clientKind(istiod, 'sotw'), 'istiod');
  }
  for (const other of [undefined, '', 'footbridge-check', 'footbridge-watch', 'grpcurl']) {
    assert.equal(clientKind(other, 'sotw'), 'other');
  }
});
