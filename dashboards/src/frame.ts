// What both dashboards share: variables, marks in time, links and the habits of a page that is never edited by hand.
import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import {
  type AnnotationQuery,
  AnnotationQueryBuilder,
  DashboardBuilder,
  DashboardCursorSync,
  type DashboardLink,
  DashboardLinkBuilder,
  DashboardLinkType,
  DatasourceVariableBuilder,
  QueryVariableBuilder,
  RowBuilder,
  VariableHide,
  VariableRefresh,
  VariableSort,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { METRICS } from '../../src/observe/metric-table.ts';
import { DATASOURCE } from './datasource.ts';
import type { Panel } from './panel.ts';
import { joined, once, own, type Scope } from './promql.ts';
import { RUNBOOKS, runbookLink } from './runbooks.ts';

export interface Row {
  /** What the row answers. */
  readonly title: string;
  readonly panels: readonly Panel[];
  readonly isCollapsed?: boolean;
}

export interface Frame {
  readonly title: string;
  readonly uid: string;
  readonly description: string;
  readonly rows: readonly Row[];
  readonly annotations: readonly Builder<AnnotationQuery>[];
  readonly links: readonly Builder<DashboardLink>[];
  readonly variables: readonly QueryVariableBuilder[];
}

export function dashboard({ title, uid, description, rows, annotations, links, variables }: Frame): DashboardBuilder {
  const page = new DashboardBuilder(title)
    .uid(uid)
    .description(description)
    .tags(['footbridge'])
    .timezone('browser')
    .readonly()
    .refresh('30s')
    .time({ from: 'now-1h', to: 'now' })
    .tooltip(DashboardCursorSync.Crosshair)
    .variables([
      new DatasourceVariableBuilder('datasource').label('Data source').type('prometheus'),
      ...variables,
      RUNBOOKS,
    ])
    .annotations([...annotations])
    .links([...links, runbookLink('Runbooks', 'README')]);
  for (const row of rows) addRow(page, row);
  return page;
}

/** A choice of several, or all. */
export function choice(name: string, label: string, query: string): QueryVariableBuilder {
  return new QueryVariableBuilder(name)
    .label(label)
    .datasource(DATASOURCE)
    .query({ query, refId: name })
    .definition(query)
    .refresh(VariableRefresh.OnTimeRangeChanged)
    .sort(VariableSort.AlphabeticalAsc)
    .multi(true)
    .includeAll(true)
    .current({ selected: true, text: ['All'], value: ['$__all'] });
}

/** `label_values(…)`: what a label takes on the series that say whose bridge a pod belongs to. */
export function ownersWith(matchers: string, label: string): string {
  return `label_values(${METRICS.ownerInfo.name}${matchers === '' ? '' : `{${matchers}}`}, ${label})`;
}

/** Clusters often carry no such label: all of them then means none. */
export const CLUSTER = choice('cluster', 'Cluster', ownersWith('', 'cluster')).allValue('.*');
export const NAMESPACE = choice('namespace', 'Namespace', ownersWith('cluster=~"$cluster"', 'published_namespace'));

/** Chosen by the variables before it, and of no interest itself. */
export function hidden(variable: QueryVariableBuilder): QueryVariableBuilder {
  return variable.hide(VariableHide.HideVariable);
}

/** Where each process starts, with its version: a restart, a new pod, an upgrade. */
export function starts(scope: Scope): AnnotationQueryBuilder {
  const started = joined(once(`1000 * process_start_time_seconds{${scope}}`), own(scope, 'buildInfo'), 'version');
  return mark('Starts', started)
    .iconColor('blue')
    .useValueForTime(true)
    .titleFormat('{{pod}} starts, version {{version}}');
}

/** While something that a registry said is not believed. */
export function holds(scope: Scope): AnnotationQueryBuilder {
  return mark('Holds', `sum by (pod, reason) (${own(scope, 'guardHolds')}) > 0`)
    .iconColor('orange')
    .titleFormat('{{pod}} holds: {{reason}}');
}

/** A link to the other dashboard, with the choice made here and the time range. */
export function linkTo(title: string, uid: string): DashboardLinkBuilder {
  return new DashboardLinkBuilder(title)
    .type(DashboardLinkType.Link)
    .url(`/d/${uid}`)
    .icon('dashboard')
    .includeVars(true)
    .keepTime(true);
}

function mark(name: string, expr: string): AnnotationQueryBuilder {
  return new AnnotationQueryBuilder().name(name).datasource(DATASOURCE).enable(true).expr(expr).step('30s');
}

function addRow(page: DashboardBuilder, { title, panels, isCollapsed = false }: Row): void {
  const row = new RowBuilder(title).collapsed(isCollapsed);
  if (isCollapsed) for (const panel of panels) row.withPanel(panel);
  page.withRow(row);
  if (!isCollapsed) for (const panel of panels) page.withPanel(panel);
}
