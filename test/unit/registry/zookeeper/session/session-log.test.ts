import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { zooKeeperFailure } from '../../../../../src/registry/zookeeper/failure.ts';
import { SessionLog } from '../../../../../src/registry/zookeeper/session/session-log.ts';
import { type LogLine, recordingLog } from '../../../../fakes/recording-log.ts';

const FAILURE = zooKeeperFailure('ZOOKEEPER_UNREACHABLE', 'zk-1:2181 cannot be reached (ECONNREFUSED)');

function logged(): { readonly log: SessionLog; readonly lines: LogLine[] } {
  const lines: LogLine[] = [];
  return { log: new SessionLog(recordingLog(lines)), lines };
}

describe('states', () => {
  test('are told with what was reached and why it ended', () => {
    const { log, lines } = logged();
    log.attemptFailed(FAILURE);
    log.changed({ kind: 'connected', sinceMs: 0, server: 'zk-1:2181' });
    log.changed({ kind: 'suspended', sinceMs: 0, failure: FAILURE });
    log.changed({ kind: 'reconnected', sinceMs: 0, server: 'zk-2:2181' });
    log.changed({ kind: 'lost', sinceMs: 0, failure: FAILURE });
    const { code, message } = FAILURE;
    assert.deepEqual(lines, [
      { level: 'warn', event: 'zookeeper.connect_failed', fields: { code, message, failures: 1 } },
      { level: 'info', event: 'zookeeper.connected', fields: { server: 'zk-1:2181', failedAttempts: 1 } },
      { level: 'warn', event: 'zookeeper.suspended', fields: { code, message } },
      { level: 'info', event: 'zookeeper.reconnected', fields: { server: 'zk-2:2181', failedAttempts: 0 } },
      { level: 'warn', event: 'zookeeper.lost', fields: { code, message } },
    ]);
  });

  test('of connections that end soon are told in full first, then at doubling counts', () => {
    const { log, lines } = logged();
    for (let round = 0; round < 1_000; round++) {
      log.changed({ kind: 'connected', sinceMs: 0, server: 'zk-1:2181' });
      log.ended(false);
      log.changed({ kind: 'lost', sinceMs: 0, failure: FAILURE });
    }
    assert.equal(lines.filter(({ event }) => event === 'zookeeper.lost').length, 8 + 6);
    log.ended(true);
    log.changed({ kind: 'connected', sinceMs: 0, server: 'zk-1:2181' });
    assert.equal(lines.at(-1)?.event, 'zookeeper.connected', 'one that lasted ends the count');
  });
});

test('attempts that fail are told at doubling counts until one succeeds', () => {
  const { log, lines } = logged();
  for (let attempt = 0; attempt < 1_000; attempt++) log.attemptFailed(FAILURE);
  assert.deepEqual(
    lines.map(({ fields }) => fields['failures']),
    [1, 2, 4, 8, 16, 32, 64, 128, 256, 512],
  );
});
