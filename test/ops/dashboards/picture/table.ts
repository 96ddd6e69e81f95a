// A table as Grafana makes one of several queries: a line for each set of equal labels, columns in order, the worst first.
import type { FieldConfig, Panel } from '../../../../tools/dashboards/grafana.ts';
import type { Answer } from './answers.ts';
import { valueText } from './value-text.ts';

interface Line {
  readonly labels: Readonly<Record<string, string>>;
  readonly values: Map<string, number>;
}

export function tableOf(panel: Panel, found: readonly Answer[]): string {
  const headings = headingsOf(panel);
  const lines = sorted(panel, linesOf(found));
  const cells = ({ labels, values }: Line) =>
    headings.map(([field, heading]) => {
      const label = labels[field];
      if (!field.startsWith('Value #')) return `<td>${label ?? ''}</td>`;
      const { text, colour } = valueText(values.get(heading), looksOf(panel, heading));
      return `<td style="color:${colour}">${text}</td>`;
    });
  const head = headings.map(([, heading]) => `<th>${heading}</th>`).join('');
  return `<table><tr>${head}</tr>${lines.map((line) => `<tr>${cells(line).join('')}</tr>`).join('')}</table>`;
}

function linesOf(found: readonly Answer[]): readonly Line[] {
  const lines = new Map<string, Line>();
  for (const { column, series } of found) {
    const key = JSON.stringify(Object.entries(series.labels).sort());
    const line = lines.get(key) ?? { labels: series.labels, values: new Map<string, number>() };
    lines.set(key, line);
    const value = series.points.at(-1)?.[1];
    if (value !== undefined) line.values.set(column, value);
  }
  return [...lines.values()];
}

function sorted({ options }: Panel, lines: readonly Line[]): readonly Line[] {
  const by = (options?.['sortBy'] ?? []) as readonly { readonly displayName: string }[];
  return lines.toSorted((a, b) => {
    for (const { displayName } of by) {
      const difference = (b.values.get(displayName) ?? 0) - (a.values.get(displayName) ?? 0);
      if (difference !== 0) return difference;
    }
    return 0;
  });
}

/** Field → heading, in the order in which they are shown. */
function headingsOf({ transformations = [] }: Panel): readonly (readonly [string, string])[] {
  const organize = transformations.find(({ id }) => id === 'organize');
  return Object.entries((organize?.options['renameByName'] ?? {}) as Readonly<Record<string, string>>);
}

function looksOf({ fieldConfig }: Panel, heading: string): FieldConfig {
  const properties = fieldConfig?.overrides.find(({ matcher }) => matcher.options === heading)?.properties ?? [];
  return Object.fromEntries(properties.map(({ id, value }) => [id, value])) as FieldConfig;
}
