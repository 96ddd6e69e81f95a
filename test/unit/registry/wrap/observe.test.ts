import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { SliceChange } from '../../../../src/registry/slice-change.ts';
import { observeRegistry } from '../../../../src/registry/wrap/observe.ts';
import { anInstance, aService, aSlice, FakeRegistry, servicesOf } from '../../../fakes/model-values.ts';

describe('an observed registry', () => {
  test('tells each change once, before whoever uses the registry hears of it', () => {
    const inner = new FakeRegistry('legacy');
    const order: (SliceChange | 'passed on')[] = [];
    const registry = observeRegistry(inner, (change) => void order.push(change));
    registry.start(() => void order.push('passed on'));
    const orders = aService('orders', [anInstance({ id: '1' })]);
    inner.say(aSlice({ services: servicesOf(orders) }));
    inner.say(aSlice({ services: servicesOf(orders), readAtMs: 5 }));
    inner.say(aSlice({ services: servicesOf() }));
    const about = { registry: 'legacy', now: 'live', error: undefined } as const;
    const none = { added: [], removed: [], changed: [] };
    assert.deepEqual(order, [
      { ...about, before: 'waiting', services: [{ kind: 'added', service: 'orders', ...none, added: ['1'] }] },
      'passed on',
      'passed on',
      { ...about, before: 'live', services: [{ kind: 'removed', service: 'orders', ...none, removed: ['1'] }] },
      'passed on',
    ]);
  });

  test('is otherwise what it observes', async () => {
    const inner = new FakeRegistry('legacy', [aSlice({ services: servicesOf() })]);
    const registry = observeRegistry(inner, () => {});
    assert.equal(registry.name, 'legacy');
    assert.equal(registry.slices(), inner.slices());
    await registry.close();
    assert.equal(inner.closed, true);
  });
});
