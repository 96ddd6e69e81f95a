// SPDX-License-Identifier: Apache-2.0
// What Spring applications tell in metadata, whatever registry they use. Conventions differ between starters and releases, so
// each fact is looked for under several keys.

import { type JsonObject, textOf } from '../../lib/json-value.ts';
import type { ProblemCode } from '../../model/problem.ts';
import { holdsSecret } from './mask-secrets.ts';
import type { IsSecret } from './secrets.ts';

/** Says that something was found; whoever translates the instance fills in which one it is. */
export type Report = (code: ProblemCode, value: string) => void;

export interface Metadata {
  readonly metadata: ReadonlyMap<string, string>;
  /** Keys, never values. */
  readonly droppedSecrets: readonly string[];
}

/** Scalars as text; lists, objects and null are no metadata. Secrets end here. */
export function readMetadata(raw: JsonObject, isSecret: IsSecret): Metadata {
  const metadata = new Map<string, string>();
  const droppedSecrets: string[] = [];
  for (const [key, value] of Object.entries(raw)) {
    if (isTypeMark(key, value)) continue;
    const text = typeof value === 'string' ? value : textOf(value);
    if (text === undefined) continue;
    if (isSecret(key, text) || holdsSecret(text, isSecret)) droppedSecrets.push(key);
    else metadata.set(key, text);
  }
  return { metadata, droppedSecrets };
}

/** Serialisers of Java name the class of a map (`@class`; `class` where it comes from XML). */
function isTypeMark(key: string, value: unknown): boolean {
  return key === '@class' || (key === 'class' && typeof value === 'string' && value.startsWith('java.'));
}

/** The trimmed value of the first of `keys` that has one. */
export function firstOf(metadata: ReadonlyMap<string, string>, keys: readonly string[]): string | undefined {
  for (const key of keys) {
    const text = metadata.get(key)?.trim();
    if (text !== undefined && text !== '') return text;
  }
  return undefined;
}

const DECIMAL = /^-?[0-9]{1,15}(?:\.[0-9]{1,15})?$/;

/** Any decimal number; conversion judges whether it is a weight. */
export function weightOf(
  metadata: ReadonlyMap<string, string>,
  keys: readonly string[],
  report: Report,
): number | undefined {
  const text = firstOf(metadata, keys);
  if (text === undefined) return undefined;
  if (DECIMAL.test(text)) return Number(text);
  report('WEIGHT_INVALID', text);
  return undefined;
}

/** Amazon names a zone by its region and a letter: `us-east-1c`. */
const AMAZON_ZONE = /^[a-z]{2,}(?:-[a-z]{1,20}){1,4}-[0-9]{1,3}[a-z]$/;

/** `region/zone`. `region` is the configured one; without it that of an Amazon zone, else the zone stands alone. */
export function localityOf(zone: string | undefined, region: string | undefined): string | undefined {
  if (zone === undefined) return undefined;
  const known = region ?? (AMAZON_ZONE.test(zone) ? zone.slice(0, -1) : undefined);
  return known === undefined ? zone : `${known}/${zone}`;
}
