import assert from 'node:assert/strict';
import { test } from 'node:test';
import { meaningOf, TOO_LARGE } from '../../../../../src/registry/zookeeper/session/reply-code.ts';

const ASKED = { server: 'zk-1:2181', path: '/dubbo/x', maxBytes: 1000 };

for (const [code, expected] of [
  [-101, 'no-node'],
  [-102, 'no-auth'],
  [TOO_LARGE, 'failed ZOOKEEPER_TOO_LARGE'],
  [-1, 'failed ZOOKEEPER_SERVER_ERROR'],
  [-8, 'failed ZOOKEEPER_SERVER_ERROR'],
  [-125, 'failed ZOOKEEPER_SERVER_ERROR'],
  [-127, 'failed ZOOKEEPER_SERVER_ERROR'],
  [4711, 'failed ZOOKEEPER_SERVER_ERROR'],
  [-4, 'kept ZOOKEEPER_CLOSED'],
  [-112, 'over ZOOKEEPER_EXPIRED'],
  [-118, 'over ZOOKEEPER_EXPIRED'],
  [-115, 'over ZOOKEEPER_UNAUTHENTICATED'],
  [-124, 'over ZOOKEEPER_UNAUTHENTICATED'],
] as const) {
  test(`code ${code} is ${expected}`, () => {
    const meaning = meaningOf(code, ASKED);
    if (meaning.kind === 'end') assert.equal(`${meaning.end.session} ${meaning.end.failure.code}`, expected);
    else {
      const { outcome } = meaning;
      assert.equal(outcome.kind === 'failed' ? `failed ${outcome.failure.code}` : outcome.kind, expected);
    }
  });
}

test('an error that nobody knows is told with its code, its path and the server', () => {
  const meaning = meaningOf(-125, ASKED);
  assert.ok(meaning.kind === 'outcome' && meaning.outcome.kind === 'failed');
  assert.match(
    meaning.outcome.failure.message,
    /^zk-1:2181 answered with error -125 when asked for \/dubbo\/x\. .+\.$/,
  );
});
