// SPDX-License-Identifier: Apache-2.0
// Networks: URLs, CIDR blocks, port ranges. A URL with a user name in it is refused and never shown: it holds a secret.
// Whether a range may be used at all is asked elsewhere, in rules.ts.
import { formatCidr, isIp, networkOf, parseCidr } from '../lib/ip.ts';
import { type Format, listOf, optional, type Reading, refused, textFormat, value } from './format.ts';

export interface PortRange {
  readonly first: number;
  readonly last: number;
}

const PORT_RANGE = /^([1-9]\d{0,4})(?:-([1-9]\d{0,4}))?$/;
const PORT_RANGE_SAYS = 'a port such as `8080` or a range such as `8000-9000`';
const HIGHEST_PORT = 65_535;

/** A base URL: http or https, no user, no query. Given back without a slash at its end. */
const url = textFormat('an http or https URL', { pattern: '^https?://[^\\s@?#]+$' }, (text) => {
  if (text.includes('@')) return refused('must not hold a user or a password: use the keys under `auth` for these');
  if (/[?#]/.test(text)) return refused('must not hold a query or a fragment');
  if (!/^https?:\/\//.test(text)) return refused('must begin with `http://` or `https://`');
  if (/\s/.test(text) || !URL.canParse(text)) return undefined;
  return text.replace(/\/+$/, '');
});

export const urlList: Format<readonly string[]> = {
  ...listOf('http or https URLs', url),
  // What stands before an @ or behind a ? may be a password, however broken the rest is.
  hides: (text) => /[@?#]/.test(text),
};

/** One CIDR block in canonical writing. Host bits must be clear: `10.1.2.3/8` is more often a typing error than a habit. */
export const cidr = cidrOf('an address range such as `10.0.0.0/8` or `fd00::/8`', [4, 6]);
export const cidrV4 = cidrOf('an IPv4 range such as `241.0.0.0/8`', [4]);
export const optionalCidrV6 = optional(cidrOf('an IPv6 range such as `fd00:241::/64`', [6]));

export const cidrList = listOf('address ranges (CIDR)', cidr);

const portRange: Format<PortRange> = {
  says: PORT_RANGE_SAYS,
  schema: {
    anyOf: [
      { type: 'integer', minimum: 1, maximum: HIGHEST_PORT },
      { type: 'string', pattern: PORT_RANGE.source },
    ],
  },
  fromText: (text) => text,
  read: (written) => readPortRange(typeof written === 'number' ? String(written) : written),
};

export const portRangeList = listOf('ports or port ranges', portRange);

function cidrOf(says: string, families: readonly number[]): Format<string> {
  return textFormat(says, { pattern: '^[0-9a-fA-F:.]+/[0-9]{1,3}$' }, (text) => {
    const block = parseCidr(text);
    if (block === undefined) {
      return isIp(text) ? refused('must have a prefix length', `${text}/${text.includes(':') ? 128 : 32}`) : undefined;
    }
    if (!families.includes(block.family)) return undefined;
    const network = formatCidr(networkOf(block));
    return network === formatCidr(block) ? network : refused('must not set bits behind its prefix', network);
  });
}

function readPortRange(written: unknown): Reading<PortRange> {
  const [, start, end] = PORT_RANGE.exec(typeof written === 'string' ? written : '') ?? [];
  if (start === undefined) return refused(`must be ${PORT_RANGE_SAYS}`);
  const first = Number(start);
  const last = Number(end ?? start);
  if (last > HIGHEST_PORT || first > HIGHEST_PORT) return refused('must be ports from 1 to 65535');
  return first <= last ? value({ first, last }) : refused('must begin with the lower port', `${last}-${first}`);
}
