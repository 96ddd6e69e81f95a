// Is the fleet uniform?
import type { Row } from '../frame.ts';
import { lines, timeline } from '../panel.ts';
import { once, own } from '../promql.ts';
import { SAME_OR_DIFFERENT } from '../states.ts';
import { FLEET, owned } from './per-bridge.ts';

const fingerprints = owned(own(FLEET, 'snapshotFingerprint'));
const by = 'by (cluster, published_namespace, bridge_instance)';

export const UNIFORMITY: Row = {
  title: 'Versions and drift: is the fleet uniform?',
  panels: [
    lines({
      title: 'Pods by version',
      question: 'Which versions run, and on how many pods?',
      normal: 'one version; two while a release is rolled out.',
      otherwise: 'the column "Versions" of the table names the bridges that are half way.',
      unit: 'short',
      width: 12,
      decimals: 0,
      isStacked: true,
      queries: [{ expr: `count by (version) (${owned(once(own(FLEET, 'buildInfo')))})`, legend: '{{version}}' }],
    }),
    timeline({
      title: 'Replicas that serve different snapshots',
      question: 'Do all replicas of a bridge serve the same?',
      normal:
        'the same, with short differences: replicas read at different moments, and one that started anew grants no grace to what left before.',
      otherwise:
        'after two minutes one replica cannot read the registry, or reads another server of it; compare both pods in the dashboard of the namespace.',
      unit: 'short',
      width: 12,
      mappings: SAME_OR_DIFFERENT,
      runbook: 'FootbridgeReplicasDiffer',
      queries: [
        {
          expr: `max ${by} (${fingerprints}) != bool min ${by} (${fingerprints})`,
          legend: '{{published_namespace}} {{bridge_instance}}',
        },
      ],
    }),
  ],
};
