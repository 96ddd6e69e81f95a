// SPDX-License-Identifier: Apache-2.0
// A registry file → services and problems. Pure. A document that is no list of services is an error as a whole, so that
// the last good content stays; within the list a wrong record costs itself alone.
import { compareTexts } from '../../lib/compare-texts.ts';
import { type Problem, problem } from '../../model/problem.ts';
import { type Instance, type Service, type ServiceKey, serviceKey } from '../../model/service.ts';
import type { IsSecret } from '../decoding/secrets.ts';
import { type DocumentValue, type ParsedDocument, parseYamlDocument } from '../decoding/yaml-document.ts';
import { decodeInstance } from './decode-instance.ts';
import { ignoredKeys, readMetadata, readText, recordFrom } from './record.ts';

export type Decoded =
  | {
      readonly kind: 'services';
      readonly services: ReadonlyMap<ServiceKey, Service>;
      readonly problems: readonly Problem[];
    }
  /** A ReadError in the making: `code` is stable, `message` is a sentence with line and column where they are known. */
  | {
      readonly kind: 'unreadable';
      readonly code: 'FILE_EMPTY' | 'FILE_SYNTAX' | 'FILE_LAYOUT';
      readonly message: string;
    };

export interface DecodeOptions {
  /** Name of the registry in the configuration. */
  readonly registry: string;
  readonly isSecret: IsSecret;
}

/**
 * Reads YAML or JSON text. Any text gives an answer, none throws.
 *
 *     services:
 *       - name: orders
 *         metadata: {team: payments}                 # for all instances
 *         instances:
 *           - {address: 10.20.0.17, port: 8080}      # id 10.20.0.17:8080, up, http
 *           - {id: two, address: 10.20.0.18, port: 8443, protocol: https, status: down, weight: 2, locality: eu/eu-1}
 *           - {address: 10.20.0.19, ports: [{number: 8080}, {name: rpc, number: 9090, protocol: grpc}], metadata: {version: v2}}
 */
export function decodeFile(text: string, options: DecodeOptions): Decoded {
  return decodeDocument(parseYamlDocument(text), options);
}

export function decodeDocument(document: ParsedDocument, options: DecodeOptions): Decoded {
  if (document.kind === 'broken') return unreadable('FILE_SYNTAX', `The file cannot be parsed: ${document.message}`);
  // A file that is being rewritten is empty for a moment, and `services:` alone is how a longer file begins.
  if (document.value === null)
    return unreadable('FILE_EMPTY', 'The file is empty. Write `services: []` if that is meant');
  const record = recordFrom(document.value);
  const list = record?.get('services');
  if (record === undefined || list === undefined)
    return unreadable('FILE_LAYOUT', 'The file has no list `services` at its top');
  if (list === null) return unreadable('FILE_EMPTY', '`services` has no value. Write `services: []` if that is meant');
  if (!Array.isArray(list)) return unreadable('FILE_LAYOUT', '`services` must be a list of services');
  return decodeServices(list, ignoredKeys(record, ['services']), options);
}

function decodeServices(
  list: readonly DocumentValue[],
  topLevelKeys: readonly string[],
  options: DecodeOptions,
): Decoded {
  const { registry } = options;
  const problems = topLevelKeys.map((key) => problem('FIELD_IGNORED', { registry }, `unknown key ${key}`));
  const byName = new Map<string, Map<string, Instance>>();
  for (const value of list) decodeService(value, byName, problems, options);
  const services = new Map<ServiceKey, Service>();
  for (const [name, byId] of byName) {
    const key = serviceKey(registry, name);
    const instances = [...byId.values()].sort((a, b) => compareTexts(a.id, b.id));
    services.set(key, { key, registry, name, instances });
  }
  return { kind: 'services', services, problems };
}

/** Several records of one name are one service: a long list may be written in parts. */
function decodeService(
  value: DocumentValue,
  byName: Map<string, Map<string, Instance>>,
  problems: Problem[],
  { registry, isSecret }: DecodeOptions,
): void {
  const record = recordFrom(value);
  const name = readText(record?.get('name'));
  const instances = record?.get('instances') ?? [];
  if (record === undefined || name === undefined) {
    problems.push(problem('SERVICE_MALFORMED', { registry }, 'a service needs a `name` of at most 1024 characters'));
    return;
  }
  const service = name;
  if (!Array.isArray(instances)) {
    problems.push(problem('SERVICE_MALFORMED', { registry, service }, '`instances` must be a list'));
    return;
  }
  const report = (code: 'FIELD_IGNORED' | 'METADATA_SECRET_DROPPED', text: string) =>
    problems.push(problem(code, { registry, service }, text));
  for (const key of ignoredKeys(record, ['name', 'metadata', 'instances']))
    report('FIELD_IGNORED', `unknown key ${key}`);
  const inherited = readMetadata(record.get('metadata'), new Map(), isSecret, report);
  const attributes = new Map([['service', [name]]]);
  const byId = byName.get(name) ?? new Map<string, Instance>();
  byName.set(name, byId);
  for (const item of instances) {
    const decoded = decodeInstance(item, { registry, service, inherited, attributes, isSecret });
    problems.push(...decoded.problems);
    if (decoded.instance === undefined) continue;
    const { id } = decoded.instance;
    if (byId.has(id)) problems.push(problem('INSTANCE_DUPLICATE', { registry, service, instance: id }, id));
    byId.set(id, decoded.instance);
  }
}

function unreadable(code: 'FILE_EMPTY' | 'FILE_SYNTAX' | 'FILE_LAYOUT', message: string): Decoded {
  return { kind: 'unreadable', code, message };
}
