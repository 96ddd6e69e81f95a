// SPDX-License-Identifier: Apache-2.0
// The list of config sources out of whatever holds it: a mesh config, the ConfigMap `istio` as kubectl prints it, an IstioOperator,
// Helm values of istiod. Of a mesh config nothing but the list is looked at.
import { type JsonObject, objectOf, textsOf } from '../lib/json-value.ts';
import { parsedYaml } from '../lib/parsed-yaml.ts';

export interface ConfigSource {
  /** As written; '' where there is none. */
  readonly address: string;
  readonly tls: SourceTls;
}

export interface SourceTls {
  /** '' where there is none. */
  readonly mode: string;
  /** Of `caCertificates`; '' where there is none. */
  readonly caPem: string;
  readonly credentialName: string;
  readonly subjectAltNames: readonly string[];
  readonly insecureSkipVerify: boolean;
}

export type MeshConfigReading =
  | { readonly kind: 'sources'; readonly sources: readonly ConfigSource[] }
  /** `why` is a sentence. */
  | { readonly kind: 'unreadable'; readonly why: string };

/** Never throws, and quotes nothing of the text. */
export function readMeshConfig(text: string): MeshConfigReading {
  const document = parsed(text);
  if (document === undefined) return unreadable('It is neither YAML nor JSON.');
  if (document['kind'] === 'List') return unreadable('It is a list of objects; give one ConfigMap.');
  if (document['kind'] === 'ConfigMap') {
    const mesh = objectOf(document['data'])?.['mesh'];
    if (typeof mesh !== 'string') return unreadable('It is a ConfigMap without `data.mesh`; that of Istio has it.');
    const inner = parsed(mesh);
    return inner === undefined ? unreadable('`data.mesh` of the ConfigMap is no YAML.') : sourcesOf(inner);
  }
  const nested = objectOf(objectOf(document['spec'])?.['meshConfig']) ?? objectOf(document['meshConfig']);
  return sourcesOf(nested ?? document);
}

/** The sources of a decoded mesh config. */
export function sourcesOf(mesh: JsonObject): MeshConfigReading {
  const { configSources } = mesh;
  if (configSources === undefined || configSources === null) return { kind: 'sources', sources: [] };
  if (!Array.isArray(configSources)) return unreadable('`configSources` is not a list.');
  return { kind: 'sources', sources: configSources.map(sourceOf) };
}

function sourceOf(value: unknown): ConfigSource {
  const { address, tlsSettings } = objectOf(value) ?? {};
  const { mode, caCertificates, credentialName, subjectAltNames, insecureSkipVerify } = objectOf(tlsSettings) ?? {};
  return {
    address: textOf(address),
    tls: {
      mode: textOf(mode),
      caPem: textOf(caCertificates),
      credentialName: textOf(credentialName),
      subjectAltNames: textsOf(subjectAltNames),
      insecureSkipVerify: insecureSkipVerify === true,
    },
  };
}

function parsed(text: string): JsonObject | undefined {
  return objectOf(parsedYaml(text, 100));
}

/** As it stands there: blanks are part of an address for istiod too. */
function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function unreadable(why: string): MeshConfigReading {
  return { kind: 'unreadable', why };
}
