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
 * inside must not be taken for two, the second of its holder's choice.
 */
export function namesInText(text: string): CertificateNames {
  const names: string[] = [];
  for (const [, kind, quoted, plain] of text.matchAll(
    /(URI|DNS|[A-Za-z ]+):(?:("(?:[^"\\]|\\.)*")|([^,]*))(?:, |$)/gy,
  )) {
    const name = quoted === undefined ? (plain ?? '') : unquoted(quoted);
    if (kind === 'DNS' || (kind === 'URI' && name.startsWith('spiffe://'))) names.push(name);
  }
  return names;
}

function unquoted(json: string): string {
  try {
    return String(JSON.parse(json));
  } catch {
    return '';
  }
}
