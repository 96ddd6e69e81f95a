// SPDX-License-Identifier: Apache-2.0
// One instance of Eureka's JSON → InstanceRecord. Tolerant, because the writers are many: numbers as text, text as numbers,
// booleans as text, missing members. Only what has no identity is refused. Volatile members (lease, timestamps that every
// heartbeat moves) are not kept. Secrets end here.
import type { IsSecret } from '../secrets.ts';

/** Eureka's own spelling: the reconcile hash is made of it. What is not listed reads as UNKNOWN, as in Eureka's clients. */
export const EUREKA_STATUSES = ['UP', 'DOWN', 'STARTING', 'OUT_OF_SERVICE', 'UNKNOWN'] as const;
export type EurekaStatus = (typeof EUREKA_STATUSES)[number];

export interface PortRecord {
  /** As registered. */
  readonly text: string;
  readonly enabled: boolean;
}

export interface InstanceRecord {
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
  readonly metadata: ReadonlyMap<string, string>;
  /** Keys, never values. */
  readonly droppedSecrets: readonly string[];
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

export type JsonObject = Readonly<Record<string, unknown>>;

/** `appName` is that of the surrounding application, for instances that do not name theirs. */
export function decodeInstance(raw: unknown, appName: string | undefined, isSecret: IsSecret): DecodedInstance {
  const instance = asObject(raw);
  if (instance === undefined) return unreadable(appName ?? '', 'UNKNOWN', 'it is not an object');
  const status = decodeStatus(instance['status']);
  const app = (asText(instance['app']) ?? appName)?.toUpperCase();
  if (app === undefined) return unreadable('', status, 'it names no application');
  const hostName = asText(instance['hostName']);
  const amazon = amazonMetadata(instance['dataCenterInfo']);
  // The fallbacks of Eureka's own clients, in their order: servers before 1.4 send no instanceId.
  const id = asText(instance['instanceId']) ?? asText(amazon?.['instance-id']) ?? hostName;
  if (id === undefined) return unreadable(app, status, 'it has neither instanceId nor hostName');
  return {
    kind: 'instance',
    record: {
      app,
      id,
      status,
      deleted: instance['actionType'] === 'DELETED',
      ipAddr: asText(instance['ipAddr']),
      hostName,
      port: decodePort(instance['port'], true),
      securePort: decodePort(instance['securePort'], false),
      vips: splitVips(asText(instance['vipAddress']) ?? asText(instance['secureVipAddress']) ?? ''),
      group: asText(instance['appGroupName']),
      availabilityZone: asText(amazon?.['availability-zone']),
      ...decodeMetadata(asObject(instance['metadata']) ?? {}, isSecret),
      dirtyStamp: Number(asText(instance['lastDirtyTimestamp']) ?? 0) || 0,
    },
  };
}

export function asObject(value: unknown): JsonObject | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined;
}

/** Trimmed text of a scalar; undefined when there is none. */
export function asText(value: unknown): string | undefined {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value !== 'string') return undefined;
  const text = value.trim();
  return text === '' ? undefined : text;
}

/** Eureka's readers compare without regard to case and take anything else for UNKNOWN. */
export function decodeStatus(raw: unknown): EurekaStatus {
  const text = asText(raw)?.toUpperCase();
  return EUREKA_STATUSES.find((status) => status === text) ?? 'UNKNOWN';
}

/**
 * `{"$": 8080, "@enabled": "true"}` with number or text, text or boolean; older writers send the bare number. Where
 * nothing is said of being enabled, Eureka enables the plain port and not the secure one.
 */
function decodePort(raw: unknown, enabledByDefault: boolean): PortRecord | undefined {
  const object = asObject(raw);
  const text = asText(object === undefined ? raw : object['$']);
  if (text === undefined) return undefined;
  const enabled = asText(object?.['@enabled'])?.toLowerCase();
  return { text, enabled: enabled === undefined ? enabledByDefault : enabled === 'true' };
}

function amazonMetadata(raw: unknown): JsonObject | undefined {
  const dataCenter = asObject(raw);
  return asText(dataCenter?.['name'])?.toLowerCase() === 'amazon' ? asObject(dataCenter?.['metadata']) : undefined;
}

function splitVips(text: string): readonly string[] {
  return [...new Set(text.split(',').map((vip) => vip.trim()))].filter((vip) => vip !== '');
}

function decodeMetadata(raw: JsonObject, isSecret: IsSecret): Pick<InstanceRecord, 'metadata' | 'droppedSecrets'> {
  const metadata = new Map<string, string>();
  const droppedSecrets: string[] = [];
  for (const [key, value] of Object.entries(raw)) {
    if (isTypeMark(key, value)) continue;
    const text = typeof value === 'string' ? value : asText(value);
    if (text === undefined) continue;
    if (isSecret(key, text)) droppedSecrets.push(key);
    else metadata.set(key, text);
  }
  return { metadata, droppedSecrets };
}

/** The server's serialiser names the Java class of an empty map (`@class`; `class` where it comes from XML). */
function isTypeMark(key: string, value: unknown): boolean {
  return key === '@class' || (key === 'class' && typeof value === 'string' && value.startsWith('java.'));
}

function unreadable(app: string, status: EurekaStatus, why: string): DecodedInstance {
  return { kind: 'unreadable', unreadable: { app, status, why } };
}
