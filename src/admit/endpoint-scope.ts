// SPDX-License-Identifier: Apache-2.0
// The endpoints of an entry, one by one: where traffic may be sent, on which ports, and what may be said about it. A refused
// endpoint goes alone, a reserved label goes without its endpoint.
import type { Endpoint, EntryPort, ServiceEntrySpec } from '../convert/entry.ts';
import { addressJudge } from './addresses.ts';
import type { LabelFilter } from './labels.ts';
import type { AdmitOptions } from './options.ts';
import { isInRanges } from './port-ranges.ts';
import type { Refusal } from './refusal.ts';

export interface Scoped {
  /** The same object when nothing had to go. */
  readonly spec: ServiceEntrySpec;
  readonly refusals: readonly Refusal[];
}

export function endpointScope(options: AdmitOptions, filterLabels: LabelFilter): (spec: ServiceEntrySpec) => Scoped {
  const judgeAddress = addressJudge(options.addresses, options.addressSuffixes);

  /** Neither is dropped alone: without them the endpoint would be reached in another way than somebody meant. */
  function traitRefusal({ address, network = '', serviceAccount = '' }: Endpoint): Refusal | undefined {
    if (network !== '' && !options.networks.includes(network))
      return { code: 'NETWORK_OUT_OF_SCOPE', value: `${address}: ${network}` };
    if (serviceAccount !== '' && !options.serviceAccounts.includes(serviceAccount))
      return { code: 'SERVICE_ACCOUNT_OUT_OF_SCOPE', value: `${address}: ${serviceAccount}` };
    return undefined;
  }

  function placeRefusal(
    { address, ports }: Pick<Endpoint, 'address' | 'ports'>,
    servicePorts: readonly EntryPort[],
  ): Refusal | undefined {
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
    const { kept, refusals: ofLabels } = filterLabels(endpoint.labels);
    if (ofLabels.length === 0) return endpoint;
    refusals.push(...ofLabels);
    const { labels: _, ...rest } = endpoint;
    return Object.keys(kept).length === 0 ? rest : { ...rest, labels: kept };
  }

  return (spec) => {
    const refusals: Refusal[] = [];
    const endpoints = spec.endpoints.flatMap((endpoint) => {
      const found = placeRefusal(endpoint, spec.ports) ?? traitRefusal(endpoint);
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
      spec.endpoints.length > 0 ? [] : spec.hosts.map((host) => placeRefusal({ address: host, ports: {} }, spec.ports));
    refusals.push(...implicit.filter((found) => found !== undefined));
    if (refusals.length === 0) return { spec, refusals };
    return { spec: { ...spec, resolution: 'STATIC', endpoints: [] }, refusals };
  }
}

function isResolvedByName({ resolution }: ServiceEntrySpec): boolean {
  return resolution !== 'NONE' && resolution !== 'STATIC';
}
