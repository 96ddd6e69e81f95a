// SPDX-License-Identifier: Apache-2.0
// Names: Kubernetes and DNS names, hosts, host suffixes, globs, the host template. Upper case is refused where hosts and
// namespaces are written by an operator: published hosts are lower case, so an upper-case suffix would never match one.
import { isIp } from '../lib/ip.ts';
import { type Format, listOf, refused, textFormat, value } from './format.ts';
import { list } from './plain-formats.ts';

const LABEL = '[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?';
const ONE_LABEL = new RegExp(`^${LABEL}$`);
const DOTTED = `${LABEL}(?:\\.${LABEL})*`;
const LONGEST_NAME = 253;
const PLACEHOLDERS = ['{service}', '{namespace}', '{registry}', '{instance}'];
const LONGEST_GLOB = 256;

/** A namespace: lower-case DNS label, at most 63 characters. */
export const dnsLabel = textFormat(
  'a DNS label (lower-case letters, digits and inner hyphens, at most 63), such as `payments`',
  { pattern: ONE_LABEL.source },
  (text) => (ONE_LABEL.test(text) ? text : undefined),
);

/** The bridge's own name. No dot, because it is the part before the first dot of every resource name. */
export const instanceName = textFormat(
  'lower-case letters, digits and inner hyphens, at most 30 and without a dot, such as `bridge-1`',
  { pattern: '^[a-z0-9](?:[-a-z0-9]{0,28}[a-z0-9])?$' },
  (text) => (text.length <= 30 && ONE_LABEL.test(text) ? text : undefined),
);

/** Prefix of label keys. */
export const dnsSubdomain = textFormat(
  'a DNS name in lower case, such as `footbridge.io`',
  { pattern: `^${DOTTED}$`, maxLength: LONGEST_NAME },
  (text) => (isDnsName(text) ? text : undefined),
);

/** Where we listen: an IP address, or a name. */
export const host = textFormat('an IP address or a host name, without a port', { minLength: 1 }, (text) => {
  if (isIp(text) && !text.includes('%')) return text;
  const bracketed = /^\[(.+)\]$/.exec(text)?.[1];
  if (bracketed !== undefined) return refused('must be an IP address without brackets', bracketed);
  return isHostName(text) ? text : undefined;
});

/** A host as ServiceEntries have it: lower-case labels with at least one dot, not an IP address. */
export const publishedHost = textFormat(
  'a host with at least one dot, in lower case, such as `orders.example.com`',
  { pattern: `^${LABEL}(?:\\.${LABEL})+$`, maxLength: LONGEST_NAME },
  (text) => (isHostName(text) && text.includes('.') ? text : lowered(text, 'must be a host with at least one dot')),
);

/** `.suffix`, or an exact host. */
const hostSuffix = textFormat(
  'a host suffix such as `.payments.legacy`, or an exact host with a dot',
  { pattern: `^\\.?${DOTTED}$`, maxLength: LONGEST_NAME + 1 },
  (text) => {
    if (text.startsWith('*.')) return refused('must be written without `*`', text.slice(1));
    const name = text.startsWith('.') ? text.slice(1) : text;
    if (!isHostName(name)) return lowered(text, 'must be a host suffix such as `.payments.legacy`');
    if (name === text && !text.includes('.')) return refused('must begin with a dot to be a suffix', `.${text}`);
    return text;
  },
);

export const hostSuffixList = listOf('host suffixes', hostSuffix);

/** `*`, `?`, `[a-z]`, `{a,b}`; extended globs are refused because matching them can take for ever. */
export const glob = textFormat('a name or a glob', { minLength: 1, maxLength: LONGEST_GLOB }, (text) => {
  if (text === '' || text.length > LONGEST_GLOB || text !== text.trim()) return undefined;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: keeping control characters out is the point
  if (/[\u0000-\u001f\u007f]/.test(text)) return undefined;
  if (/[?*+@!]\(/.test(text))
    return refused('must not use extended globs such as `+(a)`; use `*`, `?`, `[a-z]` or `{a,b}`');
  return text;
});

export const globList = listOf('names or globs', glob);

/** The template that every host is made with. */
export const hostTemplate = textFormat(
  `a template such as \`{service}.{namespace}.{registry}\``,
  { pattern: '\\{service\\}', maxLength: LONGEST_NAME },
  (template) => {
    for (const [placeholder] of template.matchAll(/\{[^{}]*\}/g)) {
      if (!PLACEHOLDERS.includes(placeholder))
        return refused(`may only use the placeholders ${PLACEHOLDERS.join(', ')}`);
    }
    if (!template.includes('{service}')) return refused('must contain `{service}`');
    const example = template.replaceAll(/\{[^{}]*\}/g, 'a');
    if (!example.includes('.')) return refused('must have at least one dot', `${template}.internal`);
    return isHostName(example) ? template : lowered(template, 'must give valid host names');
  },
);

/** `.`, `*` or namespaces; sorted and without duplicates, because the bytes of an entry must not depend on the order. */
export const exportTo: Format<readonly string[]> = {
  ...list,
  says: 'a list of `.` (own namespace), `*` (everywhere) or namespaces',
  schema: { type: 'array', items: { type: 'string', pattern: `^(?:\\.|\\*|${LABEL})$` } },
  read(written) {
    const reading = list.read(written);
    if (reading.kind === 'refused') return reading;
    const isGood = reading.value.every((item) => item === '.' || item === '*' || ONE_LABEL.test(item));
    if (!isGood) return refused('must be a list of `.` (own namespace), `*` (everywhere) or namespaces');
    return value([...new Set(reading.value)].sort());
  },
};

function isDnsName(text: string): boolean {
  return text.length <= LONGEST_NAME && text.split('.').every((label) => ONE_LABEL.test(label));
}

/** A DNS name whose last label is no number: otherwise it would be read as an address. */
function isHostName(text: string): boolean {
  return isDnsName(text) && !/(?:^|\.)\d+$/.test(text);
}

function lowered(text: string, rule: string) {
  const lower = text.toLowerCase().replaceAll('_', '-');
  return lower !== text && isHostName(lower.replace(/^\./, '').replaceAll(/\{[^{}]*\}/g, 'a'))
    ? refused(`${rule}, in lower case and without \`_\``, lower)
    : refused(rule);
}
