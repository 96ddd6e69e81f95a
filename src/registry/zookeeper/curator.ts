// SPDX-License-Identifier: Apache-2.0
// The JSON that Curator's service discovery writes into a node: Spring Cloud and Dubbo (application level) both use it, in the
// same tree, and are told apart by the class of the payload. Tolerant: fields came and went with Curator's versions.

/** As written; what is missing is undefined. Whether it makes sense is judged by whoever asks. */
export interface CuratorInstance {
  readonly name: string | undefined;
  readonly id: string | undefined;
  readonly address: string | undefined;
  readonly port: number | undefined;
  readonly sslPort: number | undefined;
  /** Persistent ones (`STATIC`, `PERMANENT`) outlive their process. */
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

const DEEPEST_TEXT = 1024 * 1024;

/** undefined: this is no instance record at all, as the data of a directory is none. Never throws. */
export function decodeCurator(data: Buffer): CuratorInstance | undefined {
  if (data.length === 0 || data.length > DEEPEST_TEXT) return undefined;
  const record = objectOf(parsed(data.toString('utf8')));
  if (record === undefined || !('address' in record || 'payload' in record || 'serviceType' in record))
    return undefined;
  const { payloadClass, payload } = readPayload(record['payload']);
  return {
    name: textOf(record['name']),
    id: textOf(record['id']),
    address: textOf(record['address']),
    port: numberOf(record['port']),
    sslPort: numberOf(record['sslPort']),
    serviceType: textOf(record['serviceType'])?.toUpperCase(),
    enabled: String(record['enabled'] ?? true).toLowerCase() !== 'false',
    scheme: schemeOf(record['uriSpec']),
    payloadClass,
    payload,
  };
}

/** Jackson names the class of the payload in a member `@class`, or by wrapping: `["the.Class", {...}]`. */
function readPayload(raw: unknown): Pick<CuratorInstance, 'payloadClass' | 'payload'> {
  if (Array.isArray(raw) && raw.length === 2 && typeof raw[0] === 'string')
    return { payloadClass: raw[0], payload: objectOf(raw[1]) ?? {} };
  const object = objectOf(raw);
  if (object === undefined) return { payloadClass: '', payload: {} };
  const { '@class': named, ...payload } = object;
  return { payloadClass: textOf(named) ?? '', payload };
}

function schemeOf(uriSpec: unknown): string | undefined {
  const parts = objectOf(uriSpec)?.['parts'];
  const first = Array.isArray(parts) ? objectOf(parts[0]) : undefined;
  if (first === undefined || first['variable'] !== false) return undefined;
  return /^([a-z][a-z0-9+.-]{0,30})(?::.*)?$/i.exec(textOf(first['value']) ?? '')?.[1]?.toLowerCase();
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A JSON object; a list or a scalar is none. */
export function objectOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : undefined;
}

/** Text of a scalar, without blanks around it; undefined where there is none. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value !== 'string') return undefined;
  const text = value.trim();
  return text === '' ? undefined : text;
}

/** A whole number, also as text; whether it is a port is judged by conversion. */
export function numberOf(value: unknown): number | undefined {
  const text = textOf(value);
  return text !== undefined && /^-?[0-9]{1,15}$/.test(text) ? Number(text) : undefined;
}
