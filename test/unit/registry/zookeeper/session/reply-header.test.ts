import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TOO_LARGE } from '../../../../../src/registry/zookeeper/session/reply-code.ts';
import {
  handshakeFailure,
  replyHeader,
  tooLargeReply,
} from '../../../../../src/registry/zookeeper/session/reply-header.ts';
import { answer, sessionAnswer } from '../../../../fakes/zookeeper-packets.ts';

const SERVER = 'zk-1:2181';
const HANDSHAKE = sessionAnswer(30_000, '0000000000000001');

test('the header says whose answer it is and whether it is an error', () => {
  assert.deepEqual(replyHeader(answer(7, -101)), { number: 7, code: -101 });
});

test('what stands in for an answer that is too large is an error for the same request', () => {
  const head = answer(7, 0, Buffer.alloc(5_000)).subarray(0, 20);
  const reply = tooLargeReply(head);
  assert.deepEqual(replyHeader(reply), { number: 7, code: TOO_LARGE });
  assert.equal(reply.readInt32BE(0), reply.length - 4);
});

test('a handshake is one with and without the byte about read-only mode', () => {
  for (const frame of [HANDSHAKE, Buffer.concat([HANDSHAKE, Buffer.from([0])])])
    assert.equal(handshakeFailure(SERVER, frame), undefined);
});

for (const [what, frame, code] of [
  ['in read-only mode', Buffer.concat([HANDSHAKE, Buffer.from([1])]), 'ZOOKEEPER_READ_ONLY'],
  ['that is too short', HANDSHAKE.subarray(0, 39), 'ZOOKEEPER_HANDSHAKE'],
  ['that is too long', Buffer.concat([HANDSHAKE, Buffer.alloc(2)]), 'ZOOKEEPER_HANDSHAKE'],
] as const) {
  test(`a handshake ${what} is ${code}`, () => {
    assert.equal(handshakeFailure(SERVER, frame)?.code, code);
  });
}
