// SPDX-License-Identifier: Apache-2.0
// What is refused of a YAML document before it becomes values: a key that stands twice in one map, and more aliases than anybody
// writes. The parser looks for the first itself, but compares each key with all before it, and it looks for the anchor of each alias
// among all anchors: a megabyte of either took it a minute, in which nobody is served.
import { isAlias, isMap, isPair, isScalar, isSeq } from 'yaml';

export type YamlRefusal =
  /** `at`: where the first one stands, in the text. */
  { readonly kind: 'repeated-key'; readonly at: number } | { readonly kind: 'too-many-aliases' };

/** Of all anchors together; how often one may be repeated is limited where the values are made. */
export const MOST_ALIASES_IN_ALL = 1000;

/** `contents` of a document that was parsed with `uniqueKeys: false`. Linear in its length. */
export function yamlRefusal(contents: unknown): YamlRefusal | undefined {
  let aliases = 0;
  let repeatedAt: number | undefined;
  const waiting: unknown[] = [contents];
  while (waiting.length > 0) {
    const node = waiting.pop();
    if (isAlias(node)) aliases++;
    if (isPair(node)) waiting.push(node.key, node.value);
    if (!isMap(node) && !isSeq(node)) continue;
    for (const item of node.items) waiting.push(item);
    const at = isMap(node) ? repeatedIn(node.items.map(({ key }) => key)) : undefined;
    if (at !== undefined) repeatedAt = Math.min(repeatedAt ?? at, at);
  }
  if (repeatedAt !== undefined) return { kind: 'repeated-key', at: repeatedAt };
  return aliases > MOST_ALIASES_IN_ALL ? { kind: 'too-many-aliases' } : undefined;
}

/** As the parser compares: scalars by their value, and nothing else. */
function repeatedIn(keys: readonly unknown[]): number | undefined {
  const seen = new Set<unknown>();
  for (const key of keys) {
    if (!isScalar(key)) continue;
    if (seen.has(key.value)) return key.range?.[0] ?? 0;
    seen.add(key.value);
  }
  return undefined;
}
