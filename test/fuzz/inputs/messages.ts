// Requests of every protocol as messages: what istiod and Pilot send, and what nobody should.
import fc from 'fast-check';
import { goTimeText } from '../../../src/lib/go-time.ts';
import type { envoy, google, istio } from '../../../src/proto/messages.gen.js';
import { istiodRelease, typesOf } from '../../fakes/istiod-release.ts';
import { collectionsOf } from '../../fakes/legacy-collections.ts';
import { growthUpTo, LARGE, repetitions } from './growth.ts';
import { ODD_KEYS, oddText } from './oddities.ts';

export interface Message {
  readonly responseNonce?: string | null;
}

const URL_START = 'type.googleapis.com/istio.networking.v1alpha3.ServiceEntry';
const typeUrl = fc.oneof(
  { weight: 8, arbitrary: fc.constant('networking.istio.io/v1/ServiceEntry') },
  { weight: 4, arbitrary: fc.constantFrom(...typesOf(29), ...typesOf(9), 'core/v1alpha1/MeshConfig', URL_START) },
  { weight: 2, arbitrary: fc.tuple(oddText, oddText, oddText).map((parts) => parts.join('/')) },
  { weight: 1, arbitrary: longText() },
);
const collection = fc.oneof(
  { weight: 8, arbitrary: fc.constant('istio/networking/v1alpha3/serviceentries') },
  { weight: 4, arbitrary: fc.constantFrom(...collectionsOf(8), ...collectionsOf(1), URL_START) },
  { weight: 2, arbitrary: fc.tuple(oddText, oddText).map(([a, b]) => `istio/${a}/${b}`) },
  { weight: 1, arbitrary: longText() },
);
const nonce = fc.oneof(
  fc.constantFrom('', 'fuzz-1-1', '1', goTimeText({ wallMs: Date.UTC(2026, 0, 1), ageMs: 4000 })),
  oddText,
  oddText.map((odd) => `2026-08-22 10:11:12.123456789 +0200 CEST m=+${odd}`),
);
const errorDetail: fc.Arbitrary<google.rpc.Status.$Properties> = fc.record({
  code: fc.integer(),
  message: fc.oneof(oddText, longText()),
});
const name = fc.oneof(
  fc.constantFrom('*', 'payments/a', 'payments/b', 'payments/d', '', '__proto__', 'constructor'),
  oddText,
);

const value: fc.Arbitrary<google.protobuf.Value.$Properties> = fc.letrec<{ value: google.protobuf.Value.$Properties }>(
  (tie) => ({
    value: fc.oneof(
      { depthSize: 'small' },
      oddText.map((stringValue) => ({ stringValue })),
      fc.double().map((numberValue) => ({ numberValue })),
      fc.constant({ nullValue: 0 }),
      fc.constant({}),
      fc.array(tie('value'), { maxLength: 3 }).map((values) => ({ listValue: { values } })),
      fc
        .array(fc.tuple(oddText, tie('value')), { maxLength: 3 })
        .map((fields) => ({ structValue: { fields: Object.fromEntries(fields) } })),
    ),
  }),
).value;

const nodeId = fc.oneof(
  fc.constantFrom(
    ...[9, 20, 29].map((minor) => istiodRelease(minor).nodeId('istiod-1')),
    'footbridge-watch',
    'sidecar~',
    '',
  ),
  oddText,
  longText(),
);
const node: fc.Arbitrary<NonNullable<envoy.service.discovery.v3.DiscoveryRequest.$Properties['node']>> = fc.record(
  {
    id: nodeId,
    cluster: oddText,
    metadata: fc
      .array(fc.tuple(fc.constantFrom('ISTIO_REVISION', ...ODD_KEYS), value), { maxLength: 4 })
      .map((fields) => ({ fields: Object.fromEntries(fields) })),
  },
  { requiredKeys: [] },
);

export const sotw: fc.Arbitrary<envoy.service.discovery.v3.DiscoveryRequest.$Properties> = fc.record(
  { versionInfo: oddText, node, resourceNames: manyOf(name), typeUrl, responseNonce: nonce, errorDetail },
  { requiredKeys: ['typeUrl'] },
);

export const delta: fc.Arbitrary<envoy.service.discovery.v3.DeltaDiscoveryRequest.$Properties> = fc.record(
  {
    node,
    typeUrl,
    resourceNamesSubscribe: manyOf(name),
    resourceNamesUnsubscribe: manyOf(name),
    initialResourceVersions: versions(),
    responseNonce: nonce,
    errorDetail,
  },
  { requiredKeys: ['typeUrl'] },
);

const sinkNode: fc.Arbitrary<istio.mcp.v1alpha1.SinkNode.$Properties> = fc.record(
  { id: nodeId, annotations: versions() },
  { requiredKeys: [] },
);

export const sink: fc.Arbitrary<istio.mcp.v1alpha1.RequestResources.$Properties> = fc.record(
  {
    sinkNode,
    collection,
    initialResourceVersions: versions(),
    responseNonce: nonce,
    errorDetail,
    incremental: fc.boolean(),
  },
  { requiredKeys: ['collection'] },
);

export const meshConfig: fc.Arbitrary<istio.mcp.v1alpha1.MeshConfigRequest.$Properties> = fc.record(
  { versionInfo: oddText, sinkNode, typeUrl: fc.oneof(collection, typeUrl), responseNonce: nonce, errorDetail },
  { requiredKeys: ['typeUrl'] },
);

/** A few, or one of them so often, with a number behind it, that it fills a large request. */
function manyOf(item: fc.Arbitrary<string>): fc.Arbitrary<string[]> {
  return fc.tuple(fc.array(item, { maxLength: 4 }), item, growthUpTo(LARGE)).map(([few, repeated, grown]) => {
    const times = grown.length === 0 ? 0 : repetitions(grown, repeated.length + 6);
    return [...few, ...Array.from({ length: times }, (_, index) => `${repeated}${index}`)];
  });
}

function versions(): fc.Arbitrary<Record<string, string>> {
  return fc
    .tuple(manyOf(name), oddText)
    .map(([names, version]) => Object.fromEntries(names.map((key) => [key, version])));
}

function longText(): fc.Arbitrary<string> {
  return fc
    .tuple(fc.constantFrom('a', 'é', '/', '~', 'm=+0'), growthUpTo(LARGE))
    .map(([piece, grown]) => piece.repeat(1 + repetitions(grown, piece.length)));
}
