// Stories of _alerts-istiod.tpl.
import { type Bridge, JOB, type Pod, type Shown } from '../bridge.ts';
import { type Firing, NAMESPACE, type Story } from '../story.ts';

const CLIENTS = 'footbridge_clients{protocol="sotw",client="istiod"}';
const SYNCED = 'footbridge_clients_synced{client="istiod"}';
const OTHERS = 'footbridge_clients{protocol="sotw",client="other"}';
const OTHERS_SYNCED = 'footbridge_clients_synced{client="other"}';
const SERVED = 'footbridge_services{state="served"}';
const NACKS = 'footbridge_responses_total{protocol="sotw",answer="nack"}';
const TOO_LARGE = 'footbridge_pushes_too_large_total{protocol="resource-source"}';
const LEFT = 'footbridge_streams_total{protocol="resource-source",end="client"}';
const IN_TIME = 'footbridge_propagation_seconds_bucket{le="10"}';
const CHANGES = 'footbridge_propagation_seconds_count';

const NO_CLIENTS: Firing = {
  alert: 'FootbridgeNoClients',
  severity: 'critical',
  labels: { job: JOB },
  summary: 'No istiod is connected to a bridge that had one.',
  description:
    'no istiod is connected to any replica, and within the last 24 hours one was. Those that run keep what they have and hear of no change. If they cannot reach the bridge, they will not start either.',
};

const notSynced = (pod: string, clients: number): Firing => ({
  alert: 'FootbridgeClientsNotSynced',
  severity: 'warning',
  labels: { job: JOB, pod },
  summary: 'An istiod is connected and does not acknowledge what it is sent.',
  description: `${clients} istiods of pod ${pod} have not had the current content for at least 5 minutes. They go on with older content.`,
});

const rejected = (pod: string, times: string): Firing => ({
  alert: 'FootbridgeRejected',
  severity: 'warning',
  labels: { job: JOB, pod },
  summary: 'A client refused what it was sent.',
  description: `a client of pod ${pod} refused about ${times} responses within 15 minutes. It goes on with what it had. istiod never refuses, so this is another client or a defect.`,
});

const tooLarge = (pod: string, times: string): Firing => ({
  alert: 'FootbridgePushTooLarge',
  severity: 'warning',
  labels: { job: JOB, pod, protocol: 'resource-source' },
  summary: 'An old Istio cannot read what it is sent, because it is too large.',
  description: `pod ${pod} sent about ${times} responses of more than 4 MiB within 30 minutes to clients of protocol resource-source that read no more, and such clients left again and again. They go on with what they had, or with nothing.`,
});

const burn = (severity: Firing['severity'], window: string, share: string): Firing => ({
  alert: 'FootbridgePropagationSLOBurn',
  severity,
  labels: { job: JOB },
  summary: 'Changes of a registry reach istiod too late.',
  description: `of the changes of the last ${window}, ${share} were acknowledged by istiod later than 10 seconds after they were seen. Callers go on with instances that are gone.`,
});

const bridge = (pods: Readonly<Record<string, Pod>>): readonly Bridge[] => [{ namespace: NAMESPACE, pods }];
const clients = (connected: string, synced = connected): Shown => ({ [CLIENTS]: connected, [SYNCED]: synced });
const others = (connected: string, synced = connected): Shown => ({ [OTHERS]: connected, [OTHERS_SYNCED]: synced });
const changes = (all: string, inTime: string): Shown => ({ [CHANGES]: all, [IN_TIME]: inTime });

