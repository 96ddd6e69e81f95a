// SPDX-License-Identifier: Apache-2.0
// Configuration → what each stage of the pipeline asks for. The stages do not know the configuration.
import type { AdmitOptions } from '../admit/options.ts';
import type { Config } from '../config/config.ts';
import type { ConvertOptions } from '../convert/options.ts';
import type { GuardOptions } from '../guard/options.ts';
import type { LimitOptions } from '../registry/limit/options.ts';

export interface PipelineOptions {
  readonly limits: LimitOptions;
  readonly guard: GuardOptions;
  readonly convert: ConvertOptions;
  readonly admit: AdmitOptions;
}

export function pipelineOptions(config: Config): PipelineOptions {
  const { limits } = config;
  return { limits, guard: guardOptions(config), convert: convertOptions(config), admit: admitOptions(config) };
}

export function guardOptions(config: Config): GuardOptions {
  // A slice always comes from a configured registry; an unknown name would be a defect, and waiting longest is safe.
  const holdForMs = (registry: string) => config.registries[registry]?.holdForMs ?? Number.POSITIVE_INFINITY;
  const { drain, ...times } = config.guard;
  const drainMs = { 'out-of-service': drain.outOfServiceMs, down: drain.downMs, starting: drain.startingMs };
  return { ...times, holdForMs, drainMs, freezes: config.freeze };
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
  const { namespace, instance, exportTo, labelPrefix, owner, endpointLabels, endpointRules } = config;
  const location = config.location === 'internal' ? 'MESH_INTERNAL' : 'MESH_EXTERNAL';
  const ownerKeys = [...Object.keys(owner.labels), ...Object.keys(owner.annotations)];
  const said = {
    networks: endpointRules.flatMap(({ network }) => network ?? []),
    serviceAccounts: endpointRules.flatMap(({ serviceAccount }) => serviceAccount ?? []),
    tlsModes: endpointRules.flatMap(({ tlsMode }) => tlsMode ?? []),
  };
  const names = { namespace, instance, labelPrefix, ownerKeys, endpointLabels };
  return { ...config.admit, ...names, ...said, location, exportTo, virtualIps };
}
