// SPDX-License-Identifier: Apache-2.0
// The protocols that a client can speak.

/**
 * sotw             xDS, the state of the world: istiod from 1.9 on
 * delta            xDS, changes alone: no istiod yet, other clients of that protocol
 * resource-source  legacy MCP: Istio 1.1 to 1.8
 * aggregated       the service before it: Istio 1.0 and 1.1
 */
export type ProtocolName = 'sotw' | 'delta' | 'resource-source' | 'aggregated';

/** Legacy MCP, in both its forms. */
export function isLegacy(protocol: ProtocolName): boolean {
  return protocol === 'resource-source' || protocol === 'aggregated';
}
