// SPDX-License-Identifier: Apache-2.0
// What one source (file, environment, flags) says, key by key, before layers are put on each other. Reading a layer only
// finds out which keys are meant; whether the values are right is judged in load.ts, for every layer alike.
import type { ConfigFields } from '../lib/config-field.ts';
import { type Leaf, leavesOf } from './field-tree.ts';
import type { ConfigProblem, Origin } from './problem.ts';

/** One key as one source gives it. `value` is a document value, also where a text was read. */
export interface Written {
  readonly leaf: Leaf;
  readonly value: unknown;
  readonly origin: Origin;
}

export interface Layer {
  readonly written: readonly Written[];
  readonly problems: readonly ConfigProblem[];
}

/** The declared keys, as every layer looks them up. */
export interface KnownKeys {
  readonly tree: ConfigFields;
  readonly leaves: readonly Leaf[];
  readonly byPath: ReadonlyMap<string, Leaf>;
  readonly byEnv: ReadonlyMap<string, Leaf>;
  /** Registries that are already complained about: what else is said of them is passed over. */
  readonly skipped: ReadonlySet<string>;
}

export function knownKeys(tree: ConfigFields, skipped: ReadonlySet<string>): KnownKeys {
  const leaves = leavesOf(tree);
  const byPath = new Map(leaves.map((leaf) => [leaf.path, leaf]));
  const byEnv = new Map(leaves.map((leaf) => [leaf.env, leaf]));
  return { tree, leaves, byPath, byEnv, skipped };
}
