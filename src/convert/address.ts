// SPDX-License-Identifier: Apache-2.0
// Reads what an instance registered as its address. It judges the writing alone: whether an address may be published
// (loopback, link-local, foreign ranges) is admission's decision.
import { compareTexts } from '../lib/compare-texts.ts';
import { formatIp, parseIp, unmapped } from '../lib/ip.ts';
import { isHost } from './syntax.ts';

export type Address =
  | { readonly kind: 'ip'; readonly text: string; readonly bytes: readonly number[] }
  | { readonly kind: 'name'; readonly text: string }
  | { readonly kind: 'invalid' };

/**
 * Names that registries hand out where the host did not know itself; they are valid DNS names and reach nobody,
 * or, worse, the caller itself.
 */
const NOBODY = new Set(['unknown', 'localhost', 'localhost.localdomain']);

const INVALID: Address = { kind: 'invalid' };

/**
 * IP addresses in their one canonical writing (an IPv4 address inside IPv6 becomes IPv4), host names in lower case without
 * the final dot. An IPv6 zone names an interface of the machine that wrote it, so an address with one is invalid.
 */
export function readAddress(registered: string): Address {
  const ip = parseIp(registered);
  if (ip !== undefined) {
    if (ip.zone !== '') return INVALID;
    const { bytes } = unmapped(ip);
    return { kind: 'ip', text: formatIp(bytes), bytes };
  }
  if (!isHost(registered)) return INVALID;
  const name = registered.toLowerCase().replace(/\.$/, '');
  // With its final dot taken away, `10.0.0.1.` would turn into an IP address.
  return isHost(name) && !NOBODY.has(name) && !/(?:^|\.)[0-9]+$/.test(name) ? { kind: 'name', text: name } : INVALID;
}

/** IPv4 before IPv6 before names; addresses by their bytes, names by their code units. */
export function compareAddresses(a: Address, b: Address): number {
  if (a.kind === 'ip' && b.kind === 'ip') return compareBytes(a.bytes, b.bytes);
  if (a.kind === 'name' && b.kind === 'name') return compareTexts(a.text, b.text);
  return rank(a) - rank(b);
}

function compareBytes(a: readonly number[], b: readonly number[]): number {
  if (a.length !== b.length) return a.length - b.length;
  for (const [index, byte] of a.entries()) {
    const difference = byte - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function rank(address: Address): number {
  return address.kind === 'ip' ? 0 : address.kind === 'name' ? 1 : 2;
}
