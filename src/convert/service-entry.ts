// SPDX-License-Identifier: Apache-2.0
// THE HEART: one host with all services that are published under it becomes one entry, or a list of reasons why not.
// Pure: the same naming, services and options give the same entry, whatever their order or history.
import { compareTexts } from '../lib/compare-texts.ts';
import { type Problem, type ProblemCode, problem } from '../model/problem.ts';
import type { Service } from '../model/service.ts';
import type { Listed } from './candidates.ts';
import { sortedRecord } from './endpoint-labels.ts';
import type { EndpointTraitsOf } from './endpoint-rules.ts';
import { planEndpoints } from './endpoints.ts';
import type { Converted, Entry, EntryPort } from './entry.ts';
import { inventoryAnnotations } from './inventory.ts';
import type { Naming } from './names.ts';
import { offerOf } from './offer.ts';
import type { ConvertOptions } from './options.ts';
import { ownershipOf } from './ownership.ts';
import { planPorts } from './ports.ts';
import { validateEntry } from './validate.ts';

/** The present services of one host, in the order in which they are joined. */
export type Joined = readonly [Service, ...Service[]];

/**
 * Converts one unit: `services` are those of `naming.services` that are present. A service
 * without routable instances gives an entry without endpoints; one without any usable port gives none.
 */
export function convertUnit(
  naming: Naming,
  services: Joined,
  options: ConvertOptions,
  traitsOf: EndpointTraitsOf,
): Converted {
  const keys = services.map(({ key }) => key);
  const onService = (code: ProblemCode, value: string): Problem => problem(code, aboutService(services[0]), value);

  const listed = services.flatMap(listInstances);
  const portPlan = planPorts(
    listed.map(({ offer }) => offer),
    options.ports,
    naming.addresses.length > 0,
  );
  const portProblems = [
    ...listed.flatMap(invalidPorts),
    ...portPlan.refused.map(({ code, value }) => onService(code, value)),
  ];
  if (portPlan.ports.length === 0) {
    const nothing = onService('NO_PORTS', `${listed.length} listed`);
    return { services: keys, entry: undefined, problems: [...portProblems, nothing] };
  }

  const endpointPlan = planEndpoints(listed, portPlan.ports, options, traitsOf);
  const problems = [...portProblems, ...endpointPlan.problems];
  const { labels, annotations } = ownershipOf(naming.services, options);
  const entry: Entry = {
    kind: 'networking.istio.io/ServiceEntry',
    name: naming.resourceName,
    labels,
    annotations: sortedRecord([...Object.entries(annotations), ...inventoryAnnotations(services, options.labelPrefix)]),
    spec: {
      hosts: [naming.host],
      addresses: naming.addresses,
      ports: portPlan.ports.map(({ number, protocol, name }): EntryPort => ({ number, protocol, name })),
      location: options.location === 'internal' ? 'MESH_INTERNAL' : 'MESH_EXTERNAL',
      resolution: endpointPlan.resolution,
      endpoints: endpointPlan.endpoints,
      exportTo: options.exportTo,
    },
  };
  // istiod drops what it finds invalid and never tells, so this is the last word, although all above is made to satisfy it.
  const violations = validateEntry(entry.spec, options.namespace).map(({ path, rule }) => `${path}: ${rule}`);
  if (violations.length === 0) return { services: keys, entry, problems };
  return {
    services: keys,
    entry: undefined,
    problems: [...problems, onService('ENTRY_INVALID', violations.join('; '))],
  };
}

function listInstances(service: Service): readonly Listed[] {
  return [...service.instances]
    .sort((a, b) => compareTexts(a.id, b.id))
    .map((instance) => ({ service, instance, offer: offerOf(instance) }));
}

/** Not for instances that are gone: nobody can correct them any more. */
function invalidPorts({ service, instance, offer }: Listed): readonly Problem[] {
  if (instance.status === 'gone') return [];
  const about = { ...aboutService(service), instance: instance.id };
  return offer.invalid.map(({ name, number }) => problem('PORT_INVALID', about, `${number} (${name})`));
}

function aboutService(service: Service): { readonly registry: string; readonly service: string } {
  return { registry: service.registry, service: service.name };
}
