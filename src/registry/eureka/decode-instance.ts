// SPDX-License-Identifier: Apache-2.0
// One instance of Eureka's JSON → InstanceRecord. Tolerant, because the writers are many: numbers as text, text as numbers,
// booleans as text, missing members. Only what has no identity is refused. Volatile members (lease, timestamps that every
// heartbeat moves) are not kept. Secrets end here.
import { type JsonObject, objectOf, textOf } from '../../lib/json-value.ts';
import type { IsSecret } from '../decoding/secrets.ts';
import { type Metadata, readMetadata } from '../decoding/spring-metadata.ts';

/** Eureka's own spelling: the reconcile hash is made of it. What is not listed reads as UNKNOWN, as in Eureka's clients. */
export const EUREKA_STATUSES = ['UP', 'DOWN', 'STARTING', 'OUT_OF_SERVICE', 'UNKNOWN'] as const;
export type EurekaStatus = (typeof EUREKA_STATUSES)[number];

export interface PortRecord {
  /** As registered. */
  readonly text: string;
  readonly enabled: boolean;
}

export interface InstanceRecord extends Metadata {
  /** In upper case: Eureka compares applications so. */
  readonly app: string;
  /** Unique in its application. */
  readonly id: string;
  readonly status: EurekaStatus;
  /** What a delta says happened; without meaning in a full list. */
  readonly deleted: boolean;
  readonly ipAddr: string | undefined;
  readonly hostName: string | undefined;
  readonly port: PortRecord | undefined;
  readonly securePort: PortRecord | undefined;
  /** As spelled, in the order registered, each once. */
  readonly vips: readonly string[];
  readonly group: string | undefined;
  readonly availabilityZone: string | undefined;
  /** Of two records for one instance the one with the higher stamp is the newer. */
  readonly dirtyStamp: number;
}

/** An instance without an identity. Its status still counts in the server's hash. */
export interface UnreadableInstance {
  readonly app: string;
  readonly status: EurekaStatus;
  readonly why: string;
}

export type DecodedInstance =
  | { readonly kind: 'instance'; readonly record: InstanceRecord }
  | { readonly kind: 'unreadable'; readonly unreadable: UnreadableInstance };

/** `appName` is that of the surrounding application, for instances that do not name theirs. */
export function decodeInstance(raw: unknown, appName: string | undefined, isSecret: IsSecret): DecodedInstance {
  const instance = objectOf(raw);
  if (instance === undefined) return unreadable(appName ?? '', 'UNKNOWN', 'it is not an object');
  const status = decodeStatus(instance['status']);
  const app = (textOf(instance['app']) ?? appName)?.toUpperCase();
  if (app === undefined) return unreadable('', status, 'it names no application');
  const hostName = textOf(instance['hostName']);
  const amazon = amazonMetadata(instance['dataCenterInfo']);
  // The fallbacks of Eureka's own clients, in their order: servers before 1.4 send no instanceId.
  const id = textOf(instance['instanceId']) ?? textOf(amazon?.['instance-id']) ?? hostName;
  if (id === undefined) return unreadable(app, status, 'it has neither instanceId nor hostName');
  return {
    kind: 'instance',
    record: {
      app,
      id,
      status,
      deleted: instance['actionType'] === 'DELETED',
      ipAddr: textOf(instance['ipAddr']),
      hostName,
      port: decodePort(instance['port'], true),
      securePort: decodePort(instance['securePort'], false),
      vips: splitVips(textOf(instance['vipAddress']) ?? textOf(instance['secureVipAddress']) ?? ''),
      group: textOf(instance['appGroupName']),
      availabilityZone: textOf(amazon?.['availability-zone']),
      ...readMetadata(objectOf(instance['metadata']) ?? {}, isSecret),
      dirtyStamp: Number(textOf(instance['lastDirtyTimestamp']) ?? 0) || 0,
    },
  };
}

/** Eureka's readers compare without regard to case and take anything else for UNKNOWN. */
export function decodeStatus(raw: unknown): EurekaStatus {
  const text = textOf(raw)?.toUpperCase();
  return EUREKA_STATUSES.find((status) => status === text) ?? 'UNKNOWN';
}

/**
 * `{"$": 8080, "@enabled": "true"}` with number or text, text or boolean; older writers send the bare number. Where
 * nothing is said of being enabled, Eureka enables the plain port and not the secure one.
 */
function decodePort(raw: unknown, enabledByDefault: boolean): PortRecord | undefined {
  const object = objectOf(raw);
  const text = textOf(object === undefined ? raw : object['$']);
  if (text === undefined) return undefined;
  const enabled = textOf(object?.['@enabled'])?.toLowerCase();
  return { text, enabled: enabled === undefined ? enabledByDefault : enabled === 'true' };
}

function amazonMetadata(raw: unknown): JsonObject | undefined {
  const dataCenter = objectOf(raw);
  return textOf(dataCenter?.['name'])?.toLowerCase() === 'amazon' ? objectOf(dataCenter?.['metadata']) : undefined;
}

function splitVips(text: string): readonly string[] {
  return [...new Set(text.split(',').map((vip) => vip.trim()))].filter((vip) => vip !== '');
}

function unreadable(app: string, status: EurekaStatus, why: string): DecodedInstance {
  return { kind: 'unreadable', unreadable: { app, status, why } };
}
