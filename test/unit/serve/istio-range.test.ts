import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { istioRange, neverWaits, rangeText } from '../../../src/serve/istio-range.ts';
import { typesOf } from '../../fakes/istiod-release.ts';

const legacy = 'sidecar~10.0.0.9~test-1.default~default.svc.cluster.local';
const modern = 'sidecar~10.0.0.9~istiod-0.istio-system~istio-system.svc.cluster.local';

function identity(minor: number, revision: string | undefined) {
  return { nodeId: minor <= 11 ? legacy : modern, revision: minor >= 13 ? revision : undefined, process: undefined };
}

describe('istioRange()', () => {
  const rows: readonly (readonly [number, string])[] = [
    [9, '1.8–1.9'],
    [10, '1.10–1.11'],
    [11, '1.10–1.11'],
    [12, '1.12'],
    [13, '1.13–1.17'],
    [15, '1.13–1.17'],
    [17, '1.13–1.17'],
    [18, '1.18–1.23'],
    [23, '1.18–1.23'],
    [24, '1.24–1.29'],
    [29, '1.24–1.29'],
    [30, '≥ 1.30'],
    [31, '≥ 1.30'],
  ];
  for (const [minor, expected] of rows) {
    test(`takes a client of Istio 1.${minor} for ${expected}, with or without a revision`, () => {
      for (const revision of [undefined, 'stable']) {
        const asked = ['core/v1alpha1/MeshConfig', ...typesOf(minor)];
        assert.equal(rangeText(istioRange(identity(minor, revision), asked)), expected);
      }
    });
  }

  test('while the client is still asking is never too high, and never excludes the release that it is', () => {
    for (let minor = 9; minor <= 31; minor++) {
      const asked = ['core/v1alpha1/MeshConfig', ...typesOf(minor)];
      asked.forEach((_, count) => {
        const { min = 0 } = istioRange(identity(minor, 'r'), asked.slice(0, count)) ?? {};
        assert.ok(min <= minor, `1.${minor} after ${count} types: ${min}`);
      });
    }
  });

  test('does not let a type that later releases no longer ask for speak against what proves them', () => {
    const asked = typesOf(31).filter((typeUrl) => !typeUrl.includes('ProxyConfig') && !typeUrl.includes('Telemetry'));
    assert.equal(rangeText(istioRange(identity(31, undefined), asked)), '≥ 1.30');
  });

  test('says nothing of a client that is no istiod, or that gave no node', () => {
    assert.equal(rangeText(istioRange(undefined, typesOf(29))), '?');
    assert.equal(istioRange({ nodeId: 'envoy-1', revision: undefined, process: undefined }, typesOf(29)), undefined);
  });
});

test('neverWaits() holds for what is certainly 1.15 or older', () => {
  for (const [max, expected] of [
    [11, true],
    [15, true],
    [17, false],
    [undefined, false],
  ] as const) {
    assert.equal(neverWaits({ min: undefined, max }), expected);
  }
  assert.equal(neverWaits(undefined), false);
});
