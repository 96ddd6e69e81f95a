// SPDX-License-Identifier: Apache-2.0
// Who a client says it is: read from the node and the nonce of its first request. Everything here is a claim of the
// client; nothing is granted because of it but an earlier empty answer.
import { parseGoTime } from '../lib/go-time.ts';
import type { envoy, istio } from '../proto/messages.gen.js';
import { isLegacy, type ProtocolName } from './protocol.ts';

export interface ClientIdentity {
  /** '' where the client has none: Pilot up to 1.8. */
  readonly nodeId: string;
  /** istiod's revision, which it tells from 1.13 on where it has one. */
  readonly revision: string | undefined;
  /** The process behind the node, where its first nonce tells its age. */
  readonly process: ClientProcess | undefined;
}

export interface ClientProcess {
  readonly nodeId: string;
  /** By the client's wall clock. */
  readonly startedAtMs: number;
  /** At its first request on this stream. */
  readonly ageMs: number;
}

/** A node id of Istio is about 120 characters; what a stranger sends beyond this is cut. */
const MAX_TEXT = 300;

/** Undefined when the request carries no node with an id: istiod sends it once on each stream, others may not at all. */
export function readIdentity(
  request: envoy.service.discovery.v3.DiscoveryRequest.$Properties,
): ClientIdentity | undefined {
  const nodeId = request.node?.id?.slice(0, MAX_TEXT);
  if (!nodeId) return undefined;
  const moment = parseGoTime(request.responseNonce ?? '');
  const process = moment && { nodeId, startedAtMs: moment.wallMs - moment.ageMs, ageMs: moment.ageMs };
  return { nodeId, revision: metadataText(request, 'ISTIO_REVISION'), process };
}

/**
 * Istio 1.11 stores "now" as the version of what it was given with one, and from then on refuses every change of that
 * resource as a conflict; 1.9 and 1.10 do not look at versions. All of them call themselves by this fixed node id.
 */
export function takesVersions(identity: ClientIdentity | undefined): boolean {
  return identity === undefined || !hasFixedNodeId(identity);
}

/** Istio up to 1.11 gives no pod name and no namespace of its own. */
export function hasFixedNodeId({ nodeId }: ClientIdentity): boolean {
  return nodeId.includes('~test-1.default~');
}

/** Of the legacy protocols, where Pilot gives an id only to the second of its clients, and nobody tells the age of a process. */
export function readSinkIdentity(node: istio.mcp.v1alpha1.SinkNode.$Properties | undefined): ClientIdentity {
  return { nodeId: node?.id?.slice(0, MAX_TEXT) ?? '', revision: undefined, process: undefined };
}

/** Of Pilot's two clients of legacy MCP, the second being for services that Galley made of those of Kubernetes. */
const PILOT_IDS: readonly (string | undefined)[] = [undefined, '', 'SSEMCP'];

/**
 * What a client is, as far as it says: every istiod names itself in the form of a sidecar, as no other client of xDS does. One
 * that has not said anything yet is another client; over legacy MCP it is Pilot that says nothing.
 */
export function clientKind(nodeId: string | undefined, protocol: ProtocolName): 'istiod' | 'other' {
  if (isLegacy(protocol)) return PILOT_IDS.includes(nodeId) ? 'istiod' : 'other';
  return nodeId?.startsWith('sidecar~') ? 'istiod' : 'other';
}

/** Footbridge's own clients (`watch`, `demo`), which only look and lose nothing when they are told nothing. */
export function isLookingOnly({ nodeId }: Pick<ClientIdentity, 'nodeId'>): boolean {
  return nodeId.startsWith('footbridge-');
}

function metadataText(
  request: envoy.service.discovery.v3.DiscoveryRequest.$Properties,
  key: string,
): string | undefined {
  return request.node?.metadata?.fields?.[key]?.stringValue?.slice(0, MAX_TEXT) || undefined;
}
