import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ReadOnlySocket } from '../../../../../src/registry/zookeeper/session/read-only-socket.ts';

function packet(operation: number): Buffer {
  const bytes = Buffer.alloc(20);
  bytes.writeInt32BE(operation, 8);
  return bytes;
}

function socket(): { readonly socket: ReadOnlySocket; readonly sent: Buffer[] } {
  const sent: Buffer[] = [];
  return {
    socket: new ReadOnlySocket(
      (bytes) => void sent.push(bytes),
      () => {},
    ),
    sent,
  };
}

test('reads and credentials are let through, behind the request for the session', () => {
  const { socket: readOnly, sent } = socket();
  const packets = [packet(1), packet(3), packet(4), packet(12), packet(100)];
  for (const bytes of packets) assert.equal(readOnly.write(bytes), true);
  assert.deepEqual(sent, packets);
});

for (const [operation, name] of [
  [1, 'create'],
  [2, 'delete'],
  [5, 'setData'],
  [7, 'setACL'],
  [11, 'ping'],
  [14, 'multi'],
  [101, 'setWatches'],
  [-11, 'closeSession'],
] as const) {
  test(`${name} never leaves, and to try is a defect`, (t) => {
    const { socket: readOnly, sent } = socket();
    readOnly.write(packet(0));
    const later: (() => void)[] = [];
    t.mock.method(process, 'nextTick', (action: () => void) => later.push(action));
    readOnly.write(packet(operation));
    t.mock.restoreAll();
    assert.deepEqual(sent, [packet(0)]);
    assert.throws(() => later[0]?.(), new RegExp(`operation ${operation} is never sent`));
  });
}
