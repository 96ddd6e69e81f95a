// Where panels stand on the grid of 24 columns, when rows are folded and when they are not.
import type { Dashboard, Grid, Panel } from '../../../../tools/dashboards/grafana.ts';

export interface Placed {
  readonly panel: Panel;
  readonly at: Grid;
}

/** A folded row hides its panels, and what follows moves up. */
export function placed({ panels }: Dashboard, isUnfolded: boolean): readonly Placed[] {
  let movedUp = 0;
  return panels.flatMap((panel) => {
    const at = { ...panel.gridPos, y: panel.gridPos.y - movedUp };
    const inner = panel.panels ?? [];
    if (isUnfolded) return [{ panel, at }, ...inner.map((one) => ({ panel: one, at: one.gridPos }))];
    const end = Math.max(0, ...inner.map(({ gridPos }) => gridPos.y + gridPos.h));
    if (inner.length > 0) movedUp += end - panel.gridPos.y - panel.gridPos.h;
    return [{ panel, at }];
  });
}
