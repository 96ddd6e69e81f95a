// SPDX-License-Identifier: Apache-2.0
// Which Istio releases the client of a stream can be, whatever protocol it speaks.
import { type IstioRange, istioRange } from './istio-range.ts';
import { legacyRange } from './legacy-range.ts';
import type { StreamState } from './stream.ts';

/** By what it said and asked for until now; undefined: not an istiod as far as can be seen. */
export function clientRange({
  protocol,
  identity,
  subscriptions,
}: Pick<StreamState, 'protocol' | 'identity' | 'subscriptions'>): IstioRange | undefined {
  const topics = [...subscriptions.keys()];
  if (protocol === 'aggregated') return { min: 0, max: 1 };
  return protocol === 'resource-source' ? legacyRange(topics) : istioRange(identity, topics);
}
