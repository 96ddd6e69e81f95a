import assert from 'node:assert/strict';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { systemClock } from '../../../src/lib/clock.ts';
import { encodeState } from '../../../src/persist/encode-state.ts';
import { CLIENTS_PATH, Siblings, STATE_PATH } from '../../../src/persist/siblings.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';
import { aMemory, aSavedRegistry, aSavedState, BRIDGE } from '../../fakes/saved-values.ts';
import { tempDir } from '../../fakes/temp-dir.ts';

const TOKEN = 'a-token-of-the-replicas';
const STATE = aSavedState([aSavedRegistry(aMemory([]))]);
const TEXT = encodeState(STATE, BRIDGE).toString();

async function listening(t: TestContext, address: string, port: number, answer: RequestListener): Promise<Server> {
  const server = createServer(answer).listen(port, address);
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  await once(server, 'listening');
  return server;
}

/** One replica for each of the answers, at 127.0.0.1, 127.0.0.2 and so on, on one port. */
async function replicas(t: TestContext, answers: readonly RequestListener[]) {
  let port = 0;
  const addresses: string[] = [];
  for (const [at, answer] of answers.entries()) {
    const address = `127.0.0.${at + 1}`;
    const bound = (await listening(t, address, port, answer)).address();
    if (typeof bound === 'object' && bound !== null) port = bound.port;
    addresses.push(address);
  }
  return { port, addresses };
}

interface Asking {
  readonly port: number;
  readonly addresses: readonly string[];
  readonly token?: string;
  readonly ownPort?: number;
  readonly clock?: FakeClock;
  readonly resolve?: () => Promise<readonly string[]>;
}

function siblings(t: TestContext, { port, addresses, token = TOKEN, ownPort = 1, clock, resolve }: Asking): Siblings {
  const tokenFile = join(tempDir(t), 'token');
  writeFileSync(tokenFile, token);
  const options = { service: 'bridge-replicas', port, tokenFile, maxBytes: 10_000, bridge: BRIDGE };
  const deps = { clock: clock ?? systemClock, ownPort: () => ownPort, resolve: resolve ?? (async () => addresses) };
  return new Siblings(options, deps);
}

const says =
  (text: string, status = 200): RequestListener =>
  (_, response) =>
    response.writeHead(status).end(text);

describe('the other replicas', () => {
  test('are asked by path and token, each of them, and answer each in its way', async (t) => {
    const asked: unknown[] = [];
    const good: RequestListener = ({ url, headers }, response) => {
      asked.push([url, headers.authorization]);
      response.end(TEXT);
    };
    const found = await replicas(t, [
      good,
      says('nothing was read yet', 404),
      says(TEXT.slice(0, -2)),
      says(encodeState(STATE, { ...BRIDGE, instance: 'b' }).toString()),
      says('x'.repeat(10_001)),
      says('go away', 401),
      says('<html>'),
    ]);
    const { answers, failure } = await siblings(t, found).states();
    assert.equal(failure, undefined);
    assert.deepEqual(asked, [[STATE_PATH, `Bearer ${TOKEN}`]]);
    const told = answers.map((answer) => {
      if (answer.kind === 'refused') return answer.refusal.code;
      return answer.kind === 'silent' ? answer.why : answer.kind;
    });
    assert.deepEqual(told, [
      'state',
      'none',
      'STATE_TRUNCATED',
      'STATE_OTHER_INSTANCE',
      'STATE_TOO_LARGE',
      'stranger',
      'STATE_FOREIGN',
    ]);
    assert.deepEqual(answers[0]?.kind === 'state' && answers[0].state, STATE);
    const sentences = answers.flatMap((answer) => (answer.kind === 'refused' ? [answer.refusal.sentence] : []));
    assert.match(
      sentences.join(' '),
      /^The state of replica 127\.0\.0\.3 ends too early .* Replica 127\.0\.0\.7 answered with what is no state/,
    );
  });

  test('are not this one', async (t) => {
    const found = await replicas(t, [says(TEXT)]);
    assert.deepEqual((await siblings(t, { ...found, ownPort: found.port }).states()).answers, []);
    assert.equal((await siblings(t, found).states()).answers.length, 1);
  });

  test('that are gone, or never answer, are waited for no longer than seconds', async (t) => {
    const clock = new FakeClock();
    const found = await replicas(t, [() => clock.advance(4_000)]);
    const { answers } = await siblings(t, { ...found, addresses: ['127.0.0.1', '127.0.0.9'], clock }).states();
    assert.deepEqual(
      answers.map((answer) => answer.kind === 'silent' && answer.why),
      ['no answer within 4 s', 'ECONNREFUSED'],
    );
  });

  test('are none where the name does not resolve, does not do so in time, or the token cannot be used', async (t) => {
    const clock = new FakeClock();
    const nowhere = { port: 1, addresses: [] };
    const lost = siblings(t, {
      ...nowhere,
      resolve: () => Promise.reject(Object.assign(new Error('x'), { code: 'ENOTFOUND' })),
    });
    assert.deepEqual(await lost.states(), {
      answers: [],
      failure: { reason: 'unresolved', why: 'bridge-replicas is not resolved (ENOTFOUND)' },
    });
    const slow = siblings(t, {
      ...nowhere,
      clock,
      resolve: () => {
        queueMicrotask(() => clock.advance(2_000));
        return new Promise(() => {});
      },
    });
    assert.equal((await slow.states()).failure?.why, 'bridge-replicas is not resolved within 2 s');
    const short = await siblings(t, { ...nowhere, token: 'short' }).states();
    assert.equal(short.failure?.reason, 'token');
    assert.match(short.failure.why, /token of less than 16/);
    assert.equal(await lost.heldAgoMs(), undefined);
  });

  test('tell how long ago a client was there that may hold entries: the latest counts, nonsense does not', async (t) => {
    const asked: unknown[] = [];
    const found = await replicas(t, [
      ({ url }, response) => {
        asked.push(url);
        response.end('{"heldAgoMs":7000}');
      },
      says('{"heldAgoMs":3000}'),
      says('{"heldAgoMs":null}'),
      says('{"heldAgoMs":-1}'),
      says('{"heldAgoMs":0}', 500),
      says('[]'),
    ]);
    assert.equal(await siblings(t, found).heldAgoMs(), 3_000);
    assert.deepEqual(asked, [CLIENTS_PATH]);
  });
});
