// SPDX-License-Identifier: Apache-2.0
// What PEM files hold: certificates, or a private key. Pure; what is said of a key never quotes it.
import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { errorCode } from './error-code.ts';

/** `why` is a sentence. */
export type Pem<Content> =
  | { readonly kind: 'content'; readonly content: Content }
  | { readonly kind: 'unusable'; readonly why: string };

const CERTIFICATE =
  /-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----[\s\S]*?-----END (?:TRUSTED |X509 )?CERTIFICATE-----/g;

/** All certificates of a file, in its order; at least one. */
export function certificatesIn(text: string): Pem<readonly X509Certificate[]> {
  const blocks = text.match(CERTIFICATE) ?? [];
  if (blocks.length === 0) return unusable('It holds no certificate in PEM form (`-----BEGIN CERTIFICATE-----`).');
  try {
    return { kind: 'content', content: blocks.map((block) => new X509Certificate(block)) };
  } catch {
    return unusable('It holds a certificate that cannot be decoded.');
  }
}

export function keyIn(text: string): Pem<KeyObject> {
  try {
    return { kind: 'content', content: createPrivateKey(text) };
  } catch (error) {
    return errorCode(error) === 'ERR_MISSING_PASSPHRASE'
      ? unusable('The key is encrypted with a passphrase, which cannot be given.')
      : unusable('It holds no private key in PEM form that can be understood.');
  }
}

function unusable(why: string): { readonly kind: 'unusable'; readonly why: string } {
  return { kind: 'unusable', why };
}
