import assert from 'node:assert/strict';
import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { silentLog } from '../../../../src/observe/log.ts';
import { FileRegistry, fileKind } from '../../../../src/registry/file/file-registry.ts';
import { type WatchFile, watchFile } from '../../../../src/registry/file/watch-file.ts';
import type { ReadReport } from '../../../../src/registry/kind.ts';
import type { Registry } from '../../../../src/registry/registry.ts';
import { FakeClock } from '../../../fakes/fake-clock.ts';
import { tempDir } from '../../../fakes/temp-dir.ts';

const POLL_MS = 5000;
const ORDERS = 'services: [{name: orders, instances: [{address: 10.0.0.1, port: 80}]}]';
const TWO =
  'services: [{name: orders, instances: [{address: 10.0.0.1, port: 80}]}, {name: carts, instances: [{address: 10.0.0.2, port: 80}]}]';

/** A registry under a clock of the test's, with a wait for its next change. */
function started(t: TestContext, path: string, options: { watch?: WatchFile; maxBytes?: number } = {}) {
  const clock = new FakeClock();
  const reads: ReadReport[] = [];
  const warnings: string[] = [];
  const note = (event: string) => void warnings.push(event);
  const log = { ...silentLog, info: note, warn: note };
  const context = { clock, log, random: () => 0.5, onRead: (read: ReadReport) => void reads.push(read), onDrift() {} };
  const settings = { path, pollIntervalMs: POLL_MS, maxBytes: options.maxBytes ?? 1_000_000 };
  const registry = new FileRegistry('vms', settings, context, options.watch ?? noWatch);
  let changes = 0;
  let waiting: (() => void)[] = [];
  registry.start(() => {
    changes++;
    for (const wake of waiting) wake();
    waiting = [];
  });
  t.after(() => registry.close());
  const nextChange = () => new Promise<void>((resolve) => void waiting.push(resolve));
  const poll = async () => {
    // The next read is planned once the one before is wholly over.
    while (clock.pending === 0) await new Promise(setImmediate);
    const change = nextChange();
    clock.advance(POLL_MS);
    await change;
  };
  return { registry, clock, reads, warnings, nextChange, poll, changes: () => changes };
}

function replaceByDirectory(path: string): void {
  rmSync(path);
  mkdirSync(path);
}

const noWatch: WatchFile = () => () => {};

function sliceOf(registry: Registry) {
  const [slice] = registry.slices();
  assert.ok(slice !== undefined);
  return slice;
}

function readingOf(registry: Registry) {
  const { reading } = sliceOf(registry);
  const names = reading.kind === 'waiting' ? [] : [...reading.content.services.values()].map(({ name }) => name);
  const code = reading.kind === 'live' ? undefined : reading.lastError?.code;
  return { kind: reading.kind, names, code };
}

function contentOf(registry: Registry) {
  const { reading } = sliceOf(registry);
  assert.ok(reading.kind !== 'waiting');
  return reading.content;
}

