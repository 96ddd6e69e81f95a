// SPDX-License-Identifier: Apache-2.0
// From an HTTP answer to what it says: which statuses and bodies count, and what the others are called.
import type { Listing, NoInformation } from './decode.ts';
import { ReadFailure, type ReadFailureCode } from './read-failure.ts';
import type { Server } from './server.ts';
import type { Answer } from './transport.ts';

/** The parsed body of a 200. Throws a ReadFailure for everything else: it is no information, never an empty registry. */
export function documentOf(answer: Answer, server: Server): unknown {
  if (answer.status !== 200) {
    throw new ReadFailure(codeOfStatus(answer.status), `${server.name} answered with HTTP status ${answer.status}`);
  }
  try {
    return JSON.parse(answer.text);
  } catch {
    throw notJson(answer.text, server);
  }
}

/** The listing, or a ReadFailure where the document says nothing. */
export function listingOf(decoded: Listing | NoInformation, server: Server): Listing {
  if (decoded.kind === 'listing') return decoded;
  throw new ReadFailure('EUREKA_NOT_A_REGISTRY', `The answer of ${server.name} says nothing: ${decoded.why}`);
}

function codeOfStatus(status: number): ReadFailureCode {
  if (status === 401) return 'EUREKA_UNAUTHORIZED';
  // A server that could copy nothing from its peers answers 403 for minutes after its start.
  if (status === 403) return 'EUREKA_FORBIDDEN';
  if (status === 404) return 'EUREKA_NOT_FOUND';
  // A server that is not up itself may answer 307.
  if (status >= 300 && status < 400) return 'EUREKA_REDIRECTED';
  return status === 429 || status >= 500 ? 'EUREKA_SERVER_ERROR' : 'EUREKA_UNEXPECTED_STATUS';
}

const XML_START = /^<(?:\?xml|applications?\b)/i;
const HTML_START = /<(?:!doctype html|html)\b/i;

function notJson(text: string, server: Server): ReadFailure {
  const start = text.slice(0, 1000).trimStart();
  if (start === '') return new ReadFailure('EUREKA_NOT_JSON', `${server.name} answered with an empty body`);
  if (HTML_START.test(start)) return new ReadFailure('EUREKA_NOT_JSON', `${server.name} answered with an HTML page`);
  if (XML_START.test(start)) return new ReadFailure('EUREKA_XML', `${server.name} answered with XML`);
  return new ReadFailure(
    'EUREKA_NOT_JSON',
    `${server.name} answered with something that is not JSON, or with half of it`,
  );
}
