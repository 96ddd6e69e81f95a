import assert from 'node:assert/strict';
import { test } from 'node:test';
import { closedFailure } from '../../../../../src/registry/zookeeper/session/open-socket.ts';

for (const [progress, code, isInside, expected] of [
  ['opening', 'ECONNREFUSED', false, 'ZOOKEEPER_UNREACHABLE'],
  ['opening', 'ENOTFOUND', false, 'ZOOKEEPER_UNREACHABLE'],
  ['opening', '', false, 'ZOOKEEPER_UNREACHABLE'],
  ['opening', 'ECONNRESET', false, 'ZOOKEEPER_HANDSHAKE'],
  ['opening', 'ERR_TLS_CERT_ALTNAME_INVALID', false, 'ZOOKEEPER_TLS'],
  ['opening', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', false, 'ZOOKEEPER_TLS'],
  ['handshake', 'ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE', false, 'ZOOKEEPER_TLS'],
  ['handshake', '', false, 'ZOOKEEPER_HANDSHAKE'],
  ['handshake', 'ECONNRESET', true, 'ZOOKEEPER_HANDSHAKE'],
  ['up', '', false, 'ZOOKEEPER_CLOSED'],
  ['up', 'ECONNRESET', false, 'ZOOKEEPER_CLOSED'],
  ['up', '', true, 'ZOOKEEPER_BROKEN_ANSWER'],
] as const) {
  test(`closed while ${progress} with ${code || 'no error'}${isInside ? ' inside an answer' : ''} is ${expected}`, () => {
    const failure = closedFailure('zk-1:2181', progress, code, isInside);
    assert.equal(failure.code, expected);
    assert.match(failure.message, /zk-1:2181/);
    assert.ok(failure.message.includes(code));
  });
}
