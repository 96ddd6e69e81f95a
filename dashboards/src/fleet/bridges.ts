// Which one, and in what way?
import type { Row } from '../frame.ts';
import { ageOf, once, own, stateNumber, timeLeft } from '../promql.ts';
import { AGE_OF_DATA, ANY_IS_WORTH_A_LOOK, BRIDGE_STATES, CERTIFICATE, MISSING_STATE } from '../states.ts';
import { type Column, table } from '../table.ts';
import { FLEET, MISSING, owned, perBridge, perPod } from './per-bridge.ts';

const whole = { unit: 'short', decimals: 0 } as const;

const COLUMNS: readonly Column[] = [
  {
    name: 'State',
    expr: `${perBridge(stateNumber(FLEET))} or ${MISSING_STATE} * (${MISSING})`,
    ...whole,
    mappings: BRIDGE_STATES,
  },
  {
    name: 'Registries down',
    expr: perBridge(perPod(`1 - ${own(FLEET, 'registryUp')}`)),
    ...whole,
    thresholds: ANY_IS_WORTH_A_LOOK,
  },
  {
    name: 'Age of data',
    expr: perBridge(ageOf(own(FLEET, 'snapshotData'))),
    unit: 's',
    decimals: 0,
    thresholds: AGE_OF_DATA,
  },
  { name: 'Services', expr: perBridge(own(FLEET, 'services', { state: 'served' })), ...whole },
  { name: 'Instances', expr: perBridge(own(FLEET, 'instancesServed')), ...whole },
  { name: 'Problems', expr: perBridge(perPod(own(FLEET, 'problems'))), ...whole, thresholds: ANY_IS_WORTH_A_LOOK },
  { name: 'Clients', expr: perBridge(once(own(FLEET, 'clients', { client: 'istiod' })), 'sum'), ...whole },
  {
    name: 'Clients behind',
    expr: perBridge(
      `sum without (protocol) (${once(own(FLEET, 'clients', { client: 'istiod' }))}) - ${once(own(FLEET, 'clientsSynced', { client: 'istiod' }))}`,
      'sum',
    ),
    ...whole,
    thresholds: ANY_IS_WORTH_A_LOOK,
  },
  {
    name: 'Certificate expires in',
    expr: perBridge(timeLeft(own(FLEET, 'certificateExpiry')), 'min'),
    unit: 's',
    thresholds: CERTIFICATE,
  },
  { name: 'Pods', expr: perBridge(once(own(FLEET, 'buildInfo')), 'count'), ...whole },
  {
    name: 'Versions',
    expr: `count by (cluster, published_namespace, bridge_instance, team) (count by (cluster, published_namespace, bridge_instance, team, version) (${owned(own(FLEET, 'buildInfo'))}))`,
    ...whole,
    thresholds: [{ from: 2, state: 'look' }],
  },
  {
    name: 'Restarts in 1 h',
    expr: perBridge(once(`changes(process_start_time_seconds{${FLEET}}[1h])`), 'sum'),
    ...whole,
    thresholds: [
      { from: 1, state: 'look' },
      { from: 4, state: 'bad' },
    ],
  },
];

export const BRIDGES: Row = {
  title: 'Bridges: which one, and in what way?',
  panels: [
    table({
      title: 'Bridges by namespace',
      question: 'Which namespace is in trouble, and what kind of trouble is it?',
      normal:
        'every line is live, with data younger than six minutes, no client behind, weeks until its certificate expires and one version.',
      otherwise:
        'choose the namespace in the first column; its dashboard is read from the top down. A missing bridge has a State alone: Prometheus knew it within a day. One that serves in plaintext has no certificate.',
      height: 8,
      keys: { cluster: 'Cluster', published_namespace: 'Namespace', bridge_instance: 'Bridge', team: 'Team' },
      columns: COLUMNS,
      sortBy: ['State', 'Problems'],
      link: {
        from: 'Namespace',
        title: 'What its bridge does, and why',
        url: '/d/footbridge-namespace?${datasource:queryparam}&${cluster:queryparam}&var-namespace=${__value.raw}&${__url_time_range}',
      },
    }),
  ],
};
