// Mass removals under any history of one registry: what the guard promises of them, checked by books of the test's own. The
// estate is larger than in guard.test.ts, so that a part of it is much.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { emptyGuardMemory, guardStep } from '../../src/guard/guard.ts';
import type { Guarded, Missing } from '../../src/guard/guarded.ts';
import type { ObservedRegistry } from '../../src/guard/observed.ts';
import type { GuardOptions } from '../../src/guard/options.ts';
import { releaseHold } from '../../src/guard/release.ts';
import type { Service, ServiceKey } from '../../src/model/service.ts';
import { type Listing, listed } from '../fakes/guard-run.ts';

type Services = ReadonlyMap<ServiceKey, Service>;

const HOLD_MS = 200;
const OPTIONS: GuardOptions = {
  removalDebounceMs: 10,
  removalSharePercent: 30,
  removalMinimum: 3,
  removalWindowMs: 150,
  holdForMs: () => HOLD_MS,
  emptyGraceMs: 0,
  drainMs: { 'out-of-service': 0, down: 0, starting: 0 },
  freezes: [],
};
/** Holds begin a tenth of the hold time apart. */
const LONGEST_MS = HOLD_MS + HOLD_MS / 10 + 2 * OPTIONS.removalDebounceMs;

const SERVICES = ['s1', 's2', 's3', 's4', 's5', 's6', 's7', 's8'];
const OLD = ['a', 'b', 'c', 'd'];
/** Stand in for OLD after a deployment. */
const NEW = ['e', 'f', 'g', 'h'];

const listingOf = (services: readonly (readonly [string, readonly string[]])[]): Listing =>
  Object.fromEntries(services.filter(([, ids]) => ids.length > 0).map(([name, ids]) => [name, ids.join(' ')]));

const WHOLE = listingOf(SERVICES.map((name) => [name, OLD]));

/** Some instances of some services: of all of them little, of some of them much, or nothing. */
const part = (ids: readonly string[]): fc.Arbitrary<Listing> => {
  const each = fc.subarray([...ids], { minLength: 0 });
  const most = fc.oneof({ weight: 3, arbitrary: fc.constant(ids) }, { weight: 1, arbitrary: each });
  const of = (one: fc.Arbitrary<readonly string[]>) =>
    fc.tuple(...SERVICES.map(() => one)).map((lists) => listingOf(SERVICES.map((name, at) => [name, lists[at] ?? []])));
  return fc.oneof(
    { weight: 3, arbitrary: of(most) },
    { weight: 2, arbitrary: of(each) },
    { weight: 2, arbitrary: fc.constant(listingOf(SERVICES.map((name) => [name, ids]))) },
    { weight: 1, arbitrary: fc.constant({}) },
  );
};

type Event =
  | { readonly kind: 'read'; readonly listing: Listing; readonly afterMs: number }
  | { readonly kind: 'fail' | 'pass' | 'release'; readonly afterMs: number };

const read = (ids: readonly string[], longestMs: number): fc.Arbitrary<Event> =>
  fc.record({
    kind: fc.constant('read' as const),
    listing: part(ids),
    afterMs: fc.integer({ min: 1, max: longestMs }),
  });
const other = (...kinds: ('fail' | 'pass' | 'release')[]): fc.Arbitrary<Event> =>
  fc.record({ kind: fc.constantFrom(...kinds), afterMs: fc.integer({ min: 1, max: 60 }) });
const history = (...kinds: readonly fc.Arbitrary<Event>[]) => fc.array(fc.oneof(...kinds), { maxLength: 40 });

interface Step {
  readonly nowMs: number;
  readonly observed: ObservedRegistry;
  readonly guarded: Guarded;
  readonly event: Event;
}

