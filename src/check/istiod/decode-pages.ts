// SPDX-License-Identifier: Apache-2.0
// What istiod's debug pages say, as far as checks ask. They are no contract of Istio's, so what is missing or of another form
// counts as not said. Seen on an istiod of August 2026: configz, registryz, mesh and adsz.
import { type JsonObject, objectOf, parsedJson, textsOf } from '../../lib/json-value.ts';
import type { EntrySeen } from '../entry-seen.ts';

export interface MeshConfig {
  /** None listed: istiod reads Kubernetes alone. */
  readonly sources: readonly ConfigSource[];
  /** `defaultConfig.proxyMetadata`, texts alone. */
  readonly proxyMetadata: ReadonlyMap<string, string>;
}

export interface ConfigSource {
  readonly address: string;
  /** '' where it has none. */
  readonly tlsMode: string;
}

export interface KubernetesService {
  readonly host: string;
  readonly namespace: string;
}

export interface ConnectedProxy {
  readonly id: string;
  readonly capturesDns: boolean;
}

/** undefined: the page is none. */
export function entriesIn(configz: string): readonly EntrySeen[] | undefined {
  return listIn(configz)?.flatMap((config) => {
    const { kind, metadata, spec } = fieldsOf(config);
    if (kind !== 'ServiceEntry') return [];
    const { name, namespace, resourceVersion } = fieldsOf(metadata);
    const version = textOf(resourceVersion);
    return { name: `${textOf(namespace)}/${textOf(name)}`, version, hosts: textsOf(fieldsOf(spec)['hosts']) };
  });
}

export function kubernetesServicesIn(registryz: string): readonly KubernetesService[] | undefined {
  return listIn(registryz)?.flatMap((service) => {
    const { hostname, Attributes } = fieldsOf(service);
    const { ServiceRegistry, Namespace } = fieldsOf(Attributes);
    return ServiceRegistry === 'Kubernetes' ? { host: textOf(hostname), namespace: textOf(Namespace) } : [];
  });
}

export function meshConfigIn(mesh: string): MeshConfig | undefined {
  const { configSources, defaultConfig } = fieldsOf(parsedJson(mesh));
  // Every mesh config has a default for proxies: another form would be taken for one that lists nothing.
  if (configSources === undefined && defaultConfig === undefined) return undefined;
  const sources = Array.isArray(configSources) ? configSources.map(sourceOf) : [];
  const metadata = Object.entries(fieldsOf(fieldsOf(defaultConfig)['proxyMetadata']));
  return { sources, proxyMetadata: new Map(metadata.map(([key, value]) => [key, textOf(value)])) };
}

/**
 * Sidecars alone, for gateways and waypoints resolve nothing for applications: adsz tells what a proxy says of itself, syncz of
 * what type it is. A proxy whose type is not told counts.
 */
export function sidecarsIn(adsz: string, syncz: string): readonly ConnectedProxy[] | undefined {
  const document = parsedJson(adsz);
  // Go writes what is empty as null.
  if (typeof document !== 'object' || Array.isArray(document)) return undefined;
  const others = new Set((listIn(syncz) ?? []).flatMap((status) => otherProxy(fieldsOf(status))));
  const { clients } = fieldsOf(document);
  const connected = Array.isArray(clients) ? clients.map(fieldsOf) : [];
  return connected
    .map(({ connectionId, metadata }) => ({
      // What stands behind the name counts connections.
      id: textOf(connectionId).replace(/-\d+$/, ''),
      capturesDns: isTrue(fieldsOf(metadata)['DNS_CAPTURE']),
    }))
    .filter(({ id }) => !others.has(id));
}

function otherProxy({ proxy, proxy_type: type }: JsonObject): readonly string[] {
  return typeof type === 'string' && type !== '' && type !== 'sidecar' ? [textOf(proxy)] : [];
}

function sourceOf(source: unknown): ConfigSource {
  const { address, tlsSettings } = fieldsOf(source);
  return { address: textOf(address), tlsMode: textOf(fieldsOf(tlsSettings)['mode']) };
}

/** Istio writes flags of proxies as texts. */
function isTrue(value: unknown): boolean {
  return value === true || value === 'true';
}

function listIn(text: string): readonly unknown[] | undefined {
  const document = parsedJson(text);
  // Go writes an empty list as null.
  if (document === null) return [];
  return Array.isArray(document) ? document : undefined;
}

function fieldsOf(value: unknown): JsonObject {
  return objectOf(value) ?? {};
}

/** As it stands there: what is compared with it is Istio's own spelling. */
function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
