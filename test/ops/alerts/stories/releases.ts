// Stories of a mesh with two bridges: the rules of each speak of it alone.
import { NAMESPACE, type Story } from '../story.ts';
import { ABSENT } from './process.ts';

export const OTHER_NAMESPACE = 'orders';

/** On the rules of both. */
export const RELEASE_STORIES: readonly Story[] = [
  {
    that: 'the bridge of one namespace is gone, and that of the other is well',
    bridges: [{ namespace: NAMESPACE, pods: { a: {}, b: {} } }],
    firing: { '30m': [{ ...ABSENT, namespace: OTHER_NAMESPACE }] },
  },
  {
    that: 'both are gone, and each is told of once',
    bridges: [],
    firing: { '30m': [ABSENT, { ...ABSENT, namespace: OTHER_NAMESPACE }] },
  },
];
