// Looking into rendered objects without believing in their shape.
import assert from 'node:assert/strict';
import type { Rendered } from './helm.ts';

/** The one object of that kind, with that name if it is given. */
export function only(objects: readonly Rendered[], kind: string, name?: string): Rendered {
  const found = objects.filter(
    (object) => object.kind === kind && (name === undefined || object.metadata.name === name),
  );
  const [first] = found;
  assert.equal(found.length, 1, `one ${kind} ${name ?? ''}`);
  assert.ok(first);
  return first;
}

/** What stands at a path such as `spec.template.spec.containers.0.args`. Keys with dots: as a list. */
export function at(object: unknown, path: string | readonly string[]): unknown {
  const keys = typeof path === 'string' ? path.split('.') : path;
  return keys.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined),
    object,
  );
}
