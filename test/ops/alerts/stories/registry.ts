// Stories of _alerts-registry.tpl.
import { type Bridge, JOB, type Pod, type Shown } from '../bridge.ts';
import { type Firing, NAMESPACE, type Story } from '../story.ts';

const REGISTRY = { job: JOB, registry: 'eureka' };
const LAST_SUCCESS = 'footbridge_registry_last_success_timestamp_seconds{registry="eureka"}';
const UP = 'footbridge_registry_up{registry="eureka"}';
const RESTORED = 'footbridge_registry_restored{registry="eureka"}';
const SERVICES = 'footbridge_registry_services{registry="eureka"}';
const FINGERPRINT = 'footbridge_snapshot_fingerprint';
const MATCHED = 'footbridge_registry_matched_services{registry="eureka"}';

const stale = (severity: Firing['severity'], age: string): Firing => ({
  alert: 'FootbridgeRegistryStale',
  severity,
  labels: REGISTRY,
  summary: 'A registry cannot be read by any replica, so the mesh does not follow its changes.',
  description: `registry eureka was last read ${age} ago. What was known then is served on: traffic flows, but new instances get none, and those that died still do.`,
});

const staleAlone = (pod: string, age: string): Firing => ({
  alert: 'FootbridgeRegistryStale',
  severity: 'warning',
  labels: { ...REGISTRY, pod },
  summary: 'One replica cannot read a registry that another one reads.',
  description: `pod ${pod} last read registry eureka ${age} ago, and another pod reads it well. What an istiod knows depends on which of them it reached.`,
});

export const NEVER_READ: Firing = {
  alert: 'FootbridgeRegistryNeverRead',
  severity: 'critical',
  labels: REGISTRY,
  summary: 'A registry was not read once since the bridge started, so istiod gets no answer.',
  description:
    'registry eureka was not read since any replica started. An istiod that runs keeps what it has and hears of no change, of the other registries of this bridge neither; one that starts waits (2 minutes unless configured) and then knows nothing of this bridge.',
};

const neverReadAlone = (pod: string): Firing => ({
  alert: 'FootbridgeRegistryNeverRead',
  severity: 'warning',
  labels: { ...REGISTRY, pod },
  summary: 'One replica did not read a registry once since it started, and another one reads it.',
  description: `pod ${pod} has not read registry eureka since it started, and another pod has. An istiod that is connected to it gets no answer, of the other registries of this bridge neither; one that starts waits (2 minutes unless configured) and may then know nothing of this bridge.`,
});

const SERVING_RESTORED: Firing = {
  alert: 'FootbridgeServingRestored',
  severity: 'warning',
  labels: REGISTRY,
  summary: 'A replica has not read a registry since it started, and serves what a former process read.',
  description:
    'registry eureka was not read by a replica since that started. What was read last before, and kept in the state file, is served: traffic flows, but new instances get none, and those that died still do.',
};

const flapping = (times: number): Firing => ({
  alert: 'FootbridgeRegistryFlapping',
  severity: 'warning',
  labels: REGISTRY,
  summary: 'A registry can be read only now and then.',
  description: `registry eureka went away or came back ${times} times within 30 minutes, seen by one replica. Changes reach the mesh late.`,
});

const MATCHES_NOTHING: Firing = {
  alert: 'FootbridgeScopeMatchesNothing',
  severity: 'warning',
  labels: REGISTRY,
  summary: 'A registry lists services, and the scope of the bridge matches none of them.',
  description:
    'registry eureka lists services, but none is in the scope of this bridge, so nothing of it is published. Most often the scope has a typing error.',
};

const bridge = (pods: Readonly<Record<string, Pod>>): readonly Bridge[] => [{ namespace: NAMESPACE, pods }];

