import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { textStream } from '../../../src/admin/reply.ts';

async function read(stream: ReadableStream<Uint8Array>): Promise<string> {
  return new Response(stream).text();
}

function unexpected(cause: unknown): void {
  assert.fail(String(cause));
}

describe('a long text', () => {
  test('is sent whole, in pieces', async () => {
    const pieces = Array.from({ length: 5000 }, (_, at) => `line ${at} é\n`);
    assert.equal(await read(textStream(pieces, unexpected)), pieces.join(''));
    assert.equal(await read(textStream([], unexpected)), '');
  });

  test('is made only as far as it is read', async () => {
    let made = 0;
    function* pieces() {
      for (; made < 1000; made++) yield 'x'.repeat(10_000);
    }
    const reader = textStream(pieces(), unexpected).getReader();
    await reader.read();
    assert.ok(made < 20, `${made} pieces made`);
    await reader.cancel();
    await new Promise(setImmediate);
    assert.ok(made < 20, `${made} pieces made after the reader left`);
  });

  test('whose reader leaves while a piece is made is no failure', async () => {
    const failures: unknown[] = [];
    const reader = textStream(['x'.repeat(50_000), 'y'], (cause) => void failures.push(cause)).getReader();
    const pending = reader.read();
    // The piece is asked for in a microtask and made one turn later.
    for (let step = 0; step < 5; step++) await Promise.resolve();
    await reader.cancel();
    await pending;
    for (let turn = 0; turn < 3; turn++) await new Promise(setImmediate);
    assert.deepEqual(failures, []);
  });

  test('whose maker fails at once fails before anything is sent', () => {
    assert.throws(() => textStream(failing(0), unexpected), /defect/);
  });

  test('whose maker fails later tells it, so that the connection can be cut', async () => {
    const failures: unknown[] = [];
    await read(textStream(failing(10), (cause) => void failures.push(cause)));
    assert.match(String(failures[0]), /defect/);
  });
});

function* failing(after: number): Iterable<string> {
  for (let at = 0; at < after; at++) yield 'x'.repeat(10_000);
  throw new Error('defect');
}
