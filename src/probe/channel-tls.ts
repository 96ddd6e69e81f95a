// SPDX-License-Identifier: Apache-2.0
// How a probe speaks TLS: as istiod does in mode SIMPLE, and, where it is given a certificate, as other clients do.
import { checkServerIdentity, type PeerCertificate } from 'node:tls';
import { type ChannelCredentials, credentials } from '@grpc/grpc-js';
import { parseHostPort } from '../lib/host-port.ts';
import { isIp } from '../lib/ip.ts';

/** Texts are PEM. */
export interface ProbeTls {
  readonly caPem: string;
  /** The client certificate to show. istiod never shows one. */
  readonly shown?: { readonly certPem: string; readonly keyPem: string } | undefined;
  /** What the certificate must be for, where that is not the host that is dialled. */
  readonly serverName?: string | undefined;
  /** One of these must be among the DNS names of the certificate, exactly: what istiod makes of `subjectAltNames`. Empty: any. */
  readonly subjectAltNames?: readonly string[];
}

/** Throws where a text is no PEM. */
export function channelCredentials(tls: ProbeTls | undefined, address: string): ChannelCredentials {
  if (tls === undefined) return credentials.createInsecure();
  const { caPem, shown } = tls;
  const expected = nameExpected(tls, address);
  const verify = {
    checkServerIdentity: (_host: string, certificate: PeerCertificate) =>
      checkServerIdentity(expected, certificate) ?? otherName(tls, certificate),
  };
  const [key, cert] = shown === undefined ? [null, null] : [Buffer.from(shown.keyPem), Buffer.from(shown.certPem)];
  return credentials.createSsl(Buffer.from(caPem), key, cert, verify);
}

/**
 * The library would announce whatever it dials as the name of the server (SNI), also an IP address, which no client may and Node
 * warns of. What the certificate is for is decided above.
 */
export function serverNameOption(tls: ProbeTls | undefined, address: string): Readonly<Record<string, string>> {
  if (tls === undefined) return {};
  const expected = nameExpected(tls, address);
  return { 'grpc.ssl_target_name_override': isIp(expected) ? 'address.invalid' : expected };
}

function otherName({ subjectAltNames = [] }: ProbeTls, { subjectaltname = '' }: PeerCertificate): Error | undefined {
  const names = subjectaltname.split(', ').map((name) => name.replace(/^DNS:/, ''));
  if (subjectAltNames.length === 0 || subjectAltNames.some((name) => names.includes(name))) return undefined;
  return new Error(`the certificate has none of the names ${subjectAltNames.join(', ')}`);
}

function nameExpected({ serverName }: ProbeTls, address: string): string {
  return serverName ?? parseHostPort(address)?.host ?? address;
}
