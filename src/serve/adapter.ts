// SPDX-License-Identifier: Apache-2.0
// What a protocol has to say of itself to be served: how its requests are read and how its responses are written. Everything
// else is the same for all of them (stream.ts, clients.ts, bind-call.ts).
import type { ProtocolName } from './protocol.ts';
import type { Send, StreamEvent, StreamState } from './stream.ts';

export interface Adapter<Request> {
  readonly protocol: ProtocolName;
  /** What a request means, in order. */
  readonly read: (state: StreamState, request: Request) => readonly StreamEvent[];
  readonly prepare: (send: Send) => PreparedResponse;
}

/**
 * A response in three pieces, of which the large one is shared by all clients. Fields of a protobuf message may come in any
 * order on the wire, and pieces of one may simply be joined.
 */
export interface PreparedResponse {
  readonly head: Uint8Array;
  readonly body: Uint8Array;
  readonly tail: Uint8Array;
}
