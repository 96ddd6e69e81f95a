// SPDX-License-Identifier: Apache-2.0
// DNS names against a list of suffixes: the one way in which hosts and host-named endpoints are allowed.

/** Whether a name (in `plainName` form) is allowed. */
export type SuffixTest = (name: string) => boolean;

/**
 * `.corp.example` allows every name below it but not `corp.example` itself; a suffix without the dot in front is one exact
 * name. Case and a closing dot do not matter. An empty list allows nothing.
 */
export function suffixTest(suffixes: readonly string[]): SuffixTest {
  const plain = suffixes.map(plainName);
  const exact = new Set(plain.filter((suffix) => !suffix.startsWith('.')));
  const below = plain.filter((suffix) => suffix.startsWith('.'));
  return (name) => exact.has(name) || below.some((suffix) => name.endsWith(suffix));
}

/** Lower case, without the closing dot: two spellings of one DNS name become one. */
export function plainName(name: string): string {
  return (name.endsWith('.') ? name.slice(0, -1) : name).toLowerCase();
}

/** Whether resolvers may read the name as an IP address: the last label is a decimal, octal or hexadecimal number. */
export function looksNumeric(name: string): boolean {
  return /(?:^|\.)(?:[0-9]+|0x[0-9a-f]*)$/.test(name);
}
