// SPDX-License-Identifier: Apache-2.0
// Makes a DNS name of any text, of that text alone: no other name is looked at, so no arrival renames anything.
// The result is a public contract: a name that is made here today is made so in every later release.
import { createHash } from 'node:crypto';

export interface DnsName {
  /** Lower-case labels of at most `limits.label` characters, joined by single dots, at most `limits.total` in all. */
  readonly text: string;
  /** The same with the hash of the raw name behind it, whether it was needed or not. */
  readonly hashed: string;
  /** How many characters differ from the raw name: the fewer, the better the claim to `text`. */
  readonly edits: number;
  /** Something else than upper case was changed. */
  readonly isRewritten: boolean;
}

export interface NameLimits {
  readonly label: number;
  readonly total: number;
}

/** A longer raw name is cut anyway; it is not looked at beyond this, so that a name of megabytes costs no more. */
const LONGEST_LOOK = 1024;
const NAMELESS = 'service';

/**
 * Lower case; what is not a letter, digit, hyphen or dot becomes a hyphen; dots stay label borders, empty labels and hyphens
 * at the ends of labels go. Dotted names that end in a number (`10.0.0.1`, `orders.2`) become one label, because no host
 * may end in a number. The first 8 hex digits of the raw name's SHA-256 follow where something was lost: a name that
 * was cut, that held characters outside ASCII, or of which nothing was left (`service-1a2b3c4d`).
 */
export function dnsName(raw: string, limits: NameLimits): DnsName {
  const seen = raw.slice(0, LONGEST_LOOK);
  const labels = dnsLabels(seen.replace(/[A-Z]/g, (letter) => letter.toLowerCase()));
  const plain = labels.join('.');
  const isLossy =
    plain === '' ||
    raw.length > LONGEST_LOOK ||
    plain.length > limits.total ||
    labels.some((label) => label.length > limits.label) ||
    /[\u0080-\uffff]/.test(seen);
  const hashed = withHash(plain === '' ? [NAMELESS] : labels, raw, limits);
  const text = isLossy ? hashed : plain;
  return { text, hashed, edits: editsBetween(raw, text), isRewritten: text !== raw.toLowerCase() };
}

/** The first 8 hex digits of SHA-256 over the text in UTF-8. */
export function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 8);
}

function dnsLabels(folded: string): readonly string[] {
  const labels = folded
    .replace(/[^a-z0-9.]/g, '-')
    .split('.')
    .map((label) => trimHyphens(label))
    .filter((label) => label !== '');
  return isNumber(labels.at(-1) ?? '') && labels.length > 1 ? [labels.join('-')] : labels;
}

function withHash(labels: readonly string[], raw: string, limits: NameLimits): string {
  const suffix = `-${shortHash(raw)}`;
  const fitting = labels.map((label) => trimHyphens(label.slice(0, limits.label))).join('.');
  const cut = trimEnd(fitting.slice(0, Math.max(0, limits.total - suffix.length)));
  const lastStart = cut.lastIndexOf('.') + 1;
  const last = cut.slice(lastStart, lastStart + Math.max(0, limits.label - suffix.length));
  return `${cut.slice(0, lastStart)}${trimEnd(last)}${suffix}`;
}

/** Places where the two differ, and the difference in length: no edit distance, but enough to compare claims by. */
function editsBetween(raw: string, text: string): number {
  let edits = Math.abs(raw.length - text.length);
  for (let index = 0; index < Math.min(raw.length, text.length); index++) if (raw[index] !== text[index]) edits++;
  return edits;
}

function isNumber(label: string): boolean {
  return /^[0-9]+$/.test(label);
}

function trimHyphens(label: string): string {
  return trimEnd(label.replace(/^-+/, ''));
}

/** Written as a loop: an expression for "hyphens at the end" tries every run of hyphens in between. */
function trimEnd(text: string): string {
  let end = text.length;
  while (end > 0 && (text[end - 1] === '-' || text[end - 1] === '.')) end--;
  return text.slice(0, end);
}
