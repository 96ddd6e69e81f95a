// SPDX-License-Identifier: Apache-2.0
// The endpoints of an entry in their final order, and how Istio is to find their addresses. istiod names the workload of
// an inline endpoint by its index, so the order depends on addresses and ports alone and shifts as little as can be.
import { type Problem, type ProblemCode, problem } from '../model/problem.ts';
import { compareAddresses } from './address.ts';
import { type Candidate, judgeInstance, type Listed } from './candidates.ts';
import { metadataLabels, sortedRecord, TLS_MODE_LABEL } from './endpoint-labels.ts';
import type { EndpointTraitsOf } from './endpoint-rules.ts';
import type { Endpoint, ServiceEntrySpec } from './entry.ts';
import { isLocality } from './locality.ts';
import type { ConvertOptions } from './options.ts';
import type { PublishedPort } from './ports.ts';

export interface EndpointPlan {
  readonly resolution: ServiceEntrySpec['resolution'];
  readonly endpoints: readonly Endpoint[];
  readonly problems: readonly Problem[];
}

/**
 * The endpoints behind `ports`. Of `listed`, the first of those with equal address and ports is kept, so its order decides
 * between duplicates and nothing else. Without endpoints the resolution is STATIC, which callers see as an immediate 503;
 * with DNS, Envoy would take the host itself for an endpoint.
 */
export function planEndpoints(
  listed: readonly Listed[],
  ports: readonly PublishedPort[],
  options: ConvertOptions,
  traitsOf: EndpointTraitsOf,
): EndpointPlan {
  const judged = listed.map((one) => judgeInstance(one, ports));
  const candidates = judged.flatMap((one) => (one.kind === 'candidate' ? [one.candidate] : []));
  const oneKind = ofOneAddressKind(candidates, options.mixedAddresses);
  const distinct = withoutDuplicates([...oneKind.kept].sort(byPlace));
  const isWeighted = new Set(distinct.kept.map(({ weight }) => weight)).size > 1;
  const made = distinct.kept.map((candidate) => makeEndpoint(candidate, ports, isWeighted, options, traitsOf));
  return {
    resolution: distinct.kept[0]?.address.kind === 'name' ? 'DNS' : 'STATIC',
    endpoints: made.map(({ endpoint }) => endpoint),
    problems: [judged, [oneKind, distinct], made].flatMap((step) => step.flatMap(({ problems }) => problems)),
  };
}

interface Sieved {
  readonly kept: readonly Candidate[];
  readonly problems: readonly Problem[];
}

/**
 * One entry is resolved in one way, so it holds IP addresses or names. The policy chooses among what could be routed just
 * now: an address kind that only dead instances have would leave the service without any endpoint.
 */
function ofOneAddressKind(candidates: readonly Candidate[], policy: ConvertOptions['mixedAddresses']): Sieved {
  const ips = candidates.filter(({ address }) => address.kind === 'ip');
  const names = candidates.filter(({ address }) => address.kind === 'name');
  if (ips.length === 0 || names.length === 0) return { kept: candidates, problems: [] };
  const namesWin = policy === 'name' || (policy === 'majority' && names.length > ips.length);
  const [kept, dropped] = namesWin ? [names, ips] : [ips, names];
  return { kept, problems: dropped.map((one) => found('ADDRESS_MIXED', one, one.address.text)) };
}

/** Wants them sorted. An instance that two joined registries list is one endpoint and no problem: that is what joining is for. */
function withoutDuplicates(sorted: readonly Candidate[]): Sieved {
  const kept: Candidate[] = [];
  const problems: Problem[] = [];
  for (const candidate of sorted) {
    const former = kept.at(-1);
    if (former === undefined || byPlace(former, candidate) !== 0) kept.push(candidate);
    else if (former.service === candidate.service) {
      problems.push(found('ENDPOINT_DUPLICATE', candidate, `${candidate.address.text} (${former.instance.id})`));
    }
  }
  return { kept, problems };
}

function byPlace(a: Candidate, b: Candidate): number {
  const byAddress = compareAddresses(a.address, b.address);
  if (byAddress !== 0) return byAddress;
  for (const [index, number] of a.numbers.entries()) {
    const difference = number - (b.numbers[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function makeEndpoint(
  candidate: Candidate,
  ports: readonly PublishedPort[],
  isWeighted: boolean,
  options: ConvertOptions,
  traitsOf: EndpointTraitsOf,
): { readonly endpoint: Endpoint; readonly problems: readonly Problem[] } {
  const { service, instance, address, numbers, weight } = candidate;
  const { network, serviceAccount, tlsMode } = traitsOf(service.key, instance, address);
  const fromMetadata = metadataLabels(service, instance, options.endpointLabels);
  const tlsLabel = tlsMode === undefined ? [] : [[TLS_MODE_LABEL, tlsMode] as const];
  const labels = sortedRecord([...Object.entries(fromMetadata.labels), ...tlsLabel]);
  const { locality } = instance;
  const isLocated = locality !== undefined && isLocality(locality);
  const endpoint: Endpoint = {
    address: address.text,
    ports: sortedRecord(ports.map(({ name }, index) => [name, numbers[index] ?? 0])),
    ...(Object.keys(labels).length > 0 ? { labels } : {}),
    ...(network !== undefined ? { network } : {}),
    ...(isLocated ? { locality } : {}),
    ...(isWeighted ? { weight } : {}),
    ...(serviceAccount !== undefined ? { serviceAccount } : {}),
  };
  const misplaced = locality === undefined || isLocated ? [] : [found('LOCALITY_INVALID', candidate, locality)];
  return { endpoint, problems: [...fromMetadata.problems, ...misplaced] };
}

function found(code: ProblemCode, { service, instance }: Candidate, value: string): Problem {
  return problem(code, { registry: service.registry, service: service.name, instance: instance.id }, value);
}
