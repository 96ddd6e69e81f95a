// One session of the library over connections that the test is: what goes out byte by byte, and what comes of what comes in.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Answer, Generation } from '../../../../../src/registry/zookeeper/session/generation.ts';
import {
  answer,
  bytes,
  EVENTS,
  event,
  names,
  OPERATIONS,
  parseRequest,
  parseSessionRequest,
  type SeenRequest,
  STAT,
  sessionAnswer,
} from '../../../../fakes/zookeeper-packets.ts';

const SESSION = '00000000000000ab';

/** The other end of a generation. */
class Line {
  readonly sent: SeenRequest[] = [];
  readonly events: string[] = [];
  disorders = 0;

  write(packet: Buffer): void {
    this.sent.push(this.sent.length === 0 ? parseSessionRequest(packet, 1) : parseRequest(packet, 1));
  }

  onEvent(type: number, path: string): void {
    this.events.push(`${type} ${path}`);
  }

  onDisorder(): void {
    this.disorders++;
  }

  get operations(): readonly number[] {
    return this.sent.map(({ operation }) => operation);
  }

  get lastNumber(): number {
    return this.sent.at(-1)?.number ?? Number.NaN;
  }
}

function generation(chroot = '/'): Generation {
  return new Generation({ servers: ['zk-1:2181', 'zk-2:2181'], chroot, sessionTimeoutMs: 30_000 });
}

/** Opens a line and grants the session on it. */
function established(session: Generation, digest?: string): Line {
  const line = new Line();
  session.open(line, digest === undefined ? undefined : Buffer.from(digest));
  session.receive(sessionAnswer(9_000, SESSION));
  return line;
}

function collected<Value>(): { readonly answers: Answer<Value>[]; readonly take: (answer: Answer<Value>) => void } {
  const answers: Answer<Value>[] = [];
  return { answers, take: (answer) => answers.push(answer) };
}

describe('a session', () => {
  test('is asked for as a new one, and its timeout is what the server grants', () => {
    const session = generation();
    const line = new Line();
    session.open(line, undefined);
    assert.equal(session.standing, 'unknown');
    assert.equal(line.sent[0]?.session, '0000000000000000');
    assert.equal(line.sent[0]?.timeoutMs, 30_000);
    session.receive(sessionAnswer(9_000, SESSION));
    assert.equal(session.standing, 'established');
    assert.equal(session.sessionTimeoutMs, 9_000);
  });

  test('is asked for again on the next connection', () => {
    const session = generation();
    established(session);
    session.leave();
    assert.equal(session.standing, 'unknown');
    assert.equal(established(session).sent[0]?.session, SESSION);
    assert.equal(session.standing, 'established');
  });

  test('is over when the server grants no time', () => {
    const session = generation();
    established(session);
    session.leave();
    session.open(new Line(), undefined);
    session.receive(sessionAnswer(0, '0000000000000000'));
    assert.equal(session.standing, 'expired');
  });
});

describe('credentials', () => {
  test('are sent before anything else, on every connection, as they are then', () => {
    const session = generation();
    const first = established(session, 'me:old');
    session.exists('/', false, () => {});
    session.leave();
    const second = established(session, 'me:new');
    session.exists('/', false, () => {});
    assert.deepEqual(
      [first.operations, second.operations],
      [
        [0, OPERATIONS.auth, OPERATIONS.exists],
        [0, OPERATIONS.auth, OPERATIONS.exists],
      ],
    );
    assert.deepEqual([first.sent[1]?.credentials, second.sent[1]?.credentials], ['digest me:old', 'digest me:new']);
  });

  test('that waited for a handshake in vain are forgotten', () => {
    const session = generation();
    session.open(new Line(), Buffer.from('me:old'));
    session.leave();
    const line = established(session, 'me:new');
    assert.deepEqual(line.sent.map(({ credentials }) => credentials).slice(1), ['digest me:new']);
  });

  test('are not sent where there are none', () => {
    assert.deepEqual(established(generation()).operations, [0]);
  });
});

