// SPDX-License-Identifier: Apache-2.0
// Every configuration key is also a flag: `--serve.port 9902`, `--namespace=payments`. There are too many to declare one
// by one, and registries have names of the operator's choice, so they are taken out of the arguments before the command
// line is read. What remains belongs to the commands.
import { leavesOf } from '../config/field-tree.ts';
import { programFields } from '../config/schema.ts';

export interface SplitArguments {
  /** For the commands. */
  readonly rest: readonly string[];
  /** Key path → value, unchecked: the configuration judges keys and values alike. The last one of a key counts. */
  readonly flags: ReadonlyMap<string, string>;
  /** A configuration flag without a value. */
  readonly lacksValue: string | undefined;
}

/** Everything after `--` is left alone. */
export function splitConfigFlags(argv: readonly string[]): SplitArguments {
  const rest: string[] = [];
  const flags = new Map<string, string>();
  for (let index = 0; index < argv.length; index++) {
    const argument = argv[index] ?? '';
    if (argument === '--') return { rest: [...rest, ...argv.slice(index)], flags, lacksValue: undefined };
    const { key, value } = readFlag(argument);
    if (key === undefined) {
      rest.push(argument);
    } else if (value !== undefined) {
      flags.set(key, value);
    } else {
      const next = argv[++index];
      if (next === undefined || next.startsWith('--')) return { rest, flags, lacksValue: argument };
      flags.set(key, next);
    }
  }
  return { rest, flags, lacksValue: undefined };
}

const TOP_LEVEL_KEYS: ReadonlySet<string> = new Set(
  leavesOf(programFields)
    .map(({ path }) => path)
    .filter((path) => !path.includes('.')),
);

function readFlag(argument: string): { readonly key: string | undefined; readonly value: string | undefined } {
  const [, key, value] = /^--([A-Za-z][A-Za-z0-9.]*)(?:=(.*))?$/s.exec(argument) ?? [];
  const isConfig = key !== undefined && (key.includes('.') || TOP_LEVEL_KEYS.has(key));
  return { key: isConfig ? key : undefined, value };
}
