import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Restoring } from '../../../src/app/restoring.ts';
import { loadConfig } from '../../../src/config/load.ts';
import { ofReplica, refusal } from '../../../src/persist/refusal.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';
import { type LogLine, recordingLog } from '../../fakes/recording-log.ts';

test('what a replica is refused for is told once, however old it grows while it is asked again', () => {
  const text = 'namespace: shop\ninstance: test\nregistries: { file: { kind: file, path: /registry.yaml } }\n';
  const loaded = loadConfig({ file: { path: 'test', text }, env: {}, flags: {} });
  if (loaded.kind === 'invalid') throw new Error('no configuration');
  const lines: LogLine[] = [];
  const told: string[] = [];
  const restoring = new Restoring({
    config: () => loaded.config,
    clock: new FakeClock(),
    log: recordingLog(lines),
    onRestored: (said) => void told.push(said),
  });
  for (let hours = 25; hours < 30; hours++) {
    restoring.refuse([
      refusal('STATE_TOO_OLD', `read ${hours} h ago`, 'file'),
      ofReplica(refusal('STATE_TRUNCATED', `${hours} bytes`), '10.0.0.1'),
      ofReplica(refusal('STATE_TRUNCATED', `${hours} bytes`), '10.0.0.2'),
    ]);
  }
  assert.equal(restoring.refusals().length, 3);
  assert.deepEqual([told.length, lines.length], [3, 3]);
});