/** Everything is listed first. Between two events the guard has its turn whenever it asked for one, as in the pipeline. */
function play(events: readonly Event[], options = OPTIONS): readonly Step[] {
  const steps: Step[] = [];
  let memory = emptyGuardMemory;
  let nowMs = 1_000;
  let observed: ObservedRegistry = { registry: 'eureka', scopeRevision: 0, reading: { kind: 'waiting' } };

  function turn(event: Event): void {
    const step = guardStep(memory, [observed], nowMs, options);
    memory = step.memory;
    const { wakeAtMs } = step.guarded;
    assert.ok(wakeAtMs === undefined || wakeAtMs > nowMs, `asks at ${nowMs} ms for a turn at ${wakeAtMs}`);
    steps.push({ nowMs, observed, guarded: step.guarded, event });
  }

  function turnsUntil(untilMs: number): void {
    for (;;) {
      const wakeAtMs = steps.at(-1)?.guarded.wakeAtMs;
      if (wakeAtMs === undefined || wakeAtMs >= untilMs) return;
      const afterMs = wakeAtMs - nowMs;
      nowMs = wakeAtMs;
      turn({ kind: 'pass', afterMs });
    }
  }

  const first: Event = { kind: 'read', listing: WHOLE, afterMs: 0 };
  for (const event of [first, ...events]) {
    const atMs = nowMs + event.afterMs;
    turnsUntil(atMs);
    nowMs = atMs;
    const services: Services = observed.reading.kind === 'waiting' ? new Map() : observed.reading.content.services;
    if (event.kind === 'read') {
      const content = { services: listed('eureka', event.listing, services), readAtMs: nowMs };
      observed = { ...observed, reading: { kind: 'live', content } };
    } else if (event.kind === 'fail' && observed.reading.kind !== 'waiting') {
      observed = { ...observed, reading: { kind: 'stale', content: observed.reading.content } };
    } else if (event.kind === 'release') {
      const { guarded } = guardStep(memory, [observed], nowMs, options);
      for (const { id } of guarded.holds) memory = releaseHold(memory, id, nowMs);
    }
    turn(event);
  }
  return steps;
}

function holds(arbitrary: fc.Arbitrary<Event[]>, promise: (steps: readonly Step[]) => void, numRuns = 400): void {
  fc.assert(
    fc.property(arbitrary, (events) => promise(play(events))),
    { numRuns },
  );
}

function routable(services: Services): ReadonlyMap<string, ReadonlySet<string>> {
  return new Map(
    [...services.values()].map(({ name, instances }) => {
      return [name, new Set(instances.filter(({ status }) => status !== 'gone').map(({ id }) => id))];
    }),
  );
}

function idsOf(services: Services): ReadonlySet<string> {
  return new Set([...routable(services)].flatMap(([name, ids]) => [...ids].map((id) => `${name} ${id}`)));
}

function listedNow({ observed }: Step): Services {
  return observed.reading.kind === 'waiting' ? new Map() : observed.reading.content.services;
}

function missingOf({ guarded }: Step): ReadonlyMap<string, Missing> {
  return new Map(
    [...(guarded.missing.get('eureka') ?? [])].flatMap(([key, list]) =>
      list.map((one): [string, Missing] => [`${key.slice(key.indexOf('/') + 1)} ${one.instance.id}`, one]),
    ),
  );
}