/** A replica that starts at the beginning of the story, in an outage. */
const restoredFor = (time: string): Shown => ({
  [RESTORED]: `1 for ${time}, 0`,
  [UP]: `0 for ${time}, 1`,
  [LAST_SUCCESS]: `1 for ${time}, now`,
});
const SECOND: Shown = { 'footbridge_registry_last_success_timestamp_seconds{registry="second"}': 'now' };
const lost: Shown = { [LAST_SUCCESS]: 'now for 10m, same', [UP]: '1 for 10m, 0' };
export const unread: Shown = {
  [LAST_SUCCESS]: '0',
  [UP]: '0',
  [SERVICES]: '0',
  [MATCHED]: '0',
  'footbridge_services{state="served"}': '0',
  footbridge_instances_served: '0',
  'footbridge_snapshot_state{state="empty"}': '1',
  'footbridge_snapshot_state{state="live"}': '0',
  'footbridge_clients_synced{client="istiod"}': '0',
};

export const REGISTRY_STORIES: Readonly<Record<string, readonly Story[]>> = {
  FootbridgeRegistryStale: [
    {
      that: 'no replica can read the registry any more',
      bridges: bridge({ a: { shows: lost }, b: { shows: lost } }),
      firing: {
        '20m': [],
        '21m': [stale('warning', '11m 29s')],
        '70m': [stale('warning', '1h 0m 29s')],
        '71m': [stale('warning', '1h 1m 29s'), stale('critical', '1h 1m 29s')],
      },
    },
    {
      that: 'a scrape of every replica fails while the registry is away: the clock goes on',
      bridges: bridge({
        a: { shows: lost, unscraped: ['20m30s', '70m30s'] },
        b: { shows: lost, unscraped: ['20m30s', '70m30s'] },
      }),
      firing: {
        '20m': [],
        '21m': [stale('warning', '11m 29s')],
        '71m': [stale('warning', '1h 1m 29s'), stale('critical', '1h 1m 29s')],
      },
    },
    {
      that: 'one of two replicas cannot read it, and what it lists rests: nobody hurries',
      bridges: bridge({ a: { shows: lost }, b: {} }),
      firing: { '21m': [], '40m30s': [], '41m': [staleAlone('a', '31m 29s')], '2h': [staleAlone('a', '1h 50m 29s')] },
    },
    {
      that: 'one of two replicas cannot read it, and a second registry changes what both serve, over and over; scrapes fail meanwhile',
      bridges: bridge({
        a: { shows: { ...lost, ...SECOND, [FINGERPRINT]: 'up by 1' }, unscraped: ['40m30s'] },
        b: { shows: { ...SECOND, [FINGERPRINT]: 'up by 2' }, unscraped: ['40m30s'] },
      }),
      firing: { '40m': [], '41m': [staleAlone('a', '31m 29s')], '4h': [staleAlone('a', '3h 50m 29s')] },
    },
    {
      that: 'one replica cannot read it for twenty minutes',
      bridges: bridge({ a: { shows: { [LAST_SUCCESS]: 'now for 10m, same for 20m, now' } }, b: {} }),
      firing: { '30m': [], '41m': [], '1h': [] },
    },
    {
      that: 'a registry without changes is read anew every five minutes, as ZooKeeper is',
      bridges: bridge({
        a: { shows: { [LAST_SUCCESS]: 'now every 5m' } },
        b: { shows: { [LAST_SUCCESS]: 'now every 5m' } },
      }),
      firing: { '14m30s': [], '20m': [], '30m': [] },
    },
    {
      that: 'it is back before the ten minutes are over',
      bridges: bridge({
        a: { shows: { [LAST_SUCCESS]: 'now for 10m, same for 9m, now' } },
        b: { shows: { [LAST_SUCCESS]: 'now for 10m, same for 9m, now' } },
      }),
      firing: { '19m': [], '20m': [], '21m': [], '30m': [] },
    },
  ],

  FootbridgeRegistryNeverRead: [
    {
      that: 'no replica could read the registry since it started, and clients wait; a failed scrape changes nothing',
      bridges: bridge({ a: { shows: unread, unscraped: ['3m'] }, b: { shows: unread, unscraped: ['3m'] } }),
      firing: { '4m30s': [], '5m': [NEVER_READ], '30m': [NEVER_READ], '2h': [NEVER_READ] },
    },
    {
      that: 'one of two replicas never read it, and a second registry changes what both have, over and over; scrapes fail meanwhile',
      bridges: bridge({
        a: { shows: { ...unread, ...SECOND, [FINGERPRINT]: 'up by 1' }, unscraped: ['8m'] },
        b: { shows: { ...SECOND, [FINGERPRINT]: 'up by 2' }, unscraped: ['9m'] },
      }),
      firing: { '9m30s': [], '10m': [neverReadAlone('a')], '2h': [neverReadAlone('a')] },
    },
    {
      that: 'a replica restarts, and its first read takes nine minutes',
      bridges: bridge({ a: { shows: { [LAST_SUCCESS]: 'now for 10m, 0 for 9m, now' } }, b: {} }),
      firing: { '15m': [], '19m': [], '25m': [] },
    },
    {
      that: 'the first read takes four minutes',
      bridges: bridge({
        a: { shows: { [LAST_SUCCESS]: '0 for 4m, now' } },
        b: { shows: { [LAST_SUCCESS]: '0 for 4m, now' } },
      }),
      firing: { '4m': [], '5m': [], '10m': [] },
    },
  ],

  FootbridgeServingRestored: [
    {
      that: 'both replicas started in an outage: one clock runs over failed scrapes, and staleness is told beside it',
      bridges: bridge({
        a: { shows: restoredFor('30m'), unscraped: ['5m'] },
        b: { shows: restoredFor('30m'), unscraped: ['5m'] },
      }),
      firing: {
        '9m30s': [],
        '10m': [SERVING_RESTORED],
        '12m': [stale('warning', '11m 59s'), SERVING_RESTORED],
        '40m': [],
      },
    },
    {
      that: 'one of two started in an outage of its own',
      bridges: bridge({ a: { shows: restoredFor('1h') }, b: {} }),
      firing: { '9m30s': [], '11m': [SERVING_RESTORED], '2h': [] },
    },
    {
      that: 'a registry that was away for five minutes',
      bridges: bridge({ a: { shows: restoredFor('5m') }, b: { shows: restoredFor('5m') } }),
      firing: { '5m': [], '10m': [], '15m': [] },
    },
  ],

  FootbridgeRegistryFlapping: [
    {
      that: 'the registry is away for one minute of five',
      bridges: bridge({ a: { shows: { [UP]: '1 1 1 1 1 1 1 1 0 0' } }, b: {} }),
      firing: { '19m30s': [], '20m': [flapping(8)] },
    },
    {
      that: 'scrapes fail now and then, the registry does not',
      bridges: bridge({ a: { unscraped: ['2m', '4m', '6m', '8m', '10m', '12m', '14m', '16m'] }, b: {} }),
      firing: { '10m': [], '20m': [], '25m': [] },
    },
    {
      that: 'one outage of eight minutes, and another one',
      bridges: bridge({ a: { shows: { [UP]: '1 for 5m, 0 for 8m, 1 for 5m, 0 for 2m, 1' } }, b: {} }),
      firing: { '20m': [], '25m': [], '35m': [] },
    },
  ],

  FootbridgeScopeMatchesNothing: [
    {
      that: 'forty services are listed and none is in scope; failed scrapes change nothing',
      bridges: bridge({
        a: { shows: { [MATCHED]: '6 for 5m, 0' }, unscraped: ['12m'] },
        b: { shows: { [MATCHED]: '6 for 5m, 0' }, unscraped: ['12m'] },
      }),
      firing: { '22m30s': [], '23m': [MATCHES_NOTHING], '30m': [MATCHES_NOTHING] },
    },
    {
      that: 'the registry lists nothing at all',
      bridges: bridge({
        a: { shows: { [MATCHED]: '0', [SERVICES]: '0' } },
        b: { shows: { [MATCHED]: '0', [SERVICES]: '0' } },
      }),
      firing: { '15m': [], '30m': [] },
    },
    {
      that: 'a rollout changes the scope, and the replicas differ for a while',
      bridges: bridge({ a: { shows: { [MATCHED]: '0' }, until: '20m' }, b: {}, c: { from: '18m' } }),
      firing: { '15m': [], '19m': [], '30m': [] },
    },
    {
      that: 'the list is seen at one scrape before the match is',
      bridges: bridge({ a: { shows: { [MATCHED]: '0 for 1m, 6' } }, b: { shows: { [MATCHED]: '0 for 1m, 6' } } }),
      firing: { '1m': [], '15m': [] },
    },
  ],
};
