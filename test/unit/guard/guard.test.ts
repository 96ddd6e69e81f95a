import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { guardStep } from '../../../src/guard/guard.ts';
import { emptyGuardMemory } from '../../../src/guard/memory.ts';
import { serviceKey } from '../../../src/model/service.ts';
import type { Slice } from '../../../src/registry/registry.ts';
import { GUARD_DEFAULTS, GuardRun, listed, MINUTE, SECOND } from '../../fakes/guard-run.ts';

describe('guard step: before the first good read', () => {
  test('a waiting registry shows nothing, and the whole is not complete', () => {
    const { guarded } = new GuardRun();
    assert.equal(guarded.services.size, 0);
    assert.equal(guarded.complete, false);
    assert.equal(guarded.wakeAtMs, undefined);
  });

  test('the whole is complete once every registry has had a good read, and stays so when they fail', () => {
    const run = new GuardRun({}, ['eureka', 'other']);
    assert.equal(run.read({ orders: 'a' }).complete, false);
    assert.deepEqual(run.shown, { orders: 'a' });
    assert.equal(run.read({ bills: 'z' }, 'other').complete, true);
    run.fail();
    assert.equal(run.fail('other').complete, true);
  });

  test('no registry at all is not complete', () => {
    assert.equal(guardStep(emptyGuardMemory, [], 0, GUARD_DEFAULTS).guarded.complete, false);
  });

  test('a registry that failed since its first good read is shown as it was read', () => {
    const services = listed('eureka', { orders: 'a' });
    const observed = [
      { registry: 'eureka', scopeRevision: 0, reading: { kind: 'stale' as const, content: { services, readAtMs: 0 } } },
    ];
    const { guarded } = guardStep(emptyGuardMemory, observed, 1, GUARD_DEFAULTS);
    assert.equal(guarded.services.get(serviceKey('eureka', 'orders')), services.get(serviceKey('eureka', 'orders')));
    assert.equal(guarded.complete, true);
  });

  test('a slice of a registry is what the guard observes', () => {
    const slice: Slice = {
      registry: 'eureka',
      kind: 'eureka',
      reading: { kind: 'waiting', sinceMs: 0, lastError: undefined },
      scopeRevision: 0,
      matched: { services: 0, ofServices: 0 },
    };
    assert.equal(guardStep(emptyGuardMemory, [slice], 0, GUARD_DEFAULTS).memory, emptyGuardMemory);
  });
});

describe('guard step: a registry that fails', () => {
  test('changes nothing, for ever, whatever its stale content says', () => {
    const run = new GuardRun();
    const before = run.read({ orders: 'a b', users: 'x' }).services;
    const memory = run.memory;
    const stale = {
      registry: 'eureka',
      scopeRevision: 0,
      reading: { kind: 'stale' as const, content: { services: new Map(), readAtMs: 0 } },
    };
    for (const days of [0, 1, 365]) {
      const step = guardStep(memory, [stale], run.nowMs + days * 24 * 60 * MINUTE, GUARD_DEFAULTS);
      assert.equal(step.guarded.services, before);
      assert.equal(step.memory, memory);
    }
  });

  test('keeps what it had when it is read from the beginning again (waiting)', () => {
    const run = new GuardRun();
    const before = run.read({ orders: 'a' }).services;
    const waiting = { registry: 'eureka', scopeRevision: 1, reading: { kind: 'waiting' as const } };
    const { guarded } = guardStep(run.memory, [waiting], run.nowMs + MINUTE, GUARD_DEFAULTS);
    assert.equal(guarded.services, before);
    assert.equal(guarded.complete, true);
  });

  test('leaves the others alone: they go on changing', () => {
    const run = new GuardRun({}, ['eureka', 'other']);
    run.read({ orders: 'a' });
    run.read({ users: 'x y' }, 'other');
    run.fail();
    run.read({ users: 'x' }, 'other');
    run.pass(5 * SECOND);
    assert.deepEqual(run.shown, { orders: 'a', 'other/users': 'x' });
  });
});

