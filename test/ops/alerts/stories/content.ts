// Stories of _alerts-content.tpl.
import { type Bridge, JOB, type Pod } from '../bridge.ts';
import { type Firing, NAMESPACE, type Story } from '../story.ts';
import { ABSENT } from './process.ts';
import { NEVER_READ, unread } from './registry.ts';

const GONE = 'footbridge_guard_holds{registry="eureka",reason="everything-gone"}';
const MANY = 'footbridge_guard_holds{registry="eureka",reason="many-gone"}';
const SERVED = 'footbridge_instances_served';
const FROZEN = 'footbridge_guard_freeze_start_timestamp_seconds{registry="eureka"}';
const EMPTY_FIRST = 'footbridge_guard_holds{registry="eureka",reason="empty-first-read"}';
const FINGERPRINT = 'footbridge_snapshot_fingerprint';
const OUT_OF_SCOPE = 'footbridge_problems{code="HOST_OUT_OF_SCOPE"}';
const LABEL_INVALID = 'footbridge_problems{code="LABEL_INVALID"}';

const EVERYTHING_GONE: Firing = {
  alert: 'FootbridgeSnapshotHeld',
  severity: 'critical',
  labels: { job: JOB, registry: 'eureka', reason: 'everything-gone' },
  summary: 'A registry lists nothing any more, and minutes are left before the mesh is told so.',
  description:
    'registry eureka lists nothing any more. What it listed is served on until a read after `registries.eureka.holdFor` confirms that it is gone; then all of it is removed from the mesh.',
};
const MANY_GONE: Firing = {
  alert: 'FootbridgeSnapshotHeld',
  severity: 'critical',
  labels: { job: JOB, registry: 'eureka', reason: 'many-gone' },
  summary: 'A registry lists much less than it did, and minutes are left before the mesh is told so.',
  description:
    'registry eureka lists much less than it did (`guard.removalShare`). What is gone is served on until a read after `registries.eureka.holdFor` confirms it; then it is removed from the mesh.',
};
const EMPTY_FIRST_READ: Firing = {
  alert: 'FootbridgeSnapshotHeld',
  severity: 'warning',
  labels: { job: JOB, registry: 'eureka', reason: 'empty-first-read' },
  summary: 'A registry lists nothing, and the bridge does not believe it yet.',
  description:
    'registry eureka listed nothing when it was first read. Until a read after `registries.eureka.holdFor` istiod gets no answer and hears of no change; then it is told what is listed, and that nothing else is there.',
};

const frozenFor = (time: string): Firing => ({
  alert: 'FootbridgeFrozen',
  severity: 'warning',
  labels: { job: JOB, registry: 'eureka' },
  summary: 'Something of a registry has been frozen for more than a day.',
  description: `registry eureka, or a service of it, has been frozen for ${time}. Instances that came or died since then are not seen there.`,
});

const NOTHING_SERVED: Firing = {
  alert: 'FootbridgeNothingServed',
  severity: 'critical',
  labels: { job: JOB },
  summary: 'A bridge serves no instance any more.',
  description:
    'no replica serves an instance, and within the last 24 hours some were served. Whoever calls these services is answered 503 or knows no such host.',
};

const refused = (problems: number): Firing => ({
  alert: 'FootbridgePublishRefused',
  severity: 'warning',
  labels: { job: JOB, code: 'HOST_OUT_OF_SCOPE' },
  summary: 'Something that is registered cannot be published, and that is new.',
  description: `${problems} problems with code HOST_OUT_OF_SCOPE, more than a day ago. What they are about is missing in the mesh, in whole or in part; everything else is served.`,
});

const DIFFER: Firing = {
  alert: 'FootbridgeReplicasDiffer',
  severity: 'warning',
  labels: { job: JOB },
  summary: 'The replicas of a bridge serve different content.',
  description:
    'the replicas have served different content for at least 15 minutes. What istiod knows depends on which of them it reached.',
};

const bridge = (pods: Readonly<Record<string, Pod>>): readonly Bridge[] => [{ namespace: NAMESPACE, pods }];
const both = (pod: Pod): readonly Bridge[] => bridge({ a: pod, b: pod });

