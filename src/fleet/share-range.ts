// SPDX-License-Identifier: Apache-2.0
// Gives each bridge a part of one range of virtual IPs, so that no two can give one address to two hosts. Nothing is stored: a part
// is found by the hash of the bridge's address, and the bridges before it in the list are seated first, so that one which is added at
// the end moves nobody. Pure.
import { createHash } from 'node:crypto';
import { areOverlapping, type Cidr, formatCidr, networkOf } from '../lib/ip.ts';

export interface SharingBridge {
  /** `host:port`. */
  readonly address: string;
  /** A part that it has already, and keeps. */
  readonly kept: Cidr | undefined;
}

export type Sharing =
  /** By the address of the bridge, in the order given. */
  | { readonly kind: 'shared'; readonly parts: ReadonlyMap<string, Cidr> }
  /** Pairs of bridges that keep parts which overlap. */
  | { readonly kind: 'overlapping'; readonly pairs: readonly (readonly [string, string])[] }
  /** There are more bridges than parts; `parts`: how many there are. */
  | { readonly kind: 'exhausted'; readonly parts: bigint };

/** `bits`: the prefix length of each part, longer than that of `range`. Kept parts may be of any size, and outside of it. */
export function shareRange(range: Cidr, bits: number, bridges: readonly SharingBridge[]): Sharing {
  const kept = new Map(bridges.flatMap(({ address, kept }) => (kept === undefined ? [] : [[address, kept] as const])));
  const pairs = overlapsAmong([...kept]);
  if (pairs.length > 0) return { kind: 'overlapping', pairs };
  const taken: Cidr[] = [...kept.values()];
  const count = 1n << BigInt(bits - range.bits);
  const parts = new Map<string, Cidr>();
  for (const { address } of bridges) {
    const part = kept.get(address) ?? freePart(address, { range, bits, count, taken });
    if (part === undefined) return { kind: 'exhausted', parts: count };
    if (!kept.has(address)) taken.push(part);
    parts.set(address, part);
  }
  return { kind: 'shared', parts };
}

interface Seats {
  readonly range: Cidr;
  readonly bits: number;
  readonly count: bigint;
  readonly taken: readonly Cidr[];
}

/** From the place of its hash on, round the range; of a range with more parts than that can be looked at, the first ones. */
function freePart(address: string, { range, bits, count, taken }: Seats): Cidr | undefined {
  const first = BigInt(`0x${createHash('sha256').update(address).digest('hex').slice(0, 32)}`) % count;
  for (let step = 0n; step < count && step < MOST_STEPS; step++) {
    const part = partAt((first + step) % count, range, bits);
    if (!taken.some((other) => areOverlapping(other, part))) return part;
  }
  return undefined;
}

const MOST_STEPS = 65_536n;

function partAt(place: bigint, range: Cidr, bits: number): Cidr {
  const { family, bytes } = networkOf(range);
  const width = bytes.length * 8;
  const base = bytes.reduce((value, byte) => (value << 8n) | BigInt(byte), 0n);
  const value = base + (place << BigInt(width - bits));
  return { family, bits, bytes: bytes.map((_byte, at) => Number((value >> BigInt(width - 8 * (at + 1))) & 0xffn)) };
}

function overlapsAmong(parts: readonly (readonly [string, Cidr])[]): readonly (readonly [string, string])[] {
  return parts.flatMap(([one, a], at) =>
    parts.slice(at + 1).flatMap(([other, b]) => (areOverlapping(a, b) ? [[one, other] as const] : [])),
  );
}

/** The parts as configuration of each bridge: one YAML document for each. */
export function printShares(parts: ReadonlyMap<string, Cidr>): string {
  const documents = [...parts].map(([address, part]) => {
    const key = part.family === 4 ? 'range' : 'rangeV6';
    return `# ${address}\nvirtualIps:\n  ${key}: ${part.family === 4 ? formatCidr(part) : JSON.stringify(formatCidr(part))}`;
  });
  return [
    '# For the configuration of each bridge; in the values of the chart it stands below `config`.',
    documents.join('\n---\n'),
  ].join('\n');
}
