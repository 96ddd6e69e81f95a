import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { mergeRegistries } from '../../../../src/registry/wrap/merge.ts';
import { aService, aSlice, FakeRegistry, servicesOf } from '../../../fakes/model-values.ts';

const slice = (registry: string) => aSlice({ services: servicesOf(aService('a', [], registry)) }, { registry });

describe('several registries as one', () => {
  test('have a slice each, in their order', () => {
    const merged = mergeRegistries([new FakeRegistry('x', [slice('x')]), new FakeRegistry('y', [slice('y')])]);
    assert.deepEqual(
      merged.slices().map(({ registry }) => registry),
      ['x', 'y'],
    );
    assert.equal(merged.name, 'x+y');
  });

  test('keep their objects until one of them says something new', () => {
    const x = new FakeRegistry('x', [slice('x')]);
    const y = new FakeRegistry('y', [slice('y')]);
    const merged = mergeRegistries([x, y]);
    let changes = 0;
    merged.start(() => void changes++);
    const before = merged.slices();
    assert.equal(merged.slices(), before);
    x.say(slice('x'));
    assert.equal(changes, 1);
    assert.notEqual(merged.slices(), before);
    assert.equal(merged.slices()[1], before[1]);
  });

  test('are all closed', async () => {
    const all = [new FakeRegistry('x'), new FakeRegistry('y')];
    await mergeRegistries(all).close();
    assert.deepEqual(
      all.map(({ closed }) => closed),
      [true, true],
    );
  });

  test('may be none at all', () => {
    assert.deepEqual(mergeRegistries([]).slices(), []);
  });
});
