import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { addFreeze, freezesOver, MOST_FREEZES_BY_HAND, removeFreeze } from '../../../src/guard/freeze.ts';
import { releaseHold } from '../../../src/guard/release.ts';
import { type FreezeOrder, targetFrom } from '../../../src/model/freeze-order.ts';
import { GuardRun, MINUTE, SECOND } from '../../fakes/guard-run.ts';

const MANY = { a: 'x y', b: 'x y', c: 'x y', d: 'x y' };

function order(text: string, untilMs?: number): FreezeOrder {
  const target = targetFrom(text);
  assert.ok(target !== undefined);
  return { target, reason: 'a migration', untilMs };
}

/** By hand, until it is thawed by hand or for so long. */
function freeze(run: GuardRun, target: string, forMs?: number): string {
  const added = addFreeze(run.memory, order(target, forMs === undefined ? undefined : run.nowMs + forMs), run.nowMs);
  assert.ok(added !== undefined);
  run.memory = added.memory;
  run.step();
  return added.freeze.id;
}

function thaw(run: GuardRun, id: string): void {
  run.memory = removeFreeze(run.memory, id);
  run.step();
}

function configure(run: GuardRun, ...freezes: readonly FreezeOrder[]): void {
  run.options = { ...run.options, freezes };
  run.step();
}

describe('what is frozen stays exactly as it was', () => {
  const changes: readonly (readonly [what: string, change: (run: GuardRun) => void])[] = [
    ['a new service and a new instance', (run) => run.read({ ...MANY, a: 'x y z', e: 'x' })],
    ['another status and another address', (run) => run.read({ ...MANY, a: 'x:down y@10.0.0.7' })],
    ['an instance that left', (run) => run.read({ ...MANY, a: 'x' })],
    ['much that is gone, and everything', (run) => void [run.read({ a: 'x' }), run.read({})]],
    ['a narrower scope', (run) => run.rescope({ a: 'x' })],
    ['an outage', (run) => void [run.fail(), run.read({ a: 'x' }), run.fail()]],
  ];
  for (const [what, change] of changes) {
    for (const target of ['*', 'eureka']) {
      test(`${what} with ${target} frozen, for as long as it lasts`, () => {
        const run = new GuardRun();
        run.read(MANY);
        const before = run.guarded.services;
        freeze(run, target, 60 * MINUTE);
        change(run);
        run.pass(59 * MINUTE);
        assert.equal(run.guarded.services, before, 'the very same');
        assert.deepEqual(run.guarded.holds, []);
        assert.equal(run.guarded.complete, true);
      });
    }
  }

  test('one service, while the others of its registry change', () => {
    const run = new GuardRun({ emptyGraceMs: 0 });
    run.read(MANY);
    const frozen = run.service('a');
    freeze(run, 'eureka/a');
    run.read({ ...MANY, a: 'z', b: 'x y z', c: 'x' });
    run.pass(60 * MINUTE);
    assert.deepEqual(run.shown, { ...MANY, b: 'x y z', c: 'x' });
    assert.equal(run.service('a'), frozen);
    run.read({ b: 'x y z', c: 'x', d: 'x y' });
    run.pass(60 * MINUTE);
    assert.equal(run.service('a'), frozen, 'also when it is no longer listed');
  });

  test('one registry, while the other one changes', () => {
    const run = new GuardRun({}, ['eureka', 'other']);
    run.read(MANY);
    run.read({ orders: 'a b' }, 'other');
    freeze(run, 'eureka');
    run.read({ a: 'x' });
    run.read({ orders: 'a b c' }, 'other');
    assert.deepEqual(run.shown, { ...MANY, 'other/orders': 'a b c' });
  });

  test('a service that is not there: it stays out', () => {
    const run = new GuardRun();
    run.read({ a: 'x' });
    const id = freeze(run, 'eureka/b');
    run.read({ a: 'x', b: 'x' });
    assert.deepEqual(run.shown, { a: 'x' });
    thaw(run, id);
    assert.deepEqual(run.shown, { a: 'x', b: 'x' });
  });

  test('a hold, a debounce and a grace stand still, and the guard does not wake for them', () => {
    const run = new GuardRun();
    run.read({ ...MANY, e: 'x' });
    run.read(MANY);
    run.pass(6 * SECOND);
    run.read({ ...MANY, a: 'x' });
    run.read({ a: 'x' });
    const before = run.guarded;
    assert.deepEqual([before.holds.length, before.graces.length], [1, 1]);
    freeze(run, 'eureka', 60 * MINUTE);
    run.pass(50 * MINUTE);
    run.read({ a: 'x' });
    assert.equal(run.guarded.services, before.services);
    assert.deepEqual(run.guarded.holds, before.holds);
    run.pass(10 * MINUTE);
    assert.notEqual(run.guarded.services, before.services, 'with the end of the freeze their times count again');
  });

  test('what is released by hand meanwhile goes after the freeze', () => {
    const run = new GuardRun({ emptyGraceMs: 0 });
    run.read(MANY);
    run.read({ a: 'x y' });
    const id = freeze(run, 'eureka');
    const [hold] = run.guarded.holds;
    assert.ok(hold !== undefined);
    run.memory = releaseHold(run.memory, hold.id, run.nowMs);
    run.step();
    run.pass(MINUTE);
    assert.deepEqual(run.shown, MANY);
    thaw(run, id);
    run.pass(5 * SECOND);
    assert.deepEqual(run.shown, { a: 'x y' });
  });
});

