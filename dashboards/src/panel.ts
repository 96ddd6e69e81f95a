// The few kinds of panels that the dashboards are made of. Whoever adds one says which question it answers, what is normal
// and where to look otherwise; that text becomes the description.
import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import {
  BigValueColorMode,
  BigValueGraphMode,
  GraphThresholdsStyleConfigBuilder,
  GraphThresholdsStyleMode,
  ReduceDataOptionsBuilder,
  StackingConfigBuilder,
  StackingMode,
  VisibilityMode,
  VizLegendOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common';
import {
  FieldColorBuilder,
  FieldColorModeId,
  type Panel as PanelModel,
  type ValueMapping,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { DataqueryBuilder } from '@grafana/grafana-foundation-sdk/prometheus';
import * as stats from '@grafana/grafana-foundation-sdk/stat';
import * as timelines from '@grafana/grafana-foundation-sdk/statetimeline';
import * as graphs from '@grafana/grafana-foundation-sdk/timeseries';
import { DATASOURCE } from './datasource.ts';
import { runbookLink } from './runbooks.ts';
import { COLOUR_OF, type State, steps, type Threshold } from './states.ts';

export interface PanelText {
  /** A noun phrase. */
  readonly title: string;
  readonly question: string;
  /** Completes "Normal: ". */
  readonly normal: string;
  /** Completes "Otherwise: ". */
  readonly otherwise: string;
}

export interface Query {
  readonly expr: string;
  readonly legend?: string;
}

export interface PanelOptions extends PanelText {
  readonly unit: string;
  readonly queries: readonly Query[];
  /** Of the 24 columns. */
  readonly width: number;
  readonly decimals?: number;
  /** From which value on what is shown is of which state. */
  readonly thresholds?: readonly Threshold[];
  readonly mappings?: ValueMapping[];
  /** The alert that watches the same, whose runbook says what to do. */
  readonly runbook?: `Footbridge${string}`;
  /** In place of a value that is not there. */
  readonly noValue?: string;
}

export type Panel = Builder<PanelModel>;

/** The builders of all kinds of panels have these alike, without a type in common that says so. */
interface AnyPanelBuilder {
  title(text: string): unknown;
  description(text: string): unknown;
  datasource(reference: typeof DATASOURCE): unknown;
  span(width: number): unknown;
  unit(unit: string): unknown;
  decimals(decimals: number): unknown;
  thresholds(thresholds: ReturnType<typeof steps>): unknown;
  mappings(mappings: ValueMapping[]): unknown;
  noValue(text: string): unknown;
  links(links: ReturnType<typeof runbookLink>[]): unknown;
}

/** A number as it is now, large. */
export function stat(options: PanelOptions): Panel {
  return common(new stats.PanelBuilder(), options)
    .height(4)
    .targets(options.queries.map((query) => now(query)))
    .reduceOptions(new ReduceDataOptionsBuilder().calcs(['lastNotNull']))
    .graphMode(BigValueGraphMode.None)
    .colorMode(options.thresholds || options.mappings ? BigValueColorMode.Background : BigValueColorMode.None);
}

export interface LineOptions extends PanelOptions {
  readonly isStacked?: boolean;
  /** For lines that stand for a state: the end of their legend → which. All others have colours without a meaning. */
  readonly states?: Readonly<Record<string, State>>;
}

/** Lines over time, from zero up. */
export function lines(options: LineOptions): Panel {
  const panel = common(new graphs.PanelBuilder(), options)
    .height(8)
    .targets(options.queries.map((query) => overTime(query)))
    .colorScheme(new FieldColorBuilder().mode(FieldColorModeId.PaletteClassic))
    .min(0)
    .lineWidth(1)
    .fillOpacity(options.isStacked ? 30 : 0)
    .showPoints(VisibilityMode.Never)
    .spanNulls(false)
    .legend(new VizLegendOptionsBuilder().showLegend(true).calcs(['lastNotNull', 'max']));
  for (const [ending, state] of Object.entries(options.states ?? {})) {
    panel.overrideByRegexp(`/(^| )${ending}$/`, [
      { id: 'color', value: { mode: 'fixed', fixedColor: COLOUR_OF[state] } },
    ]);
  }
  if (options.isStacked) panel.stacking(new StackingConfigBuilder().mode(StackingMode.Normal));
  if (options.thresholds)
    panel.thresholdsStyle(new GraphThresholdsStyleConfigBuilder().mode(GraphThresholdsStyleMode.Dashed));
  return panel;
}

/** States over time, a line of colour for each series. */
export function timeline(options: PanelOptions): Panel {
  return common(new timelines.PanelBuilder(), options)
    .height(8)
    .targets(options.queries.map((query) => overTime(query)))
    .showValue(VisibilityMode.Auto)
    .mergeValues(true)
    .fillOpacity(80);
}

/** What every panel has: words, place, unit and thresholds. */
export function common<P extends AnyPanelBuilder>(panel: P, options: PanelOptions): P {
  panel.title(options.title);
  panel.description(descriptionOf(options));
  panel.datasource(DATASOURCE);
  panel.span(options.width);
  panel.unit(options.unit);
  panel.thresholds(steps(options.thresholds ?? []));
  if (options.decimals !== undefined) panel.decimals(options.decimals);
  if (options.mappings !== undefined) panel.mappings(options.mappings);
  if (options.noValue !== undefined) panel.noValue(options.noValue);
  if (options.runbook !== undefined) panel.links([runbookLink('Runbook', options.runbook)]);
  return panel;
}

/** The value at the end of the time range. */
export function now({ expr, legend = '' }: Query): DataqueryBuilder {
  return new DataqueryBuilder().datasource(DATASOURCE).expr(expr).legendFormat(legend).instant();
}

function overTime({ expr, legend = '' }: Query): DataqueryBuilder {
  return new DataqueryBuilder().datasource(DATASOURCE).expr(expr).legendFormat(legend).range();
}

function descriptionOf({ question, normal, otherwise }: PanelText): string {
  return `${question}\n\nNormal: ${normal}\n\nOtherwise: ${otherwise}`;
}
