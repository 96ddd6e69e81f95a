// Is the process itself well? Use, saturation, errors.
import type { Row } from '../frame.ts';
import { lines, timeline } from '../panel.ts';
import { ageOf, CHOSEN_PODS, own, perMinute, summed } from '../promql.ts';
import { IN_FORCE_OR_NOT } from '../states.ts';

const byPod = (expr: string) => summed(expr, 'pod');
const ofProcess = (name: string) => `${name}{${CHOSEN_PODS}}`;

export const PROCESS: Row = {
  title: 'Process: is the bridge itself well?',
  isCollapsed: true,
  panels: [
    lines({
      title: 'CPU',
      question: 'How many cores does each pod use?',
      normal: 'a few hundredths, with short peaks when much changes.',
      otherwise: 'steady high use: compare with the changed entries in row 5 and with the pod’s CPU limit.',
      unit: 'short',
      width: 6,
      queries: [
        { expr: byPod(`rate(${ofProcess('process_cpu_seconds_total')}[$__rate_interval])`), legend: '{{pod}}' },
      ],
    }),
    lines({
      title: 'Memory',
      question: 'How much memory does each pod use, and how much of it is the heap?',
      normal: 'a saw-tooth that returns to the same foot.',
      otherwise: 'a foot that rises for days is a leak or a registry that grows; compare with the pod’s memory limit.',
      unit: 'bytes',
      width: 6,
      runbook: 'FootbridgeMemoryNearLimit',
      queries: [
        { expr: byPod(ofProcess('process_resident_memory_bytes')), legend: 'resident {{pod}}' },
        { expr: byPod(ofProcess('nodejs_heap_size_used_bytes')), legend: 'heap used {{pod}}' },
      ],
    }),
    lines({
      title: 'Event loop lag',
      question: 'How long does work wait for the event loop, in 99 of 100 cases?',
      normal: 'some 10 ms, which is as fine as it is measured.',
      otherwise:
        'hundreds of milliseconds: too little CPU, or one step that takes too long; see the duration of conversion.',
      unit: 's',
      width: 6,
      queries: [{ expr: `max by (pod) (${ofProcess('nodejs_eventloop_lag_p99_seconds')})`, legend: '{{pod}}' }],
    }),
    lines({
      title: 'Time in garbage collection',
      question: 'Which share of its time does each pod spend collecting garbage?',
      normal: 'below 1 %.',
      otherwise: 'above 5 %: the memory limit is too near.',
      unit: 'percentunit',
      width: 6,
      queries: [
        { expr: byPod(`rate(${ofProcess('nodejs_gc_duration_seconds_sum')}[$__rate_interval])`), legend: '{{pod}}' },
      ],
    }),
    lines({
      title: 'Open files and handles',
      question: 'How many file descriptors and handles are open?',
      normal: 'tens, steady: one for each client, and a few for each registry.',
      otherwise: 'a steady rise is a leak: report it.',
      unit: 'short',
      width: 8,
      decimals: 0,
      queries: [
        { expr: byPod(ofProcess('process_open_fds')), legend: 'files {{pod}}' },
        { expr: byPod(ofProcess('nodejs_active_handles')), legend: 'handles {{pod}}' },
      ],
    }),
    lines({
      title: 'Restarts in one hour',
      question: 'How often did the process of each pod start anew?',
      normal: '0.',
      otherwise: 'read the last lines of the former container: an unknown error ends the process on purpose.',
      unit: 'short',
      width: 8,
      decimals: 0,
      queries: [{ expr: byPod(`changes(${ofProcess('process_start_time_seconds')}[1h])`), legend: '{{pod}}' }],
    }),
    lines({
      title: 'Log lines per minute',
      question: 'How much does each level of the log say?',
      normal: 'a few of info, none of warn and error.',
      otherwise: 'read them: each has a name and a remedy.',
      unit: 'opm',
      width: 8,
      states: { warn: 'look', error: 'bad' },
      queries: [{ expr: summed(perMinute(own(CHOSEN_PODS, 'logMessages')), 'level'), legend: '{{level}}' }],
    }),
    lines({
      title: 'Writes of the state file per minute',
      question: 'How often is what is served written down, and does it succeed?',
      normal: 'as often as something changes, and now and then; none where no state is kept.',
      otherwise: 'failed: the disk; too-large: raise `state.maxBytes`. The status page and the log say which and why.',
      unit: 'opm',
      width: 6,
      states: { written: 'good', failed: 'bad', 'too-large': 'bad' },
      runbook: 'FootbridgeStateNotWritten',
      queries: [{ expr: summed(perMinute(own(CHOSEN_PODS, 'stateWrites')), 'outcome'), legend: '{{outcome}}' }],
    }),
    lines({
      title: 'Age of the state file',
      question: 'How long ago did each pod write down what it serves?',
      normal:
        'minutes: it is written at least every five while the registries are read. Nothing where no state is kept.',
      otherwise: 'a line that climbs: it cannot be written, or no registry can be read.',
      unit: 's',
      width: 6,
      queries: [{ expr: `max by (pod) (${ageOf(own(CHOSEN_PODS, 'stateWritten'))})`, legend: '{{pod}}' }],
    }),
    lines({
      title: 'State not restored at the start',
      question: 'Was the state file, or what it holds of a registry, refused when a pod started?',
      normal: '0.',
      otherwise:
        'the pod began with nothing. The code stands in the page on the state file, the sentence on the status page.',
      unit: 'short',
      width: 6,
      decimals: 0,
      queries: [{ expr: `max by (code) (${own(CHOSEN_PODS, 'stateRefused')})`, legend: '{{code}}' }],
    }),
    lines({
      title: 'State of the other replicas',
      question: 'When a pod was replaced, did it begin with what the others had read, and if not, why?',
      normal:
        '1 for given, or, of a pod that was among the first, alone, silent, unresolved or nothing-read; 0 throughout where no replicas are configured.',
      otherwise:
        'token: theirs is another, or it cannot be used. silent, unresolved of a pod that was replaced: they could not be reached. refused: see the panel beside. The log names each.',
      unit: 'short',
      width: 6,
      decimals: 0,
      queries: [{ expr: `max by (outcome) (${own(CHOSEN_PODS, 'seedingOutcome')})`, legend: '{{outcome}}' }],
    }),
    lines({
      title: 'Reloads of the configuration per minute',
      question: 'Was the configuration read anew, and was it accepted?',
      normal: '0, one of applied after a change.',
      otherwise: 'refused: the old one stays in force; the log names the key, the value and the rule.',
      unit: 'opm',
      width: 12,
      states: { applied: 'good', refused: 'bad' },
      queries: [{ expr: summed(perMinute(own(CHOSEN_PODS, 'configReloads')), 'outcome'), legend: '{{outcome}}' }],
    }),
    timeline({
      title: 'Configuration in force',
      question: 'Is what runs what stands in the configuration file?',
      normal: 'as in the file.',
      otherwise:
        'the file was refused and the former configuration runs on; the log names the key, the value and the rule.',
      unit: 'short',
      width: 12,
      mappings: IN_FORCE_OR_NOT,
      runbook: 'FootbridgeConfigReloadRefused',
      queries: [{ expr: `max by (pod) (${own(CHOSEN_PODS, 'configReloadRefused')})`, legend: '{{pod}}' }],
    }),
  ],
};
