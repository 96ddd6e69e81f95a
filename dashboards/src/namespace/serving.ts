// Does istiod get it, and how fast?
import type { Row } from '../frame.ts';
import { lines } from '../panel.ts';
import { bucketRates, CHOSEN_PODS, own, perMinute, quantile, summed } from '../promql.ts';
import { PROPAGATION } from '../states.ts';
import { ACCESS_PANELS } from './access.ts';

const acknowledgements = bucketRates(CHOSEN_PODS, 'pushAck');
const propagation = bucketRates(CHOSEN_PODS, 'propagation');
const sizes = bucketRates(CHOSEN_PODS, 'pushSize');

export const SERVING: Row = {
  title: 'To istiod: does it get it, and how fast?',
  panels: [
    lines({
      title: 'Clients connected and in sync',
      question:
        'How many istiods are connected to each pod, and how many of them have acknowledged the newest snapshot?',
      normal: 'the lines of a pod lie on each other; together as many as there are istiods.',
      otherwise:
        'a gap that stays is an istiod that does not acknowledge: look at its CPU and at the panel of acknowledgements.',
      unit: 'short',
      width: 8,
      decimals: 0,
      runbook: 'FootbridgeClientsNotSynced',
      queries: [
        {
          expr: summed(own(CHOSEN_PODS, 'clients', { client: 'istiod' }), 'protocol', 'pod'),
          legend: 'connected {{protocol}} {{pod}}',
        },
        {
          expr: summed(own(CHOSEN_PODS, 'clientsSynced', { client: 'istiod' }), 'pod'),
          legend: 'in sync {{pod}}',
        },
      ],
    }),
    lines({
      title: 'Responses sent per minute',
      question: 'How much is sent to istiod?',
      normal: 'one for each snapshot and client; some sixteen at once when a client connects.',
      otherwise:
        'many without new snapshots: a client connects again and again, see the ended streams. too large: an old Istio cannot read it, the status page has the remedy.',
      unit: 'opm',
      width: 8,
      runbook: 'FootbridgePushTooLarge',
      queries: [
        { expr: summed(perMinute(own(CHOSEN_PODS, 'pushes')), 'protocol'), legend: '{{protocol}}' },
        { expr: summed(perMinute(own(CHOSEN_PODS, 'pushesTooLarge'))), legend: 'too large' },
      ],
    }),
    lines({
      title: 'Answers of clients per minute',
      question: 'What do clients answer to what they are sent?',
      normal: 'as many ack as responses are sent, and no nack.',
      otherwise: 'istiod itself never sends a nack; another client does, and its text stands on the status page.',
      unit: 'opm',
      width: 8,
      states: { ack: 'good', nack: 'bad' },
      runbook: 'FootbridgeRejected',
      queries: [{ expr: summed(perMinute(own(CHOSEN_PODS, 'responses')), 'answer'), legend: '{{answer}}' }],
    }),
    lines({
      title: 'Propagation of changes',
      question: 'How long does a change take from being seen in the registry to being acknowledged by istiod?',
      normal: 'about a second; p99 below 10 s. No line where nothing changes.',
      otherwise: 'if the time to acknowledgement is as long, it is istiod; if not, it is the bridge, look at row 7.',
      unit: 's',
      width: 12,
      thresholds: PROPAGATION,
      runbook: 'FootbridgePropagationSLOBurn',
      queries: [0.5, 0.95, 0.99].map((q) => ({ expr: quantile(q, propagation), legend: `p${q * 100}` })),
    }),
    lines({
      title: 'Time to acknowledgement',
      question: 'How long does istiod take to acknowledge a response?',
      normal: 'milliseconds. No line where nothing is sent.',
      otherwise: 'istiod is busy or starved of CPU: compare with its own metrics in row 8.',
      unit: 's',
      width: 12,
      queries: [0.5, 0.95].map((q) => ({ expr: quantile(q, acknowledgements), legend: `p${q * 100}` })),
    }),
    lines({
      title: 'Acknowledgements overdue',
      question: 'How many responses wait for an acknowledgement for longer than they should?',
      normal: '0; for a minute or two while an istiod starts.',
      otherwise:
        'that istiod is stuck or starved of CPU, or the network swallows what is sent: it serves what it had. The status page names it.',
      unit: 'short',
      width: 8,
      decimals: 0,
      runbook: 'FootbridgeClientsNotSynced',
      queries: [{ expr: summed(own(CHOSEN_PODS, 'acksOverdue'), 'client', 'pod'), legend: '{{client}} {{pod}}' }],
    }),
    lines({
      title: 'Ended streams per minute',
      question: 'Who ends streams?',
      normal: '0, or one now and then: istiod connects anew every half hour, and releases drain.',
      otherwise:
        'client: istiod restarts or the network cuts. drained: our own pods leave. denied: another access list does not let the client in. idle: it asked for nothing. defect: report it, the log has more.',
      unit: 'opm',
      width: 8,
      states: { defect: 'bad' },
      queries: [{ expr: summed(perMinute(own(CHOSEN_PODS, 'streams')), 'end'), legend: '{{end}}' }],
    }),
    lines({
      title: 'Size of a response',
      question: 'How large is what is sent?',
      normal: 'small for types of which there is nothing, the size of the snapshot for service entries.',
      otherwise: 'megabytes at each change of an instance: narrow the scope.',
      unit: 'decbytes',
      width: 8,
      queries: [0.5, 0.95].map((q) => ({ expr: quantile(q, sizes), legend: `p${q * 100}` })),
    }),
    ...ACCESS_PANELS,
  ],
};
