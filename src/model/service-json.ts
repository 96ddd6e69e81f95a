// SPDX-License-Identifier: Apache-2.0
// Services of the model as JSON and back: what is read is equal to what was written, whatever a registry said. Every field of
// the model counts, so this file changes with service.ts. What says nothing (an empty map, no weight) is left out.
import { byIdentity } from '../lib/by-identity.ts';
import {
  exactFlag,
  exactList,
  exactMap,
  exactNumber,
  exactObject,
  exactOneOf,
  exactOptional,
  exactText,
} from '../lib/exact-json.ts';
import { type Instance, type Port, PROTOCOLS, type Service, STATUSES, serviceKey } from './service.ts';

/** Without its registry, which whoever writes knows. Made once for each object. */
export const serviceJson = byIdentity(({ name, instances, inventory }: Service): string => {
  const head = `{"name":${JSON.stringify(name)}`;
  const kinds = inventory === undefined ? '' : `,"inventory":${JSON.stringify([...inventory])}`;
  return `${head}${kinds},"instances":[${instances.map(instanceJson).join(',')}]}`;
});

export function instanceJson(instance: Instance): string {
  const { id, address, ports, status, weight, locality, metadata, attributes } = instance;
  return JSON.stringify({
    id,
    address,
    ports: ports.map(({ name, number, protocol, secure }) => ({
      name,
      number: writtenNumber(number),
      protocol,
      secure,
    })),
    status,
    weight: weight === undefined ? undefined : writtenNumber(weight),
    locality,
    metadata: metadata.size === 0 ? undefined : [...metadata],
    attributes: attributes.size === 0 ? undefined : [...attributes],
  });
}

/** Throws a ShapeError. */
export function serviceFromJson(value: unknown, registry: string): Service {
  const { name: written, instances, inventory } = exactObject(value);
  const name = exactText(written);
  const service = {
    key: serviceKey(registry, name),
    registry,
    name,
    instances: exactList(instances, instanceFromJson),
  };
  return inventory === undefined ? service : { ...service, inventory: exactMap(inventory, exactText, texts) };
}

/** Throws a ShapeError. */
export function instanceFromJson(value: unknown): Instance {
  const { id, address, ports, status, weight, locality, metadata, attributes } = exactObject(value);
  return {
    id: exactText(id),
    address: exactText(address),
    ports: exactList(ports, portFromJson),
    status: exactOneOf(status, STATUSES),
    weight: exactOptional(weight, numberFromJson),
    locality: exactOptional(locality, exactText),
    metadata: exactMap(metadata ?? [], exactText, exactText),
    attributes: exactMap(attributes ?? [], exactText, texts),
  };
}

function portFromJson(value: unknown): Port {
  const { name, number, protocol, secure } = exactObject(value);
  return {
    name: exactText(name),
    number: numberFromJson(number),
    protocol: exactOneOf(protocol, PROTOCOLS),
    secure: exactFlag(secure),
  };
}

function texts(value: unknown): readonly string[] {
  return exactList(value, exactText);
}

/** A registry may say numbers that JSON cannot, and conversion judges them. */
function writtenNumber(number: number): number | string {
  return Number.isFinite(number) && !Object.is(number, -0) ? number : String(Object.is(number, -0) ? '-0' : number);
}

function numberFromJson(value: unknown): number {
  return typeof value === 'string'
    ? Number(exactOneOf(value, ['NaN', 'Infinity', '-Infinity', '-0']))
    : exactNumber(value);
}
