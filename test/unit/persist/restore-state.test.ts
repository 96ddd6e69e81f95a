import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { serviceKey } from '../../../src/model/service.ts';
import { type ExpectedRegistry, restoreState } from '../../../src/persist/restore-state.ts';
import type { SavedRegistry } from '../../../src/persist/saved-state.ts';
import type { ScopeOptions } from '../../../src/registry/scope.ts';
import { anInstance, aService } from '../../fakes/model-values.ts';
import { aMemory, aSavedRegistry, aSavedState, WHOLE } from '../../fakes/saved-values.ts';

const MINUTE = 60_000;
const NOW = 100 * MINUTE;
const ORDERS = serviceKey('legacy', 'orders');
const ONLY_V1: ScopeOptions = { include: [{ attributes: {}, metadata: { version: ['v1'] } }], exclude: [] };
const V1 = anInstance({ id: 'v1', metadata: new Map([['version', 'v1']]) });
const V2 = anInstance({ id: 'v2', metadata: new Map([['version', 'v2']]) });

function restored(
  registries: readonly SavedRegistry[],
  expected: Readonly<Record<string, Partial<ExpectedRegistry>>> = { legacy: {} },
  maxAgeMs: number | undefined = 60 * MINUTE,
) {
  const configured = Object.entries(expected).map(
    ([name, fields]) => [name, { kind: 'fake', scope: WHOLE, ...fields }] as const,
  );
  return restoreState(aSavedState(registries), new Map(configured), maxAgeMs, NOW);
}

