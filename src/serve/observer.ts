// SPDX-License-Identifier: Apache-2.0
// What serving tells of itself as it happens: metrics, events and logs hang here, so that no protocol code knows them.
// Callbacks are called synchronously from the middle of serving: they must be quick and must not throw.

import type { ProtocolName } from './protocol.ts';

/**
 * Why a stream is over: the client left or was lost, we drained, another access list denies the client, it asked for nothing, or a
 * defect of ours ended it.
 */
export type StreamEnd = 'client' | 'drained' | 'denied' | 'idle' | 'defect';

/**
 * Why a client is turned away: no TLS came about, it has no name that an access list could mean, the list denies it, or its
 * address has too many streams open.
 */
export type RejectReason = 'handshake' | 'nameless' | 'denied' | 'crowded';

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
  /** A client was turned away before it had a stream. `isNews`: it was not said in the last minute, for this reason. */
  rejected(
    peer: string,
    about: { readonly reason: RejectReason; readonly why: string; readonly isNews: boolean },
  ): void;
  /** Files changed to what cannot be used; `why` is a sentence without its full stop. */
  filesRefused(files: 'certificate' | 'access-list', why: string): void;
  /** A rate limit lets a new stream, or a request, wait. */
  waited(limit: 'streams' | 'requests'): void;
  /** A client asked for more topics or names than one may, or for one that is too long, and is not answered. */
  subscriptionRefused(client: ClientLabel, about: { readonly reason: string; readonly isNews: boolean }): void;
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
  rejected() {},
  filesRefused() {},
  waited() {},
  subscriptionRefused() {},
  held() {},
  coldStartAnswered() {},
};
