// SPDX-License-Identifier: Apache-2.0
// What serving tells of itself as it happens: metrics, events and logs hang here, so that no protocol code knows them.
// Callbacks are called synchronously from the middle of serving: they must be quick and must not throw.

import type { ProtocolName } from './protocol.ts';

/** Why a stream is over: the client left or was lost, we drained, or a defect of ours ended it. */
export type StreamEnd = 'client' | 'drained' | 'defect';

export interface ClientLabel {
  /** Of this stream, unique within the process. */
  readonly streamId: string;
  readonly peer: string;
  readonly protocol: ProtocolName;
  /** As the client gave it; undefined until it did. */
  readonly nodeId: string | undefined;
}

export interface ServeObserver {
  streamOpened(client: ClientLabel): void;
  streamClosed(client: ClientLabel, end: StreamEnd): void;
  /** A response was handed to the transport. */
  pushed(
    client: ClientLabel,
    push: { readonly topic: string; readonly bytes: number; readonly resources: number },
  ): void;
  /**
   * Times are epoch milliseconds. `askedAtMs`: when the client first asked for the topic. `snapshotCreatedAtMs`: of the
   * snapshot that the acknowledged response was made from.
   */
  acked(client: ClientLabel, ack: Answer): void;
  nacked(client: ClientLabel, nack: Answer & { readonly message: string }): void;
  /**
   * A response is larger than such a client reads unless it is told to. `isNews`: it was not said in the last minute, by any
   * client.
   */
  tooLarge(
    client: ClientLabel,
    response: {
      readonly topic: string;
      readonly bytes: number;
      readonly limitBytes: number;
      readonly isNews: boolean;
    },
  ): void;
  /** A subscription has to wait for the first good read. */
  held(client: ClientLabel, topic: string): void;
  /** A client that holds nothing of ours was answered although not every registry was read. */
  coldStartAnswered(client: ClientLabel, answer: { readonly waitedMs: number; readonly resources: number }): void;
}

export interface Answer {
  readonly topic: string;
  readonly version: string;
  readonly askedAtMs: number;
  readonly pushedAtMs: number;
  readonly answeredAtMs: number;
  readonly snapshotCreatedAtMs: number;
}

export const silentObserver: ServeObserver = {
  streamOpened() {},
  streamClosed() {},
  pushed() {},
  acked() {},
  nacked() {},
  tooLarge() {},
  held() {},
  coldStartAnswered() {},
};
