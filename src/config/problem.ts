// SPDX-License-Identifier: Apache-2.0
// What can be wrong with a configuration, as records: where it stands, what was written, which rule it breaks, what was
// probably meant. Values pass through `shown` on their way here, so that no secret reaches a terminal or a log.
import type { ConfigField } from '../lib/config-field.ts';
import { printable } from '../lib/printable.ts';
import { formatOf } from './formats.ts';

export type Origin =
  | { readonly kind: 'default' }
  /** Worked out of other keys. */
  | { readonly kind: 'derived'; readonly from: string }
  | { readonly kind: 'file'; readonly path: string; readonly line: number | undefined }
  | { readonly kind: 'env'; readonly name: string }
  | { readonly kind: 'flag'; readonly name: string };

export type ConfigProblemCode =
  | 'FILE_UNREADABLE'
  | 'FILE_BROKEN'
  | 'UNKNOWN_KEY'
  | 'UNKNOWN_VARIABLE'
  | 'UNKNOWN_FLAG'
  | 'WRONG_VALUE'
  | 'MISSING_VALUE'
  | 'SECRET_MISPLACED'
  | 'RULE_BROKEN';

export interface ConfigProblem {
  readonly code: ConfigProblemCode;
  /** Dotted path, or the name of the variable for UNKNOWN_VARIABLE; '' where it is about the whole file. */
  readonly key: string;
  /** What was written, masked where it is or may be a secret; undefined where nothing was, or where showing it is unsafe. */
  readonly value: string | undefined;
  /** Ends a sentence that begins with the key. */
  readonly rule: string;
  readonly origin: Origin;
  /** The nearest right key or value. */
  readonly nearest: string | undefined;
}

export const MASK = '***';
const LONGEST_SHOWN = 120;

/** `serve.port = 99999 must be ... (footbridge.yaml:12). Did you mean ...?` */
export function configProblemSentence(problem: ConfigProblem): string {
  const { key, value, rule, origin, nearest } = problem;
  const subject = key === '' ? 'The configuration' : value === undefined ? key : `${key} = ${value}`;
  const saysNothingNew = origin.kind === 'default' || (origin.kind === 'env' && origin.name === key);
  const place = saysNothingNew ? '' : ` (${originText(origin)})`;
  const hint = nearest === undefined ? '' : ` Did you mean \`${nearest}\`?`;
  return `${subject} ${rule}${place}.${hint}`;
}

export function originText(origin: Origin): string {
  switch (origin.kind) {
    case 'default':
      return 'default';
    case 'derived':
      return `derived from ${origin.from}`;
    case 'file':
      return origin.line === undefined ? origin.path : `${origin.path}:${origin.line}`;
    case 'env':
      return `environment ${origin.name}`;
    case 'flag':
      return `flag ${origin.name}`;
  }
}

/** A written value as it may be shown: secrets masked, one line, not too long. */
export function shown(written: unknown, field: ConfigField): string {
  if (field.sensitive === true) return MASK;
  const text = typeof written === 'string' ? written : JSON.stringify(plain(written));
  if (formatOf(field).hides?.(text) === true) return MASK;
  return printable(text === '' ? "''" : text, LONGEST_SHOWN);
}

/** A document value with Maps as objects, for JSON. */
export function plain(written: unknown): unknown {
  if (Array.isArray(written)) return written.map(plain);
  if (!(written instanceof Map)) return written ?? null;
  return Object.fromEntries([...written].map(([key, entry]) => [String(key), plain(entry)]));
}
