// ServiceEntries from two mouths, made comparable: as istiod stores them and as `footbridge convert` prints them.
import { parseAllDocuments } from 'yaml';
import type { StoredConfig } from './istiod.ts';

/** What both say: no version and no time, which Kubernetes objects get from elsewhere. */
export interface ComparableEntry {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly spec: unknown;
}

type Comparable = ReadonlyMap<string, ComparableEntry>;

/** istiod keeps the version of an updated resource under this annotation, beside those that it was sent. */
const ISTIODS_OWN_ANNOTATION = 'ResourceVersion';

export function comparable(entries: Iterable<StoredConfig>): Comparable {
  const compared = [...entries].map(({ metadata, spec }): [string, ComparableEntry] => {
    const name = `${metadata.namespace}/${metadata.name}`;
    const { [ISTIODS_OWN_ANNOTATION]: _, ...annotations } = metadata.annotations ?? {};
    return [name, { name, labels: metadata.labels ?? {}, annotations, spec: withoutDefaults(spec) }];
  });
  return new Map(compared.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** From the YAML documents that `footbridge convert` prints. */
export function comparableFromYaml(text: string): Comparable {
  const documents = parseAllDocuments(text).map((document): unknown => document.toJS());
  return comparable(documents.filter((document): document is StoredConfig => document !== null));
}

/** The lines that only one of two texts has: what changed, and nothing of the rest. */
export function changedLines(before: string, later: string): readonly string[] {
  const [old, now] = [new Set(before.split('\n')), new Set(later.split('\n'))];
  return [
    ...[...old].filter((line) => !now.has(line)).map((line) => `- ${line}`),
    ...[...now].filter((line) => !old.has(line)).map((line) => `+ ${line}`),
  ];
}

/** Protobuf's JSON form leaves out what is empty and the first value of every enum; YAML for people may hold both. */
function withoutDefaults(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutDefaults);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value)
    .map(([key, inner]) => [key, withoutDefaults(inner)] as const)
    .filter(([key, inner]) => !isDefault(key, inner));
  return Object.fromEntries(kept);
}

function isDefault(key: string, value: unknown): boolean {
  if (value === '' || value === 0 || value === undefined) return true;
  if (key === 'location') return value === 'MESH_EXTERNAL';
  if (key === 'resolution') return value === 'NONE';
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}