export const ISTIOD_STORIES: Readonly<Record<string, readonly Story[]>> = {
  FootbridgeNoClients: [
    {
      that: 'the last istiod leaves and none comes back; a failed scrape changes nothing',
      bridges: bridge({
        a: { shows: clients('1 for 2h, 0'), unscraped: ['2h10m'] },
        b: { shows: clients('0'), unscraped: ['2h10m'] },
      }),
      firing: { '2h14m30s': [], '2h15m': [NO_CLIENTS], '3h': [NO_CLIENTS] },
    },
    {
      that: 'a day later it is taken for meant',
      bridges: bridge({ a: { shows: clients('1 for 2h, 0') }, b: { shows: clients('0') } }),
      every: '1m',
      firing: { '25h': [NO_CLIENTS], '26h5m': [] },
    },
    {
      that: 'no istiod ever came: the mesh configuration does not name this bridge yet',
      bridges: bridge({ a: { shows: clients('0') }, b: { shows: clients('0') } }),
      firing: { '10m': [], '1h': [], '3h': [] },
    },
    {
      that: 'bridges come before their line: people look with `check`, and no istiod ever came',
      bridges: bridge({
        a: { shows: { ...clients('0'), ...others('0 for 10m, 1 for 30s, 0') } },
        b: { shows: clients('0') },
      }),
      firing: { '10m': [], '21m': [], '30m': [], '2h': [] },
    },
    {
      that: 'the last istiod leaves, and a forgotten `watch` stays connected',
      bridges: bridge({
        a: { shows: { ...clients('1 for 1h, 0'), ...others('1') } },
        b: { shows: clients('0') },
      }),
      firing: { '1h14m30s': [], '1h15m': [NO_CLIENTS] },
    },
    {
      that: 'istiod restarts and is back after four minutes, at the other replica',
      bridges: bridge({ a: { shows: clients('1 for 1h, 0') }, b: { shows: clients('0 for 1h4m, 1') } }),
      firing: { '1h4m': [], '1h10m': [], '1h15m': [], '2h': [] },
    },
    {
      that: 'it comes back again and again for a moment',
      bridges: bridge({ a: { shows: clients('1 for 1h, 0 0 0 0 0 0 0 1') }, b: { shows: clients('0') } }),
      firing: { '1h14m': [], '1h30m': [] },
    },
    {
      that: 'nothing is served, so nobody misses anything',
      bridges: bridge({
        a: { shows: { ...clients('1 for 1h, 0'), [SERVED]: '0' } },
        b: { shows: { ...clients('0'), [SERVED]: '0' } },
      }),
      firing: { '1h15m': [], '2h': [] },
    },
  ],

  FootbridgeClientsNotSynced: [
    {
      that: 'one of two clients stops acknowledging; a failed scrape changes nothing',
      bridges: bridge({ a: { shows: clients('2', '2 for 10m, 1'), unscraped: ['15m30s'] }, b: {} }),
      firing: { '15m30s': [], '16m': [notSynced('a', 1)] },
    },
    {
      that: 'a `watch` on a stopped terminal does not read on',
      bridges: bridge({ a: { shows: { ...clients('1'), ...others('1', '0') } }, b: {} }),
      firing: { '6m': [], '20m': [] },
    },
    {
      that: 'changes never rest, and at every second scrape somebody is behind',
      bridges: bridge({ a: { shows: clients('2', '1 2') }, b: {} }),
      firing: { '10m': [], '10m30s': [], '20m': [] },
    },
    {
      that: 'an istiod connects and needs three minutes to take everything in',
      bridges: bridge({ a: { shows: clients('1 for 10m, 2', '1 for 13m, 2') }, b: {} }),
      firing: { '11m30s': [], '13m': [], '18m': [] },
    },
    {
      that: 'clients wait for the first good read of one replica, and its scrapes fail for a while',
      bridges: bridge({
        a: {
          shows: {
            ...clients('1', '0'),
            'footbridge_snapshot_state{state="empty"}': '1',
            'footbridge_snapshot_state{state="live"}': '0',
          },
          unscraped: ['10m', '10m30s', '11m'],
        },
        b: {},
      }),
      firing: { '6m': [], '11m': [], '11m30s': [], '20m': [] },
    },
  ],

  FootbridgeRejected: [
    {
      that: 'a client refuses once, which is told for a quarter of an hour',
      bridges: bridge({ a: { shows: { [NACKS]: '0 for 20m, 1' } }, b: {} }),
      firing: { '19m30s': [], '20m': [rejected('a', '1')], '34m30s': [rejected('a', '1')], '35m30s': [] },
    },
    {
      that: 'a pod that had counted refusals starts anew',
      bridges: bridge({ a: { shows: { [NACKS]: '3 for 40m, 0' } }, b: {} }),
      firing: { '20m': [], '40m': [], '50m': [] },
    },
  ],

  FootbridgePushTooLarge: [
    {
      that: 'a Pilot cannot read what the estate has grown to, and comes back every second',
      bridges: bridge({ a: { shows: { [TOO_LARGE]: '0 for 20m, up by 30', [LEFT]: '0 for 20m, up by 30' } }, b: {} }),
      firing: {
        '20m30s': [],
        '21m': [tooLarge('a', '90')],
        '22m': [tooLarge('a', '150')],
        '2h': [tooLarge('a', '1.8k')],
      },
    },
    {
      that: 'an istiod dials ten times within a minute and never again, which is told for half an hour',
      bridges: bridge({ a: { shows: { [TOO_LARGE]: '0 for 40m, 10', [LEFT]: '0 for 40m, 10' } }, b: {} }),
      firing: { '40m30s': [], '41m30s': [tooLarge('a', '10')], '1h9m': [tooLarge('a', '10')], '1h11m': [] },
    },
    {
      that: 'a Pilot that was started with a larger limit reads whatever comes, and restarts twice',
      bridges: bridge({ a: { shows: { [TOO_LARGE]: 'up by 1', [LEFT]: '0 for 40m, 1 for 10m, 2' } }, b: {} }),
      firing: { '30m': [], '45m': [], '1h': [], '2h': [] },
    },
    {
      that: 'three Pilots with a larger limit read whatever comes, until the pod leaves and sends them to the other one',
      bridges: bridge({
        a: {
          shows: {
            [TOO_LARGE]: 'up by 1 for 40m, same',
            'footbridge_streams_total{protocol="resource-source",end="drained"}': '0 for 40m, 3',
          },
        },
        b: {},
      }),
      firing: { '40m': [], '42m': [], '1h': [] },
    },
    {
      that: 'clients come and go, and everything is small enough for them',
      bridges: bridge({ a: { shows: { [LEFT]: 'up by 1' } }, b: {} }),
      firing: { '30m': [], '2h': [] },
    },
    {
      that: 'a Pilot with a larger limit reads whatever comes, and people look at the bridge by another protocol',
      bridges: bridge({
        a: { shows: { [TOO_LARGE]: 'up by 1', 'footbridge_streams_total{protocol="sotw",end="client"}': 'up by 1' } },
        b: {},
      }),
      firing: { '30m': [], '2h': [] },
    },
  ],

  FootbridgePropagationSLOBurn: [
    {
      that: 'from an hour on every change is late',
      bridges: bridge({ a: { shows: changes('up by 1', 'up by 1 for 1h, same') }, b: {} }),
      firing: {
        '1h9m': [],
        '1h12m': [burn('critical', '1h', '20.83%')],
        '1h30m': [burn('critical', '1h', '50.83%'), burn('warning', '6h', '34.07%')],
      },
    },
    {
      that: 'eight changes of a hundred are late all the time',
      bridges: bridge({ a: { shows: changes('up by 25', 'up by 23') }, b: {} }),
      firing: { '15m': [], '16m': [burn('warning', '6h', '8%')], '2h': [burn('warning', '6h', '8%')] },
    },
    {
      that: 'it was bad and is over: what is late no longer comes in',
      bridges: bridge({ a: { shows: changes('up by 1', 'up by 1 for 1h, same for 8m, up by 1') }, b: {} }),
      firing: { '1h9m': [], '1h16m': [], '1h45m': [] },
    },
    {
      that: 'it was worse and is over: nobody is woken any more, and it is told in working hours',
      bridges: bridge({ a: { shows: changes('up by 1', 'up by 1 for 1h, same for 12m, up by 1') }, b: {} }),
      firing: { '1h20m': [burn('warning', '6h', '15.26%')] },
    },
    {
      that: 'three late changes of three say too little',
      bridges: bridge({ a: { shows: changes('0 for 10m, 1 for 10m, 2 for 10m, 3', '0') }, b: {} }),
      firing: { '13m': [], '15m': [], '31m': [], '1h': [] },
    },
    {
      that: 'five changes of a thousand are late, as is allowed',
      bridges: bridge({ a: { shows: changes('up by 1000', 'up by 995') }, b: {} }),
      firing: { '30m': [], '2h': [] },
    },
  ],
};
