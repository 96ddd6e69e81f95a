import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { silentLog } from '../../../../src/observe/log.ts';
import { Access } from '../../../../src/serve/access/access.ts';
import { Admission } from '../../../../src/serve/access/admission.ts';
import { Crowd } from '../../../../src/serve/access/crowd.ts';
import { silentObserver } from '../../../../src/serve/observer.ts';
import { ROOMY, UNLIMITED } from '../../../fakes/bridge.ts';
import { FakeClock } from '../../../fakes/fake-clock.ts';

describe('the streams of one address', () => {
  test('are as many as one may have, whatever ports they come from; another address has its own', () => {
    const crowd = new Crowd(2);
    assert.ok(crowd.enter('10.0.0.1:4000'));
    assert.ok(crowd.enter('10.0.0.1:4001'));
    assert.equal(crowd.enter('10.0.0.1:4002'), undefined);
    assert.ok(crowd.enter('10.0.0.2:4000'));
    assert.ok(crowd.enter('[2001:db8::1]:4000'));
  });

  test('make room when one ends, once however often it is told', () => {
    const crowd = new Crowd(1);
    const leave = crowd.enter('[2001:db8::1]:4000');
    leave?.();
    leave?.();
    assert.ok(crowd.enter('[2001:db8::1]:4001'));
    assert.equal(crowd.enter('[2001:db8::1]:4002'), undefined);
  });

  test('are forgotten with the last of them', () => {
    const crowd = new Crowd(0);
    const leaves = Array.from({ length: 500 }, (_, at) => crowd.enter(`10.0.${at % 50}.1:${at}`));
    assert.equal(crowd.size, 50);
    for (const leave of leaves) leave?.();
    assert.equal(crowd.size, 0);
  });

  test('are any number where there is no limit', () => {
    const crowd = new Crowd(0);
    for (let at = 0; at < 10_000; at++) assert.ok(crowd.enter(`10.0.0.1:${at}`));
  });

  test('that are too many are told with the number that one may have', () => {
    const told: string[] = [];
    const observer = {
      ...silentObserver,
      rejected: (peer: string, { why }: { why: string }) => void told.push(`${peer} ${why}`),
    };
    const deps = { clock: new FakeClock(), log: silentLog, observer };
    const limits = { rateLimits: UNLIMITED, clientLimits: { ...ROOMY, streamsPerAddress: 1 } };
    const admission = new Admission(new Access(deps), limits, deps);
    assert.ok(admission.enter('10.0.0.1:1'));
    assert.equal(admission.enter('10.0.0.1:2'), undefined);
    assert.deepEqual(told, ['10.0.0.1:2 its address has 1 streams open, as many as one may']);
  });
});
