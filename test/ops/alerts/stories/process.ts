// Stories of _alerts-process.tpl.
import { type Bridge, JOB, type Pod, targetLabels } from '../bridge.ts';
import { type Firing, NAMESPACE, type Story } from '../story.ts';

const KEEPS =
  'An istiod that runs keeps what it was told; one that starts ends at once. Do not restart istiod until a replica is back.';

export const ABSENT: Firing = {
  alert: 'FootbridgeAbsent',
  severity: 'critical',
  labels: { job: JOB },
  summary: 'No replica of a bridge is known to Prometheus, and no istiod that lists it can start without one.',
  description: `Prometheus knows no target of this bridge. ${KEEPS}`,
};

const allDown = (share: string): Firing => ({
  alert: 'FootbridgeAllReplicasDown',
  severity: 'critical',
  labels: { job: JOB },
  summary: 'No replica of a bridge answers, and no istiod that lists it can start without one.',
  description: `even the best replica answered only ${share} of the scrapes of the last 5 minutes. ${KEEPS}`,
});

const down = (pod: string, index: number, share: string): Firing => ({
  alert: 'FootbridgeDown',
  severity: 'warning',
  labels: targetLabels(NAMESPACE, pod, index),
  summary: 'A replica of a bridge does not answer.',
  description: `pod ${pod} answered only ${share} of the scrapes of the last 10 minutes. The other replicas serve istiod; with one replica less, a further failure keeps istiod from starting.`,
});

const reloadRefused = (pod: string): Firing => ({
  alert: 'FootbridgeConfigReloadRefused',
  severity: 'warning',
  labels: { job: JOB, pod },
  summary: 'A bridge runs with a configuration that is not the one in its file.',
  description: `pod ${pod} refused the configuration that it found and goes on with the former one. If the file is wrong, the pod will not start again after its next restart.`,
});

const NOT_WRITTEN = 'footbridge_state_write_failing';
const stateNotWritten = (pod: string): Firing => ({
  alert: 'FootbridgeStateNotWritten',
  severity: 'warning',
  labels: { job: JOB, pod },
  summary: 'A replica cannot write its state file, so a restart would begin with an older one or with none.',
  description: `pod ${pod} serves as ever, and cannot keep what it serves. If it is restarted while a registry cannot be read, what came since the last good write is missing.`,
});

const memoryNearLimit = (pod: string, index: number, share: string): Firing => ({
  alert: 'FootbridgeMemoryNearLimit',
  severity: 'warning',
  labels: targetLabels(NAMESPACE, pod, index),
  summary: 'A bridge needs almost all the memory that it may have.',
  description: `pod ${pod} has ${share} in use of its limit of 512Mi or of the heap's part of it. When that is full it ends and restarts, with what it kept in its state file.`,
});

const bridge = (pods: Readonly<Record<string, Pod>>): readonly Bridge[] => [{ namespace: NAMESPACE, pods }];
const refused = (timeline: string): Pod => ({ shows: { footbridge_config_reload_refused: timeline } });
const heap = (timeline: string): Pod => ({ shows: { nodejs_heap_size_used_bytes: timeline } });
const memory = (timeline: string): Pod => ({ shows: { process_resident_memory_bytes: timeline } });

