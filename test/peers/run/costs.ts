// What changes have cost an istiod since it started, and what it pushed to its proxies because of them.
import type { Istiod } from './istiod.ts';

export interface Costs {
  /** One for each entry that it rewrote; in 2024 only for those that it then pushed something of. */
  readonly configUpdates: number;
  /** Of clusters, listeners and routes. */
  readonly widePushes: readonly number[];
  readonly endpointPushes: number;
}

export async function costs(istiod: Istiod): Promise<Costs> {
  const metrics = await istiod.metrics();
  const pushes = (type: string) => metrics.sum('pilot_xds_pushes', { type });
  return {
    configUpdates: metrics.sum('pilot_inbound_updates', { type: 'config' }),
    widePushes: [pushes('cds'), pushes('lds'), pushes('rds')],
    endpointPushes: pushes('eds'),
  };
}
