// SPDX-License-Identifier: Apache-2.0
// What this bridge publishes. Streams of other types are answered with nothing, and who asks for none of these has nothing of ours.
import type { Entry } from '../convert/entry.ts';

/** Every kind of resource that may ever be published. */
export const PUBLISHED_KINDS: readonly string[] = [
  'networking.istio.io/ServiceEntry',
] satisfies readonly Entry['kind'][];