describe('answers', () => {
  test('are given inside receive', () => {
    const session = generation();
    const line = established(session);
    const { answers, take } = collected();
    session.children('/a', false, take);
    session.receive(answer(line.lastNumber, 0, names(['b', 'B', 'a']), STAT));
    session.data('/a', false, take);
    session.receive(answer(line.lastNumber, 0, bytes(Buffer.from('x')), STAT));
    session.exists('/a', false, take);
    session.receive(answer(line.lastNumber, 0, STAT));
    session.exists('/a', false, take);
    session.receive(answer(line.lastNumber, -101));
    session.data('/a', false, take);
    session.receive(answer(line.lastNumber, -125));
    assert.deepEqual(answers, [
      { kind: 'value', value: ['B', 'a', 'b'] },
      { kind: 'value', value: Buffer.from('x') },
      { kind: 'value', value: true },
      { kind: 'value', value: false },
      { kind: 'error', code: -125 },
    ]);
  });

  test('of a node that was created without data are empty', () => {
    const session = generation();
    const line = established(session);
    const { answers, take } = collected();
    session.data('/a', false, take);
    session.receive(answer(line.lastNumber, 0, Buffer.alloc(4, 0xff), STAT));
    assert.deepEqual(answers, [{ kind: 'value', value: Buffer.alloc(0) }]);
  });

  test('to nothing that was asked are disorder', () => {
    const session = generation();
    const line = established(session);
    session.receive(answer(17, 0, STAT));
    session.exists('/', false, () => {});
    session.receive(answer(line.lastNumber + 1, 0, STAT));
    assert.equal(line.disorders, 2);
  });

  test('that cannot be read throw', () => {
    const session = generation();
    const line = established(session);
    session.exists('/', false, () => {});
    assert.throws(() => session.receive(answer(line.lastNumber, 0, Buffer.alloc(3))));
  });

  test('that an ended connection owes are errors', () => {
    const session = generation();
    established(session);
    const { answers, take } = collected();
    session.data('/a', false, take);
    session.leave();
    assert.deepEqual(answers, [{ kind: 'error', code: -4 }]);
  });
});

describe('watches', () => {
  test('are asked for where somebody is to be told, and never again', () => {
    const session = generation();
    const line = established(session);
    session.exists('/a', true, () => {});
    session.receive(answer(line.lastNumber, 0, STAT));
    session.children('/a', true, () => {});
    session.receive(answer(line.lastNumber, 0, names([]), STAT));
    session.data('/a', false, () => {});
    session.receive(answer(line.lastNumber, 0, bytes(Buffer.alloc(0)), STAT));
    assert.deepEqual(line.sent.map(({ isWatched }) => isWatched).slice(1), [true, true, false]);
    session.leave();
    assert.deepEqual(established(session).operations, [0], 'no setWatches follows the handshake');
  });

  test('are told with their kind and path, also of kinds that the library does not know', () => {
    const session = generation();
    const line = established(session);
    session.receive(event(EVENTS.deleted, '/a/b'));
    session.receive(event(99, '/c'));
    assert.deepEqual(line.events, ['2 /a/b', '99 /c']);
  });

  test('of a connection that was left are not told', () => {
    const session = generation();
    const line = established(session);
    session.leave();
    established(session);
    session.receive(event(EVENTS.deleted, '/a'));
    assert.deepEqual(line.events, []);
  });
});

test('below a chroot paths are longer on the wire and not here', () => {
  const session = generation('/apps/x');
  const line = established(session);
  session.exists('/', true, () => {});
  session.data('/a', true, () => {});
  session.receive(event(EVENTS.created, '/apps/x'));
  session.receive(event(EVENTS.created, '/apps/x/a'));
  assert.deepEqual(line.sent.map(({ path }) => path).slice(1), ['/apps/x', '/apps/x/a']);
  assert.deepEqual(line.events, ['1 /', '1 /a']);
});
