// SPDX-License-Identifier: Apache-2.0
// Reads the resources of a config source's answer into plain values, and a ServiceEntry into the words that its YAML uses.
// What cannot be read becomes a problem with a sentence: istiod would silently drop it, and delete what it had of it.
import { type google, istio } from '../proto/messages.gen.js';

export interface ProbedResource {
  /** `namespace/name`. */
  readonly name: string;
  /** Empty: the source leaves change detection to the client. */
  readonly version: string;
  /** undefined: the source gave none. */
  readonly createTime: string | undefined;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  /** Full name of the body's message: `istio.networking.v1alpha3.ServiceEntry`. */
  readonly bodyType: string;
  /** The body as its YAML would say it; undefined for messages other than ServiceEntry. */
  readonly spec: Readonly<Record<string, unknown>> | undefined;
  /** As received: equal bytes are equal resources. */
  readonly bytes: Uint8Array;
}

export interface ProbedSet {
  readonly resources: ReadonlyMap<string, ProbedResource>;
  readonly problems: readonly string[];
}

const RESOURCE_TYPE = 'istio.mcp.v1alpha1.Resource';
const SERVICE_ENTRY_TYPE = 'istio.networking.v1alpha3.ServiceEntry';

export function decodeResources(resources: readonly google.protobuf.Any.$Properties[]): ProbedSet {
  const decoded = new Map<string, ProbedResource>();
  const problems: string[] = [];
  resources.forEach((any, place) => {
    const resource = decodeResource(any);
    if (typeof resource === 'string') problems.push(`resource ${place + 1}: ${resource}`);
    else if (decoded.has(resource.name)) problems.push(`resource ${place + 1}: a second one named ${resource.name}`);
    else decoded.set(resource.name, resource);
  });
  return { resources: decoded, problems };
}

/** The resource, or a sentence about what is wrong with it. */
function decodeResource(any: google.protobuf.Any.$Properties): ProbedResource | string {
  const bytes = any.value ?? new Uint8Array(0);
  if (messageName(any.typeUrl) !== RESOURCE_TYPE) return `is a ${any.typeUrl || 'nothing'}, not a ${RESOURCE_TYPE}`;
  try {
    const { metadata, body } = istio.mcp.v1alpha1.Resource.decode(bytes);
    const name = metadata?.name ?? '';
    if (!/^[^/]+\/[^/]+$/.test(name)) return `is named ${JSON.stringify(name)}, not namespace/name`;
    const bodyType = messageName(body?.typeUrl);
    const spec = bodyType === SERVICE_ENTRY_TYPE ? readServiceEntry(body?.value ?? new Uint8Array(0)) : undefined;
    const { version, labels, annotations, createTime } = metadata ?? {};
    const about = { version: version ?? '', createTime: timeText(createTime), labels: labels ?? {} };
    return { name, ...about, annotations: annotations ?? {}, bodyType, spec, bytes };
  } catch (error) {
    return `cannot be decoded: ${error instanceof Error ? error.message : String(error)}`;
  }
}

function readServiceEntry(bytes: Uint8Array): Readonly<Record<string, unknown>> {
  const { ServiceEntry } = istio.networking.v1alpha3;
  const { hosts, addresses, ports, location, resolution, endpoints, exportTo } = ServiceEntry.decode(bytes);
  return present({
    hosts,
    addresses,
    ports: ports.map(({ number, protocol, name }) => present({ number, protocol, name })),
    location: ServiceEntry.Location[location] ?? location,
    resolution: ServiceEntry.Resolution[resolution] ?? resolution,
    endpoints: endpoints.map(readEndpoint),
    exportTo,
  });
}

function readEndpoint(
  endpoint: istio.networking.v1alpha3.WorkloadEntry.$Properties,
): Readonly<Record<string, unknown>> {
  const { address, ports, labels, network, locality, weight, serviceAccount } = endpoint;
  return present({ address, ports, labels, network, locality, weight, serviceAccount });
}

/** Without what is absent or empty, as people write YAML. */
function present(fields: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => !isEmpty(value)));
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === '' || value === 0) return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}

function messageName(typeUrl: string | null | undefined): string {
  return typeUrl?.slice(typeUrl.lastIndexOf('/') + 1) ?? '';
}

function timeText(time: google.protobuf.Timestamp.$Properties | null | undefined): string | undefined {
  if (!time) return undefined;
  const date = new Date(Number(time.seconds ?? 0) * 1000 + Math.trunc((time.nanos ?? 0) / 1_000_000));
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}
