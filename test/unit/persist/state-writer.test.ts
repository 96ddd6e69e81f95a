import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { FileWritten } from '../../../src/lib/write-private-file.ts';
import { decodeState } from '../../../src/persist/decode-state.ts';
import type { SavedRegistry } from '../../../src/persist/saved-state.ts';
import { type SavedContent, StateWriter, type WriteOutcome } from '../../../src/persist/state-writer.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';
import { aService } from '../../fakes/model-values.ts';
import { aMemory, aSavedRegistry, BRIDGE } from '../../fakes/saved-values.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const SENIORITY: SavedContent['seniority'] = new Map();
const NO_FREEZES: SavedContent['freezes'] = [];
const WRITTEN: FileWritten = { kind: 'written' };
const FULL: FileWritten = { kind: 'failed', why: 'ENOSPC' };

/** A disk that answers when the test says so. */
function run({ maxBytes = 100_000 } = {}) {
  const clock = new FakeClock();
  const writes: string[] = [];
  const outcomes: WriteOutcome['kind'][] = [];
  let answer: (written: FileWritten) => void = () => {};
  const writer = new StateWriter({
    bridge: BRIDGE,
    maxBytes,
    refreshMs: 5 * MINUTE,
    clock,
    write(bytes) {
      const found = decodeState(bytes, BRIDGE);
      if (found.kind !== 'state') assert.fail();
      assert.equal(found.state.writtenAtMs, clock.now());
      writes.push(
        found.state.registries.flatMap(({ memory }) => [...memory.listed.values()].map(({ name }) => name)).join(),
      );
      return new Promise((resolve) => (answer = resolve));
    },
    onWrite: ({ kind }) => void outcomes.push(kind),
  });
  return {
    clock,
    writer,
    writes,
    outcomes,
    async answer(written: FileWritten) {
      answer(written);
      await settled();
    },
  };
}

async function settled(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}

/** What became of a promise until now. */
async function stateOf<T>(promise: Promise<T> | undefined): Promise<T | 'pending' | undefined> {
  return await Promise.race([promise, settled().then(() => 'pending' as const)]);
}

function content(names: string, fields: Partial<SavedRegistry> = {}): SavedContent {
  const memory = aMemory(names.split(' ').map((name) => aService(name)));
  return { registries: [aSavedRegistry(memory, fields)], seniority: SENIORITY, freezes: NO_FREEZES };
}

/** The same again, of a later read. */
function readLater({ registries, ...rest }: SavedContent, readAtMs: number): SavedContent {
  return { registries: registries.map((one) => ({ ...one, readAtMs })), ...rest };
}

describe('the state file is written', () => {
  test('before what changed is published: who waits hears when it is done', async () => {
    const { writer, writes, outcomes, answer } = run();
    const saving = writer.save(content('orders'));
    assert.deepEqual(writes, ['orders']);
    assert.equal(await stateOf(saving), 'pending');
    await answer(WRITTEN);
    assert.equal(await stateOf(saving), 'settled');
    assert.deepEqual(outcomes, ['written']);
  });

  test('not before anything was read, and not again while nothing changed', async () => {
    const { writer, writes, answer } = run();
    assert.equal(writer.save({ registries: [], seniority: SENIORITY, freezes: NO_FREEZES }), undefined);
    const first = content('orders');
    void writer.save(first);
    await answer(WRITTEN);
    assert.equal(writer.save(readLater(first, 9_000)), undefined);
    assert.deepEqual(writes, ['orders']);
  });

  test('for each thing that it holds: what is remembered, the scope, seniority, freezes, a registry less', async () => {
    const { writer, writes, answer } = run();
    const first = content('orders');
    const [registry] = first.registries;
    assert.ok(registry !== undefined);
    const changes: readonly SavedContent[] = [
      first,
      { ...first, registries: [{ ...registry, memory: aMemory([aService('orders')]) }] },
      { ...first, registries: [{ ...registry, scope: 'other' }] },
      { ...first, seniority: new Map() },
      { ...first, freezes: [] },
      { ...first, registries: [registry, { ...registry, name: 'b' }] },
      first,
    ];
    for (const change of changes) {
      assert.notEqual(writer.save(change), undefined);
      await answer(WRITTEN);
    }
    assert.equal(writes.length, changes.length);
  });

  test('now and then when only the time of reading is another, so that its age stays honest', async () => {
    const { clock, writer, writes, answer } = run();
    const first = content('orders');
    void writer.save(first);
    await answer(WRITTEN);
    for (let read = 0; read < 20; read++) {
      clock.advance(30 * SECOND);
      void writer.save(readLater(first, clock.now()));
      await answer(WRITTEN);
    }
    assert.equal(writes.length, 1 + 2);
  });

  test('once for all that changes during a write, with the newest; who is overtaken is told so', async () => {
    const { writer, writes, answer } = run();
    const first = writer.save(content('a'));
    const second = writer.save(content('a b'));
    const third = writer.save(content('a b c'));
    assert.equal(await stateOf(second), 'superseded');
    await answer(WRITTEN);
    assert.equal(await stateOf(first), 'settled');
    assert.equal(await stateOf(third), 'pending');
    await answer(WRITTEN);
    assert.equal(await stateOf(third), 'settled');
    assert.deepEqual(writes, ['a', 'a,b,c']);
  });

  test('with what was read last when the process ends, also where only that is new', async () => {
    const { clock, writer, writes, answer } = run();
    const first = content('orders');
    void writer.save(first);
    await answer(WRITTEN);
    void writer.save(readLater(first, clock.now()));
    const closing = writer.close();
    await settled();
    assert.equal(writes.length, 2);
    await answer(WRITTEN);
    await closing;
    assert.equal(writer.save(content('later')), undefined);
    assert.equal(writes.length, 2);
    assert.equal(clock.pending, 0);
  });
});

