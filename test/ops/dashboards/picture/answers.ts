// What every panel of a dashboard has to show at the end of a span of time: asked once, for the picture.
import { type Dashboard, type Panel, panelsOf } from '../../../../tools/dashboards/grafana.ts';
import { substituted, type Values } from '../../../../tools/dashboards/variables.ts';
import type { Prometheus, Series, Span } from '../prometheus.ts';
import { headingOf, nameOf } from '../shown.ts';

export interface Answer {
  /** As a reader sees it: the legend. */
  readonly name: string;
  /** Of a table. */
  readonly column: string;
  readonly series: Series;
}

export interface Mark {
  readonly name: string;
  readonly span: Span;
}

export interface Answers {
  readonly span: Span;
  readonly byPanel: ReadonlyMap<number, readonly Answer[]>;
  readonly marks: readonly Mark[];
}

export async function answersFor(
  prometheus: Prometheus,
  dashboard: Dashboard,
  values: Values,
  span: Span,
): Promise<Answers> {
  const byPanel = new Map<number, readonly Answer[]>();
  for (const panel of panelsOf(dashboard)) byPanel.set(panel.id, await answersOf(prometheus, panel, values, span));
  return { span, byPanel, marks: await marksOf(prometheus, dashboard, values, span) };
}

async function answersOf(prometheus: Prometheus, panel: Panel, values: Values, span: Span): Promise<readonly Answer[]> {
  const answers: Answer[] = [];
  for (const target of panel.targets ?? []) {
    const expr = substituted(target.expr, values);
    const found = target.instant
      ? await prometheus.query(expr, span.toS)
      : await prometheus.queryRange(expr, { fromS: Math.ceil(span.fromS), toS: Math.floor(span.toS) });
    for (const series of found) {
      answers.push({ name: nameOf(panel, target, series), column: headingOf(panel, target), series });
    }
  }
  return answers;
}

/** A value that is a time marks that time; any other marks as long as it is there. */
async function marksOf(
  prometheus: Prometheus,
  { annotations }: Dashboard,
  values: Values,
  span: Span,
): Promise<readonly Mark[]> {
  const marks: Mark[] = [];
  for (const { name, expr, useValueForTime = false } of annotations.list) {
    for (const { points } of await prometheus.queryRange(substituted(expr, values), span)) {
      const times = points.map(([atS, value]) => (useValueForTime ? value / 1000 : atS));
      const [first, last] = [Math.min(...times), Math.max(...times)];
      const moments = useValueForTime
        ? [...new Set(times)].map((atS) => ({ fromS: atS, toS: atS }))
        : [{ fromS: first, toS: last }];
      marks.push(...moments.filter(({ toS }) => toS > span.fromS).map((one) => ({ name, span: one })));
    }
  }
  return marks;
}
