// SPDX-License-Identifier: Apache-2.0
// A ServiceEntry as far as checks compare it: what a bridge serves, would publish, or istiod holds.

export interface EntrySeen {
  /** `namespace/name`. */
  readonly name: string;
  readonly version: string;
  readonly hosts: readonly string[];
}

/** The texts of a list whose form nobody has checked. */
export function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}
