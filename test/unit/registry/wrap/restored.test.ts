import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Slice } from '../../../../src/registry/registry.ts';
import type { ScopeOptions } from '../../../../src/registry/scope.ts';
import { RestoredRegistry } from '../../../../src/registry/wrap/restored.ts';
import { anInstance, aService, aSlice, FakeRegistry, servicesOf } from '../../../fakes/model-values.ts';
import { WHOLE } from '../../../fakes/saved-values.ts';

const ERROR = { code: 'X_DOWN', message: 'It is down.', atMs: 7 };
const V1 = anInstance({ id: 'v1', metadata: new Map([['version', 'v1']]) });
const V2 = anInstance({ id: 'v2', metadata: new Map([['version', 'v2']]) });
const SERVICES = servicesOf(aService('orders', [V1, V2]), aService('users', [V2]), aService('carts', [V1]));
const ONLY_V1: ScopeOptions = { include: [{ attributes: {}, metadata: { version: ['v1'] } }], exclude: [] };

function waiting(fields: Partial<Slice> = {}): Slice {
  return aSlice({ services: new Map() }, { reading: { kind: 'waiting', sinceMs: 5, lastError: ERROR }, ...fields });
}

function run(isOtherScope = false, scope = WHOLE) {
  const inner = new FakeRegistry('legacy', [waiting()]);
  const registry = new RestoredRegistry(inner);
  registry.restore({ services: SERVICES, readAtMs: 3, isOtherScope }, scope);
  const shown = () => {
    const reading = registry.slices()[0]?.reading;
    if (reading === undefined || reading.kind === 'waiting') return reading?.kind;
    const listed = [...reading.content.services.values()].map(
      ({ name, instances }) => `${name}: ${instances.map(({ id }) => id).join(' ')}`,
    );
    return [reading.kind, ...listed];
  };
  return { inner, registry, shown };
}

describe('a registry that a former process read', () => {
  test('shows what that one read until it is read, with the error that it has meanwhile', () => {
    const { inner, registry, shown } = run();
    const content = { services: SERVICES, problems: [], readAtMs: 3 };
    const [slice] = registry.slices();
    assert.deepEqual(slice?.reading, { kind: 'restored', content, sinceMs: 5, lastError: ERROR });
    assert.deepEqual(slice.matched, { services: 3, ofServices: 3 });
    inner.say(aSlice({ services: servicesOf(aService('orders', [V1])) }));
    assert.deepEqual(shown(), ['live', 'orders: v1']);
  });

  test('never shows it again, whatever the registry does later', () => {
    const { inner, shown } = run();
    shown();
    inner.say(aSlice({ services: new Map() }));
    assert.deepEqual(shown(), ['live']);
    inner.say(waiting());
    assert.equal(shown(), 'waiting');
  });

  test('says the same objects until something changed', () => {
    const { inner, registry } = run();
    const first = registry.slices();
    assert.equal(registry.slices(), first);
    inner.say(waiting({ scopeRevision: 1 }));
    assert.notEqual(registry.slices(), first);
    const [before, after] = [first[0]?.reading, registry.slices()[0]?.reading];
    assert.ok(before?.kind === 'restored' && after?.kind === 'restored');
    assert.equal(before.content.services, after.content.services);
  });

  test('is narrowed to the scope of now where it was read with another one', () => {
    const { registry, shown } = run(true, ONLY_V1);
    assert.deepEqual(shown(), ['restored', 'orders: v1', 'carts: v1']);
    const reading = registry.slices()[0]?.reading;
    assert.ok(reading?.kind === 'restored');
    const carts = [...SERVICES.values()].find(({ name }) => name === 'carts');
    assert.equal([...reading.content.services.values()][1], carts, 'what is untouched stays the same object');
  });

  test('is not asked again about the scope that it was read with: records may have been asked, not instances', () => {
    assert.deepEqual(run(false, ONLY_V1).shown(), ['restored', 'orders: v1 v2', 'users: v2', 'carts: v1']);
  });

  test('is narrowed at once when the scope changes before it is read', () => {
    const { inner, registry, shown } = run();
    shown();
    registry.setRestoredScope(ONLY_V1);
    inner.say(waiting({ scopeRevision: 1 }));
    assert.deepEqual(shown(), ['restored', 'orders: v1', 'carts: v1']);
    const [slice] = registry.slices();
    assert.equal(slice?.scopeRevision, 1);
    assert.deepEqual(slice.matched, { services: 2, ofServices: 3 });
  });

  test('without anything restored is passed through', async () => {
    const inner = new FakeRegistry('legacy', [waiting()]);
    const registry = new RestoredRegistry(inner);
    registry.setRestoredScope(ONLY_V1);
    assert.equal(registry.slices(), inner.slices());
    assert.equal(registry.name, 'legacy');
    await registry.close();
    assert.ok(inner.closed);
  });
});