describe('a registry that was not read yet', () => {
  test('is frozen from its first read on', () => {
    const run = new GuardRun();
    freeze(run, '*');
    assert.equal(run.guarded.complete, false);
    run.read(MANY);
    run.read({ ...MANY, e: 'x' });
    assert.deepEqual([run.shown, run.guarded.complete], [MANY, true]);
  });

  test('and lists nothing at first, is frozen once it is believed', () => {
    const run = new GuardRun();
    freeze(run, 'eureka');
    run.read({});
    run.read({ a: 'x' });
    run.pass(5 * MINUTE);
    run.read({ a: 'x y' });
    assert.equal(run.guarded.complete, true);
    run.read({ a: 'x y z' });
    assert.deepEqual(run.shown, { a: 'x y' });
  });
});

describe('when a freeze ends', () => {
  test('what is new or changed shows at once, and what left is debounced from then on', () => {
    const run = new GuardRun({ emptyGraceMs: 0 });
    run.read(MANY);
    freeze(run, 'eureka', 60 * MINUTE);
    run.read({ ...MANY, a: 'x:down', e: 'x' });
    run.pass(60 * MINUTE);
    assert.deepEqual(run.guarded.freezes, []);
    assert.deepEqual(run.shown, { ...MANY, a: 'x:down y', e: 'x' });
    run.pass(5 * SECOND);
    assert.deepEqual(run.shown, { ...MANY, a: 'x:down', e: 'x' });
  });

  test('much that went meanwhile is held, as after an outage', () => {
    const run = new GuardRun();
    run.read(MANY);
    const id = freeze(run, 'eureka');
    run.pass(60 * MINUTE);
    run.read({ a: 'x y' });
    thaw(run, id);
    assert.deepEqual(run.shown, MANY);
    assert.deepEqual(
      run.guarded.holds.map(({ reason, instances }) => [reason, instances]),
      [['many-gone', 6]],
    );
  });

  test('much that went while the scope changed is held as well', () => {
    const run = new GuardRun();
    run.read(MANY);
    const id = freeze(run, 'eureka');
    run.read({ a: 'x y' });
    run.rescope({ a: 'x y' });
    thaw(run, id);
    assert.deepEqual(run.shown, MANY);
    assert.equal(run.guarded.holds.length, 1);
  });

  test('a service that went while it was frozen alone goes as any other', () => {
    const run = new GuardRun({ emptyGraceMs: 0 });
    run.read(MANY);
    const id = freeze(run, 'eureka/a');
    run.read({ b: 'x y', c: 'x y', d: 'x y' });
    run.pass(60 * MINUTE);
    thaw(run, id);
    run.pass(5 * SECOND);
    assert.deepEqual(run.shown, { b: 'x y', c: 'x y', d: 'x y' });
  });

  test('another one may go on', () => {
    const run = new GuardRun();
    run.read(MANY);
    const first = freeze(run, 'eureka');
    freeze(run, '*', MINUTE);
    thaw(run, first);
    run.read({ ...MANY, e: 'x' });
    assert.deepEqual(run.shown, MANY);
    run.pass(MINUTE);
    assert.deepEqual(run.shown, { ...MANY, e: 'x' });
  });
});

