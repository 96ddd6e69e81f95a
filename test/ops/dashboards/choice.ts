// The variables of a dashboard, with the values that Grafana would give them for a choice of the reader.
import type { Dashboard, Variable } from '../../../tools/dashboards/grafana.ts';
import { substituted, type Values } from '../../../tools/dashboards/variables.ts';
import type { Prometheus } from './prometheus.ts';

/** Name of a variable → what is chosen; the others are "All". */
export type Choice = Readonly<Record<string, string>>;

/** A few scrapes, as Grafana takes a few. */
const RATE_INTERVAL = '10s';

export async function valuesFor(prometheus: Prometheus, dashboard: Dashboard, choice: Choice = {}): Promise<Values> {
  let values: Values = { __rate_interval: RATE_INTERVAL };
  for (const variable of dashboard.templating.list) {
    if (variable.type !== 'query') continue;
    const { name, allValue } = variable;
    const value = choice[name] ?? allValue ?? (await everyValue(prometheus, variable, values));
    values = { ...values, [name]: value };
  }
  return values;
}

/** Each variable is asked for with the ones before it, over the time of the story, and becomes an alternative of all. */
async function everyValue(
  prometheus: Prometheus,
  { name, definition = '' }: Variable,
  before: Values,
): Promise<string> {
  const [, selector = '', label = ''] = /^label_values\((.+), (\w+)\)$/.exec(definition) ?? [];
  const found = await prometheus.query(`count by (${label}) (last_over_time(${substituted(selector, before)}[1h]))`);
  if (found.length === 0) throw new Error(`the variable ${name} has no value: ${definition}`);
  return `(${found.map(({ labels }) => labels[label]).join('|')})`;
}
