// Is anything wrong now?
import type { Row } from '../frame.ts';
import { stat } from '../panel.ts';
import { once, own, POD } from '../promql.ts';
import { ANY_IS_BAD, ANY_IS_WORTH_A_LOOK } from '../states.ts';
import { FLEET, NUMBER_MISSING, OWNERS, owned, perBridge } from './per-bridge.ts';

/**
 * Pods that Prometheus wants to scrape and that told within a day that they are one of the chosen bridges. A job may find others
 * too, so it says nothing of its pods. One scrape that is answered is enough for a pod.
 */
const TARGETS = `max by (${POD}) (up{cluster=~"$cluster"} and on (${POD}) last_over_time(${OWNERS}[1d]))`;

const bridgesThatAre = (state: 'stale' | 'held' | 'empty') =>
  `sum(${perBridge(own(FLEET, 'snapshotState', { state }))})`;

export const GLANCE: Row = {
  title: 'At a glance: is anything wrong now?',
  panels: [
    stat({
      title: 'Pods up',
      question: 'How many of the pods that Prometheus scrapes, and that answered it within a day, answer it now?',
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
      question: 'How many pods that answered Prometheus within a day do not answer it now?',
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
      title: 'Missing bridges',
      question: 'How many bridges that answered Prometheus within a day have no pod left that does?',
      normal: '0, but for a day after a bridge was uninstalled.',
      otherwise:
        'no istiod can be restarted that lists it: the table names it, the runbook tells whether its pods, its targets or the release are gone.',
      unit: 'short',
      width: 3,
      thresholds: ANY_IS_BAD,
      runbook: 'FootbridgeAbsent',
      queries: [{ expr: NUMBER_MISSING, legend: 'missing' }],
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
        'How many bridges keep serving what a registry listed before it listed nothing at all, or have read nothing at first, and do not believe it yet?',
      normal: '0.',
      otherwise: 'compare the registry with what you expect; the hold ends by itself when a later read says so again.',
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
      width: 3,
      runbook: 'FootbridgeClientsNotSynced',
      queries: [
        { expr: `sum(${owned(once(own(FLEET, 'clientsSynced', { client: 'istiod' })))})`, legend: 'in sync' },
        { expr: `sum(${owned(once(own(FLEET, 'clients', { client: 'istiod' })))})`, legend: 'connected' },
      ],
    }),
    stat({
      title: 'Firing alerts',
      question: 'How many alerts of Footbridge fire now?',
      normal: '0.',
      otherwise: 'each alert links to its runbook.',
      unit: 'short',
      width: 3,
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
