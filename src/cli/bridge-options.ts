// SPDX-License-Identifier: Apache-2.0
// Options of every command that asks a running bridge, so that they are called alike everywhere.
import { Option } from 'commander';
import { ADMIN_URL } from './ask-bridge.ts';
import { pageUrl } from './page-url.ts';

export function serverOption(): Option {
  return new Option('-s, --server <url>', 'admin port of a running bridge')
    .argParser((text) => pageUrl(text, ADMIN_URL))
    .default(new URL(ADMIN_URL), ADMIN_URL);
}

export function tokenOption(): Option {
  return new Option('-t, --token-file <file>', 'file with the token of the bridge');
}

/** `what` it is that is printed. */
export function outputOption(what: string): Option {
  return new Option('-o, --output <format>', what).choices(['text', 'json']).default('text');
}
