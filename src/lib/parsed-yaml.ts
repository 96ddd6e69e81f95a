// SPDX-License-Identifier: Apache-2.0
// YAML of strangers, whose shape nobody has checked.
import { parseDocument } from 'yaml';
import { isNestedTooDeeply } from './yaml-nesting.ts';
import { yamlRefusal } from './yaml-refusal.ts';

/**
 * undefined where it is no YAML or nested absurdly, or where more than `maxAliasCount` nodes are repeated by aliases (few of them can stand for
 * millions); never throws.
 */
export function parsedYaml(text: string, maxAliasCount: number): unknown {
  if (isNestedTooDeeply(text)) return undefined;
  try {
    const document = parseDocument(text, { logLevel: 'error', uniqueKeys: false, resolveKnownTags: false });
    if (document.errors.length > 0 || yamlRefusal(document.contents) !== undefined) return undefined;
    return document.toJS({ maxAliasCount });
  } catch {
    return undefined;
  }
}
