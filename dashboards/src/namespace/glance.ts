// Is what istiod has right and fresh?
import type { Row } from '../frame.ts';
import { stat } from '../panel.ts';
import { ageOf, CHOSEN_PODS, ofBridges, own, stateNumber, summed } from '../promql.ts';
import { AGE_OF_DATA, ANY_IS_WORTH_A_LOOK, SNAPSHOT_STATES } from '../states.ts';

export const GLANCE: Row = {
  title: 'At a glance: is what istiod has right and fresh?',
  panels: [
    stat({
      title: 'State',
      question: 'What holds for the snapshot that is served, on the replica that is worst off?',
      normal: 'live.',
      otherwise:
        'stale: a registry cannot be read, look at row 2. restored: a pod that was restarted has not read a registry yet and serves what was read before, look at row 2. held: a registry lists nothing at all, which is not believed yet, look at row 5. empty: a registry was never read, look at row 2.',
      unit: 'short',
      width: 4,
      mappings: SNAPSHOT_STATES,
      queries: [{ expr: `max(${stateNumber(CHOSEN_PODS)})`, legend: 'state' }],
    }),
    stat({
      title: 'Age of data',
      question: 'How long ago was the registry that was read longest ago read well?',
      normal:
        'below the poll interval; up to five minutes for a registry in ZooKeeper, whose changes arrive between reads.',
      otherwise: 'traffic flows on data of that age; row 2 tells which registry fails.',
      unit: 's',
      width: 4,
      decimals: 0,
      thresholds: AGE_OF_DATA,
      noValue: 'never read',
      runbook: 'FootbridgeRegistryStale',
      queries: [{ expr: `max(${ageOf(own(CHOSEN_PODS, 'snapshotData'))})`, legend: 'age' }],
    }),
    stat({
      title: 'Services served',
      question: 'How many services have an endpoint in the mesh?',
      normal: 'as many as the applications of the namespace and those that they call.',
      otherwise: 'row 3 tells whether they are listed and matched, row 4 whether they were refused.',
      unit: 'short',
      width: 4,
      decimals: 0,
      queries: [{ expr: ofBridges(own(CHOSEN_PODS, 'services', { state: 'served' })), legend: 'services' }],
    }),
    stat({
      title: 'Instances served',
      question: 'How many endpoints stand in all entries?',
      normal: 'as many as there are instances that are up.',
      otherwise: 'row 3 tells what the registry says of the instances, row 4 which were left out.',
      unit: 'short',
      width: 4,
      decimals: 0,
      queries: [{ expr: ofBridges(own(CHOSEN_PODS, 'instancesServed')), legend: 'instances' }],
    }),
    stat({
      title: 'Clients in sync',
      question: 'How many of the istiods that are connected have acknowledged the newest snapshot?',
      normal: 'both numbers are equal and as many as there are istiods, but for moments while a change passes.',
      otherwise:
        'none connected: look at the mesh configuration, the network policy, and in row 6 whether they are turned away. Some behind: look at row 6.',
      unit: 'short',
      width: 4,
      decimals: 0,
      runbook: 'FootbridgeNoClients',
      queries: [
        { expr: summed(own(CHOSEN_PODS, 'clientsSynced', { client: 'istiod' })), legend: 'in sync' },
        { expr: summed(own(CHOSEN_PODS, 'clients', { client: 'istiod' })), legend: 'connected' },
      ],
    }),
    stat({
      title: 'Problems now',
      question: 'How many things that a registry says could not be published as they were said?',
      normal: '0, or a number that your team knows.',
      otherwise: 'row 4 tells the codes; the status page names the services, with a remedy for each.',
      unit: 'short',
      width: 4,
      decimals: 0,
      thresholds: ANY_IS_WORTH_A_LOOK,
      runbook: 'FootbridgePublishRefused',
      queries: [{ expr: ofBridges(own(CHOSEN_PODS, 'problems')), legend: 'problems' }],
    }),
  ],
};
