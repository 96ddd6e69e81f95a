// SPDX-License-Identifier: Apache-2.0
// A record of Spring Cloud → the model's Instance: facts only. Whether a status is routed, a host name is resolved or a number is
// a usable port is decided later.

import { objectOf } from '../../lib/json-value.ts';
import { type Problem, problem } from '../../model/problem.ts';
import type { Instance, Status } from '../../model/service.ts';
import { registeredAddress } from '../decoding/registered-address.ts';
import type { IsSecret } from '../decoding/secrets.ts';
import { firstOf, localityOf, type Report, readMetadata, weightOf } from '../decoding/spring-metadata.ts';
import { springPorts } from '../decoding/spring-ports.ts';
import type { Scope } from '../scope.ts';
import type { CuratorInstance } from '../zookeeper/curator.ts';
import type { SpringCloudZooKeeperOptions } from './options.ts';

export type InstanceRules = Pick<SpringCloudZooKeeperOptions, 'metadataKeys' | 'region'> & {
  readonly registry: string;
  readonly isInScope: Scope;
  readonly isSecret: IsSecret;
};

/** One node that Spring Cloud wrote. */
export interface Registration {
  /** undefined: nothing can be sent to it; a problem says why. */
  readonly instance: Instance | undefined;
  readonly isOutside: boolean;
  /** Of two nodes for one instance the one with the higher stamp is the newer. */
  readonly registeredAtMs: number;
  /** None where it is outside the scope. */
  readonly problems: readonly Problem[];
}

/** `service` is the path of its directory below the root, `node` its name there. */
export function toRegistration(
  record: CuratorInstance,
  { service, node }: { readonly service: string; readonly node: string },
  rules: InstanceRules,
): Registration {
  const id = record.id ?? node;
  const problems: Problem[] = [];
  const report: Report = (code, value) =>
    problems.push(problem(code, { registry: rules.registry, service, instance: id }, value));
  const { metadata, droppedSecrets } = readMetadata(objectOf(record.payload['metadata']) ?? {}, rules.isSecret);
  if (droppedSecrets.length > 0) report('METADATA_SECRET_DROPPED', droppedSecrets.join(', '));
  if (isPersistent(record)) report('INSTANCE_PERSISTENT', record.serviceType ?? '');
  const instance: Instance = {
    id,
    address: registeredAddress(record.address) ?? '',
    ports: portsOf(record, metadata, rules, report),
    status: statusOf(record, metadata),
    weight: weightOf(metadata, rules.metadataKeys.weight, report),
    locality: localityOf(firstOf(metadata, rules.metadataKeys.zone), rules.region),
    metadata,
    attributes: new Map([['service', [service]]]),
  };
  const fault = faultOf(instance);
  if (fault !== undefined) report('INSTANCE_MALFORMED', fault);
  const isOutside = !rules.isInScope(instance);
  return {
    instance: fault === undefined ? instance : undefined,
    isOutside,
    registeredAtMs: record.registeredAtMs ?? 0,
    problems: isOutside ? [] : problems,
  };
}

/** Why nothing can be sent to it; undefined where something can. */
function faultOf({ address, ports }: Instance): string | undefined {
  if (address === '') return 'it has no usable address';
  return ports.length === 0 ? 'it has no usable port' : undefined;
}

/** Its node is not bound to a session, so it stays when the process is gone. */
function isPersistent({ serviceType }: CuratorInstance): boolean {
  return serviceType === 'STATIC' || serviceType === 'PERMANENT';
}

/** An application that speaks TLS registers its one port twice: callers use `sslPort` where there is one. */
function portsOf(
  { port, sslPort, scheme }: CuratorInstance,
  metadata: ReadonlyMap<string, string>,
  { metadataKeys }: InstanceRules,
  report: Report,
): Instance['ports'] {
  const plain = port === sslPort ? undefined : port;
  return springPorts({ plain, secure: sslPort, word: scheme, metadata }, metadataKeys, report);
}

/** The words of Spring Cloud, which are those of Eureka; without one an instance is up. */
const STATUSES: ReadonlyMap<string, Status> = new Map([
  ['', 'up'],
  ['UP', 'up'],
  ['OUT_OF_SERVICE', 'out-of-service'],
  ['DOWN', 'down'],
  ['STARTING', 'starting'],
]);

function statusOf({ enabled }: CuratorInstance, metadata: ReadonlyMap<string, string>): Status {
  if (!enabled) return 'out-of-service';
  const word = metadata.get('instance_status') ?? '';
  return STATUSES.get(word.trim().toUpperCase()) ?? 'unknown';
}
