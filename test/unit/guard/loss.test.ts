import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isTooMuch, lossesOf } from '../../../src/guard/loss.ts';
import { countsOf, windowFrom } from '../../../src/guard/window.ts';
import { type Listing, listed } from '../../fakes/guard-run.ts';

const DEFAULTS = { removalSharePercent: 30, removalMinimum: 3 };

interface Row {
  readonly what: string;
  /** What was there when the window began. */
  readonly start: Listing;
  /** What the read before listed; as at the start unless given. */
  readonly before?: Listing;
  readonly read: Listing;
  readonly limits?: Partial<typeof DEFAULTS>;
  readonly is: boolean;
}

/** `services` of `each` instances: s1: 'a b', s2: 'a b' and so on. */
function estate(services: number, each: number, from = 1): Listing {
  const instances = 'a b c d e f g h i j'.split(' ').slice(0, each).join(' ');
  return Object.fromEntries(Array.from({ length: services }, (_, index) => [`s${index + from}`, instances]));
}

const ROWS: readonly Row[] = [
  { what: 'four services of ten are too much', start: estate(10, 1), read: estate(6, 1), is: true },
  {
    what: 'four small services of ten are, beside large ones that lost nothing',
    start: { ...estate(6, 10), w: 'a', x: 'a', y: 'a', z: 'a' },
    read: estate(6, 10),
    is: true,
  },
  { what: 'three services of ten are not', start: estate(10, 1), read: estate(7, 1), is: false },
  { what: 'three services of nine are', start: estate(9, 1), read: estate(6, 1), is: true },
  {
    what: 'two services of four, of one instance each, are fewer than three',
    start: estate(4, 1),
    read: estate(2, 1),
    is: false,
  },
  {
    what: 'two services of four are too much where they had four instances of eight',
    start: estate(4, 2),
    read: estate(2, 2),
    is: true,
  },
  { what: 'four instances of ten of each service are too much', start: estate(5, 10), read: estate(5, 6), is: true },
  { what: 'three of ten are not', start: estate(5, 10), read: estate(5, 7), is: false },
  { what: 'six instances of ten of the only service are too much', start: estate(1, 10), read: estate(1, 4), is: true },
  { what: 'two instances of three are fewer than three', start: estate(1, 3), read: estate(1, 1), is: false },
  {
    what: 'one service that goes empty is its own affair, however large it is',
    start: { large: estate(1, 10)['s1'] ?? '', small: 'a' },
    read: { small: 'a' },
    is: false,
  },
  {
    what: 'it is so too when it is listed without an instance',
    start: { large: estate(1, 10)['s1'] ?? '', small: 'a' },
    read: { large: '', small: 'a' },
    is: false,
  },
  {
    what: 'it hides nothing: the rest is measured without it',
    start: { ...estate(1, 10), other: 'a b c d e f g h i' },
    read: { other: 'a b c d e f' },
    is: true,
  },
  {
    what: 'and the rest that lost little lost little',
    start: { ...estate(1, 10), other: 'a b c d e f g h i' },
    read: { other: 'a b c d e f g' },
    is: false,
  },
  { what: 'two services of five that go empty count in full', start: estate(5, 2), read: estate(3, 2), is: true },
  {
    what: 'every instance replaced by another is no loss',
    start: { orders: 'a b c d', users: 'x y z' },
    read: { orders: 'e f g h', users: 'u v w' },
    is: false,
  },
  {
    what: 'every service replaced by another is one: the names go',
    start: estate(5, 2),
    read: estate(5, 2, 6),
    is: true,
  },
  {
    what: 'one of two generations that ran side by side for less than a window goes without being too much',
    start: { orders: 'a b c d' },
    before: { orders: 'a b c d e f g h' },
    read: { orders: 'e f g h' },
    is: false,
  },
  {
    what: 'the same of every service at once is too much, for a registry that fills and loses it again looks like it',
    start: estate(5, 2),
    before: estate(5, 10),
    read: estate(5, 2),
    is: true,
  },
  {
    what: 'a little with every read is measured against the start of the window',
    start: estate(5, 10),
    before: estate(5, 7),
    read: estate(5, 6),
    is: true,
  },
  {
    what: 'what had gone and come back since the window began is not lost',
    start: estate(5, 10),
    before: estate(5, 2),
    read: estate(5, 9),
    is: false,
  },
  { what: 'nothing of nothing is nothing', start: {}, read: {}, is: false },
  {
    what: 'all instances down are listed',
    start: { orders: 'a b c d' },
    read: { orders: 'a:down b:down c:down d:down' },
    is: false,
  },
  {
    what: 'a share of 100% is never exceeded',
    start: estate(10, 1),
    read: {},
    limits: { removalSharePercent: 100 },
    is: false,
  },
  {
    what: 'a share of 0% and a minimum of one make each removal too much, but for one service’s own',
    start: estate(2, 2),
    read: { s1: 'a', s2: 'a b' },
    limits: { removalSharePercent: 0, removalMinimum: 1 },
    is: true,
  },
  {
    what: 'a share is exceeded, not reached, also where a fraction could round',
    start: estate(10, 10),
    read: { ...estate(9, 7), s10: 'a b c d e f g h' },
    limits: { removalSharePercent: 29 },
    is: false,
  },
];

describe('loss: what is too much to be gone at once', () => {
  for (const { what, start, before = start, read, limits, is } of ROWS) {
    test(what, () => {
      const window = windowFrom(countsOf(listed('eureka', start), new Map()), 0);
      const losses = lossesOf(window, listed('eureka', before), listed('eureka', read));
      assert.equal(isTooMuch(losses, { ...DEFAULTS, ...limits }), is);
    });
  }
});
