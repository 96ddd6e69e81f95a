// SPDX-License-Identifier: Apache-2.0
// What differs between two sets of Kubernetes objects, field by field and in words of the objects themselves. Pure. Endpoints are
// told apart by address and ports and ports by name, never by their place: a place says nothing to people.
import { compareTexts } from '../lib/compare-texts.ts';
import { type JsonObject, objectOf } from '../lib/json-value.ts';

/** `namespace/name` → the object. */
export type Manifests = ReadonlyMap<string, JsonObject>;

export type Difference =
  | { readonly kind: 'added' | 'removed'; readonly name: string; readonly manifest: JsonObject }
  | { readonly kind: 'changed'; readonly name: string; readonly fields: readonly FieldChange[] };

export interface FieldChange {
  /** `spec.endpoints[10.0.0.1 http 8080].labels.version` */
  readonly path: string;
  /** undefined: it was not there. */
  readonly before: string | undefined;
  /** undefined: it is there no more. */
  readonly after: string | undefined;
}

/** What would change where `former` is, were it `next`; ordered by name. */
export function diffManifests(former: Manifests, next: Manifests): readonly Difference[] {
  const names = [...new Set([...former.keys(), ...next.keys()])].sort(compareTexts);
  return names.flatMap((name): readonly Difference[] => {
    const before = former.get(name);
    const after = next.get(name);
    if (before === undefined) return after === undefined ? [] : [{ kind: 'added', name, manifest: after }];
    if (after === undefined) return [{ kind: 'removed', name, manifest: before }];
    const fields = changedFields(before, after);
    return fields.length === 0 ? [] : [{ kind: 'changed', name, fields }];
  });
}

function changedFields(before: JsonObject, after: JsonObject): readonly FieldChange[] {
  const old = new Map(fieldsOf(before, ''));
  const fresh = new Map(fieldsOf(after, ''));
  const paths = [...new Set([...old.keys(), ...fresh.keys()])].sort(compareTexts);
  const changes = paths
    .map((path) => ({ path, before: old.get(path), after: fresh.get(path) }))
    .filter((change) => change.before !== change.after);
  const wholes = new Set(changes.filter(({ path }) => path.endsWith(']')).map(({ path }) => path));
  // What is within an endpoint that came or went is told by the endpoint itself.
  return changes.filter(({ path }) => !wholes.has(path.slice(0, path.lastIndexOf(']') + 1)) || path.endsWith(']'));
}

/** Every leaf with its path. A list of scalars is one leaf; a member of a list of objects is one too, beside its own fields. */
function* fieldsOf(value: unknown, path: string): Iterable<readonly [path: string, text: string]> {
  const object = objectOf(value);
  if (object !== undefined) {
    for (const [key, field] of Object.entries(object)) yield* fieldsOf(field, path === '' ? key : `${path}.${key}`);
  } else if (isListOfObjects(value)) {
    for (const item of value) {
      const place = `${path}[${identityOf(item)}]`;
      yield [place, 'there'];
      yield* fieldsOf(withoutIdentity(item), place);
    }
  } else if (Array.isArray(value)) {
    if (value.length > 0) yield [path, value.map(String).join(', ')];
  } else if (value !== undefined) {
    yield [path, String(value)];
  }
}

function isListOfObjects(value: unknown): value is readonly JsonObject[] {
  return Array.isArray(value) && value.length > 0 && value.every((item) => objectOf(item) !== undefined);
}

/** An endpoint by its address and ports, a service port by its name. */
function identityOf({ address, name, ports }: JsonObject): string {
  if (address === undefined) return String(name);
  const numbers = Object.entries(objectOf(ports) ?? {}).map(([port, number]) => `${port} ${String(number)}`);
  return [String(address), ...numbers.sort(compareTexts)].join(' ');
}

function withoutIdentity(item: JsonObject): JsonObject {
  const { address, name, ports, ...rest } = item;
  return address === undefined
    ? { ...rest, ...(ports === undefined ? {} : { ports }) }
    : { ...rest, ...(name === undefined ? {} : { name }) };
}
