// SPDX-License-Identifier: Apache-2.0
// The alphabets and lengths of names, as Istio checks them (its config/validation and config/labels packages, August 2026;
// unchanged in substance since 1.5) and, where Istio is laxer, as Kubernetes does. IP addresses are in lib/ip.ts.
// Every function judges one text, in linear time, and never throws. All that they accept is ASCII.

const LONGEST_LABEL = 63;
const LONGEST_HOST = 255;
const LONGEST_SUBDOMAIN = 253;

const LABEL = /^[A-Za-z0-9](?:[-A-Za-z0-9]*[A-Za-z0-9])?$/;
const LOWERCASE_LABEL = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/;
const QUALIFIED_NAME = /^[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?$/;
const DIGITS = /^[0-9]+$/;

/** Istio's DNS-1123 label: 1–63 letters (of either case), digits and inner hyphens. */
export function isDns1123Label(text: string): boolean {
  return text.length <= LONGEST_LABEL && LABEL.test(text);
}

/** Istio's first label of a host: `*`, or a DNS-1123 label that may have `*` or `*-` in front; 63 characters in all. */
export function isWildcardDns1123Label(text: string): boolean {
  if (text.length > LONGEST_LABEL) return false;
  return text === '*' || LABEL.test(text.replace(/^\*-?/, ''));
}

/** Kubernetes' DNS-1123 label (namespaces): 1–63 lower-case letters, digits and inner hyphens. */
export function isKubernetesLabel(text: string): boolean {
  return text.length <= LONGEST_LABEL && LOWERCASE_LABEL.test(text);
}

/** Kubernetes' DNS-1123 subdomain (object names, prefixes of label keys): lower-case labels joined by dots, 1–253 in all. */
export function isDns1123Subdomain(text: string): boolean {
  return text.length <= LONGEST_SUBDOMAIN && text.split('.').every((label) => LOWERCASE_LABEL.test(label));
}

/**
 * Istio's fully qualified domain name: at most 255 characters; labels by `isDns1123Label`; the last one is no number; one
 * dot may follow. So no IP address is a host, but `1.2.3.4.` with its dot is one, and so is a last label of 20 digits
 * (the number is compared in 64 bits). No dot is required.
 */
export function isHost(text: string): boolean {
  return text !== '' && text.length <= LONGEST_HOST && areHostLabels(text);
}

/** Istio's host of a ServiceEntry: as `isHost`, but the first label may have a wildcard, and a lone label may be a number. */
export function isWildcardHost(text: string): boolean {
  if (text === '' || text.length > LONGEST_HOST) return false;
  const dot = text.indexOf('.');
  if (dot < 0) return isWildcardDns1123Label(text);
  return isWildcardDns1123Label(text.slice(0, dot)) && areHostLabels(text.slice(dot + 1));
}

/** Istio's port name: a DNS-1123 label. */
export function isPortName(text: string): boolean {
  return isDns1123Label(text);
}

/**
 * Istio's label key: `name` or `prefix/name`; the name is 1–63 letters, digits and inner `-_.`, the prefix up to 253
 * characters of DNS labels of any length and case.
 */
export function isLabelKey(text: string): boolean {
  const [prefix, name] = splitLabelKey(text);
  if (name.length > LONGEST_LABEL || !QUALIFIED_NAME.test(name)) return false;
  return (
    prefix === undefined ||
    (prefix.length <= LONGEST_SUBDOMAIN && prefix.split('.').every((label) => LABEL.test(label)))
  );
}

/** Istio's label value: empty, or letters, digits and inner `-_.`, of any length. */
export function isLabelValue(text: string): boolean {
  return text === '' || QUALIFIED_NAME.test(text);
}

/** Kubernetes' label key: as Istio's, and the prefix is a DNS-1123 subdomain (lower case). */
export function isKubernetesLabelKey(text: string): boolean {
  const [prefix] = splitLabelKey(text);
  return isLabelKey(text) && (prefix === undefined || isDns1123Subdomain(prefix));
}

/** Kubernetes' label value: as Istio's, and at most 63 characters. */
export function isKubernetesLabelValue(text: string): boolean {
  return text.length <= LONGEST_LABEL && isLabelValue(text);
}

/** The part before the first slash (undefined without one) and the rest. A second slash stays in the name, where it is refused. */
export function splitLabelKey(key: string): readonly [prefix: string | undefined, name: string] {
  const slash = key.indexOf('/');
  return slash < 0 ? [undefined, key] : [key.slice(0, slash), key.slice(slash + 1)];
}

/**
 * Whether a text can be sent at all: protobuf strings are Unicode, and istiod drops a whole resource over half a surrogate
 * pair (which JSON can spell) anywhere in it.
 */
export function isWellFormed(text: string): boolean {
  return !/\p{Surrogate}/u.test(text);
}

function areHostLabels(text: string): boolean {
  const labels = text.split('.');
  const last = labels.at(-1) ?? '';
  if (isInt64(last)) return false;
  const named = last === '' ? labels.slice(0, -1) : labels;
  return named.every(isDns1123Label);
}

/** Digits that fit into 64 signed bits: Istio asks Go's strconv.Atoi whether a last label is a number. */
function isInt64(text: string): boolean {
  return DIGITS.test(text) && text.length <= LONGEST_HOST && BigInt(text) < 2n ** 63n;
}
