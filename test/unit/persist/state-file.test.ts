import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { encodeState } from '../../../src/persist/encode-state.ts';
import { StateFile } from '../../../src/persist/state-file.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';
import { aService } from '../../fakes/model-values.ts';
import { aMemory, aSavedRegistry, aSavedState, BRIDGE } from '../../fakes/saved-values.ts';
import { tempDir } from '../../fakes/temp-dir.ts';

const STATE = aSavedState([aSavedRegistry(aMemory([aService('orders')]))]);
const BYTES = encodeState(STATE, BRIDGE);
const MAX_BYTES = 100_000;

function stateFile(t: TestContext, content?: string | Uint8Array) {
  const path = join(tempDir(t), 'state.json');
  if (content !== undefined) writeFileSync(path, content);
  const file = new StateFile(path);
  return { path, file, read: (maxBytes = MAX_BYTES) => file.read(maxBytes, BRIDGE, new FakeClock()) };
}

describe('the state file', () => {
  test('is read back as it was written, by its owner alone', async (t) => {
    const { path, file, read } = stateFile(t);
    assert.deepEqual(await read(), { kind: 'none' });
    assert.deepEqual(await file.write(BYTES), { kind: 'written' });
    assert.equal(statSync(path).mode & 0o777, 0o600);
    assert.deepEqual(await read(), { kind: 'state', state: STATE });
    assert.deepEqual(readdirSync(join(path, '..')), ['state.json']);
  });

  const refused: readonly (readonly [string, Uint8Array, number, string])[] = [
    ['is damaged', Buffer.from(BYTES).fill('x', 150, 151), MAX_BYTES, 'STATE_CORRUPT'],
    ['is too large', BYTES, BYTES.length - 1, 'STATE_TOO_LARGE'],
    ['is of another bridge', encodeState(STATE, { ...BRIDGE, instance: 'b' }), MAX_BYTES, 'STATE_OTHER_INSTANCE'],
  ];
  for (const [what, content, maxBytes, code] of refused) {
    test(`that ${what} is moved aside by the first write, not before, and not by a later one`, async (t) => {
      const { path, file, read } = stateFile(t, content);
      const found = await read(maxBytes);
      assert.equal(found.kind === 'refused' && found.refusal.code, code);
      assert.deepEqual(readFileSync(path), Buffer.from(content));
      assert.deepEqual(await file.write(BYTES), { kind: 'written' });
      assert.deepEqual(await file.write(BYTES), { kind: 'written' });
      assert.deepEqual(readFileSync(file.asidePath), Buffer.from(content));
      assert.deepEqual(readFileSync(path), Buffer.from(BYTES));
    });
  }

  test('that was put there by mistake and is something else is never touched', async (t) => {
    const { path, file, read } = stateFile(t, 'namespace: shop\n');
    const found = await read();
    assert.equal(found.kind === 'refused' && found.refusal.code, 'STATE_FOREIGN');
    assert.deepEqual(await file.write(BYTES), { kind: 'failed', why: 'what stands there is no state file' });
    assert.equal(readFileSync(path, 'utf8'), 'namespace: shop\n');
    assert.deepEqual(readdirSync(join(path, '..')), ['state.json']);
  });

  test('is refused where it cannot be read: a folder, a pipe that nobody writes to', async (t) => {
    const folder = stateFile(t);
    mkdirSync(folder.path);
    const reading = await folder.read();
    assert.deepEqual(reading.kind === 'refused' && [reading.refusal.code, reading.refusal.sentence], [
      'STATE_UNREADABLE',
      'The state file cannot be read (it is no regular file).',
    ]);
    const pipe = stateFile(t);
    execFileSync('mkfifo', [pipe.path]);
    const found = await pipe.read();
    assert.equal(found.kind === 'refused' && found.refusal.code, 'STATE_UNREADABLE');
    for (const { file: other } of [folder, pipe]) {
      assert.deepEqual(await other.write(BYTES), { kind: 'failed', why: 'it is no regular file' });
      assert.ok(!existsSync(other.asidePath), 'nobody asked for it to be moved');
    }
  });

  test('is waited for five seconds where the disk hangs', async (t) => {
    const clock = new FakeClock();
    const reading = new StateFile(join(tempDir(t), 'none')).read(MAX_BYTES, BRIDGE, clock);
    // The clock is through before any disk can have answered.
    clock.advance(5_000);
    const found = await reading;
    assert.equal(
      found.kind === 'refused' && found.refusal.sentence,
      'The state file cannot be read (no answer within 5 s).',
    );
    assert.equal(clock.pending, 0);
  });

  test('is written over what killed processes left beside it, and over nothing else', async (t) => {
    const { path, file } = stateFile(t);
    const left = [`${path}.0123456789ab.unfinished`, `${path}.ba9876543210.unfinished`];
    const others = [`${path}.old`, join(path, '..', 'other.0123456789ab.unfinished'), `${path}.x.unfinished`];
    for (const one of [...left, ...others]) writeFileSync(one, '');
    assert.deepEqual(await file.write(BYTES), { kind: 'written' });
    for (const one of left) assert.ok(!existsSync(one), one);
    for (const one of others) assert.ok(existsSync(one), one);
  });

  test('that cannot be written says why: no such folder', async (t) => {
    const file = new StateFile(join(tempDir(t), 'none', 'state.json'));
    assert.deepEqual(await file.write(BYTES), { kind: 'failed', why: 'ENOENT' });
  });

  test('where something else has taken the place of the folder says why', async (t) => {
    const { path, file, read } = stateFile(t, Buffer.from(BYTES).fill('x', 150, 151));
    await read();
    rmSync(dirname(path), { recursive: true });
    writeFileSync(dirname(path), '');
    assert.deepEqual(await file.write(BYTES), { kind: 'failed', why: 'ENOTDIR' });
  });
});
