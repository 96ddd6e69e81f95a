// Is it us, or them? What istiod says of itself.
import type { Row } from '../frame.ts';
import { lines } from '../panel.ts';
import { quantile } from '../promql.ts';

const ISTIODS = 'cluster=~"$cluster"';

export const ISTIOD: Row = {
  title: 'Seen from istiod: is it us, or them?',
  isCollapsed: true,
  panels: [
    lines({
      title: 'Services known to istiod',
      question: 'How many services does each istiod know, from all sources?',
      normal: 'the same on all, and it follows the services that are served.',
      otherwise: 'one istiod apart from the others: look whether it is connected, in row 6.',
      unit: 'short',
      width: 8,
      decimals: 0,
      queries: [{ expr: `max by (pod) (pilot_services{${ISTIODS}})`, legend: '{{pod}}' }],
    }),
    lines({
      title: 'Pushes of istiod to proxies per minute',
      question: 'How often does istiod send something to its proxies?',
      normal: 'eds for changes of instances; few of cds and lds.',
      otherwise: 'a storm while the snapshots in row 5 are quiet comes from another source than this bridge.',
      unit: 'opm',
      width: 8,
      queries: [
        { expr: `sum by (type) (60 * rate(pilot_xds_pushes{${ISTIODS}}[$__rate_interval]))`, legend: '{{type}}' },
      ],
    }),
    lines({
      title: 'Convergence of proxies',
      question: 'How long does a change take from reaching istiod to being sent to its proxies?',
      normal: 'below a second. No line where nothing changes, or without proxies.',
      otherwise: 'istiod is short of CPU, or has more proxies than it can serve; nothing in the bridge helps.',
      unit: 's',
      width: 8,
      queries: [0.5, 0.95].map((q) => ({
        expr: quantile(q, `rate(pilot_proxy_convergence_time_bucket{${ISTIODS}}[$__rate_interval])`),
        legend: `p${q * 100}`,
      })),
    }),
  ],
};
