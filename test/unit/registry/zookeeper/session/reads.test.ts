import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setImmediate as inputPhase } from 'node:timers/promises';
import type { Outcome } from '../../../../../src/registry/zookeeper/reader.ts';
import { MOST_IN_FLIGHT, Reads } from '../../../../../src/registry/zookeeper/session/reads.ts';
import { FakeClock } from '../../../../fakes/fake-clock.ts';

const TIMEOUT_MS = 10_000;

class Asked {
  readonly clock = new FakeClock();
  readonly overdue: string[] = [];
  /** Sent and not answered, in the order in which they were sent. */
  readonly open: { readonly path: string; readonly answer: (outcome: Outcome<string>) => void }[] = [];
  readonly sent: string[] = [];
  readonly reads = new Reads({
    clock: this.clock,
    timeoutMs: TIMEOUT_MS,
    onOverdue: (path) => this.overdue.push(path),
  });

  add(path: string): Promise<Outcome<string>> {
    return this.reads.add<string>(path, this.#ask(path));
  }

  addUrgent(path: string): void {
    this.reads.addUrgent<string>(path, this.#ask(path));
  }

  answerNext(): void {
    const next = this.open.shift();
    next?.answer({ kind: 'found', value: next.path });
  }

  #ask(path: string): (done: (outcome: Outcome<string>) => void) => void {
    return (answer) => {
      this.sent.push(path);
      this.open.push({ path, answer });
    };
  }
}

function paths(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `/${index}`);
}

describe('reads', () => {
  test('are sent 32 at a time and in order, however many there are, and all answered', async () => {
    const asked = new Asked();
    const answers = paths(20_000).map((path) => asked.add(path));
    while (asked.open.length > 0) {
      assert.ok(asked.open.length <= MOST_IN_FLIGHT);
      asked.answerNext();
    }
    assert.deepEqual(asked.sent, paths(20_000));
    assert.deepEqual(
      (await Promise.all(answers)).map((outcome) => outcome.kind === 'found' && outcome.value),
      paths(20_000),
    );
    assert.equal(asked.clock.pending, 0, 'no deadline is left');
  });

  test('that are urgent do not wait', () => {
    const asked = new Asked();
    for (const path of paths(100)) void asked.add(path);
    asked.addUrgent('/urgent');
    assert.equal(asked.sent.at(-1), '/urgent');
  });

  test('that were added while others waited come after them', () => {
    const asked = new Asked();
    for (const path of paths(40)) void asked.add(path);
    for (let answered = 0; answered < 5; answered++) asked.answerNext();
    void asked.add('/last');
    while (asked.open.length > 0) asked.answerNext();
    assert.deepEqual(asked.sent, [...paths(40), '/last']);
  });
});

describe('a deadline', () => {
  test('counts from when the read is sent', async () => {
    const asked = new Asked();
    for (const path of paths(33)) void asked.add(path);
    asked.clock.advance(TIMEOUT_MS - 1);
    for (let answered = 0; answered < 32; answered++) asked.answerNext();
    asked.clock.advance(TIMEOUT_MS - 1);
    await inputPhase();
    assert.deepEqual(asked.overdue, []);
    asked.clock.advance(1);
    await inputPhase();
    assert.deepEqual(asked.overdue, ['/32']);
  });

  test('is not missed by an answer that lies in the socket when a busy process comes to look', async () => {
    const asked = new Asked();
    void asked.add('/a');
    asked.clock.advance(TIMEOUT_MS);
    asked.answerNext();
    await inputPhase();
    assert.deepEqual(asked.overdue, []);
  });
});

describe('when the connection ends', () => {
  test('every read is answered, sent or not, and no deadline is left', async () => {
    const asked = new Asked();
    const answers = paths(100).map((path) => asked.add(path));
    asked.addUrgent('/urgent');
    asked.reads.end();
    assert.deepEqual(
      (await Promise.all(answers)).map(({ kind }) => kind),
      Array.from({ length: 100 }, () => 'disconnected'),
    );
    assert.equal(asked.clock.pending, 0);
  });

  test('what the library calls back later changes nothing and sends nothing', async () => {
    const asked = new Asked();
    const answers = paths(100).map((path) => asked.add(path));
    asked.reads.end();
    while (asked.open.length > 0) asked.answerNext();
    assert.equal(asked.sent.length, MOST_IN_FLIGHT);
    assert.ok((await Promise.all(answers)).every(({ kind }) => kind === 'disconnected'));
  });
});