export const CONTENT_STORIES: Readonly<Record<string, readonly Story[]>> = {
  FootbridgeSnapshotHeld: [
    {
      that: 'everything is gone from the registry; a failed scrape costs no time, and three minutes of the hold are left',
      bridges: both({ shows: { [GONE]: '0 for 10m, 1 for 5m, 0' }, unscraped: ['11m'] }),
      firing: { '10m30s': [], '11m30s': [], '12m': [EVERYTHING_GONE], '15m': [] },
    },
    {
      that: 'much is gone from the registry; a failed scrape costs no time, and three minutes of the hold are left',
      bridges: both({ shows: { [MANY]: '0 for 10m, 1 for 5m, 0' }, unscraped: ['11m'] }),
      firing: { '10m30s': [], '11m30s': [], '12m': [MANY_GONE], '15m': [] },
    },
    {
      that: 'a release stops half of its instances before it starts the new ones, within a minute and a half',
      bridges: both({ shows: { [MANY]: '0 for 10m, 1 for 1m30s, 0' } }),
      firing: { '11m30s': [], '12m': [], '15m': [] },
    },
    {
      that: 'the first read of a new bridge lists nothing',
      bridges: both({ shows: { [EMPTY_FIRST]: '1 for 5m, 0' }, unscraped: ['1m30s'] }),
      firing: { '0m': [], '1m': [EMPTY_FIRST_READ], '1m30s': [EMPTY_FIRST_READ], '5m': [] },
    },
    {
      that: 'the only instance of a small registry restarts within a minute and a half',
      bridges: both({ shows: { [GONE]: '0 for 10m, 1 for 1m30s, 0' } }),
      firing: { '11m30s': [], '12m': [], '15m': [] },
    },
    {
      that: 'a hold comes and goes with every second scrape',
      bridges: both({ shows: { [GONE]: '0 1', [MANY]: '0 1', [EMPTY_FIRST]: '0 1' } }),
      firing: { '5m': [], '5m30s': [], '10m': [] },
    },
    {
      that: 'a registry of two is emptied, and only its own hold is told',
      bridges: both({
        shows: {
          [GONE]: '0 for 10m, 1 for 5m, 0',
          'footbridge_guard_holds{registry="second",reason="everything-gone"}': '0',
        },
      }),
      firing: { '12m': [EVERYTHING_GONE] },
    },
  ],

  FootbridgeFrozen: [
    {
      that: 'somebody froze a registry by hand at one replica, and forgot it; a failed scrape changes nothing',
      bridges: bridge({ a: { shows: { [FROZEN]: '0 for 1h, 3600' }, unscraped: ['25h2m'] }, b: {} }),
      every: '1m',
      firing: {
        '2h': [],
        '25h': [],
        '25h5m': [],
        '25h6m': [frozenFor('1d 0h 6m 0s')],
        '26h': [frozenFor('1d 1h 0m 0s')],
      },
    },
    {
      that: 'a freeze of a day ends in time',
      bridges: both({ shows: { [FROZEN]: '0 for 1h, 3600 for 23h, 0' } }),
      every: '1m',
      firing: { '24h': [], '26h': [] },
    },
  ],

  FootbridgeNothingServed: [
    {
      that: 'everything is gone, is held, and then goes; failed scrapes change nothing',
      bridges: both({
        shows: { [GONE]: '0 for 10m, 1 for 5m, 0', [SERVED]: '9 for 15m, 0' },
        unscraped: ['20m'],
      }),
      firing: { '12m': [EVERYTHING_GONE], '15m': [], '22m': [], '23m': [NOTHING_SERVED], '2h': [NOTHING_SERVED] },
    },
    {
      that: '`holdFor` is shorter than anybody could be told of the hold',
      bridges: both({ shows: { [GONE]: '0 for 10m, 1 for 1m30s, 0', [SERVED]: '9 for 11m30s, 0' } }),
      firing: { '11m30s': [], '15m': [], '20m': [NOTHING_SERVED] },
    },
    {
      that: 'a day later it is taken for meant',
      bridges: both({ shows: { [SERVED]: '9 for 2h, 0' } }),
      every: '1m',
      firing: { '25h': [NOTHING_SERVED], '26h5m': [] },
    },
    {
      that: 'a new bridge waits for the first application to register',
      bridges: both({ shows: { [SERVED]: '0' } }),
      firing: { '10m': [], '1h': [] },
    },
    {
      that: 'the only instance restarts in four minutes',
      bridges: both({ shows: { [SERVED]: '9 for 10m, 0 for 4m, 9' } }),
      firing: { '13m30s': [], '15m': [], '18m': [], '20m': [] },
    },
    {
      that: 'one replica has nothing, the other serves',
      bridges: bridge({ a: { shows: { [SERVED]: '9 for 10m, 0' } }, b: {} }),
      firing: { '20m': [], '30m': [] },
    },
    {
      that: 'all replicas were restarted while the registry cannot be read: istiod is told nothing, and keeps what it has',
      bridges: bridge({ a: { until: '1h' }, b: { until: '1h' }, c: { from: '1h', shows: unread } }),
      firing: { '1h10m': [NEVER_READ], '2h': [NEVER_READ] },
    },
    {
      that: 'the release is uninstalled, and Prometheus still has its rules',
      bridges: both({ shows: { [SERVED]: '9 for 10m, 0' }, until: '12m' }),
      firing: { '15m': [], '17m': [ABSENT], '30m': [ABSENT] },
    },
  ],

  FootbridgePublishRefused: [
    {
      that: 'three services leave the allowed hosts, which is told for a day; a failed scrape changes nothing',
      bridges: both({ shows: { [OUT_OF_SCOPE]: '0 for 25h, 3' }, unscraped: ['25h5m'] }),
      every: '1m',
      firing: { '25h14m': [], '25h15m': [refused(3)], '48h': [refused(3)], '49h10m': [] },
    },
    {
      that: 'a new bridge cannot publish two services; a failed scrape changes nothing',
      bridges: both({ shows: { [OUT_OF_SCOPE]: '2' }, unscraped: ['10m'] }),
      firing: { '14m30s': [], '15m': [refused(2)] },
    },
    {
      that: 'a further service comes to those that have been refused for long',
      bridges: both({ shows: { [OUT_OF_SCOPE]: '2 for 25h, 3' } }),
      every: '1m',
      firing: { '25h': [], '25h14m': [], '25h15m': [refused(3)] },
    },
    {
      that: 'yesterday, Prometheus was away for three hours: what was refused before is still known',
      bridges: both({
        shows: { [OUT_OF_SCOPE]: '2' },
        unscraped: Array.from({ length: 180 }, (_, at) => `${90 + at}m`),
      }),
      every: '1m',
      firing: { '25h': [], '25h45m': [], '27h': [], '28h15m': [] },
    },
    {
      that: 'an instance is registered wrongly and gone after ten minutes',
      bridges: both({ shows: { [OUT_OF_SCOPE]: '0 for 10m, 1 for 10m, 0' } }),
      firing: { '20m': [], '25m': [], '40m': [] },
    },
    {
      that: 'labels are dropped: the services are served',
      bridges: both({ shows: { [LABEL_INVALID]: '0 for 10m, 7' } }),
      firing: { '25m': [], '30m': [], '1h': [] },
    },
  ],

  FootbridgeReplicasDiffer: [
    {
      that: 'one replica stands still while the other follows the registry; a failed scrape changes nothing',
      bridges: bridge({ a: { shows: { [FINGERPRINT]: '48151623 for 10m, up by 1' } }, b: { unscraped: ['20m'] } }),
      firing: { '24m30s': [], '25m': [DIFFER] },
    },
    {
      that: 'they differ and neither changes; a failed scrape changes nothing',
      bridges: bridge({ a: { shows: { [FINGERPRINT]: '4815' } }, b: { unscraped: ['10m'] } }),
      firing: { '14m30s': [], '15m': [DIFFER] },
    },
    {
      that: 'both follow a registry that never rests, one a little later than the other',
      bridges: bridge({
        a: { shows: { [FINGERPRINT]: '10 for 30s, up by 1' } },
        b: { shows: { [FINGERPRINT]: 'up by 1' } },
      }),
      firing: { '15m': [], '30m': [], '1h': [] },
    },
    {
      that: 'they differ for ten minutes of a rollout with another configuration',
      bridges: bridge({
        a: { until: '12m' },
        b: { until: '20m' },
        c: { from: '10m', shows: { [FINGERPRINT]: '2342' } },
        d: { from: '18m', shows: { [FINGERPRINT]: '2342' } },
      }),
      firing: { '15m': [], '20m': [], '25m': [], '30m': [] },
    },
  ],
};
