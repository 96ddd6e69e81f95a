// SPDX-License-Identifier: Apache-2.0
// What the guard remembers as JSON and back, so that it outlives the process. Every field counts, so this file
// changes with memory.ts; what it does not know of a former version is a matter for the schema number of who writes the file.
import {
  exactList,
  exactMap,
  exactNumber,
  exactObject,
  exactOneOf,
  exactOptional,
  exactText,
  ShapeError,
} from '../lib/exact-json.ts';
import { targetFrom, targetText } from '../model/freeze-order.ts';
import { type Service, type ServiceKey, serviceKey } from '../model/service.ts';
import { instanceFromJson, instanceJson, serviceFromJson, serviceJson } from '../model/service-json.ts';
import { DRAIN_STATUSES } from './drain.ts';
import type { Draining, Freeze, HoldBeginning, HoldReason, Missing, Seniority } from './guarded.ts';
import type { RegistryMemory } from './memory.ts';

/**
 * All but the revision of the scope, which counts from the start of a process. Services that did not change since they were last
 * written cost the joining of their text alone.
 */
export function registryMemoryJson(memory: RegistryMemory): string {
  const { listed, shown, missing, graces, draining, window, doubtedSinceMs } = memory;
  const { start, next, countedAtMs } = window;
  const keys = new Set([listed, shown, missing, longestFirst(graces), start, next].flatMap((map) => [...map.keys()]));
  const services = [...keys].map((key) => {
    const isAsListed = shown.has(key) && shown.get(key) === listed.get(key);
    const parts = [
      isAsListed ? '"shown":true' : partJson('shown', shown.get(key)),
      partJson('listed', listed.get(key)),
      ...(missing.has(key) ? [`"missing":[${(missing.get(key) ?? []).map(missingJson).join(',')}]`] : []),
      ...(draining.has(key) ? [`"draining":${JSON.stringify(draining.get(key))}`] : []),
      start.has(key) || next.has(key) ? `"counted":[${start.get(key) ?? 0},${next.get(key) ?? 0}]` : '',
      ...(graces.has(key) ? [`"graceSinceMs":${graces.get(key)}`] : []),
    ];
    return `[${JSON.stringify(nameOf(key))},{${parts.filter((part) => part !== '').join(',')}}]`;
  });
  const doubt = doubtedSinceMs === undefined ? '' : `"doubtedSinceMs":${doubtedSinceMs},`;
  return `{${doubt}"countedAtMs":${countedAtMs},"services":[\n${services.join(',\n')}]}`;
}

/** `scopeRevision` is that of the process which reads. Throws a ShapeError. */
export function registryMemoryFromJson(value: unknown, registry: string, scopeRevision: number): RegistryMemory {
  const { doubtedSinceMs, countedAtMs, services } = exactObject(value);
  const listed = new Map<ServiceKey, Service>();
  const shown = new Map<ServiceKey, Service>();
  const missing = new Map<ServiceKey, readonly Missing[]>();
  const graces = new Map<ServiceKey, number>();
  const draining = new Map<ServiceKey, readonly Draining[]>();
  const [start, next] = [new Map<ServiceKey, number>(), new Map<ServiceKey, number>()];
  for (const [name, record] of exactMap(services, exactText, exactObject)) {
    const key = serviceKey(registry, name);
    const service = (from: unknown) => sameName(name, serviceFromJson(from, registry));
    if (record['listed'] !== undefined) listed.set(key, service(record['listed']));
    if (record['shown'] !== undefined) {
      const asListed = record['shown'] === true ? listed.get(key) : undefined;
      shown.set(key, asListed ?? service(record['shown']));
    }
    if (record['missing'] !== undefined) missing.set(key, exactList(record['missing'], missingFromJson));
    if (record['draining'] !== undefined) draining.set(key, exactList(record['draining'], drainingFromJson));
    const [before, now] = exactList(record['counted'] ?? [], exactNumber);
    if (before) start.set(key, before);
    if (now) next.set(key, now);
    if (record['graceSinceMs'] !== undefined) graces.set(key, exactNumber(record['graceSinceMs']));
  }
  const window = { countedAtMs: exactNumber(countedAtMs), start, next };
  const since = exactOptional(doubtedSinceMs, exactNumber);
  const kept = { missing, graces: longestFirst(graces), draining };
  return { scopeRevision, doubtedSinceMs: since, listed, window, ...kept, shown };
}

