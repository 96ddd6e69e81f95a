// SPDX-License-Identifier: Apache-2.0
// Why reading ZooKeeper gave no information: a stable code and one sentence with what to do. Sentences are built from our own
// words, names of servers and paths; texts of other libraries stay out, because they can carry credentials.

/** Code → what a person can do about it. */
export const ZOOKEEPER_REMEDIES = {
  ZOOKEEPER_UNREACHABLE: 'Check `servers`, name resolution and network policies.',
  ZOOKEEPER_TIMEOUT:
    'Check the load of the servers and the network; the deadlines are `connectTimeout`, `requestTimeout` and a third of `sessionTimeout`.',
  ZOOKEEPER_HANDSHAKE:
    'Check that the ensemble has a quorum, that the port is the one for clients, and whether it wants TLS (`tls.enabled`).',
  ZOOKEEPER_TLS: 'Check `tls.caFile`, `tls.serverName` and the client certificate.',
  ZOOKEEPER_CREDENTIALS: 'Check the files named under `auth` and `tls`.',
  ZOOKEEPER_UNAUTHENTICATED: 'Check the credentials under `auth`; where the servers demand SASL, they cannot be read.',
  ZOOKEEPER_EXPIRED: 'A new session follows; if this repeats, raise `sessionTimeout`.',
  ZOOKEEPER_CLOSED: 'A new connection follows.',
  ZOOKEEPER_BROKEN_ANSWER: 'Look for a proxy or a server that ends connections early.',
  ZOOKEEPER_READ_ONLY: 'The server has lost its quorum: look at the ensemble.',
  ZOOKEEPER_TOO_LARGE: 'Raise `maxBytes`, or have the directory cleaned up.',
  ZOOKEEPER_SERVER_ERROR: 'Look at the log of the server.',
  ZOOKEEPER_NO_ROOT: 'Check the root and `chroot`; where nothing was ever registered, it comes by itself.',
  ZOOKEEPER_FORBIDDEN: 'Give these credentials the right to read (`r`) there.',
  ZOOKEEPER_UNEXPECTED: 'This is a defect of Footbridge: please report it.',
} as const;

export type ZooKeeperFailureCode = keyof typeof ZOOKEEPER_REMEDIES;

export interface ZooKeeperFailure {
  readonly code: ZooKeeperFailureCode;
  /** One or two sentences: what happened, with which server or path, and what to do. Holds no secret. */
  readonly message: string;
}

/** `what` ends without a full stop and names the server or path. */
export function zooKeeperFailure(code: ZooKeeperFailureCode, what: string): ZooKeeperFailure {
  return { code, message: `${what}. ${ZOOKEEPER_REMEDIES[code]}` };
}
