// SPDX-License-Identifier: Apache-2.0
// InstanceRecord → the model's Instance: facts only. Whether a status is routed or a number is a usable port is decided
// later; here the words of Eureka and of Spring's metadata conventions become those of the model.
import { type Problem, problem } from '../../model/problem.ts';
import type { Instance, Status } from '../../model/service.ts';
import { registeredAddress } from '../decoding/registered-address.ts';
import { firstOf, localityOf, type Report, weightOf } from '../decoding/spring-metadata.ts';
import type { JudgeScope, LeftOut } from '../scope.ts';
import type { EurekaStatus, InstanceRecord } from './decode-instance.ts';
import type { EurekaOptions } from './options.ts';
import { portsOf } from './ports.ts';

export type InstanceRules = Pick<EurekaOptions, 'metadataKeys' | 'region' | 'serviceKey'> & {
  readonly registry: string;
  /** Absent: everything is in scope. */
  readonly judge?: JudgeScope;
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
    weight: weightOf(record.metadata, rules.metadataKeys.weight, report),
    locality: localityOf(zoneOf(record, rules), rules.region),
    metadata: record.metadata,
    attributes: attributesOf(record),
  };
  return { instance, services, problems };
}

/** Judged before anything is translated: of most of a large registry nothing else is ever asked. undefined: it is in scope. */
export function leftOutBecause(record: InstanceRecord, { judge }: InstanceRules): LeftOut | undefined {
  const verdict = judge?.({ metadata: record.metadata, attributes: attributesOf(record) });
  return verdict === undefined || verdict.kind === 'in-scope' ? undefined : verdict;
}

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

function addressOf({ ipAddr, hostName }: InstanceRecord): string | undefined {
  return registeredAddress(ipAddr, hostName);
}

function zoneOf(record: InstanceRecord, rules: InstanceRules): string | undefined {
  return firstOf(record.metadata, rules.metadataKeys.zone) ?? record.availabilityZone;
}

function attributesOf(record: InstanceRecord): ReadonlyMap<string, readonly string[]> {
  const attributes = new Map<string, readonly string[]>([['app', [record.app]]]);
  if (record.vips.length > 0) attributes.set('vip', record.vips);
  if (record.group !== undefined) attributes.set('group', [record.group]);
  return attributes;
}
