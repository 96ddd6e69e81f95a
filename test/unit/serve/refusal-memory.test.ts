import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { RefusalMemory, type RefusingStream } from '../../../src/serve/refusal-memory.ts';
import * as subscription from '../../../src/serve/subscription.ts';
import { emptySet } from '../../../src/snapshot/snapshot.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';

const MINUTE = 60_000;
const SE = 'ServiceEntry';
const TOO_LARGE = { topic: SE, bytes: 5, limitBytes: 4, remedy: 'Split the scope.' };

function stream(
  nodeId: string,
  peer = '10.0.0.9:4711',
  asked: readonly subscription.Subscription[] = [],
): RefusingStream {
  const identity = { nodeId, revision: undefined, process: undefined };
  return { peer, state: { identity, subscriptions: new Map(asked.map((sub) => [sub.topic, sub])) } };
}

function asking(topic: string) {
  return subscription.subscribe(topic, topic, subscription.WHOLE_SET, 0);
}

function refusing(topic: string) {
  const set = emptySet(topic);
  const response = {
    ...{ nonce: '1', version: set.version, resources: 0, askedAtMs: 0, sentAtMs: 0, snapshotCreatedAtMs: 0 },
    complete: true,
  };
  return subscription.nacked(subscription.sent(asking(topic), response, set, undefined), 'bad bytes', 0);
}

function remembering() {
  const clock = new FakeClock();
  const memory = new RefusalMemory(clock);
  return { clock, memory, nodes: () => memory.list().map(({ nodeId }) => nodeId) };
}

describe('a response that its client could not read', () => {
  test('is remembered for ten minutes after it was last sent, the latest first', () => {
    const { clock, memory, nodes } = remembering();
    memory.sentTooLarge(stream('a'), TOO_LARGE);
    clock.advance(6 * MINUTE);
    memory.sentTooLarge(stream('b'), TOO_LARGE);
    memory.sentTooLarge(stream('a', '10.0.0.9:4712'), { ...TOO_LARGE, bytes: 6 });
    const [latest] = memory.list();
    assert.deepEqual(latest, {
      ...{ code: 'RESPONSE_TOO_LARGE', nodeId: 'a', address: '10.0.0.9', ...TOO_LARGE, bytes: 6, atMs: clock.now() },
    });
    assert.deepEqual(nodes(), ['a', 'b']);
    clock.advance(10 * MINUTE - 1);
    assert.deepEqual(nodes(), ['a', 'b']);
    clock.advance(1);
    assert.deepEqual(nodes(), []);
  });

  test('is forgotten when the same client has answered about the same type, and then only', () => {
    const { memory, nodes } = remembering();
    memory.sentTooLarge(stream('a'), TOO_LARGE);
    memory.answered(stream('a'), 'MeshConfig');
    memory.answered(stream('b'), SE);
    memory.answered(stream('a', '10.0.0.8:4711'), SE);
    assert.deepEqual(nodes(), ['a']);
    memory.answered(stream('a', '10.0.0.9:4712'), SE);
    assert.deepEqual(nodes(), []);
  });

  test('is told of each of two istiods that call themselves the same, by their addresses', () => {
    const { memory } = remembering();
    for (const peer of ['10.0.0.8:1', '[fd00::9]:2']) memory.sentTooLarge(stream('', peer), TOO_LARGE);
    const known = memory.list().map(({ nodeId, address }) => [nodeId, address]);
    assert.deepEqual(known, [
      [undefined, '[fd00::9]'],
      [undefined, '10.0.0.8'],
    ]);
  });

  test('is one of 64 at most: what was sent last is kept', () => {
    const { memory, nodes } = remembering();
    for (let index = 0; index < 100; index++) memory.sentTooLarge(stream(`istiod-${index}`), TOO_LARGE);
    memory.sentTooLarge(stream('istiod-36'), TOO_LARGE);
    memory.sentTooLarge(stream('another'), TOO_LARGE);
    assert.equal(nodes().length, 64);
    assert.deepEqual([nodes()[0], nodes()[1], nodes().at(-1)], ['another', 'istiod-36', 'istiod-38']);
  });
});

describe('a refusal that was the last word of a client', () => {
  test('is remembered from when the client left', () => {
    const { clock, memory } = remembering();
    clock.advance(MINUTE);
    memory.left(stream('a', undefined, [asking('MeshConfig'), refusing(SE)]));
    memory.left(stream('b'));
    const known = memory.list().map(({ nodeId, topic, code, atMs }) => ({ nodeId, topic, code, atMs }));
    assert.deepEqual(known, [{ nodeId: 'a', topic: SE, code: 'RESPONSE_REFUSED', atMs: clock.now() }]);
  });
});
