// SPDX-License-Identifier: Apache-2.0
// Reading fields of a parsed document: each function takes what may be anything and gives a value or undefined.
import { holdsSecret } from '../decoding/mask-secrets.ts';
import type { IsSecret } from '../decoding/secrets.ts';
import type { DocumentValue } from '../decoding/yaml-document.ts';

export type FileRecord = ReadonlyMap<unknown, DocumentValue>;

export type ReportField = (code: 'FIELD_IGNORED' | 'METADATA_SECRET_DROPPED', text: string) => void;

/** Longer names, addresses and values are nobody's intention; they would end in logs, pages and hashes. */
const LONGEST_TEXT = 1024;

export function recordFrom(value: DocumentValue | undefined): FileRecord | undefined {
  return value instanceof Map ? value : undefined;
}

/** A text of 1 to 1024 characters. */
export function readText(value: DocumentValue | undefined): string | undefined {
  return typeof value === 'string' && value !== '' && value.length <= LONGEST_TEXT ? value : undefined;
}

/** A whole number without sign; its range is judged by conversion. */
export function readNumber(value: DocumentValue | undefined): number | undefined {
  return typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : undefined;
}

export function readFlag(value: DocumentValue | undefined): boolean | undefined {
  if (value === 'true') return true;
  return value === 'false' ? false : undefined;
}

/** Keys that nobody reads: most often a typing error, so each is reported. */
export function ignoredKeys(record: FileRecord, known: readonly string[]): string[] {
  const unknown = [...record.keys()].filter((key) => typeof key !== 'string' || !known.includes(key));
  return unknown.map((key) => (typeof key === 'string' ? key : 'that is no text'));
}

/** Metadata over what is `inherited`. Secrets and values that are no text are dropped and reported. */
export function readMetadata(
  value: DocumentValue | undefined,
  inherited: ReadonlyMap<string, string>,
  isSecret: IsSecret,
  report: ReportField,
): ReadonlyMap<string, string> {
  if (value === undefined || value === null) return inherited;
  const record = recordFrom(value);
  if (record === undefined) {
    report('FIELD_IGNORED', '`metadata` must be a map');
    return inherited;
  }
  const metadata = new Map(inherited);
  for (const [key, text] of record) {
    const isText = typeof text === 'string' && text.length <= LONGEST_TEXT;
    if (typeof key !== 'string') report('FIELD_IGNORED', 'a metadata key that is no text');
    else if (isSecret(key, isText ? text : '') || (isText && holdsSecret(text, isSecret)))
      report('METADATA_SECRET_DROPPED', key);
    else if (isText) metadata.set(key, text);
    else if (text !== null) report('FIELD_IGNORED', `metadata ${key} is no text of at most ${LONGEST_TEXT} characters`);
  }
  return metadata;
}
