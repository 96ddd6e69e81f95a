// SPDX-License-Identifier: Apache-2.0
// docs/metrics.md out of the table of metrics, so that the page cannot be wrong.
import type { LabelValues, MetricDeclaration } from './metric-declaration.ts';
import { METRICS } from './metric-table.ts';

/** The whole page as markdown, with a line break at its end. */
export function describeMetrics(): string {
  const rows = Object.values<MetricDeclaration>(METRICS).map(row);
  return `# Metrics

<!-- Generated from src/observe/metric-table.ts by \`npm run generate\`. Do not edit. -->

\`/metrics\` on the admin port, in the Prometheus text format. Gauges are read from the state at the moment of the scrape. Every
label has few values that are known at the start, and all of its series exist from the start, so that an absent series
means an absent process. Beside these come the usual \`process_*\` and \`nodejs_*\` series of the runtime,
without \`nodejs_active_*_total\`, which are sums of others and no counters.

No label is called as one that Prometheus itself gives to what it scrapes: \`namespace\` and \`pod\` on these series say where the
pod runs. Whose bridge that is says \`footbridge_owner_info\`, to join with: for example the problems of each team are

    max by (team, published_namespace, code) (
      footbridge_problems * on (namespace, pod) group_left (team, published_namespace)
        max by (namespace, pod, team, published_namespace) (footbridge_owner_info)
    )

Replicas tell the same: take \`max\`, not \`sum\`, over the pods of a bridge for what is not split among them.

| Metric | Type | Labels | Meaning |
| --- | --- | --- | --- |
${rows.join('\n')}
`;
}

function row({ name, type, labels, help, buckets }: MetricDeclaration): string {
  const told = Object.entries(labels).map(([label, values]) => `\`${label}\` (${valuesText(values)})`);
  const bounds = buckets === undefined ? '' : ` Buckets: ${buckets.join(', ')}.`;
  return `| \`${name}\` | ${type} | ${told.join('<br>') || '–'} | ${help}${bounds} |`;
}

function valuesText(values: LabelValues): string {
  switch (values) {
    case 'registries':
      return 'names in `registries`';
    case 'registries with a session':
      return 'names in `registries` of those in ZooKeeper';
    case 'read modes':
      return 'what was asked for, for example `full`, `delta`, `file`';
    case 'problem codes':
      return 'codes of docs/problems.md';
    case 'set once':
      return 'one value for each process';
    case 'as configured':
      return 'one value at a time, as configured';
    default:
      return values.map((value) => `\`${value}\``).join(', ');
  }
}
