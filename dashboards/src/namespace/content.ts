// Did the applications leave, or did we lose them?
import type { Row } from '../frame.ts';
import { lines } from '../panel.ts';
import { CHOSEN_PODS, ofBridges, own, perMinute } from '../promql.ts';

export const CONTENT: Row = {
  title: 'What is in it: did the applications leave, or did we lose them?',
  panels: [
    lines({
      title: 'Instances by status',
      question: 'What does the registry say of the instances in scope?',
      normal: 'nearly all up; short steps of starting and down with each release of an application.',
      otherwise: 'many down at once is the applications’ doing, or the registry’s own expiry; it is not the bridge’s.',
      unit: 'short',
      width: 12,
      decimals: 0,
      isStacked: true,
      states: { up: 'good', starting: 'look', 'out-of-service': 'look', unknown: 'look', down: 'bad' },
      queries: [{ expr: ofBridges(own(CHOSEN_PODS, 'registryInstances'), 'status'), legend: '{{status}}' }],
    }),
    lines({
      title: 'Services from listed to served',
      question: 'How many services does the registry list, how many of them match the scope, how many are served?',
      normal: 'matched and served are equal; listed may be far higher where a registry is shared.',
      otherwise:
        'listed but not matched is the scope, often a typing error in it; matched but not served is told by the panel of outcomes below.',
      unit: 'short',
      width: 12,
      decimals: 0,
      runbook: 'FootbridgeScopeMatchesNothing',
      queries: [
        { expr: ofBridges(own(CHOSEN_PODS, 'registryServices'), 'registry'), legend: 'listed {{registry}}' },
        { expr: ofBridges(own(CHOSEN_PODS, 'registryMatched'), 'registry'), legend: 'matched {{registry}}' },
        { expr: ofBridges(own(CHOSEN_PODS, 'services', { state: 'served' })), legend: 'served' },
      ],
    }),
    lines({
      title: 'Registrations per minute',
      question: 'How many services and instances in scope come, go or change?',
      normal: 'bursts with releases, and after a start of the bridge, to which all is new; quiet between them.',
      otherwise: 'a steady stream without releases is an application that registers and leaves in turn.',
      unit: 'opm',
      width: 12,
      queries: [
        {
          expr: ofBridges(perMinute(own(CHOSEN_PODS, 'registryChanges')), 'unit', 'op'),
          legend: '{{unit}} {{op}}',
        },
      ],
    }),
    lines({
      title: 'Services by outcome',
      question: 'What became of the services in scope?',
      normal: 'served; skipped only where a hand-written entry is meant to stand.',
      otherwise:
        'refused: the next row tells the codes. Empty: no instance is up, callers get 503; the status page names them.',
      unit: 'short',
      width: 12,
      decimals: 0,
      isStacked: true,
      states: { served: 'good', empty: 'look', refused: 'look' },
      queries: [{ expr: ofBridges(own(CHOSEN_PODS, 'services'), 'state'), legend: '{{state}}' }],
    }),
  ],
};
