// SPDX-License-Identifier: Apache-2.0
// What a registry tells about a service as a whole, as annotations for dependency views. istiod compares no annotations when it
// decides what to push, so a change here rewrites an entry and costs the sidecars nothing.
import { compareTexts } from '../lib/compare-texts.ts';
import type { Service } from '../model/service.ts';
import { wellFormed } from './ownership.ts';

/** Kubernetes takes 256 KiB of annotations in all; interfaces, groups, versions and consumers of one entry stay far below. */
const LONGEST_ANNOTATION = 8 * 1024;

/**
 * `<labelPrefix>/<kind>` → the texts of all joined services, sorted, each once, with a comma between. What does not fit is cut
 * at a whole text and counted: `a, b and 17 more`.
 */
export function inventoryAnnotations(
  services: readonly Service[],
  labelPrefix: string,
): readonly (readonly [key: string, text: string])[] {
  const kinds = new Map<string, Set<string>>();
  for (const { inventory } of services) {
    for (const [kind, texts] of inventory ?? []) {
      const gathered = kinds.get(kind) ?? new Set();
      kinds.set(kind, gathered);
      for (const text of texts) gathered.add(text);
    }
  }
  return [...kinds].map(([kind, texts]) => {
    const sorted = [...texts].map(wellFormed).sort(compareTexts);
    return [`${labelPrefix}/${kind}`, listed(sorted)] as const;
  });
}

function listed(texts: readonly string[]): string {
  let text = '';
  for (const [index, one] of texts.entries()) {
    const longer = index === 0 ? one : `${text}, ${one}`;
    const rest = ` and ${texts.length - index} more`;
    if (Buffer.byteLength(longer) + rest.length > LONGEST_ANNOTATION)
      return index === 0 ? rest.trim() : `${text}${rest}`;
    text = longer;
  }
  return text;
}
