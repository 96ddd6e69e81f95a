// SPDX-License-Identifier: Apache-2.0
// Why a read gave no information: a stable code and one sentence with what to do. Sentences are built from our own words
// and the shown name of a server; texts of other libraries and answers stay out, because they can carry credentials.

/** Code → what a person can do about it. */
export const EUREKA_REMEDIES = {
  EUREKA_UNREACHABLE: 'Check the URL, name resolution and network policies.',
  EUREKA_TIMEOUT: 'Check the load of the server, or raise `requestTimeout`.',
  EUREKA_TLS: 'Check `tls.caFile`, `tls.serverName` and the client certificate.',
  EUREKA_CREDENTIALS: 'Check the files named under `auth` and `tls`.',
  EUREKA_UNAUTHORIZED: 'Check the credentials under `auth`.',
  EUREKA_FORBIDDEN: 'The server refuses readers, or is still starting: give these credentials the right to read.',
  EUREKA_NOT_FOUND: 'Check the path of the URL: Spring Cloud usually has `/eureka`, others `/eureka/v2`.',
  EUREKA_REDIRECTED:
    'Redirects are not followed, so that credentials stay with the server they are for: configure the final URL.',
  EUREKA_SERVER_ERROR: 'Look at the log of the server.',
  EUREKA_UNEXPECTED_STATUS: 'Check that the URL leads to a Eureka server.',
  EUREKA_TOO_LARGE: 'Raise `maxBytes`, or narrow the scope to exact application names.',
  EUREKA_BROKEN_ANSWER: 'Look for a proxy or a server that ends connections early.',
  EUREKA_NOT_JSON: 'Check that the URL leads to a Eureka server and not to a page in front of it.',
  EUREKA_XML: 'The server or a proxy ignores `Accept: application/json`; XML is not supported.',
  EUREKA_NOT_A_REGISTRY: 'Nothing is concluded from such an answer; look at what `<url>/apps` says.',
  EUREKA_HASH_MISMATCH:
    'Deltas and full reads of the server disagree; a full read follows. Where servers know remote regions, set `regions`.',
  EUREKA_UNEXPECTED: 'This is a defect of Footbridge: please report it.',
} as const;

export type ReadFailureCode = keyof typeof EUREKA_REMEDIES;

export class ReadFailure extends Error {
  readonly code: ReadFailureCode;
  /** No further read before this many milliseconds have passed. */
  readonly waitMs: number;

  /** `what` ends without a full stop and names the server. */
  constructor(code: ReadFailureCode, what: string, waitMs = 0) {
    super(`${what}. ${EUREKA_REMEDIES[code]}`);
    this.name = 'ReadFailure';
    this.code = code;
    this.waitMs = waitMs;
  }
}

/** Anything thrown as a ReadFailure; what is none of ours is a defect, named by its class alone. */
export function asReadFailure(thrown: unknown): ReadFailure {
  if (thrown instanceof ReadFailure) return thrown;
  const kind = thrown instanceof Error ? thrown.name : typeof thrown;
  return new ReadFailure('EUREKA_UNEXPECTED', `Reading failed with an unexpected ${kind}`);
}

/** One failure for an attempt on several servers: the first one's code, since that server was read before. */
export function joinFailures(failures: readonly ReadFailure[]): ReadFailure {
  const [first, ...rest] = failures;
  if (first === undefined) return new ReadFailure('EUREKA_UNEXPECTED', 'No server was asked');
  if (rest.length === 0) return first;
  const messages = [...new Set(failures.map((failure) => failure.message))].slice(0, MOST_MESSAGES);
  const joined = new ReadFailure(first.code, '', Math.max(...failures.map((failure) => failure.waitMs)));
  joined.message = messages.join(' ');
  return joined;
}

const MOST_MESSAGES = 3;