/** The order of graces, which is that of their beginnings; whatever reads and writes them keeps it. */
function longestFirst(graces: ReadonlyMap<ServiceKey, number>): ReadonlyMap<ServiceKey, number> {
  return new Map([...graces].sort(([, a], [, b]) => a - b));
}

/** In the order of the map, which is that of departure. */
export function seniorityJson(seniority: ReadonlyMap<ServiceKey, Seniority>): string {
  const names = [...seniority].map(([key, { sinceMs, presentSinceMs, present }]) =>
    JSON.stringify([key, [sinceMs, presentSinceMs, present ? 1 : 0]]),
  );
  return `[\n${names.join(',\n')}]`;
}

/** Throws a ShapeError. */
export function seniorityFromJson(value: unknown): ReadonlyMap<ServiceKey, Seniority> {
  return exactMap(value, keyFromJson, (written) => {
    const [sinceMs, presentSinceMs, present] = exactList(written, exactNumber);
    if (sinceMs === undefined || presentSinceMs === undefined) throw new ShapeError('no seniority');
    return { sinceMs, presentSinceMs, present: present === 1 };
  });
}

export function freezesJson(freezes: readonly Freeze[]): string {
  return JSON.stringify(freezes.map(({ target, ...freeze }) => ({ ...freeze, target: targetText(target) })));
}

/** Throws a ShapeError. */
export function freezesFromJson(value: unknown): readonly Freeze[] {
  return exactList(value, (written) => {
    const { id, target: text, reason, sinceMs, untilMs, origin } = exactObject(written);
    const target = targetFrom(exactText(text));
    if (target === undefined) throw new ShapeError('no target of a freeze');
    return {
      id: exactText(id),
      target,
      reason: exactText(reason),
      sinceMs: exactNumber(sinceMs),
      untilMs: exactOptional(untilMs, exactNumber),
      origin: exactOneOf(origin, ['configuration', 'hand']),
    };
  });
}

function partJson(name: string, service: Service | undefined): string {
  return service === undefined ? '' : `"${name}":${serviceJson(service)}`;
}

function missingJson(missing: Missing): string {
  const { kind, sinceMs, instance } = missing;
  const hold = kind === 'held' ? { reason: missing.reason } : { formerHold: missing.formerHold };
  return `${JSON.stringify({ kind, sinceMs, ...hold }).slice(0, -1)},"instance":${instanceJson(instance)}}`;
}

function missingFromJson(value: unknown): Missing {
  const { kind, formerHold, instance: written, ...hold } = exactObject(value);
  const instance = instanceFromJson(written);
  if (exactOneOf(kind, ['debounced', 'held']) === 'held') return { kind: 'held', instance, ...beginningFromJson(hold) };
  const sinceMs = exactNumber(hold['sinceMs']);
  return { kind: 'debounced', instance, sinceMs, formerHold: exactOptional(formerHold, beginningFromJson) };
}

function drainingFromJson(value: unknown): Draining {
  const { id, status, sinceMs } = exactObject(value);
  return { id: exactText(id), status: exactOneOf(status, DRAIN_STATUSES), sinceMs: exactNumber(sinceMs) };
}

const HOLD_REASONS: readonly HoldReason[] = ['everything-gone', 'many-gone'];

function beginningFromJson(value: unknown): HoldBeginning {
  const { reason, sinceMs } = exactObject(value);
  return { reason: exactOneOf(reason, HOLD_REASONS), sinceMs: exactNumber(sinceMs) };
}

function nameOf(key: ServiceKey): string {
  return key.slice(key.indexOf('/') + 1);
}

function keyFromJson(value: unknown): ServiceKey {
  const key = exactText(value);
  const slash = key.indexOf('/');
  if (slash < 0) throw new ShapeError('no key of a service');
  return serviceKey(key.slice(0, slash), key.slice(slash + 1));
}

function sameName(name: string, service: Service): Service {
  if (service.name !== name) throw new ShapeError('a service under the name of another');
  return service;
}
