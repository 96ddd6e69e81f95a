// SPDX-License-Identifier: Apache-2.0
// IP addresses and CIDR blocks as istiod reads them: Go's netip.ParseAddr and netip.ParsePrefix. That is stricter than most
// parsers for IPv4 (four decimal parts, no leading zeros) and looser for IPv6 (any non-empty zone is accepted).
// It judges the writing alone and has one writing of its own; which addresses may be published is decided in admit/. Why it is
// no library: docs/adr/0008-globs-and-addresses-of-our-own.md.
import { isIP } from 'node:net';

export interface Ip {
  readonly family: 4 | 6;
  /** 4 or 16 bytes in network order. */
  readonly bytes: readonly number[];
  /** What follows `%`, '' without one. IPv6 only. */
  readonly zone: string;
}

export interface Cidr {
  readonly family: 4 | 6;
  /** As written: bits behind the prefix are not cleared. */
  readonly bytes: readonly number[];
  readonly bits: number;
}

/** `ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255`: nothing longer is an address, so longer texts are not even looked at. */
const LONGEST_ADDRESS = 45;
const ADDRESS_CHARACTERS = /^[0-9A-Fa-f:.]+$/;
const PREFIX_LENGTH = /^(?:0|[1-9][0-9]{0,2})$/;
const MAPPED_PREFIX: Cidr = { family: 6, bytes: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 0, 0, 0, 0], bits: 96 };

/** The address, or undefined where netip.ParseAddr answers an error. IPv4-mapped IPv6 stays IPv6: see `unmapped`. */
export function parseIp(text: string): Ip | undefined {
  const percent = text.indexOf('%');
  const address = percent < 0 ? text : text.slice(0, percent);
  const zone = percent < 0 ? '' : text.slice(percent + 1);
  // The alphabet is checked first: what node:net makes of other characters (NUL, its own zones) differs between releases.
  if (address.length > LONGEST_ADDRESS || !ADDRESS_CHARACTERS.test(address)) return undefined;
  switch (isIP(address)) {
    case 4:
      return percent < 0 ? { family: 4, bytes: ipv4Bytes(address), zone } : undefined;
    case 6:
      return percent >= 0 && zone === '' ? undefined : { family: 6, bytes: ipv6Bytes(address), zone };
    default:
      return undefined;
  }
}

export function isIp(text: string): boolean {
  return parseIp(text) !== undefined;
}

/** The block, or undefined where netip.ParsePrefix answers an error. The slash is required; bits after the prefix may be set. */
export function parseCidr(text: string): Cidr | undefined {
  const slash = text.lastIndexOf('/');
  if (slash < 0 || !PREFIX_LENGTH.test(text.slice(slash + 1))) return undefined;
  const ip = parseIp(text.slice(0, slash));
  const bits = Number(text.slice(slash + 1));
  if (ip === undefined || ip.zone !== '' || bits > ip.bytes.length * 8) return undefined;
  return { family: ip.family, bytes: ip.bytes, bits };
}

/** Whether `cidr` holds `ip`. Families never mix; the zone is not looked at. */
export function contains(cidr: Cidr, ip: Pick<Ip, 'family' | 'bytes'>): boolean {
  return cidr.family === ip.family && equalBits(cidr.bytes, ip.bytes, cidr.bits);
}

/** Whether every address of `inner` is one of `outer`. */
export function isWithin(inner: Cidr, outer: Cidr): boolean {
  return inner.bits >= outer.bits && contains(outer, inner);
}

/** Whether some address lies in both. */
export function areOverlapping(a: Cidr, b: Cidr): boolean {
  return isWithin(a, b) || isWithin(b, a);
}

/** The IPv4 address inside an IPv4-mapped IPv6 address (`::ffff:10.0.0.1`): both name the same peer. Others as they are. */
export function unmapped(ip: Ip): Ip {
  if (!contains(MAPPED_PREFIX, ip)) return ip;
  return { family: 4, bytes: ip.bytes.slice(12), zone: ip.zone };
}

/** The block with the bits behind its prefix cleared. */
export function networkOf({ family, bytes, bits }: Cidr): Cidr {
  return { family, bits, bytes: bytes.map((byte, index) => byte & maskByte(bits, index)) };
}

/** 4 bytes in dotted decimals, 16 as RFC 5952 wants them: lower case, the first longest run of zero groups as `::`. */
export function formatIp(bytes: readonly number[]): string {
  if (bytes.length === 4) return bytes.join('.');
  const groups = Array.from({ length: 8 }, (_, index) => ((bytes[index * 2] ?? 0) << 8) | (bytes[index * 2 + 1] ?? 0));
  const written = groups.map((group) => group.toString(16));
  const [start, end] = longestZeros(groups);
  if (end - start < 2) return written.join(':');
  return `${written.slice(0, start).join(':')}::${written.slice(end).join(':')}`;
}

/** As written, bits behind the prefix included. */
export function formatCidr({ bytes, bits }: Cidr): string {
  return `${formatIp(bytes)}/${bits}`;
}

/** `text` is known to be valid. */
function ipv6Bytes(text: string): number[] {
  const [head = [], tail = []] = text
    .split('::')
    .map((part) => (part === '' ? [] : part.split(':').flatMap(groupBytes)));
  return [...head, ...new Array<number>(16 - head.length - tail.length).fill(0), ...tail];
}

function groupBytes(group: string): number[] {
  if (group.includes('.')) return ipv4Bytes(group);
  const value = Number.parseInt(group, 16);
  return [value >> 8, value & 0xff];
}

function ipv4Bytes(text: string): number[] {
  return text.split('.').map(Number);
}

/** The first of the longest runs of zeros, from its start to before its end; empty when there is none. */
function longestZeros(groups: readonly number[]): readonly [start: number, end: number] {
  let longest: readonly [number, number] = [0, 0];
  let start = 0;
  for (const [index, group] of groups.entries()) {
    if (group !== 0) start = index + 1;
    else if (index + 1 - start > longest[1] - longest[0]) longest = [start, index + 1];
  }
  return longest;
}

function equalBits(a: readonly number[], b: readonly number[], bits: number): boolean {
  const wholeBytes = bits >> 3;
  for (let index = 0; index < wholeBytes; index++) {
    if (a[index] !== b[index]) return false;
  }
  return (((a[wholeBytes] ?? 0) ^ (b[wholeBytes] ?? 0)) & maskByte(bits, wholeBytes)) === 0;
}

/** The bits of byte `index` that a prefix of `bits` covers. */
function maskByte(bits: number, index: number): number {
  return (0xff00 >> Math.min(8, Math.max(0, bits - index * 8))) & 0xff;
}
