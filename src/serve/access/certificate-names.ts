// SPDX-License-Identifier: Apache-2.0
// Whom a client certificate was made out to: the names that an access list speaks of. Only a certificate that was verified against
// the configured CAs comes here.
import { X509Certificate } from 'node:crypto';

/** SPIFFE URIs whole (`spiffe://cluster.local/ns/istio-system/sa/istiod`), DNS names as they are. */
export type CertificateNames = readonly string[];

/** `der`: the certificate. Never throws; what cannot be read has no names. */
export function namesInCertificate(der: Buffer): CertificateNames {
  try {
    return namesInText(new X509Certificate(der).subjectAltName ?? '');
  } catch {
    return [];
  }
}

/**
 * Node gives the names as one text, `URI:spiffe://…, DNS:…`, with values that hold a comma or a quote as JSON: a name with a comma
 * inside must not be taken for two, the second of its holder's choice. A text that cannot be read to its end has no names at all: one
 * that is denied could be in the rest.
 */
export function namesInText(text: string): CertificateNames {
  const names: string[] = [];
  let readTo = 0;
  for (const [part, kind, quoted, plain] of text.matchAll(
    /([A-Za-z0-9 ]+):(?:("(?:[^"\\]|\\.)*")|([^,]*))(?:, |$)/gy,
  )) {
    readTo += part.length;
    const name = quoted === undefined ? (plain ?? '') : unquoted(quoted);
    // A DNS name that looks like a SPIFFE URI is neither.
    if (name.startsWith('spiffe://') ? kind === 'URI' : kind === 'DNS') names.push(name);
  }
  return readTo === text.length ? names : [];
}

function unquoted(json: string): string {
  try {
    return String(JSON.parse(json));
  } catch {
    return '';
  }
}
