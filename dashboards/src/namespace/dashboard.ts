// "Footbridge / Namespace": what is this bridge doing, and why? Its rows follow the way of the data.
import { CLUSTER, choice, dashboard, hidden, holds, linkTo, NAMESPACE, ownersWith, starts } from '../frame.ts';
import { CHOSEN_PODS } from '../promql.ts';
import { CONTENT } from './content.ts';
import { CONVERSION } from './conversion.ts';
import { GLANCE } from './glance.ts';
import { ISTIOD } from './istiod.ts';
import { PROCESS } from './process.ts';
import { REGISTRY } from './registry.ts';
import { SERVING } from './serving.ts';
import { SNAPSHOTS } from './snapshots.ts';

const CHOSEN = 'cluster=~"$cluster", published_namespace=~"$namespace"';
// No value of their own for "all": it would be wider than the chosen namespaces.
const RUNS_IN = hidden(choice('runs_in', 'Runs in', ownersWith(CHOSEN, 'namespace')));
const POD = choice('pod', 'Pod', ownersWith(`${CHOSEN}, namespace=~"$runs_in"`, 'pod'));

export const NAMESPACE_DASHBOARD = dashboard({
  title: 'Footbridge / Namespace',
  uid: 'footbridge-namespace',
  description: 'What does the bridge of this namespace do, and why? Read down to the first row that looks wrong.',
  variables: [CLUSTER, NAMESPACE.allValue('.+'), RUNS_IN, POD],
  annotations: [starts(CHOSEN_PODS), holds(CHOSEN_PODS)],
  links: [linkTo('Fleet', 'footbridge-fleet')],
  rows: [GLANCE, REGISTRY, CONTENT, CONVERSION, SNAPSHOTS, SERVING, PROCESS, ISTIOD],
});
