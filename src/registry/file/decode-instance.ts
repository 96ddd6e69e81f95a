// SPDX-License-Identifier: Apache-2.0
// One record of `instances` → an Instance, or the reason why there is none. Pure; whether addresses and port numbers make
// sense is judged by conversion, as for every registry.
import { type Problem, problem } from '../../model/problem.ts';
import { type Instance, type Port, PROTOCOLS, type Protocol, STATUSES, type Status } from '../../model/service.ts';
import type { IsSecret } from '../decoding/secrets.ts';
import type { DocumentValue } from '../decoding/yaml-document.ts';
import { type FileRecord, ignoredKeys, readFlag, readMetadata, readNumber, readText, recordFrom } from './record.ts';

export interface InstanceContext {
  readonly registry: string;
  readonly service: string;
  /** Metadata of the service, shared by all its instances. */
  readonly inherited: ReadonlyMap<string, string>;
  readonly attributes: ReadonlyMap<string, readonly string[]>;
  readonly isSecret: IsSecret;
}

export interface DecodedInstance {
  readonly instance: Instance | undefined;
  readonly problems: readonly Problem[];
}

const INSTANCE_KEYS = [
  'id',
  'address',
  'port',
  'protocol',
  'secure',
  'ports',
  'status',
  'weight',
  'locality',
  'metadata',
];
const PORT_KEYS = ['name', 'number', 'protocol', 'secure'];
const TOLD_STATUSES = STATUSES.filter((status) => status !== 'gone');

/** Only thrown and caught in this file: the reason why a record as a whole is refused. */
class Malformed extends Error {}

/**
 * `address` and `port` (or `ports`) are required. Defaults: id `address:port`, status up, protocol http, port name = its
 * protocol, secure where the protocol says so. A wrong weight is ignored with a problem; any other wrong value refuses the record.
 */
export function decodeInstance(value: DocumentValue, context: InstanceContext): DecodedInstance {
  const problems: Problem[] = [];
  const record = recordFrom(value);
  const about = { registry: context.registry, service: context.service, instance: idOf(record) };
  try {
    if (record === undefined) throw new Malformed('an instance must be a map with `address` and `port`');
    const instance = readInstance(record, context, (code, text) => problems.push(problem(code, about, text)));
    return { instance, problems };
  } catch (cause) {
    if (!(cause instanceof Malformed)) throw cause;
    return { instance: undefined, problems: [problem('INSTANCE_MALFORMED', about, cause.message)] };
  }
}

/** The id, also of a record that turns out to be wrong: as much of it as can be read. */
function idOf(record: FileRecord | undefined): string {
  const id = readText(record?.get('id'));
  return (
    id ??
    [readText(record?.get('address')), readNumber(record?.get('port'))].filter((part) => part !== undefined).join(':')
  );
}

type Report = (code: 'FIELD_IGNORED' | 'METADATA_SECRET_DROPPED' | 'WEIGHT_INVALID', text: string) => void;

function readInstance(record: FileRecord, context: InstanceContext, report: Report): Instance {
  const address = readText(record.get('address'));
  if (address === undefined) throw new Malformed('`address` is missing');
  const ports = readPorts(record, report);
  const [first] = ports;
  if (first === undefined) throw new Malformed('`ports` is empty');
  for (const key of ignoredKeys(record, INSTANCE_KEYS)) report('FIELD_IGNORED', `unknown key ${key}`);
  return {
    id: optional(record, 'id', readText) ?? `${address}:${first.number}`,
    address,
    ports,
    status: optional(record, 'status', readStatus, TOLD_STATUSES.join(', ')) ?? 'up',
    weight: readWeight(record.get('weight'), report),
    locality: optional(record, 'locality', readText),
    metadata: readMetadata(record.get('metadata'), context.inherited, context.isSecret, report),
    attributes: context.attributes,
  };
}

/** Either the short form (`port`, `protocol`, `secure` beside the address) or a list `ports`. */
function readPorts(record: FileRecord, report: Report): readonly Port[] {
  const list = record.get('ports') ?? undefined;
  if (list === undefined) return [readPort(record, 'port')];
  if (!Array.isArray(list)) throw new Malformed('`ports` must be a list');
  if (record.has('port')) throw new Malformed('`port` and `ports` exclude each other');
  const byName = new Map<string, Port>();
  for (const value of list) {
    const port = recordFrom(value);
    if (port === undefined) throw new Malformed('a port must be a map with `number`');
    for (const key of ignoredKeys(port, PORT_KEYS)) report('FIELD_IGNORED', `unknown key ${key} of a port`);
    const read = readPort(port, 'number');
    if (byName.has(read.name)) throw new Malformed(`two ports are called ${read.name}`);
    byName.set(read.name, read);
  }
  return [...byName.values()];
}

function readPort(record: FileRecord, numberKey: 'port' | 'number'): Port {
  const number = readNumber(record.get(numberKey));
  if (number === undefined) throw new Malformed(`\`${numberKey}\` must be a port number`);
  const protocol = optional(record, 'protocol', readProtocol, PROTOCOLS.join(', ')) ?? 'http';
  const secure = optional(record, 'secure', readFlag, 'true, false') ?? (protocol === 'https' || protocol === 'tls');
  const name = numberKey === 'number' ? optional(record, 'name', readText) : undefined;
  return { name: name ?? protocol, number, protocol, secure };
}

function readWeight(value: DocumentValue | undefined, report: Report): number | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string' && /^\d{1,9}(?:\.\d{1,9})?$/.test(value)) return Number(value);
  report('WEIGHT_INVALID', typeof value === 'string' ? value : 'that is no number');
  return undefined;
}

/** As in `OUT_OF_SERVICE` or `out-of-service`. */
function readStatus(value: DocumentValue | undefined): Status | undefined {
  const text = readText(value)?.toLowerCase().replaceAll('_', '-');
  return TOLD_STATUSES.find((status) => status === text);
}

function readProtocol(value: DocumentValue | undefined): Protocol | undefined {
  const text = readText(value)?.toLowerCase();
  return PROTOCOLS.find((protocol) => protocol === text);
}

/** A key that may be missing or empty, but not wrong. `allowed` names the values for people. */
function optional<T>(
  record: FileRecord,
  key: string,
  read: (value: DocumentValue | undefined) => T | undefined,
  allowed = 'a short text',
): T | undefined {
  const value = record.get(key);
  if (value === undefined || value === null) return undefined;
  const found = read(value);
  if (found === undefined)
    throw new Malformed(`\`${key}\` must be ${allowed === 'a short text' ? allowed : `one of ${allowed}`}`);
  return found;
}