describe('guard step: a change of scope by the operator', () => {
  test('removes what left by it at once: no debounce, no hold, no grace', () => {
    const run = new GuardRun();
    run.read({ orders: 'a b', users: 'x' });
    run.rescope({ orders: 'a' });
    assert.deepEqual(run.shown, { orders: 'a' });
    assert.deepEqual([run.guarded.holds, run.guarded.graces, run.guarded.pendingRemovals], [[], [], 0]);
  });

  test('shows what entered by it at once', () => {
    const run = new GuardRun();
    run.read({ orders: 'a' });
    run.rescope({ orders: 'a b', users: 'x' });
    assert.deepEqual(run.shown, { orders: 'a b', users: 'x' });
  });

  test('ends what waited: a debounce and a grace', () => {
    const run = new GuardRun();
    run.read({ orders: 'a b', users: 'x' });
    run.read({ orders: 'a b' });
    run.pass(5 * SECOND);
    run.read({ orders: 'a' });
    assert.deepEqual(run.shown, { orders: 'a b', users: 'x:gone' });
    run.rescope({ orders: 'a' });
    assert.deepEqual(run.shown, { orders: 'a' });
    assert.equal(run.guarded.wakeAtMs, undefined);
  });

  test('holds at once while the registry fails', () => {
    const run = new GuardRun();
    run.read({ orders: 'a', users: 'x' });
    run.fail();
    run.rescope({ orders: 'a' });
    assert.deepEqual(run.shown, { orders: 'a' });
  });

  test('does not delete what is held: it was missing before the operator changed anything', () => {
    const run = new GuardRun();
    run.read({ orders: 'a b', users: 'x' });
    const before = run.service('orders');
    run.read({});
    run.rescope({});
    assert.deepEqual(run.shown, { orders: 'a b', users: 'x' });
    assert.equal(run.service('orders'), before);
    run.read({ orders: 'a b' });
    assert.deepEqual(run.shown, { orders: 'a b', users: 'x' });
    run.pass(5 * MINUTE);
    run.read({ orders: 'a b' });
    assert.deepEqual(run.shown, { orders: 'a b', users: 'x:gone' });
  });

  test('shows what returns by it as it is now, no longer held', () => {
    const run = new GuardRun();
    run.read({ orders: 'a b', users: 'x' });
    run.read({});
    run.rescope({ orders: 'a:down' });
    assert.deepEqual(run.shown, { orders: 'a:down b', users: 'x' });
  });

  test('removals after it are debounced again', () => {
    const run = new GuardRun();
    run.read({ orders: 'a b', users: 'x' });
    run.rescope({ orders: 'a b' });
    run.read({ orders: 'a' });
    assert.deepEqual(run.shown, { orders: 'a b' });
  });

  test('a revision that starts again at zero is no change of scope, and the next rise is one', () => {
    const services = listed('eureka', { orders: 'a', users: 'x' });
    const at = (scopeRevision: number, content: typeof services) => [
      {
        registry: 'eureka',
        scopeRevision,
        reading: { kind: 'live' as const, content: { services: content, readAtMs: 0 } },
      },
    ];
    const first = guardStep(emptyGuardMemory, at(7, services), 0, GUARD_DEFAULTS);
    const restarted = guardStep(first.memory, at(0, new Map()), 1, GUARD_DEFAULTS);
    assert.equal(restarted.guarded.services, first.guarded.services);
    const narrowed = listed('eureka', { orders: 'a' });
    const again = guardStep(restarted.memory, at(0, services), 2, GUARD_DEFAULTS);
    const risen = guardStep(again.memory, at(1, narrowed), 3, GUARD_DEFAULTS);
    assert.deepEqual([...risen.guarded.services.keys()], [serviceKey('eureka', 'orders')]);
  });
});

describe('guard step: a registry that leaves the configuration', () => {
  test('is forgotten at once, with its holds and graces; its names keep their seniority', () => {
    const run = new GuardRun({}, ['eureka', 'other']);
    run.read({ orders: 'a' });
    run.read({ users: 'x', carts: 'k' }, 'other');
    run.read({}, 'other');
    run.forget('other');
    assert.deepEqual(run.shown, { orders: 'a' });
    assert.deepEqual(run.guarded.holds, []);
    assert.equal(run.memory.registries.has('other'), false);
    assert.deepEqual(run.guarded.seniority.get(serviceKey('other', 'users')), {
      sinceMs: 0,
      presentSinceMs: 0,
      present: false,
    });
  });

  test('no longer keeps the whole from being complete', () => {
    const run = new GuardRun({}, ['eureka', 'other']);
    run.read({ orders: 'a' });
    assert.equal(run.guarded.complete, false);
    assert.equal(run.forget('other').complete, true);
  });
});

