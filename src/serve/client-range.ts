// SPDX-License-Identifier: Apache-2.0
// Which Istio releases the client of a stream can be, whatever protocol it speaks.

import type { ClientIdentity } from './client-identity.ts';
import { type IstioRange, istioRange } from './istio-range.ts';
import { legacyRange } from './legacy-range.ts';
import type { ProtocolName } from './protocol.ts';

/** What of a stream tells the release. */
export interface RangedStream {
  readonly protocol: ProtocolName;
  readonly identity: ClientIdentity | undefined;
  /** By topic, in the order of asking. */
  readonly subscriptions: ReadonlyMap<string, unknown>;
}

/** By what it said and asked for until now; undefined: not an istiod as far as can be seen. */
export function clientRange({ protocol, identity, subscriptions }: RangedStream): IstioRange | undefined {
  const topics = [...subscriptions.keys()];
  if (protocol === 'aggregated') return { min: 0, max: 1 };
  return protocol === 'resource-source' ? legacyRange(topics) : istioRange(identity, topics);
}
