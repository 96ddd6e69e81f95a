// Who was kept from getting it: turned away, or made to wait; and what the port with TLS stands on.
import { lines, type Panel, timeline } from '../panel.ts';
import { CHOSEN_PODS, own, perMinute, summed, timeLeft } from '../promql.ts';
import { CERTIFICATE, IN_FORCE_OR_NOT } from '../states.ts';

/** Of the row about serving. */
export const ACCESS_PANELS: readonly Panel[] = [
  lines({
    title: 'Clients turned away per minute',
    question: 'How many clients are turned away before they have a stream, and why?',
    normal: '0 of all; on a port that strangers reach, a handshake now and then.',
    otherwise:
      'the log and the status page say who and why. handshake: no TLS came about, look at tlsSettings of istiod. nameless, denied: the access list. crowded: its address has too many streams open. An istiod that is turned away dials again, so it is seen at every moment.',
    unit: 'opm',
    width: 12,
    queries: [
      { expr: summed(perMinute(own(CHOSEN_PODS, 'clientsRejected')), 'reason'), legend: '{{reason}}' },
      { expr: summed(perMinute(own(CHOSEN_PODS, 'subscriptionsRefused'))), legend: 'subscription refused' },
    ],
  }),
  lines({
    title: 'Waits for a rate limit per minute',
    question: 'How many new streams, and how many requests on streams, have to wait for their turn?',
    normal: '0. Nobody is refused: who waits is served a moment later.',
    otherwise:
      'streams: clients come in a wave, or one dials again and again, see the ended streams. requests: one client asks more than it needs. Raise serve.limits where that is meant.',
    unit: 'opm',
    width: 12,
    queries: [{ expr: summed(perMinute(own(CHOSEN_PODS, 'rateLimited')), 'limit'), legend: '{{limit}}' }],
  }),
  lines({
    title: 'Time left of the certificate',
    question: 'How long is the certificate that each pod shows to istiod still valid?',
    normal: 'a saw-tooth that turns up again long before the lines at seven days and at one. Plaintext has no line.',
    otherwise:
      'nobody renews it, or the renewed one was refused: see the next panel. When it has expired, an istiod that connects anew is not let in by its own rules.',
    unit: 's',
    width: 12,
    thresholds: CERTIFICATE,
    runbook: 'FootbridgeCertificateExpiring',
    queries: [{ expr: `min by (pod) (${timeLeft(own(CHOSEN_PODS, 'certificateExpiry'))})`, legend: '{{pod}}' }],
  }),
  timeline({
    title: 'Certificate and access list in force',
    question: 'Is what serves istiod what stands in the files of the certificate and of the access list?',
    normal: 'as in the file; where there is no such file as well.',
    otherwise: 'a file changed to what cannot be used, and the former content serves on; the log says which and why.',
    unit: 'short',
    width: 12,
    mappings: IN_FORCE_OR_NOT,
    runbook: 'FootbridgeServeFilesRefused',
    queries: [{ expr: `max by (pod, files) (${own(CHOSEN_PODS, 'filesRefused')})`, legend: '{{files}} {{pod}}' }],
  }),
];
