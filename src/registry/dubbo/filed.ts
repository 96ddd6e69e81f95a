// SPDX-License-Identifier: Apache-2.0
// What several nodes say under one key. The paths are kept, because each node comes, changes and goes by itself, and their order
// makes the answer the same in whatever order they came.
import { compareTexts } from '../../lib/compare-texts.ts';

export class Filed<Value> {
  readonly #byKey = new Map<string, Map<string, Value>>();

  /** undefined: that path says nothing any more. */
  set(key: string, path: string, value: Value | undefined): void {
    const ofKey = this.#byKey.get(key) ?? new Map<string, Value>();
    if (value === undefined) ofKey.delete(path);
    else ofKey.set(path, value);
    if (ofKey.size === 0) this.#byKey.delete(key);
    else this.#byKey.set(key, ofKey);
  }

  of(key: string): readonly Value[] {
    const ofKey = this.#byKey.get(key);
    if (ofKey === undefined) return [];
    return [...ofKey].sort(([a], [b]) => compareTexts(a, b)).map(([, value]) => value);
  }
}