describe('the file registry', () => {
  test('waits before its first read, and never calls back from inside start', async (t) => {
    const path = join(tempDir(t), 'registry.yaml');
    writeFileSync(path, ORDERS);
    const { registry, nextChange, changes } = started(t, path);
    assert.deepEqual(readingOf(registry), { kind: 'waiting', names: [], code: undefined });
    assert.equal(changes(), 0);
    await nextChange();
    assert.deepEqual(readingOf(registry), { kind: 'live', names: ['orders'], code: undefined });
    assert.deepEqual(sliceOf(registry).matched, { services: 1, ofServices: 1 });
    assert.equal(sliceOf(registry).kind, 'file');
  });

  test('confirms unchanged content at every interval and keeps all its objects', async (t) => {
    const path = join(tempDir(t), 'registry.yaml');
    writeFileSync(path, ORDERS);
    const { registry, clock, nextChange, poll, reads } = started(t, path);
    await nextChange();
    const before = contentOf(registry);
    await poll();
    const after = contentOf(registry);
    assert.equal(after.services, before.services);
    assert.equal(after.problems, before.problems);
    assert.equal(after.readAtMs, before.readAtMs + POLL_MS);
    assert.equal(after.readAtMs, clock.now());
    assert.deepEqual(
      reads.map(({ registry: name, mode, outcome, code }) => [name, mode, outcome, code]),
      [
        ['vms', 'file', 'ok', ''],
        ['vms', 'file', 'ok', ''],
      ],
    );
    assert.equal(registry.slices(), registry.slices());
  });

  test('keeps the objects of unchanged services when another one comes, also when the text is laid out anew', async (t) => {
    const path = join(tempDir(t), 'registry.yaml');
    writeFileSync(path, ORDERS);
    const { registry, nextChange, poll } = started(t, path);
    await nextChange();
    const [orders] = contentOf(registry).services.values();
    writeFileSync(path, `# a comment\n${TWO}\n`);
    await poll();
    const services = [...contentOf(registry).services.values()];
    assert.deepEqual(
      services.map(({ name }) => name),
      ['orders', 'carts'],
    );
    assert.equal(services[0], orders);
    const map = contentOf(registry).services;
    writeFileSync(path, `# another comment\n${TWO}\n`);
    await poll();
    assert.equal(contentOf(registry).services, map);
  });

  const broken: readonly (readonly [what: string, spoil: (path: string) => void, code: string])[] = [
    ['half written', (path) => writeFileSync(path, ORDERS.slice(0, 40)), 'FILE_SYNTAX'],
    ['emptied', (path) => writeFileSync(path, ''), 'FILE_EMPTY'],
    ['no text', (path) => writeFileSync(path, Buffer.from([0x73, 0xff, 0xfe])), 'FILE_SYNTAX'],
    ['no list of services', (path) => writeFileSync(path, 'hello: world'), 'FILE_LAYOUT'],
    ['removed', (path) => rmSync(path), 'FILE_MISSING'],
    ['too large', (path) => writeFileSync(path, `${ORDERS}\n#${'x'.repeat(1000)}`), 'FILE_TOO_LARGE'],
    ['replaced by a directory', replaceByDirectory, 'FILE_UNREADABLE'],
  ];
  for (const [what, spoil, code] of broken) {
    test(`keeps the last good content when the file is ${what}, and says since when and why`, async (t) => {
      const path = join(tempDir(t), 'registry.yaml');
      writeFileSync(path, ORDERS);
      const { registry, clock, nextChange, poll, reads, warnings } = started(t, path, { maxBytes: 200 });
      await nextChange();
      const { services, readAtMs } = contentOf(registry);
      spoil(path);
      await poll();
      const sinceMs = clock.now();
      await poll();
      assert.deepEqual(readingOf(registry), { kind: 'stale', names: ['orders'], code });
      const { reading } = sliceOf(registry);
      assert.ok(reading.kind === 'stale');
      assert.equal(reading.content.services, services);
      assert.equal(reading.content.readAtMs, readAtMs);
      assert.equal(reading.sinceMs, sinceMs);
      assert.deepEqual(
        reads.map(({ outcome }) => outcome),
        ['ok', 'error', 'error'],
      );
      assert.equal(reads[2]?.code, code);
      assert.deepEqual(warnings, ['file.unreadable'], 'a lasting failure is told once');
      rmSync(path, { recursive: true, force: true });
      writeFileSync(path, TWO);
      await poll();
      assert.deepEqual(readingOf(registry), { kind: 'live', names: ['orders', 'carts'], code: undefined });
      assert.deepEqual(warnings, ['file.unreadable', 'file.recovered']);
    });
  }

  test('waits, with the reason, when the file never was there, and begins when it comes', async (t) => {
    const path = join(tempDir(t), 'later', 'registry.yaml');
    const { registry, nextChange, poll } = started(t, path, { watch: watchFile });
    await nextChange();
    assert.deepEqual(readingOf(registry), { kind: 'waiting', names: [], code: 'FILE_MISSING' });
    mkdirSync(join(path, '..'));
    writeFileSync(path, ORDERS);
    await poll();
    assert.deepEqual(readingOf(registry), { kind: 'live', names: ['orders'], code: undefined });
  });

  test('does not open what is no regular file: reading it could last for ever', async (t) => {
    const { registry, nextChange } = started(t, '/dev/zero');
    await nextChange();
    assert.equal(readingOf(registry).code, 'FILE_UNREADABLE');
  });

  test('leaves no timer and no callback behind when it is closed, also in the middle of a read', async (t) => {
    const path = join(tempDir(t), 'registry.yaml');
    writeFileSync(path, ORDERS);
    const { registry, clock, changes } = started(t, path, { watch: watchFile });
    await registry.close();
    assert.equal(clock.pending, 0);
    assert.equal(changes(), 0);
    clock.advance(10 * POLL_MS);
    assert.equal(changes(), 0);
  });

  test('is what the table creates', async (t) => {
    const path = join(tempDir(t), 'registry.yaml');
    writeFileSync(path, ORDERS);
    const context = { clock: new FakeClock(), log: silentLog, random: () => 0.5, onRead: () => {}, onDrift() {} };
    const options = { path, pollIntervalMs: POLL_MS, maxBytes: 1000 };
    const registry = fileKind.create('vms', options, { include: [], exclude: [] }, context);
    await new Promise<void>((resolve) => registry.start(resolve));
    await registry.close();
    assert.deepEqual(readingOf(registry).names, ['orders']);
    assert.deepEqual(fileKind.attributes, ['service']);
    assert.deepEqual([...contentOf(registry).services.values()][0]?.instances[0]?.attributes.get('service'), [
      'orders',
    ]);
  });
});

