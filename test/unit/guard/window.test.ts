import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  countsOf,
  type Window,
  windowAt,
  windowFrom,
  withArrivals,
  withoutConfirmed,
} from '../../../src/guard/window.ts';
import { type ServiceKey, serviceKey } from '../../../src/model/service.ts';
import { type Listing, listed } from '../../fakes/guard-run.ts';

const WINDOW_MS = 100;

const counts = (of: Readonly<Record<string, number>>): ReadonlyMap<ServiceKey, number> =>
  new Map(Object.entries(of).map(([name, count]) => [serviceKey('eureka', name), count]));
const window = (start: Readonly<Record<string, number>>, next = start): Window => ({
  countedAtMs: 0,
  start: counts(start),
  next: counts(next),
});
const services = (listing: Listing) => listed('eureka', listing);
const never = () => assert.fail('asked for the counts of now');

describe('window: what a loss is measured against', () => {
  test('is what was counted between one and two windows ago', () => {
    const before = window({ a: 1 }, { a: 2 });
    assert.equal(windowAt(before, never, WINDOW_MS - 1, WINDOW_MS), before);
    const now = counts({ a: 3 });
    const turned = { countedAtMs: WINDOW_MS, start: before.next, next: now };
    assert.deepEqual(
      windowAt(before, () => now, WINDOW_MS, WINDOW_MS),
      turned,
    );
    assert.deepEqual(
      windowAt(before, () => now, 2 * WINDOW_MS, WINDOW_MS),
      windowFrom(now, 2 * WINDOW_MS),
    );
  });

  test('a service that is new counts from its first sight, one that grew as before', () => {
    const before = window({ a: 2 }, { b: 1 });
    const read = services({ a: 'x y z', b: 'x', c: 'x y', d: '' });
    assert.deepEqual(withArrivals(before, read, [...read.keys()]), window({ a: 2, b: 1, c: 2 }, { b: 1, a: 3, c: 2 }));
    const known = window({ a: 2 });
    assert.equal(withArrivals(known, read, [serviceKey('eureka', 'a'), serviceKey('eureka', 'd')]), known);
  });

  test('what was confirmed is subtracted, down to what is listed and no further', () => {
    const before = window({ a: 5, b: 2, c: 3 });
    const after = withoutConfirmed(before, counts({ a: 3, b: 2, c: 2 }), services({ a: 'v w x', c: 'x' }));
    assert.deepEqual(after, window({ a: 3, c: 1 }));
    assert.equal(withoutConfirmed(before, counts({}), services({})), before);
    const short = window({ a: 2 });
    assert.equal(withoutConfirmed(short, counts({ a: 1 }), services({ a: 'v w x' })), short);
  });

  test('what is there is what is listed and what is held, and not what waits for its debounce', () => {
    const [x, y] = services({ a: 'x y' }).get(serviceKey('eureka', 'a'))?.instances ?? [];
    assert.ok(x !== undefined && y !== undefined);
    const missing = new Map([
      [
        serviceKey('eureka', 'a'),
        [
          { kind: 'held', reason: 'many-gone', instance: x, sinceMs: 0 },
          { kind: 'debounced', instance: y, sinceMs: 0, formerHold: undefined },
        ] as const,
      ],
    ]);
    assert.deepEqual(countsOf(services({ a: 'z', b: 'x', c: '' }), missing), counts({ a: 2, b: 1 }));
  });
});
