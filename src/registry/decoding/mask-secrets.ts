// SPDX-License-Identifier: Apache-2.0
// Puts `***` where a secret stands, in what is saved of a registry: a dump is sent by mail and attached to issues. What a
// decoder would have dropped as a secret, it drops of the masked form too, and so reports the same.
import type { IsSecret } from './secrets.ts';

const MASK = '***';
/** A value that is a secret by its look, under any key. The whole value goes: where a password ends cannot be told. */
const MASKED_URL = `${MASK}://${MASK}:${MASK}@${MASK}`;

/** Is told the key of each value that is masked. */
export type OnMasked = (key: string) => void;

export interface Masking {
  readonly isSecret: IsSecret;
  readonly onMasked: OnMasked;
}

/** Deeper than any registry's documents. What lies deeper is masked unseen. */
const DEEPEST = 64;

export function maskText(key: string, text: string, { isSecret, onMasked }: Masking): string {
  if (!isSecret(key, text)) return text;
  onMasked(key);
  return isSecret(key, MASK) ? MASK : MASKED_URL;
}

/**
 * A JSON value, or one made of Maps, with every secret masked: texts, numbers and flags by the key that they stand under (that of
 * their list, within a list), and all that lies below a secret key. Texts that are JSON themselves are looked into.
 */
export function maskSecrets(value: unknown, masking: Masking, key = ''): unknown {
  return maskAt(value, masking, { key, isHidden: key !== '' && masking.isSecret(key, ''), depth: 0 });
}

interface Place {
  readonly key: string;
  /** A key above is a secret, or it lies too deep to be looked at. */
  readonly isHidden: boolean;
  readonly depth: number;
}

function maskAt(value: unknown, masking: Masking, place: Place): unknown {
  if (value === null || value === undefined) return value;
  if (typeof value !== 'object') return maskScalar(value, masking, place);
  if (place.depth >= DEEPEST) return hide(place.key, masking);
  const below = (item: unknown, key: string): unknown => {
    const isHidden = place.isHidden || masking.isSecret(key, '');
    return maskAt(item, masking, { key, isHidden, depth: place.depth + 1 });
  };
  if (Array.isArray(value)) return value.map((item) => below(item, place.key));
  if (value instanceof Map) return new Map([...value].map(([key, item]) => maskEntry(key, item, place.key, below)));
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, below(item, key)]));
}

/** Keys of a YAML map may be maps themselves. */
function maskEntry(
  key: unknown,
  item: unknown,
  outerKey: string,
  below: (item: unknown, key: string) => unknown,
): readonly [unknown, unknown] {
  return typeof key === 'string' ? [key, below(item, key)] : [below(key, outerKey), below(item, outerKey)];
}

function maskScalar(value: unknown, masking: Masking, { key, isHidden, depth }: Place): unknown {
  if (isHidden) return hide(key, masking);
  const text = String(value);
  const masked = maskText(key, text, masking);
  if (masked !== text) return masked;
  return typeof value === 'string' ? maskJsonText(value, masking, { key, isHidden, depth }) : value;
}

/** Whether a value is JSON with a secret in it, masked or not: nobody could drop that alone, so the value goes as a whole. */
export function holdsSecret(text: string, isSecret: IsSecret): boolean {
  let isFound = false;
  const onMasked = (): void => {
    isFound = true;
  };
  maskJsonText(text, { isSecret, onMasked }, { key: '', isHidden: false, depth: 0 });
  return isFound;
}

/** The text itself unless something in it had to be masked. */
function maskJsonText(text: string, { isSecret, onMasked }: Masking, place: Place): string {
  if (!/^\s*[[{]/.test(text)) return text;
  let isMasked = false;
  const noticing: OnMasked = (key) => {
    isMasked = true;
    onMasked(key);
  };
  try {
    const masked = maskAt(JSON.parse(text), { isSecret, onMasked: noticing }, place);
    return isMasked ? JSON.stringify(masked) : text;
  } catch {
    return text;
  }
}

function hide(key: string, { onMasked }: Masking): string {
  onMasked(key);
  return MASK;
}
