// SPDX-License-Identifier: Apache-2.0
// The text that versions are hashes of: one writing for equal content. It knows nothing of entries and decides nothing about
// what belongs into one; the text is hashed and thrown away, never sent and never parsed back.
import { compareTexts } from '../lib/compare-texts.ts';

/**
 * JSON of plain data with the keys of every object in code unit order and without absent members: one text for equal content,
 * whatever the order in which it was put together. The versions of resources are hashes of it, so it is a public contract.
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item: unknown) => canonicalJson(item)).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => compareTexts(a, b))
    .map(([key, member]: readonly [string, unknown]) => `${JSON.stringify(key)}:${canonicalJson(member)}`);
  return `{${members.join(',')}}`;
}
