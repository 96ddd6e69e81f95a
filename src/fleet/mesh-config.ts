// SPDX-License-Identifier: Apache-2.0
// The list of config sources out of whatever holds it: a mesh config, the ConfigMap `istio` as kubectl prints it, an IstioOperator,
// Helm values of istiod. Of a mesh config nothing but the list is looked at.
import { type JsonObject, objectOf, textsOf } from '../lib/json-value.ts';
import { parsedYaml } from '../lib/parsed-yaml.ts';
import { fieldOf, LIST_KEYS, misspeltKey, SOURCE_KEYS, TLS_KEYS } from './source-keys.ts';

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
  /** What the certificate must be for, where that is not the host of the address; '' where there is none. */
  readonly sni: string;
  readonly insecureSkipVerify: boolean;
}

export type MeshConfigReading =
  | { readonly kind: 'sources'; readonly sources: readonly ConfigSource[] }
  /** `why` is a sentence. */
  | { readonly kind: 'unreadable'; readonly why: string };

/** Never throws, and quotes nothing of the text but a key with a typing error. */
export function readMeshConfig(text: string): MeshConfigReading {
  const value = parsedYaml(text, MOST_ALIASES);
  // Comments alone are nothing either.
  if (value === null) return unreadable('It is empty.');
  const document = objectOf(value);
  if (document === undefined) return unreadable('It is neither YAML nor JSON.');
  if (document['kind'] === 'List') return unreadable('It is a list of objects; give one ConfigMap.');
  if (document['kind'] === 'ConfigMap') {
    const mesh = objectOf(document['data'])?.['mesh'];
    if (typeof mesh !== 'string') return unreadable('It is a ConfigMap without `data.mesh`; that of Istio has it.');
    const inner = parsedYaml(mesh, MOST_ALIASES);
    // With nothing in it istiod goes by its defaults.
    const decoded = inner === null ? {} : objectOf(inner);
    return decoded === undefined ? unreadable('`data.mesh` of the ConfigMap is no YAML.') : sourcesOf(decoded);
  }
  const outer = objectOf(document['spec']) ?? document;
  return sourcesOf(objectOf(outer['meshConfig']) ?? outer);
}

/** The sources of a decoded mesh config. */
export function sourcesOf(mesh: JsonObject): MeshConfigReading {
  const list = fieldOf(mesh, 'configSources');
  if (list === undefined || list === null) {
    const why = misspeltKey(mesh, LIST_KEYS);
    return why === undefined ? { kind: 'sources', sources: [] } : unreadable(`It has no \`configSources\`; ${why}`);
  }
  if (!Array.isArray(list)) return unreadable('`configSources` is not a list.');
  const sources = list.map((item) => objectOf(item) ?? {});
  for (const [place, source] of sources.entries()) {
    const why = misspeltKey(source, SOURCE_KEYS) ?? misspeltKey(tlsOf(source), TLS_KEYS);
    if (why !== undefined) return unreadable(`In entry ${place + 1} of \`configSources\` ${why}`);
  }
  return { kind: 'sources', sources: sources.map(sourceOf) };
}

function sourceOf(source: JsonObject): ConfigSource {
  const tls = tlsOf(source);
  return {
    address: textOf(fieldOf(source, 'address')),
    tls: {
      mode: textOf(fieldOf(tls, 'mode')),
      caPem: textOf(fieldOf(tls, 'caCertificates')),
      credentialName: textOf(fieldOf(tls, 'credentialName')),
      subjectAltNames: textsOf(fieldOf(tls, 'subjectAltNames')),
      sni: textOf(fieldOf(tls, 'sni')),
      insecureSkipVerify: fieldOf(tls, 'insecureSkipVerify') === true,
    },
  };
}

function tlsOf(source: JsonObject): JsonObject {
  return objectOf(fieldOf(source, 'tlsSettings')) ?? {};
}

const MOST_ALIASES = 100;

/** As it stands there: blanks are part of an address for istiod too. */
function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function unreadable(why: string): MeshConfigReading {
  return { kind: 'unreadable', why };
}
