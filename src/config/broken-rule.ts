// SPDX-License-Identifier: Apache-2.0
// A rule over the whole configuration that does not hold, and the one way to write such rules down.

export interface BrokenRule {
  /** The keys that it is about; the first is the one to name. */
  readonly keys: readonly string[];
  /** Ends a sentence that begins with the first key. */
  readonly rule: string;
}

/** The broken rule, or nothing where it is kept: `...unless(a >= b, ['a', 'b'], 'must not be less than `b`')`. */
export function unless(isKept: boolean, keys: readonly string[], rule: string): readonly BrokenRule[] {
  return isKept ? [] : [{ keys, rule }];
}
