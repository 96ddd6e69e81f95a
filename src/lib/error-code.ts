// SPDX-License-Identifier: Apache-2.0
// What an error of a socket or of TLS may tell people: its code alone, since its message may quote what was sent.

const SAFE_CODE = /^[A-Z][A-Z0-9_]{0,60}$/;
const TLS_CODE =
  /^(?:ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|EPROTO|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE)/;

/** The first code on the way down the causes, also of an AggregateError (several addresses tried); '' where there is none. */
export function errorCode(error: unknown): string {
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 5; depth++) {
    if ('code' in at && typeof at.code === 'string' && SAFE_CODE.test(at.code)) return at.code;
    at = at instanceof AggregateError ? at.errors[0] : at.cause;
  }
  return '';
}

/** Whether a code of `errorCode` means that the two sides did not agree on TLS. */
export function isTlsCode(code: string): boolean {
  return TLS_CODE.test(code);
}
