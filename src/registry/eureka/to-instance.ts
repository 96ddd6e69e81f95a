// SPDX-License-Identifier: Apache-2.0
// InstanceRecord → the model's Instance: facts only. Whether a status is routed or a number is a usable port is decided
// later; here the words of Eureka and of Spring's metadata conventions become those of the model.
import { type Problem, problem } from '../../model/problem.ts';
import type { Instance, Status } from '../../model/service.ts';
import type { Scope } from '../scope.ts';
import type { EurekaStatus, InstanceRecord } from './decode-instance.ts';
import { firstOf } from './metadata-value.ts';
import type { EurekaOptions } from './options.ts';
import { portsOf, type Report } from './ports.ts';

export type InstanceRules = Pick<EurekaOptions, 'metadataKeys' | 'region' | 'serviceKey'> & {
  readonly registry: string;
  /** Absent: everything is in scope. */
  readonly isInScope?: Scope;
};

export interface Translated {
  /** undefined: nothing can be sent to it, a problem says why. */
  readonly instance: Instance | undefined;
  /** Names of the services that it belongs to. */
  readonly services: readonly string[];
  readonly problems: readonly Problem[];
}

const STATUS: Readonly<Record<EurekaStatus, Status>> = {
  UP: 'up',
  DOWN: 'down',
  STARTING: 'starting',
  OUT_OF_SERVICE: 'out-of-service',
  UNKNOWN: 'unknown',
};

export function toInstance(record: InstanceRecord, rules: InstanceRules): Translated {
  const services = serviceNames(record, rules);
  const id = rules.serviceKey === 'vip' ? `${record.app}/${record.id}` : record.id;
  const problems: Problem[] = [];
  const report: Report = (code, value) => {
    for (const service of services.length === 0 ? [record.app] : services)
      problems.push(problem(code, { registry: rules.registry, service, instance: id }, value));
  };
  if (record.droppedSecrets.length > 0) report('METADATA_SECRET_DROPPED', record.droppedSecrets.join(', '));
  const address = addressOf(record);
  if (address === undefined) report('INSTANCE_MALFORMED', 'it has neither a usable ipAddr nor a usable hostName');
  if (services.length === 0) report('INSTANCE_MALFORMED', 'it has no VIP address, which names services here');
  if (address === undefined || services.length === 0) return { instance: undefined, services: [], problems };
  const instance: Instance = {
    id,
    address,
    ports: portsOf(record, rules.metadataKeys, report),
    status: STATUS[record.status],
    weight: weightOf(record, rules, report),
    locality: localityOf(record, rules),
    metadata: record.metadata,
    attributes: attributesOf(record),
  };
  return { instance, services, problems };
}

/** Judged before anything is translated: of most of a large registry nothing else is ever asked. */
export function isOutside(record: InstanceRecord, { isInScope }: InstanceRules): boolean {
  if (isInScope === undefined) return false;
  return !isInScope({ ...UNASKED, metadata: record.metadata, attributes: attributesOf(record) });
}

/** What no rule of a scope can ask about. */
const UNASKED: Omit<Instance, 'metadata' | 'attributes'> = {
  id: '',
  address: '',
  ports: [],
  status: 'unknown',
  weight: undefined,
  locality: undefined,
};

/** The services that it would be in, were it in scope: they are counted. */
export function outsideServices(record: InstanceRecord, rules: InstanceRules): readonly string[] {
  return addressOf(record) === undefined ? [] : serviceNames(record, rules);
}

/**
 * Callers look VIPs up without regard to case, so spellings of one VIP are one service, named in lower case. An instance
 * with two VIPs is in two services; ids carry the application there, because they are unique in an application only.
 */
function serviceNames(record: InstanceRecord, rules: InstanceRules): readonly string[] {
  return rules.serviceKey === 'app' ? [record.app] : [...new Set(record.vips.map((vip) => vip.toLowerCase()))];
}

/** What registrations say when they know no address. Loopback stays: admission judges it. */
const NO_ADDRESS: ReadonlySet<string> = new Set(['unknown', 'null', 'none', '0.0.0.0', '::', '0:0:0:0:0:0:0:0']);

function addressOf(record: InstanceRecord): string | undefined {
  return [record.ipAddr, record.hostName]
    .map((text) => (text?.startsWith('[') && text.endsWith(']') ? text.slice(1, -1) : text))
    .find((text) => text !== undefined && text !== '' && !NO_ADDRESS.has(text.toLowerCase()));
}

const DECIMAL = /^-?[0-9]{1,15}(?:\.[0-9]{1,15})?$/;

function weightOf(record: InstanceRecord, rules: InstanceRules, report: Report): number | undefined {
  const text = firstOf(record.metadata, rules.metadataKeys.weight);
  if (text === undefined) return undefined;
  if (DECIMAL.test(text)) return Number(text);
  report('WEIGHT_INVALID', text);
  return undefined;
}

/** Amazon names a zone by its region and a letter: `us-east-1c`. */
const AMAZON_ZONE = /^[a-z]{2,}(?:-[a-z]{1,20}){1,4}-[0-9]{1,3}[a-z]$/;

function localityOf(record: InstanceRecord, rules: InstanceRules): string | undefined {
  const zone = firstOf(record.metadata, rules.metadataKeys.zone) ?? record.availabilityZone;
  if (zone === undefined) return undefined;
  const region = rules.region ?? (AMAZON_ZONE.test(zone) ? zone.slice(0, -1) : undefined);
  return region === undefined ? zone : `${region}/${zone}`;
}

function attributesOf(record: InstanceRecord): ReadonlyMap<string, readonly string[]> {
  const attributes = new Map<string, readonly string[]>([['app', [record.app]]]);
  if (record.vips.length > 0) attributes.set('vip', record.vips);
  if (record.group !== undefined) attributes.set('group', [record.group]);
  return attributes;
}
