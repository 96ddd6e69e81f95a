// A table with a line for each thing that several queries speak of, joined by their common labels.
import { TableSortByFieldStateBuilder } from '@grafana/grafana-foundation-sdk/common';
import type { DynamicConfigValue, ValueMapping } from '@grafana/grafana-foundation-sdk/dashboard';
import { PromQueryFormat } from '@grafana/grafana-foundation-sdk/prometheus';
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/table';
import { common, now, type Panel, type PanelText } from './panel.ts';
import { steps, type Threshold } from './states.ts';

export interface Column {
  readonly name: string;
  readonly expr: string;
  readonly unit: string;
  readonly decimals?: number;
  readonly thresholds?: readonly Threshold[];
  readonly mappings?: ValueMapping[];
}

export interface TableOptions extends PanelText {
  readonly height: number;
  /** Label → heading: they name a line. A label that nothing has makes no column. */
  readonly keys: Readonly<Record<string, string>>;
  readonly columns: readonly Column[];
  /** Headings, the worst first. */
  readonly sortBy: readonly string[];
  /** A heading whose cells lead somewhere. */
  readonly link: { readonly from: string; readonly title: string; readonly url: string };
}

export function table(options: TableOptions): Panel {
  const { keys, columns, sortBy, link, height } = options;
  const panel = common(new PanelBuilder(), { ...options, unit: 'short', width: 24, queries: [] })
    .height(height)
    .targets(columns.map(({ expr }, index) => now({ expr }).format(PromQueryFormat.Table).refId(refId(index))))
    .withTransformation({ id: 'merge', options: {} })
    .withTransformation({ id: 'organize', options: organized(keys, columns) })
    .sortBy(sortBy.map((heading) => new TableSortByFieldStateBuilder().displayName(heading).desc(true)))
    .overrideByName(link.from, [{ id: 'links', value: [{ title: link.title, url: link.url }] }]);
  for (const column of columns) panel.overrideByName(column.name, looks(column));
  return panel;
}

/** Which columns are shown, in which order, under which heading. */
function organized(keys: TableOptions['keys'], columns: readonly Column[]): Record<string, unknown> {
  const fields: [field: string, heading: string][] = [
    ...Object.entries(keys),
    ...columns.map(({ name }, index): [string, string] => [`Value #${refId(index)}`, name]),
  ];
  return {
    excludeByName: { Time: true },
    indexByName: Object.fromEntries(fields.map(([field], index) => [field, index])),
    renameByName: Object.fromEntries(fields),
  };
}

function looks({ unit, decimals, thresholds, mappings }: Column): DynamicConfigValue[] {
  const hasState = thresholds !== undefined || mappings !== undefined;
  return [
    { id: 'unit', value: unit },
    ...(decimals === undefined ? [] : [{ id: 'decimals', value: decimals }]),
    ...(thresholds === undefined ? [] : [{ id: 'thresholds', value: steps(thresholds).build() }]),
    ...(mappings === undefined ? [] : [{ id: 'mappings', value: mappings }]),
    ...(hasState ? [{ id: 'custom.cellOptions', value: { type: 'color-text' } }] : []),
  ];
}

function refId(index: number): string {
  return String.fromCharCode('A'.charCodeAt(0) + index);
}
