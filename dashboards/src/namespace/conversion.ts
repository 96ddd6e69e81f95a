// Is something registered but not published?
import type { Row } from '../frame.ts';
import { lines } from '../panel.ts';
import { bucketRates, CHOSEN_PODS, ofBridges, own, quantile } from '../promql.ts';

const runs = bucketRates(CHOSEN_PODS, 'convertDuration');
const OUTSIDE = `${CHOSEN_PODS}, code=~".*_(OUT_OF_SCOPE|RESERVED)"`;

export const CONVERSION: Row = {
  title: 'Conversion and admission: is something registered but not published?',
  panels: [
    lines({
      title: 'Problems by code',
      question: 'Of which kinds are the problems, and since when?',
      normal: 'the total is 0, or steady at what your team knows; codes without a problem have no line.',
      otherwise: 'docs/problems.md explains each code and what to do; the status page names the services.',
      unit: 'short',
      width: 12,
      decimals: 0,
      runbook: 'FootbridgePublishRefused',
      queries: [
        { expr: ofBridges(own(CHOSEN_PODS, 'problems')), legend: 'all codes' },
        { expr: `${ofBridges(own(CHOSEN_PODS, 'problems'), 'code')} > 0`, legend: '{{code}}' },
      ],
    }),
    lines({
      title: 'Refusals at the gate',
      question: 'How much of what is registered lies outside of what this bridge may publish?',
      normal: '0.',
      otherwise: 'the section admit of the configuration says what is allowed: addresses, hosts, ports, labels.',
      unit: 'short',
      width: 12,
      decimals: 0,
      queries: [{ expr: ofBridges(own(OUTSIDE, 'problems')), legend: 'refused' }],
    }),
    lines({
      title: 'Left out over a limit',
      question: 'How much do the registries bring that is more than a limit allows?',
      normal: '0: the limits are far above what a registry holds that is well.',
      otherwise:
        'a registry is flooded, or one service or instance went wrong; the status page names them. What was published stays. Raise the section limits of the configuration where it is meant.',
      unit: 'short',
      width: 12,
      decimals: 0,
      runbook: 'FootbridgePublishRefused',
      queries: [{ expr: ofBridges(own(CHOSEN_PODS, 'overLimit'), 'limit'), legend: '{{limit}}' }],
    }),
    lines({
      title: 'Duration of conversion',
      question: 'How long does one run take, from the content of the registries to encoded entries?',
      normal: 'milliseconds: only what changed is converted. No line where nothing changes.',
      otherwise: 'look at the CPU and the event loop in row 7, and at how many services changed at once.',
      unit: 's',
      width: 12,
      queries: [0.5, 0.95, 0.99].map((q) => ({ expr: quantile(q, runs), legend: `p${q * 100}` })),
    }),
  ],
};
