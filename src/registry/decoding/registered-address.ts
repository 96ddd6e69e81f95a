// SPDX-License-Identifier: Apache-2.0
// Where an instance says that it is reached, freed of what registrations write when they know no address.

/** Loopback is none of them: admission judges it. */
const NO_ADDRESS: ReadonlySet<string> = new Set(['unknown', 'null', 'none', '0.0.0.0', '::', '0:0:0:0:0:0:0:0']);

/**
 * The first of `texts` that is an address, without the brackets of an IPv6 literal; conversion judges its syntax. One with an `@`
 * is none: what stands before it is a credential.
 */
export function registeredAddress(...texts: readonly (string | undefined)[]): string | undefined {
  return texts
    .map((text) => (text?.startsWith('[') && text.endsWith(']') ? text.slice(1, -1) : text))
    .find((text) => text !== undefined && text !== '' && !text.includes('@') && !NO_ADDRESS.has(text.toLowerCase()));
}