describe('a hint that the file may have changed', () => {
  /** A watch whose hints the test gives. */
  function handWatch() {
    const state = { hint: () => {}, fail: (_reason: string) => {}, begun: 0, ended: 0 };
    const watch: WatchFile = (_path, onHint, onFailure) => {
      state.hint = onHint;
      state.fail = onFailure;
      state.begun++;
      return () => void state.ended++;
    };
    return { state, watch };
  }

  test('brings one read, soon, however many hints there are', async (t) => {
    const path = join(tempDir(t), 'registry.yaml');
    writeFileSync(path, ORDERS);
    const { state, watch } = handWatch();
    const { registry, clock, nextChange, reads } = started(t, path, { watch });
    await nextChange();
    await new Promise(setImmediate);
    writeFileSync(path, TWO);
    const change = nextChange();
    state.hint();
    clock.advance(50);
    state.hint();
    state.hint();
    clock.advance(50);
    await change;
    assert.deepEqual(readingOf(registry).names, ['orders', 'carts']);
    assert.equal(reads.length, 2);
    await new Promise(setImmediate);
    assert.equal(clock.pending, 1, 'the next poll is planned');
  });

  test('is not lost when it comes in the middle of a read', async (t) => {
    const path = join(tempDir(t), 'registry.yaml');
    writeFileSync(path, ORDERS);
    const { state, watch } = handWatch();
    const { clock, nextChange, reads } = started(t, path, { watch });
    const first = nextChange();
    state.hint();
    assert.equal(clock.pending, 0, 'no second read beside the one that runs');
    await first;
    await new Promise(setImmediate);
    const second = nextChange();
    clock.advance(100);
    await second;
    assert.equal(reads.length, 2);
  });

  test('may never come again: polling goes on, it is told once, and a new watch is tried', async (t) => {
    const path = join(tempDir(t), 'registry.yaml');
    writeFileSync(path, ORDERS);
    const { state, watch } = handWatch();
    const { registry, nextChange, poll, warnings } = started(t, path, { watch });
    await nextChange();
    state.fail('no watches left');
    writeFileSync(path, TWO);
    await poll();
    state.fail('no watches left');
    await poll();
    assert.deepEqual(readingOf(registry).names, ['orders', 'carts']);
    assert.deepEqual(warnings, ['file.watch_failed']);
    assert.equal(state.begun, 3);
  });

  test('comes from a real watch when the file is written, moved into place, or its directory link is swapped', async (t) => {
    // A watch does not keep the process alive, so the test must.
    const alive = setTimeout(() => {}, 60_000);
    t.after(() => clearTimeout(alive));
    const directory = tempDir(t);
    const path = join(directory, 'registry.yaml');
    const link = (target: string) => {
      symlinkSync(target, join(directory, '..data_tmp'));
      renameSync(join(directory, '..data_tmp'), join(directory, '..data'));
    };
    for (const version of ['..1', '..2']) mkdirSync(join(directory, version));
    writeFileSync(join(directory, '..1', 'registry.yaml'), ORDERS);
    writeFileSync(join(directory, '..2', 'registry.yaml'), TWO);
    link('..1');
    symlinkSync(join('..data', 'registry.yaml'), path);
    let hints = 0;
    let onHint = () => {};
    const watch: WatchFile = (watched, hint, fail) => {
      const counted = () => {
        hints++;
        hint();
        onHint();
      };
      return watchFile(watched, counted, fail);
    };
    const { registry, clock, nextChange } = started(t, path, { watch });
    await nextChange();
    await new Promise(setImmediate);
    assert.deepEqual(readingOf(registry).names, ['orders']);
    const hinted = new Promise<void>((resolve) => {
      onHint = resolve;
    });
    link('..2');
    await hinted;
    const swapped = nextChange();
    clock.advance(100);
    await swapped;
    assert.deepEqual(readingOf(registry).names, ['orders', 'carts']);
    await new Promise(setImmediate);
    const moved = new Promise<void>((resolve) => {
      onHint = resolve;
    });
    writeFileSync(join(directory, 'new'), ORDERS);
    renameSync(join(directory, 'new'), path);
    await moved;
    assert.ok(hints >= 2);
  });
});
