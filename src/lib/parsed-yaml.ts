// SPDX-License-Identifier: Apache-2.0
// YAML of strangers, whose shape nobody has checked.
import { parse } from 'yaml';

/**
 * undefined where it is no YAML, or where more than `maxAliasCount` nodes are repeated by aliases (few of them can stand for
 * millions); never throws.
 */
export function parsedYaml(text: string, maxAliasCount: number): unknown {
  try {
    return parse(text, { maxAliasCount, logLevel: 'error' });
  } catch {
    return undefined;
  }
}
