// SPDX-License-Identifier: Apache-2.0
// Gives every host an address of its own out of a range, because istiod gives none to entries that come over MCP (since
// 1.25 its allocator writes into Kubernetes objects only). No allocation is stored: the same hosts in the same order of
// seniority get the same addresses on every replica and after every restart.
import { createHash } from 'node:crypto';
import { type Cidr, formatIp, parseCidr } from '../lib/ip.ts';

/**
 * Hosts by seniority → their addresses. `reserved` are those of them that nobody has now, the longest departed first: when
 * the range is exhausted they give theirs up, in that order. A host that is missing from the answer got none.
 */
export type AllocateVirtualIps = (
  hostsBySeniority: readonly string[],
  reserved?: readonly string[],
) => ReadonlyMap<string, string>;

/** Hash probes before the range is searched one by one: at 9 of 10 addresses taken, 1 host in 850 comes that far. */
const PROBES = 64;

interface Range {
  readonly family: 4 | 6;
  readonly base: bigint;
  readonly size: bigint;
  /** How many addresses of it may be given. */
  readonly capacity: number;
}

/**
 * The allocator of one CIDR. A host takes the first free address of hash(host, 0), hash(host, 1), … Those before it in the
 * list are seated first, so an address depends on older hosts alone: no arrival and no departure of a younger one moves it.
 * A range that cannot be read has no addresses.
 */
export function createVirtualIps(cidr: string): AllocateVirtualIps {
  const range = rangeOf(parseCidr(cidr));
  let firstProbes: ReadonlyMap<string, bigint> = new Map();
  return (hosts, reserved = []) => {
    if (range === undefined) return new Map();
    const probes = new Map(hosts.map((host) => [host, firstProbes.get(host) ?? probe(host, 0, range)]));
    firstProbes = probes;
    return allocate(probes, range, reserved);
  };
}

function allocate(
  probes: ReadonlyMap<string, bigint>,
  range: Range,
  reserved: readonly string[],
): ReadonlyMap<string, string> {
  const taken = new Set<bigint>();
  const given = new Map<string, string>();
  const isReserved = new Set(reserved);
  const late: string[] = [];
  for (const [host, first] of probes) {
    if (taken.size >= range.capacity) {
      if (!isReserved.has(host)) late.push(host);
      continue;
    }
    const address = freeAddress(host, first, taken, range);
    taken.add(address);
    given.set(host, formatIp(bytesOf(address, range.family)));
  }
  return late.length === 0 ? given : passedOn(given, reserved, late);
}

/** The addresses of departed hosts for those that found none left. */
function passedOn(
  given: ReadonlyMap<string, string>,
  reserved: readonly string[],
  late: readonly string[],
): ReadonlyMap<string, string> {
  const after = new Map(given);
  const givers = reserved.filter((host) => given.has(host)).values();
  for (const host of late) {
    const giver = givers.next().value;
    if (giver === undefined) break;
    after.set(host, given.get(giver) ?? '');
    after.delete(giver);
  }
  return after;
}

/** Ends, because the caller made sure that an address is free. */
function freeAddress(host: string, first: bigint, taken: ReadonlySet<bigint>, range: Range): bigint {
  const isFree = (address: bigint): boolean => isUsable(address, range.family) && !taken.has(address);
  let address = first;
  for (let attempt = 1; !isFree(address) && attempt < PROBES; attempt++) address = probe(host, attempt, range);
  while (!isFree(address)) address = range.base + ((address + 1n - range.base) % range.size);
  return address;
}

function probe(host: string, attempt: number, range: Range): bigint {
  const hash = createHash('sha256').update(`${host}\n${attempt}`).digest('hex');
  return range.base + (BigInt(`0x${hash.slice(0, 32)}`) % range.size);
}

/** Network and broadcast addresses of a /24 and the router address of an IPv6 /112 are left out: some stacks refuse them. */
function isUsable(address: bigint, family: 4 | 6): boolean {
  if (family === 6) return (address & 0xffffn) !== 0n;
  const lastOctet = address & 0xffn;
  return lastOctet !== 0n && lastOctet !== 0xffn;
}

function rangeOf(cidr: Cidr | undefined): Range | undefined {
  if (cidr === undefined) return undefined;
  const hostBits = BigInt(cidr.bytes.length * 8 - cidr.bits);
  const size = 1n << hostBits;
  const written = cidr.bytes.reduce((value, byte) => (value << 8n) | BigInt(byte), 0n);
  const base = (written >> hostBits) << hostBits;
  return { family: cidr.family, base, size, capacity: capacityOf(base, size, cidr.family) };
}

function capacityOf(base: bigint, size: bigint, family: 4 | 6): number {
  const block = family === 4 ? 256n : 65_536n;
  const unusable = family === 4 ? 2n : 1n;
  if (size >= block) return Number((size / block) * (block - unusable));
  let usable = 0;
  for (let address = base; address < base + size; address++) if (isUsable(address, family)) usable++;
  return usable;
}

function bytesOf(address: bigint, family: 4 | 6): readonly number[] {
  const length = family === 4 ? 4 : 16;
  return Array.from({ length }, (_, index) => Number((address >> BigInt(8 * (length - 1 - index))) & 0xffn));
}
