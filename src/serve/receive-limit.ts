// SPDX-License-Identifier: Apache-2.0
// How large a response the client of a stream can read. Go's gRPC refuses more than 4 MiB unless it is told otherwise, and Istio
// told it over legacy MCP by a flag of Pilot, over xDS from 1.12 on. A client that refuses ends its stream and dials again, for ever.
import { clientRange, type RangedStream } from './client-range.ts';
import { isLegacy } from './protocol.ts';

export interface ReceiveLimit {
  readonly bytes: number;
  readonly remedy: string;
}

const GO_DEFAULT_BYTES = 4 * 1024 * 1024;

/** undefined: none is known. */
export function receiveLimit(state: RangedStream): ReceiveLimit | undefined {
  if (isLegacy(state.protocol)) {
    const remedy = 'Start Pilot with a larger `--mcpMaxMsgSize`, or split the scope over several bridges.';
    return { bytes: GO_DEFAULT_BYTES, remedy };
  }
  const { max = Number.POSITIVE_INFINITY } = clientRange(state) ?? {};
  if (max > 11) return undefined;
  return {
    bytes: GO_DEFAULT_BYTES,
    remedy: 'Istio up to 1.11 has no flag for it: split the scope over several bridges.',
  };
}