describe('a freeze of one service', () => {
  test('does not make the loss of all others look like less than everything', () => {
    const run = new GuardRun();
    run.read({ a: 'x', b: 'x' });
    freeze(run, 'eureka/a');
    run.read({ a: 'x' });
    assert.deepEqual(
      run.guarded.holds.map(({ reason }) => reason),
      ['everything-gone'],
    );
  });

  test('costs nothing when nothing changes: the memory stays the same object', () => {
    const run = new GuardRun();
    run.read(MANY);
    freeze(run, 'eureka/a');
    run.read({ ...MANY, a: 'z' });
    const { memory } = run;
    run.read({ ...MANY, a: 'z z2' });
    run.fail();
    assert.equal(run.memory, memory);
  });
});

describe('a freeze out of the configuration', () => {
  test('lasts as long as it is configured', () => {
    const run = new GuardRun();
    run.read(MANY);
    configure(run, order('eureka'));
    const [began] = run.guarded.freezes;
    run.pass(MINUTE);
    run.read({ ...MANY, e: 'x' });
    assert.deepEqual(run.shown, MANY);
    assert.equal(run.guarded.freezes[0], began);
    configure(run);
    assert.deepEqual(run.shown, { ...MANY, e: 'x' });
  });

  test('keeps its name and its age when its reason or its end is changed', () => {
    const run = new GuardRun();
    run.read(MANY);
    configure(run, order('eureka'));
    const [began] = run.guarded.freezes;
    run.pass(MINUTE);
    configure(run, { ...order('eureka', run.nowMs + MINUTE), reason: 'another one' });
    const [now] = run.guarded.freezes;
    assert.deepEqual([now?.id, now?.sinceMs, now?.reason], [began?.id, began?.sinceMs, 'another one']);
  });

  test('ends by its time, and cannot be ended by hand', () => {
    const run = new GuardRun();
    run.read(MANY);
    configure(run, order('eureka', run.nowMs + MINUTE));
    const [began] = run.guarded.freezes;
    thaw(run, began?.id ?? '');
    assert.equal(run.guarded.freezes.length, 1);
    run.pass(MINUTE);
    assert.deepEqual(run.guarded.freezes, []);
    run.step();
    assert.deepEqual(run.guarded.freezes, [], 'and does not begin again');
  });
});

describe('freezes by hand', () => {
  test('have names that nobody else has, also within a millisecond', () => {
    const run = new GuardRun();
    const ids = [freeze(run, 'eureka/a'), freeze(run, 'eureka/b'), freeze(run, 'eureka'), freeze(run, '*')];
    assert.equal(new Set(ids).size, ids.length);
    for (const id of ids) assert.match(id, /^(?:all|eureka)-freeze-\d{8}T\d{9}Z$/);
  });

  test('are no more than a person would make', () => {
    const run = new GuardRun();
    for (let at = 0; at < MOST_FREEZES_BY_HAND; at++) freeze(run, `eureka/s${at}`);
    assert.equal(addFreeze(run.memory, order('*'), run.nowMs), undefined);
  });

  test('are not confused with others: one that is not there ends nothing', () => {
    const run = new GuardRun();
    freeze(run, 'eureka');
    assert.equal(removeFreeze(run.memory, 'eureka-freeze-19700101T000000000Z'), run.memory);
  });
});

test('a service is under the freezes of itself, of its registry and of everything', () => {
  const run = new GuardRun();
  for (const target of ['*', 'eureka', 'eureka/a', 'eureka/b', 'other']) freeze(run, target);
  const over = (service: string | undefined) =>
    freezesOver(run.guarded.freezes, 'eureka', service).map(({ target }) => target.kind);
  assert.deepEqual(over('a'), ['all', 'registry', 'service']);
  assert.deepEqual(over(undefined), ['all', 'registry']);
});
