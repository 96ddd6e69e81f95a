// SPDX-License-Identifier: Apache-2.0
// The JSON that Curator's service discovery writes into a node: Spring Cloud and Dubbo (application level) both use it, in the
// same tree, and are told apart by the class of the payload. Tolerant: fields came and went with Curator's versions.
import { numberOf, objectOf, parsedJson, textOf } from '../../lib/json-value.ts';

/** As written; what is missing is undefined. Whether it makes sense is judged by whoever asks. */
export interface CuratorInstance {
  readonly name: string | undefined;
  readonly id: string | undefined;
  readonly address: string | undefined;
  readonly port: number | undefined;
  readonly sslPort: number | undefined;
  /** By the writer's clock: good for telling which of two records is the newer, and for nothing else. */
  readonly registeredAtMs: number | undefined;
  /** In upper case. Persistent ones (`STATIC`, `PERMANENT`) outlive their process. */
  readonly serviceType: string | undefined;
  /** False only where a writer says so: the usual serialiser leaves the field out. */
  readonly enabled: boolean;
  /** The scheme that `uriSpec` begins with where it is a fixed text; undefined where it is variable or missing. */
  readonly scheme: string | undefined;
  /** Full name of the payload's Java class; '' where there is no payload or it names none. */
  readonly payloadClass: string;
  /** Members of the payload without its class; empty where the payload is no object. */
  readonly payload: Readonly<Record<string, unknown>>;
}

/** ZooKeeper's own limit for the data of a node, unless a server is configured otherwise. */
const LARGEST_RECORD_BYTES = 1024 * 1024;

/** undefined: this is no instance record at all, as the data of a directory is none. Never throws. */
export function decodeCurator(data: Buffer): CuratorInstance | undefined {
  if (data.length === 0 || data.length > LARGEST_RECORD_BYTES) return undefined;
  const record = objectOf(parsedJson(data.toString('utf8')));
  if (record === undefined || !MARKS.some((mark) => Object.hasOwn(record, mark))) return undefined;
  const { payloadClass, payload } = readPayload(record['payload']);
  return {
    name: textOf(record['name']),
    id: textOf(record['id']),
    address: textOf(record['address']),
    port: numberOf(record['port']),
    sslPort: numberOf(record['sslPort']),
    registeredAtMs: numberOf(record['registrationTimeUTC']),
    serviceType: textOf(record['serviceType'])?.toUpperCase(),
    enabled: textOf(record['enabled'])?.toLowerCase() !== 'false',
    scheme: schemeOf(record['uriSpec']),
    payloadClass,
    payload,
  };
}

/** What no other JSON in such a tree was seen to have. */
const MARKS = ['address', 'payload', 'serviceType'] as const;

/** Jackson names the class of the payload in a member `@class`, or by wrapping: `["the.Class", {...}]`. */
function readPayload(raw: unknown): Pick<CuratorInstance, 'payloadClass' | 'payload'> {
  if (Array.isArray(raw) && raw.length === 2 && typeof raw[0] === 'string')
    return { payloadClass: raw[0], payload: objectOf(raw[1]) ?? {} };
  const object = objectOf(raw);
  if (object === undefined) return { payloadClass: '', payload: {} };
  const { '@class': named, ...payload } = object;
  return { payloadClass: textOf(named) ?? '', payload };
}

const SCHEME = /^([a-z][a-z0-9+.-]{0,30})(?:$|:)/i;

function schemeOf(uriSpec: unknown): string | undefined {
  const parts = objectOf(uriSpec)?.['parts'];
  const first = Array.isArray(parts) ? objectOf(parts[0]) : undefined;
  if (first?.['variable'] !== false) return undefined;
  return SCHEME.exec(textOf(first['value']) ?? '')?.[1]?.toLowerCase();
}
