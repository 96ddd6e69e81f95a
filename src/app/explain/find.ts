// SPDX-License-Identifier: Apache-2.0
// What a person may mean by a text: a service, a host, a virtual IP, an instance or its address. The nearest kind of match
// answers alone, so that the name of a service never brings up those that merely mention it.
import type { ExplainedService } from '../../admin/explanation.ts';
import { readAddress } from '../../convert/address.ts';
import { type Service, type ServiceKey, serviceKey, splitServiceKey } from '../../model/service.ts';
import { type InstanceTest, instanceTest } from './asked-instance.ts';
import { calledPlace } from './called-place.ts';
import { type ExplainInput, slicesOf } from './input.ts';
import type { TurnIndex } from './turn-index.ts';

export interface Named {
  readonly key: ServiceKey;
  readonly registry: string;
  readonly name: string;
}

export interface Found extends Named {
  readonly matchedBy: ExplainedService['matchedBy'];
  /** Which of its instances are meant, where it was found by one. */
  readonly instances: InstanceTest | undefined;
}

/**
 * In this order, and the first that finds anything counts: the name as registered, with or without `registry/` before it; the
 * same without regard to case; a host, a virtual IP; the first labels of a host; the id of an instance, its address, or
 * address:port; what of these a URL calls, or a name with a port.
 */
export function findServices(asked: string, input: ExplainInput, index: TurnIndex | undefined): readonly Found[] {
  const called = calledPlace(asked);
  const steps = [
    () => byExactName(asked, input, index),
    () => byName(asked, input, index),
    ...stepsOfPlace(asked, index),
    () => byInstance(asked, input, index),
    ...(called === undefined ? [] : stepsOfPlace(called.host, index)),
    ...(called?.isUrl === true ? [() => byInstance(called.place, input, index)] : []),
  ];
  for (const step of steps) {
    const found = step();
    if (found.length > 0) return found;
  }
  return [];
}

function stepsOfPlace(host: string, index: TurnIndex | undefined): readonly (() => readonly Found[])[] {
  return [() => byHost(host, index), () => byVirtualIp(host, index), () => byStartOfHost(host, index)];
}

/** Every name that anything is known of, once or more often. */
export function* knownNames(input: ExplainInput, index: TurnIndex | undefined): Iterable<Named> {
  const registries = slicesOf(input);
  for (const { registry, reading } of registries) {
    if (reading.kind !== 'waiting')
      for (const { key, name } of reading.content.services.values()) yield { key, registry, name };
    for (const name of input.outside(registry).names()) yield { key: serviceKey(registry, name), registry, name };
  }
  for (const key of index?.problems.keys() ?? []) yield { key, ...splitServiceKey(key) };
  // Departed names too: who asks for one wants to hear that it left.
  for (const key of input.turn?.guarded.seniority.keys() ?? []) yield { key, ...splitServiceKey(key) };
}

function byExactName(asked: string, input: ExplainInput, index: TurnIndex | undefined): readonly Found[] {
  return slicesOf(input).flatMap(({ registry }) => {
    const names = asked.startsWith(`${registry}/`) ? [asked, asked.slice(registry.length + 1)] : [asked];
    return names
      .map((name) => ({ key: serviceKey(registry, name), registry, name }))
      .filter((one) => one.name !== '' && isKnown(one, input, index))
      .map((one): Found => ({ ...one, matchedBy: 'name', instances: undefined }));
  });
}

function isKnown({ key, registry, name }: Named, input: ExplainInput, index: TurnIndex | undefined): boolean {
  const slice = slicesOf(input).find((one) => one.registry === registry);
  const isListed = slice !== undefined && slice.reading.kind !== 'waiting' && slice.reading.content.services.has(key);
  const isRemembered = input.turn?.guarded.seniority.has(key) === true || index?.problems.has(key) === true;
  return isListed || isRemembered || input.outside(registry).leftOut(name) !== undefined;
}

function byName(asked: string, input: ExplainInput, index: TurnIndex | undefined): readonly Found[] {
  const wanted = asked.toLowerCase();
  const found = new Map<ServiceKey, Found>();
  for (const one of knownNames(input, index)) {
    if (one.name !== '' && (one.name.toLowerCase() === wanted || one.key.toLowerCase() === wanted))
      found.set(one.key, { ...one, matchedBy: 'name', instances: undefined });
  }
  return [...found.values()];
}

function byHost(asked: string, index: TurnIndex | undefined): readonly Found[] {
  const host = asked.toLowerCase().replace(/\.$/, '');
  return matches(index?.claimants.get(host) ?? [], 'host');
}

function byVirtualIp(asked: string, index: TurnIndex | undefined): readonly Found[] {
  const address = readAddress(asked);
  return address.kind === 'ip' ? matches(index?.byVirtualIp.get(address.text) ?? [], 'virtual-ip') : [];
}

/** `orders` and `orders.payments` for `orders.payments.eureka`. */
function byStartOfHost(asked: string, index: TurnIndex | undefined): readonly Found[] {
  const start = `${asked.toLowerCase().replace(/\.$/, '')}.`;
  const hosts = [...(index?.claimants ?? [])].filter(([host]) => host.startsWith(start));
  return hosts.flatMap(([, keys]) => matches(keys, 'host'));
}

function matches(keys: readonly ServiceKey[], matchedBy: Found['matchedBy']): readonly Found[] {
  return keys.map((key) => ({ key, ...splitServiceKey(key), matchedBy, instances: undefined }));
}

function byInstance(asked: string, input: ExplainInput, index: TurnIndex | undefined): readonly Found[] {
  const test = instanceTest(asked);
  const keys = new Set<ServiceKey>();
  for (const { key, instances } of services(input)) if (test.isAmong(instances)) keys.add(key);
  // Of a record that could not be read nothing but its id is known.
  for (const [key, problems] of index?.problems ?? [])
    if (problems.some(({ instance }) => test.isId(instance))) keys.add(key);
  const named = [...keys].map((key) => ({ key, ...splitServiceKey(key) })).filter(({ name }) => name !== '');
  return named.map((one) => ({ ...one, matchedBy: 'instance', instances: test }));
}

/** What is listed, and what the guard keeps. */
function* services(input: ExplainInput): Iterable<Service> {
  for (const { reading } of slicesOf(input)) if (reading.kind !== 'waiting') yield* reading.content.services.values();
  yield* input.turn?.guarded.services.values() ?? [];
}
