// SPDX-License-Identifier: Apache-2.0
// The interfaces that the processes of an application provide, where their metadata is kept in the registry: one document for
// each revision, shared by all processes of it and never deleted. It tells what a living process provides, never that one lives.
import { type JsonObject, numberOf, objectOf, parsedJson, textOf } from '../../../lib/json-value.ts';
import type { IsSecret } from '../../decoding/secrets.ts';
import { type KeptParameters, keepParameters, scalarsOf } from './parameters.ts';
import { identityOf, type ServiceIdentity } from './service-identity.ts';

export interface ProvidedService extends ServiceIdentity, KeptParameters {
  readonly scheme: string;
  /** As the process knows it; undefined where it is not told. */
  readonly port: number | undefined;
}

/** Ordered by nothing; empty where the document cannot be read: that it is missing is as normal. */
export function decodeApplicationMetadata(data: Buffer, isSecret: IsSecret): readonly ProvidedService[] {
  const services = objectOf(objectOf(parsedJson(data.toString()))?.['services']) ?? {};
  return Object.values(services).flatMap((service) => decodeService(objectOf(service) ?? {}, isSecret));
}

function decodeService(service: JsonObject, isSecret: IsSecret): readonly ProvidedService[] {
  const interfaceName = textOf(service['name']);
  const scheme = textOf(service['protocol'])?.toLowerCase();
  if (interfaceName === undefined || scheme === undefined) return [];
  const identity = identityOf(interfaceName, textOf(service['group']) ?? '', textOf(service['version']) ?? '');
  const kept = keepParameters(scalarsOf(objectOf(service['params']) ?? {}), isSecret);
  return [{ ...identity, ...kept, scheme, port: numberOf(service['port']) }];
}
