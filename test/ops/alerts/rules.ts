// The rules as Helm renders them out of the chart.
import { CHART, type Release, render } from '../chart/helm.ts';
import { RUNBOOKS } from './story.ts';

export interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly for: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

export interface RuleGroup {
  readonly name: string;
  readonly rules: readonly Rule[];
}

/** A release with its alerts on; `rule` is laid over the values of its PrometheusRule, `values` beside them. */
export function withAlerts({
  rule = {},
  values = {},
  ...release
}: Omit<Release, 'values'> & { readonly rule?: object; readonly values?: object } = {}): Release {
  const prometheusRule = { enabled: true, runbookBaseUrl: `${RUNBOOKS}/`, ...rule };
  const monitoring = { serviceMonitor: { enabled: true }, prometheusRule };
  return { files: [`${CHART}/values-minimal.yaml`], ...release, values: { ...values, monitoring } };
}

/** Empty where no PrometheusRule is rendered. Throws what Helm says where it refuses. */
export function renderedGroups(release: Release): readonly RuleGroup[] {
  return render(release).flatMap(({ kind, spec }) =>
    kind === 'PrometheusRule' ? (spec as { readonly groups: readonly RuleGroup[] }).groups : [],
  );
}
