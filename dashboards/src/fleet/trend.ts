// Did something change at that time?
import type { Row } from '../frame.ts';
import { lines } from '../panel.ts';
import { bucketRates, own, perMinute, quantile } from '../promql.ts';
import { PROPAGATION } from '../states.ts';
import { FLEET, owned, perNamespace } from './per-bridge.ts';

export const TREND: Row = {
  title: 'Trend: did something change at that time?',
  panels: [
    lines({
      title: 'Services served by namespace',
      question: 'How many services of each namespace have an endpoint in the mesh?',
      normal: 'steps up and down with releases of applications.',
      otherwise: 'a fall in many namespaces at once comes from the registry, a fall in one from its team or its scope.',
      unit: 'short',
      width: 8,
      decimals: 0,
      queries: [
        {
          expr: perNamespace(own(FLEET, 'services', { state: 'served' })),
          legend: '{{published_namespace}}',
        },
      ],
    }),
    lines({
      title: 'Removed entries per minute',
      question: 'In which namespace do entries go away?',
      normal: '0, with short rises when services are taken out of use.',
      otherwise: 'row 5 of the namespace tells what was removed and what is held back.',
      unit: 'opm',
      width: 8,
      queries: [
        {
          expr: perNamespace(perMinute(own(FLEET, 'snapshotChanges', { op: 'remove' }))),
          legend: '{{published_namespace}}',
        },
      ],
    }),
    lines({
      title: 'Slowest propagation by namespace',
      question:
        'How long does a change take from being seen in the registry to being acknowledged by istiod, in 95 of 100 cases?',
      normal: 'below 10 s; no line where nothing changes. The ten slowest are shown.',
      otherwise: 'row 6 of the namespace tells whether sending or acknowledging takes so long.',
      unit: 's',
      width: 8,
      thresholds: PROPAGATION,
      runbook: 'FootbridgePropagationSLOBurn',
      queries: [
        {
          expr: `topk(10, ${quantile(0.95, owned(bucketRates(FLEET, 'propagation')), 'published_namespace')})`,
          legend: '{{published_namespace}}',
        },
      ],
    }),
  ],
};
