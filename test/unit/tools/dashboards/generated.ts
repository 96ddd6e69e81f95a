// The dashboards as they are shipped.
import { readFileSync } from 'node:fs';
import type { Dashboard } from '../../../../tools/dashboards/grafana.ts';

export const FLEET = read('footbridge-fleet');
export const NAMESPACE = read('footbridge-namespace');
export const DASHBOARDS: readonly Dashboard[] = [FLEET, NAMESPACE];

function read(uid: string): Dashboard {
  return JSON.parse(readFileSync(`dashboards/${uid}.json`, 'utf8')) as Dashboard;
}
