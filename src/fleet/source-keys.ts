// SPDX-License-Identifier: Apache-2.0
// Keys of a mesh config as istiod reads them: in both spellings of protobuf's JSON, and without a word about those that it does not
// know. So one with a typing error counts for nothing there, and a person has to be told.
import type { JsonObject } from '../lib/json-value.ts';
import { nearest } from '../lib/nearest.ts';

/** What can hold the list. */
export const LIST_KEYS = ['configSources', 'meshConfig'];
export const SOURCE_KEYS = ['address', 'tlsSettings', 'subscribedResources'];
export const TLS_KEYS = [
  'mode',
  'clientCertificate',
  'privateKey',
  'caCertificates',
  'credentialName',
  'subjectAltNames',
  'sni',
  'insecureSkipVerify',
  'caCrl',
];

/** `configSources` is `config_sources` too. */
export function fieldOf(object: JsonObject, key: string): unknown {
  return object[key] ?? object[snakeCase(key)];
}

/** The first key that is none of these and was meant for one, as a sentence. */
export function misspeltKey(object: JsonObject, keys: readonly string[]): string | undefined {
  const known = new Set(keys.flatMap((key) => [key, snakeCase(key)]));
  for (const written of Object.keys(object)) {
    const meant = known.has(written) ? undefined : nearest(written, keys);
    // What is that near to a key is short, and holds little that is strange.
    if (meant !== undefined) return `istiod ignores the key ${JSON.stringify(written)}: \`${meant}\` is meant.`;
  }
  return undefined;
}

function snakeCase(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
