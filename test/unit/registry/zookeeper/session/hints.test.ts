import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Hints, type Watched } from '../../../../../src/registry/zookeeper/session/hints.ts';
import { EVENTS } from '../../../../fakes/zookeeper-packets.ts';

const KINDS: readonly Watched[] = ['children', 'data', 'exists'];

function hints(): { readonly hints: Hints; readonly fire: (type: number, path?: string) => readonly string[] } {
  const all = new Hints();
  const fired: string[] = [];
  for (const kind of KINDS) all.add(kind, '/a', () => fired.push(kind));
  const fire = (type: number, path = '/a'): readonly string[] => {
    for (const hint of all.take(type, path)) hint();
    return fired.splice(0);
  };
  return { hints: all, fire };
}

for (const [name, type, concerned] of [
  ['created', EVENTS.created, ['data', 'exists']],
  ['deleted', EVENTS.deleted, ['children', 'data', 'exists']],
  ['changed in its data', EVENTS.dataChanged, ['data', 'exists']],
  ['changed in its children', EVENTS.childrenChanged, ['children']],
  ['something no server says today', 99, ['children', 'data', 'exists']],
] as const) {
  test(`a node that is ${name} concerns ${concerned.join(', ')}, once`, () => {
    const { fire } = hints();
    assert.deepEqual(fire(type), concerned);
    assert.deepEqual(fire(type), []);
    const rest = KINDS.filter((kind) => !(concerned as readonly string[]).includes(kind));
    assert.deepEqual(fire(EVENTS.deleted), rest, 'the others still wait');
  });
}

test('other paths are not concerned', () => {
  const { fire } = hints();
  for (const path of ['/', '/a/b', '/aa']) assert.deepEqual(fire(EVENTS.deleted, path), []);
});

test('of two reads of the same kind and path the later one is told', () => {
  const all = new Hints();
  const fired: string[] = [];
  all.add('data', '/a', () => fired.push('first'));
  all.add('data', '/a', () => fired.push('second'));
  for (const hint of all.take(EVENTS.dataChanged, '/a')) hint();
  assert.deepEqual(fired, ['second']);
});
