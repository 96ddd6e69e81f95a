import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { type ConfigFile, type FileReading, readConfigFile } from '../../../src/config/config-file.ts';
import { watchConfig } from '../../../src/config/watch-config.ts';
import { systemClock } from '../../../src/lib/clock.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';

const UNREADABLE: FileReading = {
  kind: 'unreadable',
  problem: {
    code: 'FILE_UNREADABLE',
    key: '',
    value: undefined,
    rule: 'does not exist',
    origin: { kind: 'default' },
    nearest: undefined,
  },
};

/** A watch over a made-up file and a made-up directory. */
function watched() {
  const clock = new FakeClock();
  const seen: string[] = [];
  const state = { text: 'one' as string | undefined, reads: 0, isWatching: true, event: () => {} };
  const watch = watchConfig({
    file: { path: '/etc/footbridge/config.yaml', text: 'one' },
    clock,
    onChange: ({ text }) => seen.push(text),
    read: async (path) => {
      state.reads++;
      return state.text === undefined ? UNREADABLE : { kind: 'file', file: { path, text: state.text } };
    },
    watchDirectory: (path, onEvent) => {
      assert.equal(path, '/etc/footbridge');
      state.event = onEvent;
      return () => {
        state.isWatching = false;
      };
    },
  });
  return { clock, seen, state, watch };
}

describe('watching the configuration file', () => {
  test('tells of every other content once, without any event', async () => {
    const { clock, seen, state, watch } = watched();
    await clock.advanceAsync(10_000, 1000);
    assert.deepEqual(seen, []);
    state.text = 'two';
    await clock.advanceAsync(10_000, 1000);
    assert.deepEqual(seen, ['two']);
    state.text = 'one';
    await clock.advanceAsync(10_000, 1000);
    assert.deepEqual(seen, ['two', 'one']);
    watch.close();
  });

  test('tells soon after an event of the directory, once for a burst, and goes on polling', async () => {
    const { clock, seen, state, watch } = watched();
    state.text = 'two';
    for (let count = 0; count < 5; count++) state.event();
    await clock.advanceAsync(100);
    assert.deepEqual([seen, state.reads], [['two'], 1]);
    state.text = 'three';
    await clock.advanceAsync(5000, 1000);
    assert.deepEqual(seen, ['two', 'three']);
    watch.close();
  });

  test('is not put off by a directory in which something happens all the time', async () => {
    const { clock, seen, state, watch } = watched();
    state.text = 'two';
    for (let count = 0; count < 10; count++) {
      state.event();
      await clock.advanceAsync(50);
    }
    assert.deepEqual(seen, ['two']);
    watch.close();
  });

  test('checks again soon when an event comes while the file is being read', async () => {
    const { clock, seen, state, watch } = watched();
    state.event();
    clock.advance(100);
    state.text = 'two';
    state.event();
    await clock.advanceAsync(1);
    assert.equal(state.reads, 1);
    state.text = 'three';
    await clock.advanceAsync(99);
    assert.deepEqual([state.reads, seen.at(-1)], [2, 'three']);
    watch.close();
  });

  test('says nothing while the file is away, as in the middle of a swap', async () => {
    const { clock, seen, state, watch } = watched();
    state.text = undefined;
    await clock.advanceAsync(20_000, 1000);
    state.text = 'one';
    await clock.advanceAsync(20_000, 1000);
    assert.deepEqual(seen, []);
    watch.close();
  });

  test('ends with nothing left behind, also while a read is under way', async () => {
    const { clock, seen, state, watch } = watched();
    state.text = 'two';
    clock.advance(5000);
    watch.close();
    await clock.advanceAsync(20_000, 1000);
    assert.deepEqual([seen, clock.pending, state.isWatching], [[], 0, false]);
    state.event();
    assert.equal(clock.pending, 0);
  });

  test('notices a mounted ConfigMap whose link is swapped', async () => {
    const root = await mkdtemp(join(tmpdir(), 'footbridge-config-'));
    const path = join(root, 'config.yaml');
    await mkdir(join(root, 'first'));
    await mkdir(join(root, 'second'));
    await writeFile(join(root, 'first', 'config.yaml'), 'one');
    await writeFile(join(root, 'second', 'config.yaml'), 'two');
    await symlink('first', join(root, 'data'));
    await symlink(join('data', 'config.yaml'), path);
    const changed = new Promise<ConfigFile>((resolve) => {
      const watch = watchConfig({
        file: { path, text: 'one' },
        clock: systemClock,
        onChange: (file) => {
          watch.close();
          resolve(file);
        },
      });
    });
    await symlink('second', join(root, 'data.new'));
    await rename(join(root, 'data.new'), join(root, 'data'));
    // The clock's timers keep no process alive, so something else must while we wait.
    const alive = setInterval(() => {}, 1000);
    try {
      assert.deepEqual(await changed, { path, text: 'two' });
    } finally {
      clearInterval(alive);
      await rm(root, { recursive: true });
    }
  });
});

describe('reading the configuration file', () => {
  test('gives its text, or a problem that says why not', async () => {
    const root = await mkdtemp(join(tmpdir(), 'footbridge-config-'));
    try {
      const path = join(root, 'config.yaml');
      await writeFile(path, 'namespace: ä\n');
      assert.deepEqual(await readConfigFile(path), {
        kind: 'file',
        file: { path, text: await readFile(path, 'utf8') },
      });
      await writeFile(path, 'x'.repeat(1024 ** 2 + 1));
      const rules = [];
      for (const each of [path, join(root, 'absent'), root]) {
        const reading = await readConfigFile(each);
        rules.push(reading.kind === 'unreadable' ? reading.problem.rule : 'read');
      }
      assert.deepEqual(rules, ['is larger than 1 MiB', 'does not exist', 'is a directory']);
    } finally {
      await rm(root, { recursive: true });
    }
  });
});
