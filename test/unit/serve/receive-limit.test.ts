import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ClientIdentity } from '../../../src/serve/client-identity.ts';
import { receiveLimit } from '../../../src/serve/receive-limit.ts';

const identity = (nodeId: string): ClientIdentity => ({ nodeId, revision: undefined, process: undefined });
const SE = 'networking.istio.io/v1alpha3/ServiceEntry';
const asked = (...topics: readonly string[]) => new Map(topics.map((topic) => [topic, {}]));

describe('receiveLimit()', () => {
  test('is 4 MiB for every client of legacy MCP, with the flag of Pilot as the remedy', () => {
    for (const protocol of ['resource-source', 'aggregated'] as const) {
      const limit = receiveLimit({ protocol, identity: identity(''), subscriptions: asked() });
      assert.equal(limit?.bytes, 4_194_304);
      assert.match(limit?.remedy ?? '', /--mcpMaxMsgSize/);
    }
  });

  test('is 4 MiB for Istio up to 1.11 over xDS, which has no flag for it', () => {
    const old = identity('sidecar~10.0.0.9~test-1.default~default.svc.cluster.local');
    const limit = receiveLimit({ protocol: 'sotw', identity: old, subscriptions: asked(SE) });
    assert.equal(limit?.bytes, 4_194_304);
    assert.match(limit?.remedy ?? '', /split the scope/);
  });

  test('is unknown for later ones and for other clients', () => {
    const istiod = identity('sidecar~10.0.0.9~istiod-0.istio-system~istio-system.svc.cluster.local');
    for (const who of [istiod, identity('envoy'), undefined]) {
      for (const protocol of ['sotw', 'delta'] as const) {
        assert.equal(receiveLimit({ protocol, identity: who, subscriptions: asked(SE) }), undefined);
      }
    }
  });
});
