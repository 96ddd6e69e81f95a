// SPDX-License-Identifier: Apache-2.0
// The endpoints of an entry, one by one: where traffic may be sent, on which ports, and what may be said about it. A refused
// endpoint goes alone, a reserved label goes without its endpoint.
import type { Endpoint, EntryPort, ServiceEntrySpec } from '../convert/entry.ts';
import { addressJudge } from './addresses.ts';
import type { Refusal } from './entry-scope.ts';
import type { LabelFilter } from './labels.ts';
import type { AdmitOptions } from './options.ts';
import { isInRanges } from './port-ranges.ts';

export interface Scoped {
  /** The same object when nothing had to go. */
  readonly spec: ServiceEntrySpec;
  readonly refusals: readonly Refusal[];
}

export function endpointScope(options: AdmitOptions, filterLabels: LabelFilter): (spec: ServiceEntrySpec) => Scoped {
  const judgeAddress = addressJudge(options.addresses, options.addressSuffixes);

  function refusal({ address, ports }: Endpoint, servicePorts: readonly EntryPort[]): Refusal | undefined {
    const verdict = judgeAddress(address);
    if (verdict !== 'admitted')
      return { code: verdict === 'reserved' ? 'ADDRESS_RESERVED' : 'ADDRESS_OUT_OF_SCOPE', value: address };
    // Where an endpoint does not say its port, Istio takes the number of the service's.
    const used = [
      ...Object.values(ports),
      ...servicePorts.filter(({ name }) => !Object.hasOwn(ports, name)).map(({ number }) => number),
    ];
    const foreign = used.find((port) => !isInRanges(options.endpointPorts, port));
    return foreign === undefined ? undefined : { code: 'ENDPOINT_PORT_OUT_OF_SCOPE', value: `${address}:${foreign}` };
  }

  function withAdmittedLabels(endpoint: Endpoint, refusals: Refusal[]): Endpoint {
    if (endpoint.labels === undefined) return endpoint;
    const { kept, dropped } = filterLabels(endpoint.labels);
    if (dropped.length === 0) return endpoint;
    refusals.push(...dropped.map((key): Refusal => ({ code: 'LABEL_RESERVED', value: key })));
    const { labels: _, ...rest } = endpoint;
    return Object.keys(kept).length === 0 ? rest : { ...rest, labels: kept };
  }

  return (spec) => {
    const refusals: Refusal[] = [];
    const endpoints = spec.endpoints.flatMap((endpoint) => {
      const found = refusal(endpoint, spec.ports);
      if (found === undefined) return [withAdmittedLabels(endpoint, refusals)];
      refusals.push(found);
      return [];
    });
    if (endpoints.length === 0 && isResolvedByName(spec)) return withoutImplicitEndpoints(spec, refusals);
    return { spec: refusals.length === 0 ? spec : { ...spec, endpoints }, refusals };
  };

  /**
   * With DNS and no endpoint left the callers' proxies would resolve the hosts themselves and send the traffic there. So
   * the hosts are judged as the addresses that they then are, and STATIC, which sends it nowhere, is published instead.
   */
  function withoutImplicitEndpoints(spec: ServiceEntrySpec, refusals: Refusal[]): Scoped {
    const implicit =
      spec.endpoints.length > 0 ? [] : spec.hosts.map((host) => refusal({ address: host, ports: {} }, spec.ports));
    refusals.push(...implicit.filter((found) => found !== undefined));
    if (refusals.length === 0) return { spec, refusals };
    return { spec: { ...spec, resolution: 'STATIC', endpoints: [] }, refusals };
  }
}

function isResolvedByName({ resolution }: ServiceEntrySpec): boolean {
  return resolution !== 'NONE' && resolution !== 'STATIC';
}
