// SPDX-License-Identifier: Apache-2.0
// Why a handshake failed, in words that say which side has to be looked at. Pure.
import { errorCode } from '../../lib/error-code.ts';

const UNSIGNED = 'its certificate is signed by none of the CAs in `serve.tls.caFile`';
const UNTRUSTED = 'it does not trust our certificate: look at `caCertificates` of its `tlsSettings`';

const REASONS: Readonly<Record<string, string>> = {
  ERR_SSL_PEER_DID_NOT_RETURN_A_CERTIFICATE: 'it shows no client certificate, and `serve.tls.mode` is `mtls`',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet',
  DEPTH_ZERO_SELF_SIGNED_CERT: UNSIGNED,
  SELF_SIGNED_CERT_IN_CHAIN: UNSIGNED,
  UNABLE_TO_GET_ISSUER_CERT: UNSIGNED,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: UNSIGNED,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: UNSIGNED,
  INVALID_PURPOSE: 'its certificate is not for clients (extended key usage)',
  ERR_SSL_TLSV1_ALERT_UNKNOWN_CA: UNTRUSTED,
  ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE: `${UNTRUSTED}, and at its \`subjectAltNames\``,
  ERR_SSL_SSLV3_ALERT_CERTIFICATE_UNKNOWN: UNTRUSTED,
  ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED: 'it says that our certificate has expired',
  ERR_SSL_WRONG_VERSION_NUMBER: 'it speaks no TLS: it has no `tlsSettings` of mode SIMPLE',
  ERR_SSL_HTTP_REQUEST: 'it speaks no TLS: it has no `tlsSettings` of mode SIMPLE',
  ERR_SSL_UNSUPPORTED_PROTOCOL: 'it speaks no TLS as new as `serve.tls.minVersion`',
  ERR_SSL_NO_APPLICATION_PROTOCOL: 'it does not offer HTTP/2',
  ERR_TLS_HANDSHAKE_TIMEOUT: 'it did not finish the TLS handshake in time',
  ECONNRESET: 'it went away in the middle of the TLS handshake, as one does that does not trust our certificate',
};

/** `error`: an error, or a code alone. Ends a sentence, and has the code in it for those who search. */
export function handshakeReason(error: unknown): string {
  const code = typeof error === 'string' ? error : errorCode(error);
  const known = Object.hasOwn(REASONS, code) ? REASONS[code] : undefined;
  return `${known ?? 'the TLS handshake failed'}${code === '' ? '' : ` (${code})`}`;
}
