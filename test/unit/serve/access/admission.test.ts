import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { silentLog } from '../../../../src/observe/log.ts';
import { Access } from '../../../../src/serve/access/access.ts';
import { Admission, isFree, REJECTION_PAUSE_MS } from '../../../../src/serve/access/admission.ts';
import { silentObserver } from '../../../../src/serve/observer.ts';
import { openStream, type StreamEvent, step } from '../../../../src/serve/stream.ts';
import { WHOLE_SET } from '../../../../src/serve/subscription.ts';
import { ROOMY, UNLIMITED } from '../../../fakes/bridge.ts';
import { FakeClock } from '../../../fakes/fake-clock.ts';
import { snapshotOf } from '../../../fakes/resources.ts';

function admission(clock: FakeClock, clientLimits = ROOMY): Admission {
  const deps = { clock, log: silentLog, observer: silentObserver };
  return new Admission(new Access(deps), { rateLimits: UNLIMITED, clientLimits }, deps);
}

describe('who is turned away', () => {
  test('is told after a pause, so that one who comes back at once does not come a thousand times a second', () => {
    const clock = new FakeClock();
    const told: string[] = [];
    admission(clock).reject(() => told.push('told'));
    clock.advance(REJECTION_PAUSE_MS - 1);
    assert.deepEqual(told, []);
    clock.advance(1);
    assert.deepEqual(told, ['told']);
  });

  test('is told nothing any more when it has left', () => {
    const clock = new FakeClock();
    admission(clock).reject(() => assert.fail('it has left'))();
    assert.equal(clock.pending, 0);
  });
});

describe('a limit of requests', () => {
  const opening = {
    protocol: 'sotw',
    noncePrefix: 'n',
    legacyMinor: 5,
    publishedKinds: new Set<string>(),
    mostSubscriptions: 200,
  } as const;
  const asked: StreamEvent = {
    kind: 'asked',
    topic: 'a/v1/B',
    resourceKind: undefined,
    wants: WHOLE_SET,
  };
  const state = openStream(opening, snapshotOf(['orders']));

  for (const [promise, events, expected] of [
    ['does not count what opens a subscription', [asked], true],
    ['counts what it ignores', [{ kind: 'ignored', topic: 'a', reason: 'stale nonce' }], false],
    ['counts a request that nothing is made of', [], false],
    ['counts a change of names', [{ kind: 'adjusted', topic: 'a/v1/B', more: ['c'], less: [] }], false],
  ] as const) {
    test(promise, () => assert.equal(isFree(state, events), expected));
  }

  for (const [answer, event] of [
    ['an acknowledgement', { kind: 'acked', topic: 'a/v1/B', news: 'whole' }],
    ['a refusal', { kind: 'nacked', topic: 'a/v1/B', message: 'no', news: 'whole' }],
  ] as const) {
    test(`does not count ${answer}, and counts a copy of it`, () => {
      const owed = step(state, asked, 0).state;
      assert.equal(isFree(owed, [event]), true);
      assert.equal(isFree(step(owed, event, 0).state, [event]), false);
      assert.equal(isFree(state, [event]), false);
    });
  }

  test('counts a question that was asked before', () => {
    assert.equal(isFree(step(state, asked, 0).state, [asked]), false);
  });
});
