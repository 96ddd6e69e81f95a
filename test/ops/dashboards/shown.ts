// What a panel shows: the answers of Prometheus under the names that a reader sees.
import type { Panel, Target } from '../../../tools/dashboards/grafana.ts';
import type { Series } from './prometheus.ts';

/** The legend of a series; in a table the namespace of the line and the heading of the column. */
export function nameOf(panel: Panel, target: Target, { labels }: Series): string {
  if (panel.type === 'table') return `${labels['published_namespace']} ${headingOf(panel, target)}`;
  return (target.legendFormat ?? '').replace(/\{\{(\w+)\}\}/g, (_, label: string) => labels[label] ?? '');
}

/** Of the column of a table that a query fills. */
export function headingOf({ transformations = [] }: Panel, { refId }: Target): string {
  const organize = transformations.find(({ id }) => id === 'organize');
  const names = (organize?.options['renameByName'] ?? {}) as Readonly<Record<string, string>>;
  return names[`Value #${refId}`] ?? '';
}
