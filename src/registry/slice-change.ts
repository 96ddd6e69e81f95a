// SPDX-License-Identifier: Apache-2.0
// What happened between two slices of one registry: for events, logs and metrics, never for decisions. Pure. Costs only
// what changed, because unchanged services and instances are recognised by identity.
import type { Instance, Service, ServiceKey } from '../model/service.ts';
import type { Reading, Slice } from './registry.ts';

export interface SliceChange {
  readonly registry: string;
  /** Kind of the reading, before and now; equal when the registry's condition did not change. */
  readonly before: Reading['kind'];
  readonly now: Reading['kind'];
  /** Code and sentence of the last error, where there is one. */
  readonly error: string | undefined;
  readonly services: readonly ServiceChange[];
}

export interface ServiceChange {
  readonly kind: 'added' | 'removed' | 'changed';
  readonly service: string;
  /** Ids of instances; `changed` covers status, ports, metadata and all else. */
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly changed: readonly string[];
}

/** `before` undefined: nothing was known. Returns undefined when both say the same, whenever they were read. */
export function sliceChange(before: Slice | undefined, now: Slice): SliceChange | undefined {
  const services = serviceChanges(servicesOf(before), servicesOf(now));
  const kind = before?.reading.kind ?? 'waiting';
  if (services.length === 0 && kind === now.reading.kind) return undefined;
  const lastError = now.reading.kind === 'live' ? undefined : now.reading.lastError;
  const error = lastError && `${lastError.code}: ${lastError.message}`;
  return { registry: now.registry, before: kind, now: now.reading.kind, error, services };
}

type Services = ReadonlyMap<ServiceKey, Service>;

const NONE: Services = new Map();

function servicesOf(slice: Slice | undefined): Services {
  return slice === undefined || slice.reading.kind === 'waiting' ? NONE : slice.reading.content.services;
}

function serviceChanges(before: Services, now: Services): ServiceChange[] {
  if (before === now) return [];
  const changes: ServiceChange[] = [];
  for (const [key, service] of now) {
    const former = before.get(key);
    if (former !== service) changes.push(serviceChange(former, service));
  }
  for (const [key, service] of before) {
    if (!now.has(key))
      changes.push({ kind: 'removed', service: service.name, ...instanceChanges(service.instances, []) });
  }
  return changes;
}

function serviceChange(former: Service | undefined, service: Service): ServiceChange {
  const kind = former === undefined ? 'added' : 'changed';
  return { kind, service: service.name, ...instanceChanges(former?.instances ?? [], service.instances) };
}

function instanceChanges(
  before: readonly Instance[],
  now: readonly Instance[],
): Pick<ServiceChange, 'added' | 'removed' | 'changed'> {
  const former = new Map(before.map((instance) => [instance.id, instance]));
  const added: string[] = [];
  const changed: string[] = [];
  for (const instance of now) {
    const known = former.get(instance.id);
    former.delete(instance.id);
    if (known === undefined) added.push(instance.id);
    else if (known !== instance) changed.push(instance.id);
  }
  return { added, removed: [...former.keys()], changed };
}
