// A dashboard as Grafana's JSON has it, as far as our checks look.

export interface DataSource {
  readonly type: string;
  readonly uid: string;
}

export interface Target {
  readonly expr: string;
  readonly refId?: string;
  readonly legendFormat?: string;
  readonly instant?: boolean;
  readonly range?: boolean;
  readonly datasource?: DataSource;
}

export interface Grid {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

export interface Step {
  readonly value: number | null;
  readonly color: string;
}

export interface Mapping {
  readonly type: string;
  readonly options: Readonly<Record<string, { readonly text: string; readonly color: string }>>;
}

export interface FieldConfig {
  readonly unit?: string;
  readonly decimals?: number;
  readonly min?: number;
  readonly noValue?: string;
  readonly color?: { readonly mode: string };
  readonly thresholds?: { readonly steps: readonly Step[] };
  readonly mappings?: readonly Mapping[];
  readonly custom?: { readonly spanNulls?: boolean; readonly stacking?: { readonly mode: string } };
}

export interface Override {
  readonly matcher: { readonly id: string; readonly options: string };
  readonly properties: readonly { readonly id: string; readonly value: unknown }[];
}

export interface Panel {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly description?: string;
  readonly gridPos: Grid;
  readonly datasource?: DataSource;
  readonly targets?: readonly Target[];
  readonly fieldConfig?: { readonly defaults: FieldConfig; readonly overrides: readonly Override[] };
  readonly options?: Readonly<Record<string, unknown>>;
  readonly links?: readonly Link[];
  readonly transformations?: readonly { readonly id: string; readonly options: Readonly<Record<string, unknown>> }[];
  /** Of a row that is folded. */
  readonly panels?: readonly Panel[];
}

export interface Link {
  readonly title: string;
  readonly url: string;
}

export interface Variable {
  readonly type: string;
  readonly name: string;
  readonly refresh?: number;
  readonly datasource?: DataSource;
  readonly definition?: string;
  /** What stands for a choice of all; else all values that there are. */
  readonly allValue?: string;
}

export interface Annotation {
  readonly name: string;
  readonly expr: string;
  /** The value is the time of the mark, in milliseconds. */
  readonly useValueForTime?: boolean;
  readonly datasource?: DataSource;
}

export interface Dashboard {
  readonly uid: string;
  readonly title: string;
  readonly tags: readonly string[];
  readonly editable: boolean;
  readonly refresh: string;
  readonly time: { readonly from: string; readonly to: string };
  readonly panels: readonly Panel[];
  readonly templating: { readonly list: readonly Variable[] };
  readonly annotations: { readonly list: readonly Annotation[] };
  readonly links: readonly Link[];
}

/** All panels that show something, also those in folded rows, in their order. */
export function panelsOf({ panels }: Dashboard): readonly Panel[] {
  return panels.flatMap((panel) => (panel.type === 'row' ? (panel.panels ?? []) : [panel]));
}

/** Every expression that the dashboard asks, with words for where it stands. */
export function expressionsOf(dashboard: Dashboard): readonly { readonly where: string; readonly expr: string }[] {
  return [
    ...panelsOf(dashboard).flatMap(({ title, targets = [] }) => targets.map(({ expr }) => ({ where: title, expr }))),
    ...dashboard.annotations.list.map(({ name, expr }) => ({ where: `annotation ${name}`, expr })),
  ];
}
