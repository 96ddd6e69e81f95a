// SPDX-License-Identifier: Apache-2.0
// What identifies a service in Dubbo, an interface with its group and version, and the two ways to write it in one text: Dubbo's
// own, and a name of which conversion makes a host that reads back. The second is a public contract.

export interface ServiceIdentity {
  readonly interfaceName: string;
  /** '' where there is none. */
  readonly group: string;
  /** '' where there is none, also where it is `0.0.0`, which means the same. */
  readonly version: string;
}

/** How some writers spell that there is none. */
export const NO_VERSION = '0.0.0';

export function identityOf(interfaceName: string, group: string, version: string): ServiceIdentity {
  return { interfaceName, group, version: version === NO_VERSION ? '' : version };
}

export function sameIdentity(a: ServiceIdentity, b: ServiceIdentity): boolean {
  return a.interfaceName === b.interfaceName && a.group === b.group && a.version === b.version;
}

/** Dubbo's spelling: `group/interface:version`. */
export function serviceKeyText({ interfaceName, group, version }: ServiceIdentity): string {
  return `${group === '' ? '' : `${group}/`}${interfaceName}${version === '' ? '' : `:${version}`}`;
}

/** Reads Dubbo's spelling. */
export function parseServiceKey(text: string): ServiceIdentity {
  const slash = Math.max(0, text.indexOf('/'));
  const named = slash === 0 ? text : text.slice(slash + 1);
  const colon = named.indexOf(':');
  const interfaceName = colon > 0 ? named.slice(0, colon) : named;
  return identityOf(interfaceName, text.slice(0, slash), colon > 0 ? named.slice(colon + 1) : '');
}

/**
 * `<interface>.v-<version>.g-<group>`, each part only where there is one. In version and group letters a-z and digits stand
 * for themselves and a dot between two of them is `-`; every other byte of UTF-8 is `--` and two hexadecimal digits.
 */
export function interfaceServiceName({ interfaceName, group, version }: ServiceIdentity): string {
  const written = version === '' && endsLikePart(interfaceName) ? NO_VERSION : version;
  const versionPart = written === '' ? '' : `.v-${encodePart(written)}`;
  return `${interfaceName}${versionPart}${group === '' ? '' : `.g-${encodePart(group)}`}`;
}

/**
 * The inverse, of a service's name and of its host without what the template adds. Of a host the interface comes back in lower
 * case; where conversion had to cut the name and put a hash behind it, nothing can be read back.
 */
export function readInterfaceServiceName(name: string): ServiceIdentity {
  const grouped = splitPart(name, 'g');
  const versioned = splitPart(grouped.rest, 'v');
  return identityOf(versioned.rest, grouped.part, versioned.part);
}

/** Whether the last label of its host would read as a version or group. Then a version is always written. */
function endsLikePart(interfaceName: string): boolean {
  const labels = interfaceName.toLowerCase().split('.');
  const last = labels.map((label) => label.replace(/^[^a-z0-9]+/, '')).findLast((label) => label !== '');
  return last !== undefined && /^[vg][^a-z0-9]/.test(last);
}

const STANDS_FOR_ITSELF = /[a-z0-9]/;

function encodePart(text: string): string {
  const bytes = [...Buffer.from(text)].map((byte) => String.fromCharCode(byte));
  const isPlain = (index: number): boolean => STANDS_FOR_ITSELF.test(bytes[index] ?? '');
  return bytes
    .map((byte, index) => {
      if (isPlain(index)) return byte;
      if (byte === '.' && isPlain(index - 1) && isPlain(index + 1)) return '-';
      return `--${byte.charCodeAt(0).toString(16).padStart(2, '0')}`;
    })
    .join('');
}

const PART = /^(?:[a-z0-9]|-[a-z0-9]|--[0-9a-f]{2})+$/;

function splitPart(name: string, mark: 'v' | 'g'): { readonly rest: string; readonly part: string } {
  const dot = name.lastIndexOf('.');
  const label = name.slice(dot + 1);
  const encoded = label.slice(2);
  if (dot <= 0 || !label.startsWith(`${mark}-`) || !PART.test(encoded)) return { rest: name, part: '' };
  return { rest: name.slice(0, dot), part: decodePart(encoded) };
}

function decodePart(encoded: string): string {
  const bytes = [...encoded.matchAll(/--([0-9a-f]{2})|-|[a-z0-9]/g)].map(([token, hex]) => {
    if (hex !== undefined) return Number.parseInt(hex, 16);
    return (token === '-' ? '.' : token).charCodeAt(0);
  });
  return Buffer.from(bytes).toString();
}
