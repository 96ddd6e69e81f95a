// What changed, and what is being held back?
import type { Row } from '../frame.ts';
import { lines } from '../panel.ts';
import { ageOf, CHOSEN_PODS, ofBridges, own, perMinute } from '../promql.ts';

export const SNAPSHOTS: Row = {
  title: 'Snapshots: what changed, and what is being held back?',
  panels: [
    lines({
      title: 'Changed entries per minute',
      question: 'How many entries are added, updated and removed?',
      normal: 'updates with every change of an instance; additions and removals with services that come and go.',
      otherwise: 'many updates without a release: compare with the registrations in row 3.',
      unit: 'opm',
      width: 8,
      isStacked: true,
      queries: [{ expr: ofBridges(perMinute(own(CHOSEN_PODS, 'snapshotChanges')), 'op'), legend: '{{op}}' }],
    }),
    lines({
      title: 'Snapshots per minute',
      question: 'How often is a new snapshot published?',
      normal: 'far below the number of changes: what comes together is published together.',
      otherwise: 'a high number for hours costs every sidecar; a longer publish.quietPeriod joins more.',
      unit: 'opm',
      width: 8,
      queries: [{ expr: `max by (pod) (${perMinute(own(CHOSEN_PODS, 'snapshotPublishes'))})`, legend: '{{pod}}' }],
    }),
    lines({
      title: 'Age of the served snapshot',
      question: 'How long ago did the content of the snapshot change last?',
      normal: 'as long as nothing in scope changes, days even; it says nothing about the freshness of the data.',
      otherwise: 'one pod far older than the others does not see the registry’s changes: look at row 2.',
      unit: 's',
      width: 8,
      queries: [{ expr: ageOf(`max by (pod) (${own(CHOSEN_PODS, 'snapshotPublished')})`), legend: '{{pod}}' }],
    }),
    lines({
      title: 'Removals held back',
      question: 'What would be gone by now if registries were believed at once?',
      normal: '0, with short rises: an instance waits for seconds, an emptied service for minutes.',
      otherwise:
        'instances that stay held: their registry lists much less than it did, or nothing; the next panel tells.',
      unit: 'short',
      width: 8,
      decimals: 0,
      queries: [
        { expr: ofBridges(own(CHOSEN_PODS, 'guardHeldRemovals')), legend: 'instances held' },
        { expr: ofBridges(own(CHOSEN_PODS, 'guardPendingRemovals')), legend: 'instances waiting' },
        { expr: ofBridges(own(CHOSEN_PODS, 'guardGraces')), legend: 'services without an instance' },
        { expr: ofBridges(own(CHOSEN_PODS, 'guardDraining')), legend: 'instances draining' },
      ],
    }),
    lines({
      title: 'Holds by reason',
      question: 'Is there something that a registry said and that is not believed yet?',
      normal: '0.',
      otherwise:
        'everything-gone: the registry lists nothing any more. many-gone: it lists much less than it did. empty-first-read: it listed nothing at the first read. Compare it with what you expect.',
      unit: 'short',
      width: 8,
      decimals: 0,
      runbook: 'FootbridgeSnapshotHeld',
      queries: [{ expr: ofBridges(own(CHOSEN_PODS, 'guardHolds'), 'reason'), legend: '{{reason}}' }],
    }),
    lines({
      title: 'Freezes',
      question: 'Does somebody keep a registry, or a service of it, as it is?',
      normal: '0.',
      otherwise:
        'what is frozen follows its registry no more until the freeze ends; /debug/freezes has reasons and ends.',
      unit: 'short',
      width: 8,
      decimals: 0,
      runbook: 'FootbridgeFrozen',
      queries: [{ expr: ofBridges(own(CHOSEN_PODS, 'guardFreezes'), 'registry'), legend: '{{registry}}' }],
    }),
    lines({
      title: 'Size of the snapshot',
      question: 'How many bytes does an istiod get that connects?',
      normal: 'steady, a few hundred bytes for each instance; equal on all pods.',
      otherwise: 'compare with the number of instances; a service with thousands of them is sent whole at each change.',
      unit: 'decbytes',
      width: 8,
      queries: [{ expr: `max by (pod) (${own(CHOSEN_PODS, 'snapshotSize')})`, legend: '{{pod}}' }],
    }),
  ],
};
