// SPDX-License-Identifier: Apache-2.0
// When two readings of the registry say the same. Every field of the model counts, so this file changes with service.ts;
// a test builds an instance with each field altered and expects a difference.
import type { Instance, Port, Service } from './service.ts';

/** Deep equality of all that a registry said; order of instances counts, order of map keys does not. */
export function sameService(a: Service, b: Service): boolean {
  if (a === b) return true;
  return (
    a.key === b.key &&
    a.registry === b.registry &&
    a.name === b.name &&
    sameList(a.instances, b.instances, sameInstance) &&
    sameTexts(a.inventory ?? NOTHING, b.inventory ?? NOTHING)
  );
}

export function sameInstance(a: Instance, b: Instance): boolean {
  if (a === b) return true;
  return (
    a.id === b.id &&
    a.address === b.address &&
    a.status === b.status &&
    Object.is(a.weight, b.weight) &&
    a.locality === b.locality &&
    sameList(a.ports, b.ports, samePort) &&
    sameMap(a.metadata, b.metadata, Object.is) &&
    sameTexts(a.attributes, b.attributes)
  );
}

type Texts = ReadonlyMap<string, readonly string[]>;

const NOTHING: Texts = new Map();

function sameTexts(a: Texts, b: Texts): boolean {
  return sameMap(a, b, (left, right) => sameList(left, right, Object.is));
}

function samePort(a: Port, b: Port): boolean {
  return a.name === b.name && Object.is(a.number, b.number) && a.protocol === b.protocol && a.secure === b.secure;
}

function sameList<T>(a: readonly T[], b: readonly T[], same: (left: T, right: T) => boolean): boolean {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  return a.every((left, index) => {
    const right = b[index];
    return right !== undefined && same(left, right);
  });
}

function sameMap<V>(
  a: ReadonlyMap<string, V>,
  b: ReadonlyMap<string, V>,
  same: (left: V, right: V) => boolean,
): boolean {
  if (a === b) return true;
  if (a.size !== b.size) return false;
  for (const [key, left] of a) {
    const right = b.get(key);
    if (right === undefined || !same(left, right)) return false;
  }
  return true;
}
