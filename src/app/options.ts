// SPDX-License-Identifier: Apache-2.0
// Configuration → what each stage of the pipeline asks for. The stages do not know the configuration.
import type { AdmitOptions } from '../admit/options.ts';
import type { Config } from '../config/config.ts';
import type { ConvertOptions } from '../convert/options.ts';
import type { GuardOptions } from '../guard/options.ts';

export interface PipelineOptions {
  readonly guard: GuardOptions;
  readonly convert: ConvertOptions;
  readonly admit: AdmitOptions;
}

export function pipelineOptions(config: Config): PipelineOptions {
  return { guard: guardOptions(config), convert: convertOptions(config), admit: admitOptions(config) };
}

function guardOptions(config: Config): GuardOptions {
  // A slice always comes from a configured registry; an unknown name would be a defect, and waiting longest is safe.
  const holdForMs = (registry: string) => config.registries[registry]?.holdForMs ?? Number.POSITIVE_INFINITY;
  return { ...config.guard, holdForMs };
}

function convertOptions(config: Config): ConvertOptions {
  const { namespace, instance, hostTemplate, hosts, yieldHosts, ports, virtualIps, location, exportTo } = config;
  const { mixedAddresses, endpointLabels, endpointRules, labelPrefix, owner } = config;
  const names = { namespace, instance, hostTemplate, hosts, yieldHosts };
  const shape = { ports, virtualIps, location, exportTo, mixedAddresses };
  return { ...names, ...shape, endpointLabels, endpointRules, labelPrefix, owner };
}

function admitOptions(config: Config): AdmitOptions {
  const { enabled, range, rangeV6 } = config.virtualIps;
  const virtualIps = enabled ? [range, ...(rangeV6 === undefined ? [] : [rangeV6])] : [];
  const { namespace, exportTo, labelPrefix, owner } = config;
  const ownerKeys = [...Object.keys(owner.labels), ...Object.keys(owner.annotations)];
  return { ...config.admit, namespace, exportTo, labelPrefix, virtualIps, ownerKeys };
}
