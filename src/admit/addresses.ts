// SPDX-License-Identifier: Apache-2.0
// Which addresses endpoints may have: whoever is named here gets the callers' traffic. Allowed are the configured ranges
// and DNS suffixes; what no service can rightly have is refused whatever is configured.
// What a host-named endpoint resolves to is not known here: a suffix is trust in whoever runs that DNS zone.
import { isHost } from '../convert/syntax.ts';
import { type Cidr, contains, type Ip, isWithin, parseCidr, parseIp, unmapped } from '../lib/ip.ts';
import { looksNumeric, plainName, suffixTest } from './suffixes.ts';

export type AddressVerdict = 'admitted' | 'reserved' | 'out-of-scope';

/** Judges the `address` of an endpoint: an IP address or a host name. */
export type AddressJudge = (address: string) => AddressVerdict;

const LOOPBACK = cidrs(['127.0.0.0/8', '::1/128']);

/** Unspecified, link-local, multicast, broadcast, and the places where clouds hand out credentials to whoever asks. */
const NEVER = cidrs([
  ...['0.0.0.0/8', '169.254.0.0/16', '224.0.0.0/4', '255.255.255.255/32', '::/128', 'fe80::/10', 'ff00::/8'],
  // 169.254.169.254 is link-local; these are not: Alibaba, Azure, Oracle, and IPv6 of Amazon, Google, Oracle and Scaleway.
  ...['100.100.100.200/32', '168.63.129.16/32', '192.0.0.192/32'],
  // Amazon answers on several addresses of its range: metadata, and the roles of pods.
  ...['fd00:ec2::/32', 'fd20:ce::254/128', 'fd00:c1::a9fe:a9fe/128', 'fd00:42::42/128'],
]);

/**
 * IPv6 forms that a gateway turns into the IPv4 address they hold, and at which bytes it stands: IPv4-compatible, IPv4-translated,
 * NAT64 with its well-known prefix, 6to4.
 */
const EMBEDDINGS = [
  { range: cidr('::/96'), at: [12, 13, 14, 15] },
  { range: cidr('::ffff:0:0:0/96'), at: [12, 13, 14, 15] },
  { range: cidr('64:ff9b::/96'), at: [12, 13, 14, 15] },
  { range: cidr('2002::/16'), at: [2, 3, 4, 5] },
] as const;

/** NAT64 of one's own (RFC 8215): a prefix of any length out of it, and the address behind it, without the ninth byte (RFC 6052). */
const OWN_NAT64 = cidr('64:ff9b:1::/48');
const OWN_NAT64_PLACES = [
  [6, 7, 9, 10],
  [7, 9, 10, 11],
  [9, 10, 11, 12],
  [12, 13, 14, 15],
] as const;

const NEVER_NAMES = suffixTest([
  ...['localhost', '.localhost', 'localhost.localdomain', 'ip6-localhost', 'ip6-loopback'],
  // What the metadata services of clouds are called: Google, Amazon.
  ...['metadata.google.internal', 'metadata.goog', 'instance-data.ec2.internal'],
]);

/**
 * Loopback is admitted only by a range that lies wholly inside it, so that `0.0.0.0/0` does not open it. IPv4-mapped IPv6
 * is judged as the IPv4 address, also in `ranges`. Throws on a range that is no CIDR block: the configuration checks them.
 */
export function addressJudge(ranges: readonly string[], suffixes: readonly string[]): AddressJudge {
  const judgeIp = ipJudge(cidrs(ranges));
  const hasSuffix = suffixTest(suffixes);
  return (address) => {
    const ip = parseIp(address);
    return ip === undefined ? judgeName(address, hasSuffix) : judgeIp(ip);
  };
}

/** As `addressJudge`, for virtual IPs: everything but a plain IP address is out of scope, and loopback is never admitted. */
export function virtualIpJudge(ranges: readonly string[]): AddressJudge {
  const judgeIp = ipJudge(cidrs(ranges).filter((range) => !isLoopback(range)));
  return (address) => {
    const ip = parseIp(address);
    return ip === undefined ? 'out-of-scope' : judgeIp(ip);
  };
}

function ipJudge(admitted: readonly Cidr[]): (ip: Ip) => AddressVerdict {
  const admittedLoopback = admitted.filter(isLoopback);
  return (given) => {
    const ip = unmapped(given);
    // A zone names an interface of the caller's machine.
    if (ip.zone !== '' || isIn(NEVER, ip) || embedsReserved(ip)) return 'reserved';
    if (isIn(LOOPBACK, ip)) return isIn(admittedLoopback, ip) ? 'admitted' : 'reserved';
    return isIn(admitted, ip) ? 'admitted' : 'out-of-scope';
  };
}

/** Sockets and numbers in odd spelling (`10.1.`, `0x7f000001`) are no names: resolvers read the latter as addresses. */
function judgeName(address: string, hasSuffix: (name: string) => boolean): AddressVerdict {
  const name = plainName(address);
  if (!isHost(name) || looksNumeric(name) || NEVER_NAMES(name)) return 'reserved';
  return hasSuffix(name) ? 'admitted' : 'out-of-scope';
}

function isLoopback(range: Cidr): boolean {
  return LOOPBACK.some((loopback) => isWithin(range, loopback));
}

function embedsReserved(ip: Ip): boolean {
  // `::1` has the shape of an IPv4-compatible address but is loopback, which has its own rule.
  if (isIn(LOOPBACK, ip)) return false;
  const atAPlace = EMBEDDINGS.some(({ range, at }) => contains(range, ip) && isReservedWithin(ip, at));
  // Where the prefix is longer, its zeros stand in the earlier places, and are no address.
  return (
    atAPlace ||
    (contains(OWN_NAT64, ip) && OWN_NAT64_PLACES.some((at) => ip.bytes[at[0]] !== 0 && isReservedWithin(ip, at)))
  );
}

function isReservedWithin({ bytes }: Ip, at: readonly number[]): boolean {
  const inner = { family: 4, bytes: at.map((index) => bytes[index] ?? 0) } as const;
  return isIn(NEVER, inner) || isIn(LOOPBACK, inner);
}

function isIn(ranges: readonly Cidr[], ip: Pick<Ip, 'family' | 'bytes'>): boolean {
  return ranges.some((range) => contains(range, ip));
}

function cidrs(texts: readonly string[]): Cidr[] {
  return texts.map(cidr);
}

function cidr(text: string): Cidr {
  const parsed = parseCidr(text);
  if (parsed === undefined) throw new TypeError(`not a CIDR block: ${text}`);
  const mapped = unmapped({ ...parsed, zone: '' });
  return mapped.family === 4 && parsed.family === 6 && parsed.bits >= 96
    ? { ...mapped, bits: parsed.bits - 96 }
    : parsed;
}
