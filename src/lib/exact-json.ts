// SPDX-License-Identifier: Apache-2.0
// JSON that we wrote ourselves, read back: whatever has not exactly the shape that we write is an error, and nothing is
// guessed. For the JSON of strangers see json-value.ts.

/** Thrown where the shape differs. Holds nothing of the content; caught where a whole document is decoded. */
export class ShapeError extends Error {
  override readonly name = 'ShapeError';
}

/** The members of an object; a member that is absent is undefined. */
export function exactObject(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new ShapeError('no object');
  return value as Readonly<Record<string, unknown>>;
}

export function exactList<T>(value: unknown, item: (value: unknown) => T): readonly T[] {
  if (!Array.isArray(value)) throw new ShapeError('no list');
  return value.map((one: unknown) => item(one));
}

export function exactText(value: unknown): string {
  if (typeof value !== 'string') throw new ShapeError('no text');
  return value;
}

export function exactFlag(value: unknown): boolean {
  if (typeof value !== 'boolean') throw new ShapeError('no flag');
  return value;
}

/** Any number that JSON can hold. */
export function exactNumber(value: unknown): number {
  if (typeof value !== 'number') throw new ShapeError('no number');
  return value;
}

export function exactOneOf<T extends string>(value: unknown, words: readonly T[]): T {
  const found = words.find((word) => word === value);
  if (found === undefined) throw new ShapeError('an unknown word');
  return found;
}

/** What is not there stays undefined. */
export function exactOptional<T>(value: unknown, read: (value: unknown) => T): T | undefined {
  return value === undefined ? undefined : read(value);
}

/** A map that was written as a list of pairs: its keys may be those that no plain object can have. No key twice. */
export function exactMap<K, V>(
  value: unknown,
  key: (value: unknown) => K,
  item: (value: unknown) => V,
): ReadonlyMap<K, V> {
  const map = new Map<K, V>();
  const pairs = exactList(value, (pair) => exactList(pair, (part) => part));
  for (const pair of pairs) {
    if (pair.length !== 2) throw new ShapeError('no pair');
    map.set(key(pair[0]), item(pair[1]));
  }
  if (map.size !== pairs.length) throw new ShapeError('a key twice');
  return map;
}
