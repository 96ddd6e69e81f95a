// SPDX-License-Identifier: Apache-2.0
// Which part of a registry belongs to this bridge. All conditions of a rule must hold (AND); one rule of `include` is
// enough (OR); `exclude` decides first. No `include` rule at all = everything that is not excluded.

export interface ScopeOptions {
  readonly include: readonly ScopeRule[];
  readonly exclude: readonly ScopeRule[];
}

export interface ScopeRule {
  /** Attribute name (`app`, `vip`, `group`, ...) → exact names or globs, compared without regard to case. */
  readonly attributes: Readonly<Record<string, readonly string[]>>;
  /** Metadata key → allowed values, compared exactly. */
  readonly metadata: Readonly<Record<string, readonly string[]>>;
}
