import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createSnapshot, type Snapshot } from '../../../src/snapshot/snapshot.ts';
import { SnapshotStore } from '../../../src/snapshot/store.ts';

function snapshot(serial: number): Snapshot {
  return createSnapshot([], { serial, complete: true, createdAtMs: 0 });
}

/** A store with a listener that notes the serials it hears of. */
function listening() {
  const store = new SnapshotStore(snapshot(0));
  const heard: number[] = [];
  const note = ({ serial }: Snapshot) => void heard.push(serial);
  return { store, heard, note };
}

describe('snapshot store', () => {
  test('serves the first snapshot until another one is published, and the newest from then on', () => {
    const store = new SnapshotStore(snapshot(0));
    assert.equal(store.current().serial, 0);
    store.publish(snapshot(1));
    assert.equal(store.current().serial, 1);
  });

  test('tells every listener of each publication, when the store already serves it', () => {
    const { store, heard, note } = listening();
    store.onPublish(note);
    store.onPublish(({ serial }) => assert.equal(store.current().serial, serial));
    store.publish(snapshot(1));
    store.publish(snapshot(2));
    assert.deepEqual(heard, [1, 2]);
  });

  test('tells a listener nothing of what was published before it came', () => {
    const { store, heard, note } = listening();
    store.publish(snapshot(1));
    store.onPublish(note);
    assert.deepEqual(heard, []);
  });

  test('tells a cancelled listener nothing more; cancelling twice does nothing more', () => {
    const { store, heard, note } = listening();
    const cancel = store.onPublish(note);
    cancel();
    cancel();
    store.publish(snapshot(1));
    assert.deepEqual(heard, []);
  });

  test('one function that listens twice is told twice, and each cancel ends its own', () => {
    const { store, heard, note } = listening();
    const cancel = store.onPublish(note);
    store.onPublish(note);
    store.publish(snapshot(1));
    cancel();
    store.publish(snapshot(2));
    assert.deepEqual(heard, [1, 1, 2]);
  });

  test('a listener that is cancelled by one before it is not told', () => {
    const { store, heard, note } = listening();
    const cancels: (() => void)[] = [];
    store.onPublish(() => cancels.forEach((cancel) => void cancel()));
    cancels.push(store.onPublish(note));
    store.publish(snapshot(1));
    assert.deepEqual(heard, []);
  });

  test('a listener that comes during a publication waits for the next one', () => {
    const { store, heard, note } = listening();
    const cancel = store.onPublish(() => {
      cancel();
      store.onPublish(note);
    });
    store.publish(snapshot(1));
    assert.deepEqual(heard, []);
    store.publish(snapshot(2));
    assert.deepEqual(heard, [2]);
  });

  test('when a listener publishes, nobody hears of the older snapshot after the newer', () => {
    const { store, heard, note } = listening();
    store.onPublish(({ serial }) => {
      if (serial === 1) store.publish(snapshot(2));
    });
    store.onPublish(note);
    store.publish(snapshot(1));
    assert.deepEqual(heard, [2]);
    assert.equal(store.current().serial, 2);
  });
});