export const PROCESS_STORIES: Readonly<Record<string, readonly Story[]>> = {
  FootbridgeAbsent: [
    {
      that: 'no target was ever there',
      bridges: [],
      firing: { '4m30s': [], '5m': [ABSENT] },
    },
    {
      that: 'both targets go at once, as when the Deployment is scaled to nothing',
      bridges: bridge({ a: { until: '10m' }, b: { until: '10m' } }),
      firing: { '14m30s': [], '15m': [ABSENT] },
    },
    {
      that: 'a Prometheus that starts finds its targets after two minutes',
      bridges: bridge({ a: { from: '2m' }, b: { from: '2m' } }),
      firing: { '1m30s': [], '5m': [], '10m': [] },
    },
  ],

  FootbridgeAllReplicasDown: [
    {
      that: 'every replica stops answering, and one answers once for a moment',
      bridges: bridge({
        a: { shows: { up: '1 for 10m, 0' } },
        b: { shows: { up: '1 for 10m, 0 for 3m, 1 for 30s, 0' } },
      }),
      firing: {
        '14m': [],
        '15m': [allDown('9.091%')],
        '20m': [allDown('0%'), down('a', 0, '0%')],
        '20m30s': [allDown('0%'), down('a', 0, '0%'), down('b', 1, '4.762%')],
      },
    },
    {
      that: 'every replica is in a crash loop and answers for half a minute of five',
      bridges: bridge({ a: { shows: { up: '1 0 0 0 0 0 0 0 0 0' } }, b: { shows: { up: '0 0 0 0 0 1 0 0 0 0' } } }),
      firing: {
        '30m': [allDown('18.18%'), down('a', 0, '14.29%'), down('b', 1, '9.524%')],
      },
    },
    {
      that: 'one of two replicas is down',
      bridges: bridge({ a: { shows: { up: '1 for 10m, 0' } }, b: {} }),
      firing: { '19m30s': [], '20m': [down('a', 0, '0%')] },
    },
    {
      that: 'a rollout goes on: new pods answer after a minute, old ones leave',
      bridges: bridge({
        a: { until: '12m' },
        b: { until: '14m' },
        c: { from: '10m', shows: { up: '1 for 10m, 0 for 1m, 1' } },
        d: { from: '12m', shows: { up: '1 for 12m, 0 for 1m, 1' } },
      }),
      firing: { '11m': [], '13m': [], '15m': [], '20m': [], '30m': [] },
    },
    {
      that: 'pods that did not answer were replaced by ones that do',
      bridges: bridge({
        a: { shows: { up: '1 for 10m, 0' }, until: '12m30s' },
        b: { shows: { up: '1 for 10m, 0' }, until: '12m30s' },
        c: { from: '12m30s' },
        d: { from: '12m30s' },
      }),
      firing: { '13m': [], '14m30s': [], '15m': [], '20m': [] },
    },
    {
      that: 'pods in a crash loop are no better for those that left well',
      bridges: bridge({
        a: { until: '10m' },
        b: { until: '10m' },
        c: { from: '10m', shows: { up: '1 for 10m, 0' } },
        d: { from: '10m', shows: { up: '1 for 10m, 0' } },
      }),
      firing: { '11m30s': [], '12m': [allDown('0%')] },
    },
  ],

  FootbridgeDown: [
    {
      that: 'a replica stops answering',
      bridges: bridge({ a: {}, b: { shows: { up: '1 for 10m, 0' } } }),
      firing: { '19m30s': [], '20m': [down('b', 1, '0%')] },
    },
    {
      that: 'a replica is in a crash loop and answers once in two minutes',
      bridges: bridge({ a: {}, b: { shows: { up: '1 for 10m, 0 0 0 1' } } }),
      firing: { '20m': [], '30m': [down('b', 1, '23.81%')] },
    },
    {
      that: 'one scrape fails',
      bridges: bridge({ a: { unscraped: ['10m'] }, b: {} }),
      firing: { '10m': [], '10m30s': [], '15m': [], '20m': [] },
    },
    {
      that: 'a replica restarts once',
      bridges: bridge({ a: {}, b: { shows: { up: '1 for 10m, 0 for 1m30s, 1' } } }),
      firing: { '12m': [], '16m': [], '20m': [] },
    },
    {
      that: 'a replica that was down is gone for good',
      bridges: bridge({ a: {}, b: { shows: { up: '1 for 10m, 0' }, until: '18m' }, c: { from: '12m' } }),
      firing: { '18m': [], '20m': [], '22m': [], '25m': [] },
    },
  ],

  FootbridgeConfigReloadRefused: [
    {
      that: 'a replica refuses its configuration and keeps to that, a failed scrape or not',
      bridges: bridge({ a: { ...refused('0 for 10m, 1'), unscraped: ['20m'] }, b: {} }),
      firing: { '24m30s': [], '25m': [reloadRefused('a')] },
    },
    {
      that: 'the file is put right in time',
      bridges: bridge({ a: refused('0 for 10m, 1 for 10m, 0'), b: {} }),
      firing: { '20m': [], '25m': [], '30m': [] },
    },
    {
      that: 'a rollout with keys that need a restart: old pods see the new file before they leave',
      bridges: bridge({
        a: { ...refused('0 for 10m, 1'), until: '14m' },
        b: { ...refused('0 for 10m, 1'), until: '16m' },
        c: { from: '12m' },
        d: { from: '14m' },
      }),
      firing: { '15m': [], '25m': [], '30m': [] },
    },
  ],

  FootbridgeStateNotWritten: [
    {
      that: 'the disk of one replica is full, a failed scrape or not',
      bridges: bridge({ a: { shows: { [NOT_WRITTEN]: '0 for 5m, 1' }, unscraped: ['10m'] }, b: {} }),
      firing: { '14m30s': [], '15m': [stateNotWritten('a')], '1h': [stateNotWritten('a')] },
    },
    {
      that: 'it fails once and is written at the next attempt',
      bridges: bridge({ a: { shows: { [NOT_WRITTEN]: '0 for 5m, 1 for 1m, 0' } }, b: {} }),
      firing: { '6m': [], '15m': [], '20m': [] },
    },
  ],

  FootbridgeMemoryNearLimit: [
    {
      that: 'memory stays above nine tenths of the limit, a failed scrape or not',
      bridges: bridge({ a: { ...memory('150000000 for 10m, 500000000'), unscraped: ['20m'] }, b: {} }),
      firing: { '29m30s': [], '30m': [memoryNearLimit('a', 0, '93.13%')] },
    },
    {
      that: 'the heap leaks: it is full while a third of the container is free; a failed scrape changes nothing',
      bridges: bridge({
        a: { ...heap('60000000 for 10m, 350000000'), unscraped: ['20m'] },
        b: { shows: { process_resident_memory_bytes: '400000000' } },
      }),
      firing: { '29m30s': [], '30m': [memoryNearLimit('a', 0, '93.24%')] },
    },
    {
      that: 'memory comes near the limit and is collected again, over and over',
      bridges: bridge({
        a: memory('500000000 500000000 500000000 500000000 300000000'),
        b: heap('350000000 350000000 350000000 350000000 100000000'),
      }),
      firing: { '20m': [], '30m': [], '45m': [] },
    },
  ],
};
