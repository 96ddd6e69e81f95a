// Can we read the registry?
import type { Row } from '../frame.ts';
import { lines, timeline } from '../panel.ts';
import { ageOf, bucketRates, CHOSEN_PODS, own, perMinute, quantile, sessionNumber, summed } from '../promql.ts';
import { AGE_OF_DATA, RESTORED_OR_NOT, SESSION_STATES, UP_OR_DOWN, WRITTEN_OR_NOT } from '../states.ts';

const reads = bucketRates(CHOSEN_PODS, 'registryRefreshDuration');

export const REGISTRY: Row = {
  title: 'From the registry: can we read it?',
  panels: [
    timeline({
      title: 'Registries up',
      question: 'Was the last attempt to read each registry good, on each pod?',
      normal: 'up throughout.',
      otherwise: 'the status page has the last error in full; down on one pod alone points at that pod’s network.',
      unit: 'short',
      width: 12,
      mappings: UP_OR_DOWN,
      runbook: 'FootbridgeRegistryStale',
      queries: [{ expr: `min by (registry, pod) (${own(CHOSEN_PODS, 'registryUp')})`, legend: '{{registry}} {{pod}}' }],
    }),
    lines({
      title: 'Age of the last good read',
      question: 'How long ago was each registry last read well, on the pod that is worst off?',
      normal: 'a low saw-tooth: up to the poll interval, up to five minutes for a registry in ZooKeeper.',
      otherwise: 'a line that climbs is a registry that cannot be read; the panel beside it tells since when.',
      unit: 's',
      width: 12,
      thresholds: AGE_OF_DATA,
      queries: [
        { expr: `max by (registry) (${ageOf(own(CHOSEN_PODS, 'registryLastSuccess'))})`, legend: '{{registry}}' },
      ],
    }),
    lines({
      title: 'Reads by outcome',
      question: 'How often is each registry read, and how do the reads end?',
      normal: 'an even number of ok, no error. A registry in ZooKeeper is read anew every few minutes only.',
      otherwise: 'errors between good reads: network, overload or a deadline that is too short.',
      unit: 'opm',
      width: 8,
      isStacked: true,
      states: { ok: 'good', error: 'bad' },
      runbook: 'FootbridgeRegistryFlapping',
      queries: [
        {
          expr: summed(perMinute(own(CHOSEN_PODS, 'registryRefreshes')), 'registry', 'outcome'),
          legend: '{{registry}} {{outcome}}',
        },
      ],
    }),
    lines({
      title: 'Duration of reads',
      question: 'How long does a read of the registry take?',
      normal: 'well below the poll interval, and steady.',
      otherwise: 'a rise with the number of services is size, a rise without is the registry’s server or the network.',
      unit: 's',
      width: 8,
      queries: [0.5, 0.95, 0.99].map((q) => ({
        expr: quantile(q, reads, 'registry'),
        legend: `p${q * 100} {{registry}}`,
      })),
    }),
    lines({
      title: 'Unannounced changes',
      question: 'How many places had changed at a full read although no change had been announced?',
      normal: '0.',
      otherwise:
        'the registry, or a proxy before it, loses notifications; until the next full read such changes are late.',
      unit: 'opm',
      width: 8,
      queries: [{ expr: summed(perMinute(own(CHOSEN_PODS, 'registryDrift')), 'registry'), legend: '{{registry}}' }],
    }),
    timeline({
      title: 'Read since the start',
      question: 'Has each pod read each registry since it started, or does it serve what was read before?',
      normal: 'read by itself, but for moments after a restart.',
      otherwise:
        'restored: what was kept in the state file is served until the registry can be read; the panels above tell why it cannot.',
      unit: 'short',
      width: 12,
      mappings: RESTORED_OR_NOT,
      runbook: 'FootbridgeServingRestored',
      queries: [
        { expr: `max by (registry, pod) (${own(CHOSEN_PODS, 'registryRestored')})`, legend: '{{registry}} {{pod}}' },
      ],
    }),
    timeline({
      title: 'State file',
      question: 'Can each pod write down what it serves, so that a restart would begin with it?',
      normal: 'written, or none is kept: the configuration says which.',
      otherwise: 'the status page and the log say why. Serving goes on, and a restart would begin with an older state.',
      unit: 'short',
      width: 12,
      mappings: WRITTEN_OR_NOT,
      runbook: 'FootbridgeStateNotWritten',
      queries: [{ expr: `max by (pod) (${own(CHOSEN_PODS, 'stateWriteFailing')})`, legend: '{{pod}}' }],
    }),
    timeline({
      title: 'Sessions with ZooKeeper',
      question: 'In which state is the session of each registry in ZooKeeper, on each pod?',
      normal: 'connected or reconnected throughout. Without a registry in ZooKeeper there is nothing to show.',
      otherwise:
        'suspended for moments: a server was restarted or a connection cut. Lost: no server kept the session; look at “Registries up”, at the ensemble and at the network before it. Again and again: garbage collection of the servers, or a session timeout that is too short.',
      unit: 'short',
      width: 12,
      mappings: SESSION_STATES,
      runbook: 'FootbridgeRegistryFlapping',
      queries: [{ expr: `max by (registry, pod) (${sessionNumber(CHOSEN_PODS)})`, legend: '{{registry}} {{pod}}' }],
    }),
    lines({
      title: 'Watches in ZooKeeper',
      question: 'At how many places in ZooKeeper is each pod told of changes?',
      normal:
        'about as many as there are services and instances in scope; the same on all pods, and changing with them.',
      otherwise:
        '0: there is no connection. Fewer on one pod: it is still reading, or may not read all paths; the status page names them.',
      unit: 'short',
      width: 12,
      queries: [
        { expr: `max by (registry, pod) (${own(CHOSEN_PODS, 'registryWatches')})`, legend: '{{registry}} {{pod}}' },
      ],
    }),
  ],
};