describe('a disk that fails', () => {
  test('holds nothing up: who waits is let go at once, and nobody waits again until a write succeeds', async () => {
    const { writer, outcomes, answer } = run();
    const first = writer.save(content('a'));
    await answer(FULL);
    assert.equal(await stateOf(first), 'settled');
    assert.equal(writer.save(content('a b')), undefined);
    await answer(WRITTEN);
    assert.deepEqual(outcomes, ['failed', 'written']);
    assert.notEqual(writer.save(content('a b c')), undefined);
    await answer(WRITTEN);
  });

  test('is tried again every 30 s although nothing changes, until it takes the file', async () => {
    const { clock, writer, writes, answer } = run();
    void writer.save(content('a'));
    await answer(FULL);
    for (let retry = 0; retry < 3; retry++) {
      clock.advance(30 * SECOND);
      await answer(retry < 2 ? FULL : WRITTEN);
    }
    assert.equal(writes.length, 4);
    clock.advance(10 * MINUTE);
    assert.equal(writes.length, 4);
    assert.equal(clock.pending, 0);
  });

  test('that does not answer is waited for one second, once', async () => {
    const { clock, writer, writes, outcomes, answer } = run();
    const first = writer.save(content('a'));
    const second = writer.save(content('a b'));
    clock.advance(999);
    assert.equal(await stateOf(first), 'pending');
    clock.advance(1);
    assert.equal(await stateOf(first), 'settled');
    assert.equal(await stateOf(second), 'settled');
    assert.deepEqual(outcomes, ['failed']);
    assert.equal(writer.save(content('a b c')), undefined);
    clock.advance(10 * MINUTE);
    assert.equal(writes.length, 1, 'one write at a time');
    await answer(WRITTEN);
    assert.deepEqual(writes, ['a', 'a,b,c']);
    await answer(WRITTEN);
    assert.deepEqual(outcomes, ['failed', 'written', 'written']);
  });

  test('does not keep the process from ending', async () => {
    const { clock, writer } = run();
    void writer.save(content('a'));
    const closing = writer.close();
    clock.advance(SECOND);
    await closing;
    assert.equal(clock.pending, 0);
  });

  test('what would be too large is not written, and tried again when something changed', async () => {
    const { clock, writer, writes, outcomes, answer } = run({ maxBytes: 700 });
    const small = content('a');
    const large = content('a b c d e f');
    assert.equal(writer.save(large), undefined);
    clock.advance(10 * MINUTE);
    assert.deepEqual([writes, outcomes], [[], ['too-large']]);
    void writer.save(small);
    await answer(WRITTEN);
    assert.deepEqual([writes, outcomes], [['a'], ['too-large', 'written']]);
  });
});
