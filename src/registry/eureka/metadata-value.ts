// SPDX-License-Identifier: Apache-2.0
// Metadata conventions differ between starters and releases, so each fact is looked for under several keys.

/** The trimmed value of the first of `keys` that has one. */
export function firstOf(metadata: ReadonlyMap<string, string>, keys: readonly string[]): string | undefined {
  for (const key of keys) {
    const text = metadata.get(key)?.trim();
    if (text !== undefined && text !== '') return text;
  }
  return undefined;
}
