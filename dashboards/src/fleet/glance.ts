// Is anything wrong now?
import type { Row } from '../frame.ts';
import { stat } from '../panel.ts';
import { own } from '../promql.ts';
import { ANY_IS_BAD, ANY_IS_WORTH_A_LOOK } from '../states.ts';
import { FLEET, owned, perBridge } from './per-bridge.ts';

/** Pods that Prometheus wants to scrape, of every job that showed a bridge of the chosen namespaces within a day. */
const TARGETS = `up{cluster=~"$cluster"} and on (cluster, namespace, job) last_over_time(${own('cluster=~"$cluster", published_namespace=~"$namespace"', 'ownerInfo')}[1d])`;

const bridgesThatAre = (state: 'stale' | 'held' | 'empty') =>
  `sum(${perBridge(own(FLEET, 'snapshotState', { state }))})`;

export const GLANCE: Row = {
  title: 'At a glance: is anything wrong now?',
  panels: [
    stat({
      title: 'Pods up',
      question: 'How many of the pods that Prometheus wants to scrape answer it?',
      normal: 'both numbers are equal.',
      otherwise: 'the next panel counts those that do not answer; describe these pods and read their last log lines.',
      unit: 'short',
      width: 3,
      queries: [
        { expr: `sum(${TARGETS})`, legend: 'up' },
        { expr: `count(${TARGETS})`, legend: 'expected' },
      ],
    }),
    stat({
      title: 'Pods down',
      question: 'How many pods do not answer Prometheus?',
      normal: '0, but for a minute while a release is rolled out.',
      otherwise:
        'an istiod that restarts while no replica answers does not come up: mend the bridge before you restart istiod.',
      unit: 'short',
      width: 3,
      thresholds: ANY_IS_BAD,
      runbook: 'FootbridgeDown',
      queries: [{ expr: `count(${TARGETS}) - sum(${TARGETS})`, legend: 'down' }],
    }),
    stat({
      title: 'Stale bridges',
      question: 'How many bridges serve what they read last, because a registry cannot be read now?',
      normal: '0.',
      otherwise: 'traffic flows on old data; sort the table by the age of data and open the namespace.',
      unit: 'short',
      width: 3,
      thresholds: ANY_IS_WORTH_A_LOOK,
      runbook: 'FootbridgeRegistryStale',
      queries: [{ expr: bridgesThatAre('stale'), legend: 'stale' }],
    }),
    stat({
      title: 'Held bridges',
      question:
        'How many bridges keep serving what a registry no longer lists, because so large a loss is not believed yet?',
      normal: '0.',
      otherwise:
        'compare the registry with what you expect; the hold ends by itself when later reads confirm the loss.',
      unit: 'short',
      width: 3,
      thresholds: ANY_IS_WORTH_A_LOOK,
      runbook: 'FootbridgeSnapshotHeld',
      queries: [{ expr: bridgesThatAre('held'), legend: 'held' }],
    }),
    stat({
      title: 'Empty bridges',
      question: 'How many bridges have never read one of their registries, so that istiod waits for their answer?',
      normal: '0, but for seconds after a start.',
      otherwise:
        'an istiod that starts now is not ready until they answer; open the namespace and look at its registries.',
      unit: 'short',
      width: 3,
      thresholds: ANY_IS_BAD,
      runbook: 'FootbridgeRegistryNeverRead',
      queries: [{ expr: bridgesThatAre('empty'), legend: 'empty' }],
    }),
    stat({
      title: 'Clients in sync',
      question:
        'How many of the connected istiods have acknowledged the newest snapshot of the bridge that they are connected to?',
      normal: 'both numbers are equal, but for moments while a change passes.',
      otherwise: 'the column "Clients behind" of the table tells where; row 6 of the namespace tells why.',
      unit: 'short',
      width: 5,
      runbook: 'FootbridgeClientsNotSynced',
      queries: [
        { expr: `sum(${owned(own(FLEET, 'clientsSynced', { client: 'istiod' }))})`, legend: 'in sync' },
        { expr: `sum(${owned(own(FLEET, 'clients', { client: 'istiod' }))})`, legend: 'connected' },
      ],
    }),
    stat({
      title: 'Firing alerts',
      question: 'How many alerts of Footbridge fire now?',
      normal: '0.',
      otherwise: 'each alert links to its runbook.',
      unit: 'short',
      width: 4,
      thresholds: ANY_IS_BAD,
      queries: [
        {
          expr: 'count(ALERTS{cluster=~"$cluster", alertname=~"Footbridge.*", alertstate="firing"}) or vector(0)',
          legend: 'firing',
        },
      ],
    }),
  ],
};