describe('property: mass removals', () => {
  test('however a registry loses and lists again what it had: within a hold time never more than the share is missing in the mesh', () => {
    holds(history(read(OLD, 12), read(OLD, 12), read(OLD, 1), other('fail', 'pass')), (steps) => {
      for (const { nowMs, guarded } of steps) {
        if (nowMs >= 1_000 + HOLD_MS) return;
        const shown = routable(guarded.services);
        const lost = SERVICES.map((name) => OLD.length - (shown.get(name)?.size ?? 0)).sort((a, b) => b - a);
        const emptied = lost.filter((count) => count === OLD.length).length;
        assert.ok(emptied < 3 || emptied * 100 <= 30 * SERVICES.length, `${emptied} services are gone`);
        // One service is let go of whatever it does, and measured without it the rest keeps its share.
        const [, ...rest] = lost;
        const gone = rest.reduce((sum, count) => sum + count, 0);
        assert.ok(gone < 3 || gone * 100 <= 30 * rest.length * OLD.length, `${gone} instances are gone`);
      }
    });
  });

  test('what is held leaves only by coming back, by being made up for, or by a good read after the hold time without it', () => {
    holds(history(read(OLD, 60), read([...OLD, ...NEW], 60), read(NEW, 60), other('fail', 'pass')), (steps) => {
      const absentSinceMs = new Map<string, number>();
      for (const [at, step] of steps.entries()) {
        const { nowMs, observed, guarded } = step;
        const isLive = observed.reading.kind === 'live';
        const lists = idsOf(listedNow(step));
        const shown = idsOf(guarded.services);
        const before = steps[at - 1];
        for (const [id, one] of before === undefined ? [] : missingOf(before)) {
          if (one.kind !== 'held' || lists.has(id) || shown.has(id)) continue;
          const sinceMs = absentSinceMs.get(id);
          assert.ok(isLive && sinceMs !== undefined && nowMs >= sinceMs + HOLD_MS, `${id} left its hold`);
        }
        for (const id of lists) absentSinceMs.delete(id);
        for (const id of shown) if (!lists.has(id) && !absentSinceMs.has(id)) absentSinceMs.set(id, nowMs);
      }
    });
  });

  test('a registry that flaps, in whatever way, keeps nothing that it does not list for longer than hold time and debounce', () => {
    holds(history(read(OLD, 60), read([...OLD, ...NEW], 15), read(NEW, 60), other('pass')), (steps) => {
      const absentSinceMs = new Map<string, number>();
      for (const step of steps) {
        const { nowMs, guarded } = step;
        const lists = idsOf(listedNow(step));
        for (const id of lists) absentSinceMs.delete(id);
        for (const id of idsOf(guarded.services)) {
          if (lists.has(id)) continue;
          const sinceMs = absentSinceMs.get(id) ?? nowMs;
          absentSinceMs.set(id, sinceMs);
          if (step.event.kind === 'read') assert.ok(nowMs < sinceMs + LONGEST_MS, `${id} after ${nowMs - sinceMs} ms`);
        }
      }
    });
  });

  test('a registry has a handful of holds at most, and no two have the same name', () => {
    holds(history(read(OLD, 5), read(OLD, 5), read(OLD, 30)), (steps) => {
      for (const { guarded } of steps) {
        const ids = guarded.holds.map(({ id }) => id);
        assert.equal(new Set(ids).size, ids.length);
        assert.ok(ids.length <= 2 * 12, `${ids.length} holds`);
      }
    });
  });

  test('a released hold never comes back by itself: its instances are listed again, or go', () => {
    fc.assert(
      fc.property(history(read(OLD, 60), read(OLD, 60), other('release', 'pass')), (events) => {
        const quiet: Event[] = [
          { kind: 'release', afterMs: 1 },
          { kind: 'pass', afterMs: OPTIONS.removalDebounceMs },
        ];
        const last = play([...events, ...quiet]).at(-1);
        assert.ok(last !== undefined);
        assert.deepEqual(last.guarded.holds, []);
        assert.deepEqual([...idsOf(last.guarded.services)].sort(), [...idsOf(listedNow(last))].sort());
      }),
      { numRuns: 400 },
    );
  });

  test('a deployment that replaces instances service by service is never held, in whatever order', () => {
    const order = fc.shuffledSubarray([...SERVICES], { minLength: SERVICES.length });
    fc.assert(
      fc.property(order, fc.boolean(), (services, surges) => {
        const now = new Map<string, readonly string[]>(SERVICES.map((name) => [name, OLD]));
        const events = services.flatMap((name): Event[] => {
          const steps = surges
            ? [[...OLD, ...NEW], NEW]
            : OLD.map((_, at) => [...NEW.slice(0, at + 1), ...OLD.slice(at + 1)]);
          return steps.map((ids) => {
            now.set(name, ids);
            return { kind: 'read', listing: listingOf([...now]), afterMs: 11 };
          });
        });
        for (const { guarded } of play(events)) assert.deepEqual(guarded.holds, []);
      }),
      { numRuns: 200 },
    );
  });

  test('asks for a fresh read only of a registry with a hold, and no more once it was read', () => {
    holds(history(read(OLD, 60), read(OLD, 60), other('fail', 'pass', 'release')), (steps) => {
      for (const { guarded, observed, event, nowMs } of steps) {
        if (guarded.toReadAnew.length === 0) continue;
        assert.deepEqual(guarded.toReadAnew, ['eureka']);
        assert.ok(guarded.holds.length > 0 && observed.reading.kind === 'live');
        if (event.kind === 'read') assert.ok(guarded.holds.some(({ sinceMs }) => sinceMs === nowMs));
      }
    });
  });
});
