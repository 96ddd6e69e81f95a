// SPDX-License-Identifier: Apache-2.0
// Which registries there are and of which kind: it must be known before anything else can be read, because the kind
// decides which keys an entry has. A registry is named by the file, or by setting its `kind` in the environment or by flag.

import { nearest } from '../lib/nearest.ts';
import { printable } from '../lib/printable.ts';
import type { ConfigDocument } from './document.ts';
import { envName } from './field-tree.ts';
import { alternatives } from './format.ts';
import type { ConfigProblem, Origin } from './problem.ts';
import { isRegistryKind, REGISTRY_SCHEMAS, type RegistryKindName } from './registry-schema.ts';
import { registryOfPath, registryOfVariable } from './text-layers.ts';

export interface RegistryKinds {
  readonly kinds: ReadonlyMap<string, RegistryKindName>;
  /** Names whose entry cannot be read further; `problems` says why. */
  readonly skipped: ReadonlySet<string>;
  readonly problems: readonly ConfigProblem[];
}

export interface KindSources {
  readonly filePath: string;
  readonly document: ConfigDocument | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly flags: Readonly<Record<string, string>>;
}

/** Far above any team's. A limit, because checking the keys of all costs the square of how many they are. */
const MOST_REGISTRIES = 100;

const NAME = /^[a-z0-9]{1,15}$/;
const NAME_RULE = 'is not a registry name: 1 to 15 lower-case letters and digits, never changed later';

export function readRegistryKinds(sources: KindSources): RegistryKinds {
  const kinds = new Map<string, RegistryKindName>();
  const skipped = new Set<string>();
  const problems: ConfigProblem[] = [];
  const names = [...registryNames(sources)];
  for (const name of names.slice(0, MOST_REGISTRIES)) {
    const found = kindOf(name, sources);
    const problem = nameProblem(name, found.origin) ?? kindProblem(name, found);
    if (problem === undefined && isRegistryKind(found.kind)) kinds.set(name, found.kind);
    else skipped.add(name);
    if (problem !== undefined) problems.push(problem);
  }
  const beyond = names.slice(MOST_REGISTRIES);
  for (const name of beyond) skipped.add(name);
  if (beyond.length > 0) problems.push(tooMany(sources));
  return { kinds, skipped, problems };
}

function registryNames({ document, env, flags }: KindSources): ReadonlySet<string> {
  const inEnv = Object.keys(env)
    .filter((name) => env[name] !== undefined)
    .flatMap((name) => registryOfVariable(name) ?? [])
    .filter((name) => env[envName(`registries.${name}.kind`)] !== undefined);
  const inFlags = Object.keys(flags)
    .flatMap((path) => registryOfPath(path) ?? [])
    .filter((name) => Object.hasOwn(flags, `registries.${name}.kind`));
  return new Set([...registriesOf(document).keys()].map(String).concat(inEnv, inFlags));
}

function tooMany({ filePath, document }: KindSources): ConfigProblem {
  const origin: Origin = { kind: 'file', path: filePath, line: document?.lineOf(['registries']) };
  const rule = `must hold at most ${MOST_REGISTRIES} registries`;
  return { code: 'RULE_BROKEN', key: 'registries', value: undefined, rule, origin, nearest: undefined };
}

interface FoundKind {
  readonly kind: unknown;
  readonly origin: Origin;
}

/** By precedence: flag, environment, file. */
function kindOf(name: string, { filePath, document, env, flags }: KindSources): FoundKind {
  const path = `registries.${name}.kind`;
  if (Object.hasOwn(flags, path)) return { kind: flags[path], origin: { kind: 'flag', name: `--${printable(path)}` } };
  const variable = envName(path);
  if (env[variable] !== undefined) return { kind: env[variable], origin: { kind: 'env', name: variable } };
  const entry = registriesOf(document).get(name);
  const at = entry instanceof Map && entry.has('kind') ? ['registries', name, 'kind'] : ['registries', name];
  const origin: Origin = { kind: 'file', path: filePath, line: document?.lineOf(at) };
  return { kind: entry instanceof Map ? entry.get('kind') : undefined, origin };
}

function nameProblem(name: string, origin: Origin): ConfigProblem | undefined {
  // `constructor` fits the pattern, and every plain object has it already: convict would write into Object itself.
  if (NAME.test(name) && !(name in {})) return undefined;
  const lower = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, '')
    .slice(0, 15);
  const key = `registries.${printable(name)}`;
  const near = lower !== name && NAME.test(lower) ? lower : undefined;
  return { code: 'UNKNOWN_KEY', key, value: undefined, rule: NAME_RULE, origin, nearest: near };
}

function kindProblem(name: string, { kind, origin }: FoundKind): ConfigProblem | undefined {
  if (isRegistryKind(kind)) return undefined;
  const names = Object.keys(REGISTRY_SCHEMAS);
  const rule = `must be ${alternatives(names)}`;
  const about = { key: `registries.${name}.kind`, rule, origin };
  if (typeof kind !== 'string' || kind === '')
    return { code: 'MISSING_VALUE', ...about, value: undefined, nearest: undefined };
  return { code: 'WRONG_VALUE', ...about, value: printable(kind.slice(0, 40)), nearest: nearest(kind, names) };
}

/** The entries of `registries` in the file; empty where the file has none or something else there. */
function registriesOf(document: ConfigDocument | undefined): ReadonlyMap<unknown, unknown> {
  const content = document?.content;
  const registries: unknown = content instanceof Map ? content.get('registries') : undefined;
  return registries instanceof Map ? registries : new Map();
}
