// SPDX-License-Identifier: Apache-2.0
// What the environment and the flags say. Both are texts by key; a format turns a text into the value that a file would
// hold. A variable that begins with our prefix and means nothing is an error, except those that Kubernetes itself sets for
// Services whose names begin with "footbridge".

import { nearest } from '../lib/nearest.ts';
import { printable } from '../lib/printable.ts';
import { ENV_PREFIX } from './field-tree.ts';
import { nearestKey } from './file-layer.ts';
import { formatOf } from './formats.ts';
import type { KnownKeys, Layer, Written } from './layer.ts';
import { type ConfigProblem, MASK, type Origin } from './problem.ts';

const URL_VALUE = /^(?:tcp|udp|sctp):\/\/\S+:\d+$/;
const ADDRESS_VALUE = /^[0-9a-fA-F.:]+$/;
const NUMBER_VALUE = /^\d+$/;

/** Names and values of the variables that the kubelet sets for each Service (`enableServiceLinks`), by the end of the name. */
const SERVICE_LINKS: readonly (readonly [RegExp, RegExp])[] = [
  [/_SERVICE_HOST$/, ADDRESS_VALUE],
  [/_SERVICE_PORT(?:_[A-Z0-9_]+)?$/, NUMBER_VALUE],
  [/_PORT$/, URL_VALUE],
  [/_PORT_\d+_(?:TCP|UDP|SCTP)$/, URL_VALUE],
  [/_PORT_\d+_(?:TCP|UDP|SCTP)_PROTO$/, /^(?:tcp|udp|sctp)$/],
  [/_PORT_\d+_(?:TCP|UDP|SCTP)_PORT$/, NUMBER_VALUE],
  [/_PORT_\d+_(?:TCP|UDP|SCTP)_ADDR$/, ADDRESS_VALUE],
];

/** Whether Kubernetes set this variable for a Service. Name and value must both fit, so that a misspelled key does not hide. */
function isServiceLink(name: string, value: string): boolean {
  return SERVICE_LINKS.some(([end, form]) => end.test(name) && form.test(value));
}

export function readEnvLayer(env: Readonly<Record<string, string | undefined>>, known: KnownKeys): Layer {
  const written: Written[] = [];
  const problems: ConfigProblem[] = [];
  for (const [name, text] of Object.entries(env)) {
    if (text === undefined || !name.startsWith(ENV_PREFIX) || isServiceLink(name, text)) continue;
    const leaf = known.byEnv.get(name);
    const origin: Origin = { kind: 'env', name: printable(name) };
    if (leaf !== undefined) {
      written.push({ leaf, value: formatOf(leaf.field).fromText(text), origin });
    } else if (!known.skipped.has(registryOfVariable(name) ?? '')) {
      const near = nearest(name, known.byEnv.keys());
      const rule = `means nothing to Footbridge, and every variable that begins with ${ENV_PREFIX} must`;
      problems.push({ code: 'UNKNOWN_VARIABLE', key: printable(name), value: undefined, rule, origin, nearest: near });
    }
  }
  return { written, problems };
}

/** Flags by dotted key, as the command line hands them over. */
export function readFlagLayer(flags: Readonly<Record<string, string>>, known: KnownKeys): Layer {
  const written: Written[] = [];
  const problems: ConfigProblem[] = [];
  for (const [path, text] of Object.entries(flags)) {
    const leaf = known.byPath.get(path);
    const origin: Origin = { kind: 'flag', name: `--${printable(path)}` };
    const about = { key: printable(path), origin };
    if (leaf === undefined) {
      if (known.skipped.has(registryOfPath(path) ?? '')) continue;
      const near = nearestKey(path, known);
      problems.push({ code: 'UNKNOWN_FLAG', ...about, value: undefined, rule: 'is not a key', nearest: near });
    } else if (leaf.field.sensitive === true) {
      const rule = `is a secret and must not be a flag, which every process can read: set ${leaf.env}`;
      problems.push({ code: 'SECRET_MISPLACED', ...about, value: MASK, rule, nearest: undefined });
    } else {
      written.push({ leaf, value: formatOf(leaf.field).fromText(text), origin });
    }
  }
  return { written, problems };
}

/** `FOOTBRIDGE_REGISTRIES_LEGACY_KIND` → `legacy`. Registry names hold no `_`, so the name ends at the first one. */
export function registryOfVariable(name: string): string | undefined {
  return new RegExp(`^${ENV_PREFIX}REGISTRIES_([A-Z0-9]+)_`).exec(name)?.[1]?.toLowerCase();
}

/** `registries.legacy.kind` → `legacy`. */
export function registryOfPath(path: string): string | undefined {
  return /^registries\.([^.]+)\./.exec(path)?.[1];
}
