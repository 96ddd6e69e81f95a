// "Footbridge / Fleet", for the platform team: which namespace is in trouble?
import { CLUSTER, choice, dashboard, holds, linkTo, NAMESPACE, ownersWith, starts } from '../frame.ts';
import { BRIDGES } from './bridges.ts';
import { GLANCE } from './glance.ts';
import { FLEET } from './per-bridge.ts';
import { TREND } from './trend.ts';
import { UNIFORMITY } from './uniformity.ts';

const POD = choice('pod', 'Pod', ownersWith('cluster=~"$cluster", published_namespace=~"$namespace"', 'pod'));

export const FLEET_DASHBOARD = dashboard({
  title: 'Footbridge / Fleet',
  uid: 'footbridge-fleet',
  description: 'Which namespace is in trouble, and in what way? Read from the top down.',
  variables: [CLUSTER, NAMESPACE.allValue('.+'), POD.allValue('.+')],
  annotations: [starts(FLEET), holds(FLEET)],
  links: [linkTo('Namespace', 'footbridge-namespace')],
  rows: [GLANCE, BRIDGES, TREND, UNIFORMITY],
});