describe('guard step: identity', () => {
  test('an untouched service is the object of the registry, through every change beside it', () => {
    const run = new GuardRun();
    run.read({ orders: 'a', users: 'x y' });
    const orders = run.listedService('orders');
    for (const users of ['x', 'x z', '', 'x y:down']) {
      run.read({ orders: 'a', users });
      run.pass(3 * SECOND);
      assert.equal(run.service('orders'), orders);
    }
  });

  test('a read that changes nothing keeps the map, even when the registry made a new one', () => {
    const run = new GuardRun();
    const before = run.read({ orders: 'a' }).services;
    assert.equal(run.read({ orders: 'a' }).services, before);
  });

  test('a made service keeps its object until it changes', () => {
    const run = new GuardRun();
    run.read({ orders: 'a b', users: 'x' });
    run.read({ orders: 'a:down', users: 'x' });
    const made = run.service('orders');
    assert.notEqual(made, run.listedService('orders'));
    run.pass(SECOND);
    run.read({ orders: 'a:down', users: 'x:down' });
    assert.equal(run.service('orders'), made);
    run.pass(4 * SECOND);
    assert.equal(run.service('orders'), run.listedService('orders'));
  });

  test('a service in grace keeps its object until it goes', () => {
    const run = new GuardRun();
    run.read({ orders: 'a', users: 'x' });
    run.read({ users: 'x' });
    run.pass(5 * SECOND);
    const gone = run.service('orders');
    run.read({ users: 'x y' });
    run.pass(9 * MINUTE);
    assert.equal(run.service('orders'), gone);
  });

  test('with two registries the map is kept while neither changes, and holds both', () => {
    const run = new GuardRun({}, ['eureka', 'other']);
    run.read({ orders: 'a' });
    const { services } = run.read({ orders: 'x' }, 'other');
    assert.deepEqual(run.shown, { orders: 'a', 'other/orders': 'x' });
    assert.equal(run.read({ orders: 'a' }).services, services);
    assert.equal(run.read({ orders: 'x' }, 'other').services, services);
  });

  test('a map that the registry kept is not even looked into', () => {
    const services = new UnreadableMap(listed('eureka', { orders: 'a', users: 'x' }));
    const at = (readAtMs: number) => [
      { registry: 'eureka', scopeRevision: 0, reading: { kind: 'live' as const, content: { services, readAtMs } } },
    ];
    const { memory } = guardStep(emptyGuardMemory, at(0), 0, GUARD_DEFAULTS);
    services.isReadable = false;
    assert.equal(guardStep(memory, at(1), 1, GUARD_DEFAULTS).memory, memory);
  });

  test('a step that finds nothing new returns the same memory', () => {
    const run = new GuardRun();
    run.read({ orders: 'a b', users: 'x' });
    run.read({ orders: 'a', users: 'x' });
    const memory = run.memory;
    run.step();
    assert.equal(run.memory, memory);
  });

  test('a memory that was handed out is never changed by later steps', () => {
    const run = new GuardRun();
    run.read({ orders: 'a b', users: 'x' });
    const { memory } = run;
    const copy = structuredClone(memory);
    run.read({ orders: 'a' });
    run.pass(60 * MINUTE);
    run.read({});
    run.rescope({ carts: 'k' });
    assert.deepEqual(memory, copy);
  });

  test('the memory is plain data: a copy of it goes on exactly as the original', () => {
    const run = new GuardRun();
    run.read({ orders: 'a b', users: 'x', carts: 'k' });
    run.read({ orders: 'a', users: 'x' });
    run.pass(6 * SECOND);
    const copy = structuredClone(run.memory);
    const empty = [
      {
        registry: 'eureka',
        scopeRevision: 0,
        reading: { kind: 'live' as const, content: { services: new Map(), readAtMs: run.nowMs } },
      },
    ];
    const fromCopy = guardStep(copy, empty, run.nowMs, GUARD_DEFAULTS);
    const fromOriginal = guardStep(run.memory, empty, run.nowMs, GUARD_DEFAULTS);
    assert.deepEqual(fromCopy.guarded, fromOriginal.guarded);
    assert.equal(fromCopy.guarded.holds.length, 1);
  });
});

/** A map that throws when somebody looks into it. */
class UnreadableMap<K, V> extends Map<K, V> {
  isReadable = true;

  override [Symbol.iterator](): MapIterator<[K, V]> {
    assert.ok(this.isReadable, 'looked into an unchanged map');
    return super[Symbol.iterator]();
  }

  override keys(): MapIterator<K> {
    assert.ok(this.isReadable, 'looked into an unchanged map');
    return super.keys();
  }
}
