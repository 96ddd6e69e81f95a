// SPDX-License-Identifier: Apache-2.0
// The first bytes of what servers send, as far as they decide about a connection: the handshake, and the head of an answer.
import { type ZooKeeperFailure, zooKeeperFailure } from '../failure.ts';
import { TOO_LARGE } from './reply-code.ts';

// Every packet begins with its length in four bytes.
const NUMBER_OFFSET = 4;
const CODE_OFFSET = 16;
const HEAD_BYTES = 20;
/** Protocol version, timeout, session, password with its length; servers tell some clients of read-only mode in one byte more. */
const HANDSHAKE_BYTES = 40;
const READ_ONLY_OFFSET = 40;

/** The number of what answers to credentials. */
export const AUTHENTICATION = -4;

export interface ReplyHeader {
  /** Of the request; below 0 where none was counted. */
  readonly number: number;
  readonly code: number;
}

export function replyHeader(frame: Buffer): ReplyHeader {
  return { number: frame.readInt32BE(NUMBER_OFFSET), code: frame.readInt32BE(CODE_OFFSET) };
}

/** Stands in for an answer of which only the head was kept: to whoever asked it is an error. */
export function tooLargeReply(head: Buffer): Buffer {
  const reply = Buffer.from(head.subarray(0, HEAD_BYTES));
  reply.writeInt32BE(HEAD_BYTES - NUMBER_OFFSET, 0);
  reply.writeInt32BE(TOO_LARGE, CODE_OFFSET);
  return reply;
}

/** Why the first answer of a server is none to go on with; undefined where it is. */
export function handshakeFailure(server: string, frame: Buffer): ZooKeeperFailure | undefined {
  if (frame.length < HANDSHAKE_BYTES || frame.length > HANDSHAKE_BYTES + 1) return noHandshake(server);
  // A server without a quorum refuses clients that do not ask for this mode, as ours does not; whoever grants it nevertheless is not read.
  return frame.length > READ_ONLY_OFFSET && frame.readUInt8(READ_ONLY_OFFSET) !== 0
    ? zooKeeperFailure('ZOOKEEPER_READ_ONLY', `${server} serves in read-only mode`)
    : undefined;
}

export function noHandshake(server: string): ZooKeeperFailure {
  return zooKeeperFailure('ZOOKEEPER_HANDSHAKE', `${server} does not answer as ZooKeeper does`);
}
