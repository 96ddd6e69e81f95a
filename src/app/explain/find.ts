// SPDX-License-Identifier: Apache-2.0
// What a person may mean by a text: a service, a host, a virtual IP, an instance or its address. The nearest kind of match
// answers alone, so that the name of a service never brings up those that merely mention it.
import type { ExplainedService } from '../../admin/explanation.ts';
import { readAddress } from '../../convert/address.ts';
import { byIdentity } from '../../lib/by-identity.ts';
import type { Instance, Service, ServiceKey } from '../../model/service.ts';
import { serviceKey, splitServiceKey } from '../../model/service.ts';
import type { ExplainInput } from './input.ts';
import { slicesOf } from './subject.ts';
import type { TurnIndex } from './turn-index.ts';

export interface Named {
  readonly key: ServiceKey;
  readonly registry: string;
  readonly name: string;
}

export interface Found extends Named {
  readonly matchedBy: ExplainedService['matchedBy'];
}

/**
 * In this order, and the first that finds anything counts: the name as registered, with or without `registry/` before it; the
 * same without regard to case; a host, a virtual IP; the first labels of a host; the id of an instance, its address, or
 * address:port.
 */
export function findServices(asked: string, input: ExplainInput, index: TurnIndex | undefined): readonly Found[] {
  const steps = [
    () => byExactName(asked, input, index),
    () => byName(asked, input, index),
    () => byHost(asked, index),
    () => byVirtualIp(asked, index),
    () => byStartOfHost(asked, index),
    () => byInstance(asked, input),
  ];
  for (const step of steps) {
    const found = step();
    if (found.length > 0) return found;
  }
  return [];
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
      .map((one): Found => ({ ...one, matchedBy: 'name' }));
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
      found.set(one.key, { ...one, matchedBy: 'name' });
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
  return keys.map((key) => ({ key, ...splitServiceKey(key), matchedBy }));
}

function byInstance(asked: string, input: ExplainInput): readonly Found[] {
  const isAsked = instanceTest(asked);
  const found = new Map<ServiceKey, Found>();
  for (const { key, registry, name, instances } of services(input)) {
    if (isAsked(instances)) found.set(key, { key, registry, name, matchedBy: 'instance' });
  }
  return [...found.values()];
}

/** What is listed, and what the guard keeps. */
function* services(input: ExplainInput): Iterable<Service> {
  for (const { reading } of slicesOf(input)) if (reading.kind !== 'waiting') yield* reading.content.services.values();
  yield* input.turn?.guarded.services.values() ?? [];
}

function instanceTest(asked: string): (instances: readonly Instance[]) => boolean {
  const wanted = asked.toLowerCase();
  const { address, port } = splitPort(asked);
  const place = address === undefined ? undefined : placeText(address, port);
  return (instances) => {
    const { ids, places } = bearings(instances);
    return ids.has(wanted) || (place !== undefined && places.has(place));
  };
}

/** What instances are found by, read once: a page asks again every few seconds, and reading addresses is what costs. */
const bearings = byIdentity((instances: readonly Instance[]) => {
  const ids = new Set<string>();
  const places = new Set<string>();
  for (const { id, address, ports } of instances) {
    ids.add(id.toLowerCase());
    const text = canonical(address);
    if (text === undefined) continue;
    places.add(placeText(text, undefined));
    for (const { number } of ports) places.add(placeText(text, number));
  }
  return { ids, places };
});

function placeText(address: string, port: number | undefined): string {
  return port === undefined ? address : `${address} ${port}`;
}

function splitPort(asked: string): { readonly address: string | undefined; readonly port: number | undefined } {
  const whole = canonical(asked);
  if (whole !== undefined) return { address: whole, port: undefined };
  const [, bracketed, plain, port] = /^(?:\[([^\]]+)\]|([^:]+)):([0-9]{1,5})$/.exec(asked) ?? [];
  return { address: canonical(bracketed ?? plain ?? ''), port: port === undefined ? undefined : Number(port) };
}

function canonical(address: string): string | undefined {
  const read = readAddress(address);
  return read.kind === 'invalid' ? undefined : read.text;
}