describe('of a saved state', () => {
  test('what was read last is shown, and remembered by the guard', () => {
    const memory = aMemory([aService('orders')]);
    const { contents, memory: remembered, refusals } = restored([aSavedRegistry(memory, { readAtMs: NOW - MINUTE })]);
    assert.deepEqual(refusals, []);
    assert.deepEqual([...contents.keys()], ['legacy']);
    assert.equal(contents.get('legacy')?.services, memory.listed);
    assert.equal(contents.get('legacy')?.readAtMs, NOW - MINUTE);
    assert.equal(remembered.registries.get('legacy')?.listed, memory.listed);
    assert.deepEqual([...remembered.services.keys()], [ORDERS]);
    assert.equal(remembered.seniority.get(ORDERS)?.present, true);
  });

  const refused: readonly (readonly [
    string,
    Partial<SavedRegistry>,
    Parameters<typeof restored>[1],
    string,
    RegExp,
  ])[] = [
    ['a registry of another name', { name: 'former' }, { legacy: {} }, 'STATE_OTHER_REGISTRY', /registry former .*no/],
    ['another kind', { kind: 'eureka' }, { legacy: {} }, 'STATE_OTHER_REGISTRY', /kind fake there, not eureka/],
    ['a read of too long ago', { readAtMs: NOW - 61 * MINUTE }, { legacy: {} }, 'STATE_TOO_OLD', /61 min ago.*60 min/],
  ];
  for (const [what, fields, expected, code, sentence] of refused) {
    test(`${what} is refused with ${code}, and that alone`, () => {
      const good = aSavedRegistry(aMemory([aService('users', [anInstance()], 'other')]), {
        name: 'other',
        readAtMs: NOW,
      });
      const bad = aSavedRegistry(aMemory([aService('orders')]), { readAtMs: NOW, ...fields });
      const { contents, memory, refusals } = restored([bad, good], { ...expected, other: {} });
      assert.deepEqual([...contents.keys()], ['other']);
      assert.deepEqual([...memory.registries.keys()], ['other']);
      assert.deepEqual([...memory.services.keys()], [serviceKey('other', 'users')]);
      assert.deepEqual(
        refusals.map((one) => [one.code, one.registry]),
        [[code, bad.name]],
      );
      assert.match(refusals[0]?.sentence ?? '', sentence);
      // Its names keep their rank, behind those that departed before.
      assert.deepEqual(memory.seniority.get(ORDERS), { sinceMs: 0, presentSinceMs: 0, present: false });
    });
  }

  test('the age counts from the last good read, to the moment, and `never` sets no bound', () => {
    const atTheBound = aSavedRegistry(aMemory([aService('orders')]), { readAtMs: NOW - 60 * MINUTE });
    assert.equal(restored([atTheBound]).contents.size, 1);
    const ancient = aSavedRegistry(aMemory([aService('orders')]), { readAtMs: 0 });
    assert.equal(restored([ancient]).contents.size, 0);
    const configured = new Map([['legacy', { kind: 'fake', scope: WHOLE }]]);
    assert.equal(restoreState(aSavedState([ancient]), configured, undefined, NOW).contents.size, 1);
  });

  test('nothing lies in the future, where the clock was set back meanwhile', () => {
    const later = NOW + 1_000 * MINUTE;
    const held = new Map([
      [ORDERS, [{ kind: 'held' as const, reason: 'many-gone' as const, instance: anInstance(), sinceMs: later }]],
    ]);
    const draining = new Map([[ORDERS, [{ id: 'a', status: 'down' as const, sinceMs: later }]]]);
    const fields = { missing: held, graces: new Map([[ORDERS, later]]), draining, doubtedSinceMs: later };
    const saved = aSavedRegistry(aMemory([aService('orders')], fields), { readAtMs: later });
    const { contents, memory } = restored([saved]);
    assert.equal(contents.get('legacy')?.readAtMs, NOW);
    const remembered = memory.registries.get('legacy');
    assert.equal(remembered?.missing.get(ORDERS)?.[0]?.sinceMs, NOW);
    assert.equal(remembered.graces.get(ORDERS), NOW);
    assert.equal(remembered.draining.get(ORDERS)?.[0]?.sinceMs, NOW);
    assert.equal(remembered.doubtedSinceMs, NOW);
    assert.ok(remembered.window.countedAtMs <= NOW);
  });

  test('every freeze is restored, also one of a registry that is not', () => {
    const freeze = {
      id: 'all-freeze-x',
      target: { kind: 'all' },
      reason: 'x',
      untilMs: undefined,
      origin: 'hand',
    } as const;
    const freezes = [NOW - MINUTE, NOW + MINUTE].map((sinceMs) => ({ ...freeze, sinceMs }));
    const { memory } = restoreState({ ...aSavedState([]), freezes }, new Map(), 60 * MINUTE, NOW);
    assert.deepEqual(
      memory.freezes.map(({ id, sinceMs }) => [id, sinceMs]),
      [
        ['all-freeze-x', NOW - MINUTE],
        ['all-freeze-x', NOW],
      ],
    );
  });

  test('under another scope what is held and outside is let go, and the guard is told that a change is meant', () => {
    const held = [V1, V2].map((instance) => ({
      kind: 'held' as const,
      reason: 'many-gone' as const,
      instance,
      sinceMs: NOW - MINUTE,
    }));
    const memory = aMemory([aService('users', [V1, V2])], { missing: new Map([[ORDERS, held]]) });
    const saved = aSavedRegistry(memory, { readAtMs: NOW });
    const same = restored([saved]);
    assert.equal(same.contents.get('legacy')?.isOtherScope, false);
    assert.equal(same.memory.registries.get('legacy')?.scopeRevision, 0);
    assert.equal(same.memory.registries.get('legacy')?.missing.get(ORDERS)?.length, 2);
    const other = restored([saved], { legacy: { scope: ONLY_V1 } });
    assert.equal(other.contents.get('legacy')?.isOtherScope, true);
    const remembered = other.memory.registries.get('legacy');
    assert.ok((remembered?.scopeRevision ?? 0) < 0);
    assert.deepEqual(
      remembered?.missing.get(ORDERS)?.map(({ instance }) => instance.id),
      ['v1'],
    );
  });
});
