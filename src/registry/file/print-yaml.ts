// SPDX-License-Identifier: Apache-2.0
// The way back of yaml-document.ts: a parsed document as text that parses to the same again.
import { stringify } from 'yaml';
import type { DocumentValue } from '../decoding/yaml-document.ts';

/** Scalars stay as they were typed, so `1.10` is neither rounded nor quoted. */
export function printYaml(value: DocumentValue): string {
  return stringify(value, { schema: 'failsafe', customTags: ['null'], lineWidth: 0 });
}
