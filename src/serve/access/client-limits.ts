// SPDX-License-Identifier: Apache-2.0
// How much one client may ask of us. Far above what any istiod does: it opens one stream and asks for some sixteen types at once.

export interface ClientLimits {
  /** Streams that one address may have open; 0: any number. */
  readonly streamsPerAddress: number;
  /** Topics that one stream may ask for. */
  readonly subscriptionsPerStream: number;
  /** A stream that asked for nothing within this is ended. */
  readonly firstRequestMs: number;
  /** An acknowledgement that takes longer is overdue, which is counted and nothing else. */
  readonly ackOverdueMs: number;
}
