// SPDX-License-Identifier: Apache-2.0
// The certificate that the port shows, with its key and, for mutual TLS, the CAs that sign the clients. Certificate and key are two
// files and do not change at the same instant: a set whose parts do not belong together is never used.
import type { X509Certificate } from 'node:crypto';
import { createSecureContext, type SecureContextOptions } from 'node:tls';
import { errorCode } from '../../lib/error-code.ts';
import { certificatesIn, keyIn, type Pem } from '../../lib/pem.ts';
import { textFrom, UnusableFile } from '../../lib/secret-files.ts';
import { namesInText } from './certificate-names.ts';

export interface ServingFiles {
  readonly certificateFile: string;
  readonly keyFile: string;
  /** CAs that sign clients. undefined: clients show no certificate. */
  readonly clientCaFile: string | undefined;
}

export interface ServingCertificate {
  readonly cert: string;
  /** Never shown. */
  readonly key: string;
  readonly clientCa: string | undefined;
  /** DNS names, which istiod compares with its `subjectAltNames`. */
  readonly names: readonly string[];
  /** Epoch milliseconds; of the first of the chain to expire. */
  readonly untilMs: number;
  /** Epoch milliseconds; the last of the chain to become valid. */
  readonly sinceMs: number;
}

/** Rejects with an UnusableFile. Dates are told, not judged. */
export async function readServingCertificate(files: ServingFiles): Promise<ServingCertificate> {
  const { certificateFile, keyFile, clientCaFile } = files;
  const cert = await textFrom(certificateFile);
  const key = await textFrom(keyFile);
  const clientCa = clientCaFile === undefined ? undefined : await textFrom(clientCaFile);
  const chain = contentOf(certificateFile, certificatesIn(cert));
  const own = chain[0];
  const privateKey = contentOf(keyFile, keyIn(key));
  if (own?.checkPrivateKey(privateKey) !== true) {
    throw new UnusableFile(`The key in ${keyFile} does not belong to the certificate in ${certificateFile}`);
  }
  if (clientCaFile !== undefined) contentOf(clientCaFile, certificatesIn(clientCa ?? ''));
  mustBeAccepted({ cert, key, ca: clientCa }, files);
  return {
    cert,
    key,
    clientCa,
    names: dnsNamesOf(own),
    untilMs: Math.min(...chain.map(({ validTo }) => Date.parse(validTo))),
    sinceMs: Math.max(...chain.map(({ validFrom }) => Date.parse(validFrom))),
  };
}

export function isSameCertificate(one: ServingCertificate, other: ServingCertificate): boolean {
  return one.cert === other.cert && one.key === other.key && one.clientCa === other.clientCa;
}

/** Rejects what an UnusableFile is for: a renewal that no client would accept must not take the place of one that works. */
export function mustBeCurrent(certificate: ServingCertificate, file: string, nowMs: number): void {
  const { sinceMs, untilMs } = certificate;
  if (nowMs > untilMs) throw new UnusableFile(`The certificate in ${file} has expired on ${dayOf(untilMs)}`);
  if (nowMs < sinceMs) throw new UnusableFile(`The certificate in ${file} is not valid before ${dayOf(sinceMs)}`);
}

/**
 * OpenSSL reads the texts anew, and refuses more than the sentences above know: a chain whose end is cut off, a key that is too short, a
 * signature that is too weak. It must say so here and not when the port takes them into use.
 */
function mustBeAccepted(context: SecureContextOptions, { certificateFile, keyFile, clientCaFile }: ServingFiles): void {
  try {
    createSecureContext(context);
  } catch (error) {
    const names = [certificateFile, keyFile, ...(clientCaFile === undefined ? [] : [clientCaFile])].join(', ');
    throw new UnusableFile(`OpenSSL refuses what ${names} hold (${errorCode(error) || 'unknown error'})`);
  }
}

function dnsNamesOf({ subjectAltName = '' }: X509Certificate): readonly string[] {
  return namesInText(subjectAltName).filter((name) => !name.startsWith('spiffe://'));
}

function contentOf<Content>(file: string, pem: Pem<Content>): Content {
  if (pem.kind === 'content') return pem.content;
  throw new UnusableFile(`File ${file} cannot be used: ${pem.why.replace(/\.$/, '')}`);
}

function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}
