// SPDX-License-Identifier: Apache-2.0
// What the error codes of ZooKeeper mean for a reader: most are about one path, some are about the session or the
// connection as a whole. The server can send codes that the library has never heard of.
import { type ZooKeeperFailure, zooKeeperFailure } from '../failure.ts';
import type { Outcome } from '../reader.ts';

/** How a connection ended, and whether its session is still worth resuming on another one. */
export interface ConnectionEnd {
  readonly session: 'kept' | 'over';
  readonly failure: ZooKeeperFailure;
}

export type Meaning =
  | { readonly kind: 'outcome'; readonly outcome: Outcome<never> }
  | { readonly kind: 'end'; readonly end: ConnectionEnd };

/** Not of ZooKeeper: stands in for the answer that was longer than `maxBytes`. */
export const TOO_LARGE = -1_000_000;

const CONNECTION_LOSS = -4;
const NO_NODE = -101;
const NO_AUTH = -102;
const SESSION_EXPIRED = -112;
const AUTH_FAILED = -115;
const SESSION_MOVED = -118;
/** The server demands authentication of every session (`enforce.auth.enabled`, or SASL). */
const AUTH_REQUIRED = -124;

export interface Asked {
  readonly server: string;
  readonly path: string;
  readonly maxBytes: number;
}

/** What an answer with a code other than 0 means. */
export function meaningOf(code: number, { server, path, maxBytes }: Asked): Meaning {
  switch (code) {
    case NO_NODE:
      return { kind: 'outcome', outcome: { kind: 'no-node' } };
    case NO_AUTH:
      return { kind: 'outcome', outcome: { kind: 'no-auth' } };
    case TOO_LARGE:
      return failed(zooKeeperFailure('ZOOKEEPER_TOO_LARGE', `The answer for ${path} has more than ${maxBytes} bytes`));
    case CONNECTION_LOSS:
      return ends('kept', zooKeeperFailure('ZOOKEEPER_CLOSED', `${server} has lost the connection`));
    case SESSION_EXPIRED:
      return ends('over', zooKeeperFailure('ZOOKEEPER_EXPIRED', `${server} has ended the session`));
    case SESSION_MOVED:
      return ends('over', zooKeeperFailure('ZOOKEEPER_EXPIRED', `${server} says that the session has moved`));
    case AUTH_FAILED:
    case AUTH_REQUIRED:
      return ends('over', unauthenticated(server, code));
    default:
      return failed(
        zooKeeperFailure('ZOOKEEPER_SERVER_ERROR', `${server} answered with error ${code} when asked for ${path}`),
      );
  }
}

export function unauthenticated(server: string, code: number): ZooKeeperFailure {
  return zooKeeperFailure('ZOOKEEPER_UNAUTHENTICATED', `${server} does not take these credentials (error ${code})`);
}

function failed(failure: ZooKeeperFailure): Meaning {
  return { kind: 'outcome', outcome: { kind: 'failed', failure } };
}

function ends(session: ConnectionEnd['session'], failure: ZooKeeperFailure): Meaning {
  return { kind: 'end', end: { session, failure } };
}
