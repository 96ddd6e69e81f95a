// SPDX-License-Identifier: Apache-2.0
// Entry → YAML that `kubectl` takes: for the convert command, for /debug/snapshot and for reading. Nothing is served from it.
import { stringify } from 'yaml';
import type { Entry } from './entry.ts';

/** The entry as a Kubernetes object. Empty lists and maps are left out. */
export function toManifest({ name, labels, annotations, spec }: Entry): Readonly<Record<string, unknown>> {
  const slash = name.indexOf('/');
  return {
    apiVersion: 'networking.istio.io/v1',
    kind: 'ServiceEntry',
    metadata: filled({ name: name.slice(slash + 1), namespace: name.slice(0, slash), labels, annotations }),
    spec: filled({
      hosts: spec.hosts,
      addresses: spec.addresses,
      ports: spec.ports,
      location: spec.location,
      resolution: spec.resolution,
      endpoints: spec.endpoints,
      exportTo: spec.exportTo,
    }),
  };
}

/** One document for each entry, each with `---` before it; '' without entries. */
export function toYaml(entries: Iterable<Entry>): string {
  return [...entries].map((entry) => `---\n${stringify(toManifest(entry), YAML_OPTIONS)}`).join('');
}

/** kubectl reads YAML 1.1, where `on`, `012` and `1:30` are no texts unless they are quoted. */
const YAML_OPTIONS = { version: '1.1', lineWidth: 0, aliasDuplicateObjects: false } as const;

function filled(members: Readonly<Record<string, string | object>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(members).filter(([, value]) => typeof value === 'string' || Object.keys(value).length > 0),
  );
}
