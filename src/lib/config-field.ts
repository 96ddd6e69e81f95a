// SPDX-License-Identifier: Apache-2.0
// How a configuration key is declared. config/schema.ts holds the program's keys; every registry kind declares its own
// beside its code, and this shape is what the two share. Format names are those of config/formats.ts.

export interface ConfigField {
  /** Sentences for docs/configuration.md: what it is for, unit, when to change it. */
  readonly doc: string;
  readonly format: string | readonly string[];
  readonly default: unknown;
  /** Masked in every output. Never settable by flag. */
  readonly sensitive?: boolean;
  /** `live`: a reload applies it. `restart` (default): a reload that changes it is refused with a sentence. */
  readonly reload?: 'live' | 'restart';
  /** There is no default: a configuration that does not set it is refused. */
  readonly required?: true;
  /** For the format `scope-rules` alone: attribute names that a rule may ask about. */
  readonly attributes?: readonly string[];
}

export type ConfigFields = { readonly [key: string]: ConfigField | ConfigFields };
