// What the panels of "Fleet" show in the story.
import { readFileSync } from 'node:fs';
import { A_NUMBER, ABSENT, above, type Expectations, is, SOME, ZERO } from './expectation.ts';

const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };

export const EXPECTED_OF_FLEET: Readonly<Record<string, Expectations>> = {
  'Pods up': [
    { in: 'healthy', shows: { up: is(3), expected: is(3) } },
    { in: 'a pod down', shows: { up: is(2), expected: is(3) } },
    { in: 'a pod down', choice: { namespace: 'billing' }, shows: { up: is(1), expected: is(1) } },
    { in: 'scraped twice', shows: { up: is(3), expected: is(3) } },
  ],
  'Pods down': [
    { in: 'healthy', shows: { down: ZERO } },
    { in: 'a pod down', shows: { down: is(1) } },
  ],
  'Missing bridges': [
    { in: 'healthy', shows: { missing: ZERO } },
    { in: 'a pod down', shows: { missing: ZERO } },
    { in: 'target removed', shows: { missing: is(1) } },
    { in: 'target removed', choice: { namespace: 'shop' }, shows: { missing: ZERO } },
  ],
  'Stale bridges': [
    { in: 'healthy', shows: { stale: ZERO } },
    { in: 'registry down', shows: { stale: is(1) } },
    { in: 'registry down', choice: { namespace: 'billing' }, shows: { stale: ZERO } },
    { in: 'registry back', shows: { stale: ZERO } },
  ],
  'Held bridges': [
    { in: 'healthy', shows: { held: ZERO } },
    { in: 'everything gone', shows: { held: is(1) } },
  ],
  'Empty bridges': [
    { in: 'never read', shows: { empty: is(1) } },
    { in: 'healthy', shows: { empty: ZERO } },
  ],
  'Clients in sync': [
    { in: 'healthy', shows: { 'in sync': is(3), connected: is(3) } },
    { in: 'slow istiod', shows: { 'in sync': is(2), connected: is(3) } },
  ],
  'Firing alerts': [
    { in: 'registry down', shows: { firing: is(2) } },
    { in: 'registry back', shows: { firing: ZERO } },
  ],
  'Bridges by namespace': [
    { in: 'never read', shows: { 'shop State': is(4), 'shop Registries down': is(1), 'billing State': ZERO } },
    {
      in: 'healthy',
      shows: {
        'shop State': ZERO,
        'shop Registries down': ZERO,
        'shop Age of data': A_NUMBER,
        'shop Services': is(4),
        'shop Instances': is(6),
        'shop Problems': ZERO,
        'shop Clients': is(2),
        'shop Clients behind': ZERO,
        'shop Certificate expires in': above(28 * 86_400),
        'billing Certificate expires in': ABSENT,
        'shop Pods': is(2),
        'shop Versions': is(1),
        'shop Restarts in 1 h': ZERO,
        'billing Services': is(2),
        'billing Instances': is(2),
        'billing Clients': is(1),
        'billing Pods': is(1),
      },
    },
    {
      in: 'registry down',
      shows: { 'shop State': is(1), 'shop Registries down': is(1), 'shop Age of data': above(2) },
    },
    { in: 'everything gone', shows: { 'shop State': is(3), 'shop Services': is(4), 'billing State': ZERO } },
    { in: 'bad registrations', shows: { 'shop State': ZERO, 'shop Problems': is(3), 'billing Problems': ZERO } },
    { in: 'slow istiod', shows: { 'shop Clients behind': is(1), 'billing Clients behind': ZERO } },
    { in: 'a pod down', shows: { 'shop Pods': is(1), 'billing Pods': is(1) } },
    {
      in: 'scraped twice',
      shows: { 'shop Problems': is(3), 'shop Clients': is(2), 'shop Clients behind': ZERO, 'shop Pods': is(2) },
    },
    { in: 'target removed', shows: { 'shop State': ZERO, 'billing State': is(5) } },
    { in: 'restarted', shows: { 'shop State': is(2) } },
    { in: 'read again', shows: { 'shop State': ZERO } },
    { in: 'restarted', shows: { 'shop Restarts in 1 h': is(1), 'billing Restarts in 1 h': ZERO } },
  ],
  'Services served by namespace': [
    { in: 'healthy', shows: { shop: is(4), billing: is(2) } },
    { in: 'grace over', shows: { shop: is(4), billing: is(1) } },
  ],
  'Removed entries per minute': [
    { in: 'healthy', shows: { shop: ZERO, billing: ZERO } },
    { in: 'grace over', when: 'at some moment', shows: { shop: ZERO, billing: SOME } },
  ],
  'Slowest propagation by namespace': [
    { in: 'healthy', when: 'at some moment', shows: { shop: SOME } },
    { in: 'caught up', when: 'at some moment', shows: { shop: above(1) } },
  ],
  'Pods by version': [
    { in: 'healthy', shows: { [version]: is(3) } },
    { in: 'a pod down', shows: { [version]: is(2) } },
  ],
  'Replicas that serve different snapshots': [
    { in: 'healthy', shows: { 'shop shop-bridge': ZERO, 'billing billing-bridge': ZERO } },
    { in: 'replicas apart', shows: { 'shop shop-bridge': is(1), 'billing billing-bridge': ZERO } },
  ],
};
