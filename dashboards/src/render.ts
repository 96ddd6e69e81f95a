// Both dashboards as the JSON that Grafana reads.
import type { DashboardBuilder } from '@grafana/grafana-foundation-sdk/dashboard';
import { FLEET_DASHBOARD } from './fleet/dashboard.ts';
import { NAMESPACE_DASHBOARD } from './namespace/dashboard.ts';

/** Path from the root → content. */
export function renderDashboards(): ReadonlyMap<string, string> {
  return new Map([
    ['dashboards/footbridge-fleet.json', render(FLEET_DASHBOARD)],
    ['dashboards/footbridge-namespace.json', render(NAMESPACE_DASHBOARD)],
  ]);
}

/** Panels are numbered in their order: Grafana wants ids that differ, and links to a panel use them. */
function render(builder: DashboardBuilder): string {
  const dashboard = builder.build();
  let id = 0;
  for (const panel of dashboard.panels ?? []) {
    panel.id = ++id;
    if ('panels' in panel) for (const inner of panel.panels) inner.id = ++id;
  }
  return `${JSON.stringify(dashboard, null, 2)}\n`;
}
