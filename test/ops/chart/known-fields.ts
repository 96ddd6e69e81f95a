// The fields of the Prometheus operator's objects that the chart uses, and of cert-manager's that its examples do. Their schemas are in no
// package, and the API server drops an unknown field without a word.
import type { Rendered } from './helm.ts';

interface Fields {
  readonly [name: string]: Fields | 'any';
}

const SELECTOR: Fields = { matchLabels: 'any' };
const ENDPOINT: Fields = { port: 'any', path: 'any', interval: 'any', scrapeTimeout: 'any' };
const RULE: Fields = { alert: 'any', record: 'any', expr: 'any', for: 'any', labels: 'any', annotations: 'any' };

const SPECS: Readonly<Record<string, Fields>> = {
  ServiceMonitor: { namespaceSelector: { matchNames: 'any' }, selector: SELECTOR, endpoints: ENDPOINT },
  PodMonitor: { namespaceSelector: { matchNames: 'any' }, selector: SELECTOR, podMetricsEndpoints: ENDPOINT },
  Certificate: {
    secretName: 'any',
    dnsNames: 'any',
    usages: 'any',
    privateKey: { algorithm: 'any', size: 'any', rotationPolicy: 'any' },
    issuerRef: { name: 'any', kind: 'any', group: 'any' },
  },
  PrometheusRule: { groups: { name: 'any', interval: 'any', rules: RULE } },
};

/** Paths in the object that no field of its kind stands for. */
export function unknownFields({ apiVersion, kind, metadata, spec, ...rest }: Rendered): readonly string[] {
  const fields = SPECS[kind];
  if (fields === undefined) return [`${apiVersion} ${kind}`];
  const beside = Object.keys(rest).map((name) => `${kind}.${name}`);
  const named = metadata.name === '' ? [`${kind}.metadata.name is empty`] : [];
  return [...beside, ...named, ...unknownIn(spec, fields, kind)];
}

function unknownIn(value: unknown, fields: Fields, path: string): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((item: unknown) => unknownIn(item, fields, path));
  if (typeof value !== 'object' || value === null) return [`${path} is no mapping`];
  return Object.entries(value).flatMap(([name, inner]: [string, unknown]) => {
    const known = fields[name];
    if (known === undefined) return [`${path}.${name}`];
    return known === 'any' ? [] : unknownIn(inner, known, `${path}.${name}`);
  });
}
