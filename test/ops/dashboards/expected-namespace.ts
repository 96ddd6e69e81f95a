// What the panels of "Namespace" show in the story. Where nothing else is said, `shop` is chosen.
import { A_NUMBER, ABSENT, above, type Expectations, is, SOME, ZERO } from './expectation.ts';

const BILLING = { namespace: 'billing' };
const BOTH = {};
const FOUR_WEEKS_S = 28 * 86_400;

export const EXPECTED_OF_NAMESPACE: Readonly<Record<string, Expectations>> = {
  State: [
    { in: 'never read', shows: { state: is(4) } },
    { in: 'healthy', shows: { state: ZERO } },
    { in: 'registry down', shows: { state: is(1) } },
    { in: 'registry down', choice: BILLING, shows: { state: ZERO } },
    { in: 'everything gone', shows: { state: is(3) } },
    { in: 'restarted', shows: { state: is(2) } },
  ],
  'Age of data': [
    { in: 'never read', shows: { age: ABSENT } },
    { in: 'healthy', shows: { age: A_NUMBER } },
    { in: 'registry down', shows: { age: above(2) } },
  ],
  'Services served': [
    { in: 'healthy', shows: { services: is(4) } },
    { in: 'healthy', choice: BOTH, shows: { services: is(6) } },
    { in: 'a release', shows: { services: is(4) } },
    { in: 'scraped twice', shows: { services: is(6) } },
  ],
  'Instances served': [
    { in: 'healthy', shows: { instances: is(6) } },
    { in: 'registry down', shows: { instances: is(6) } },
    { in: 'session lost', shows: { instances: is(6) } },
    { in: 'everything gone', shows: { instances: is(6) } },
  ],
  'Clients in sync': [
    { in: 'healthy', shows: { 'in sync': is(2), connected: is(2) } },
    { in: 'healthy', choice: BILLING, shows: { 'in sync': is(1), connected: is(1) } },
    { in: 'slow istiod', shows: { 'in sync': is(1), connected: is(2) } },
    { in: 'scraped twice', shows: { connected: is(2) } },
  ],
  'Problems now': [
    { in: 'healthy', shows: { problems: ZERO } },
    { in: 'bad registrations', shows: { problems: is(3) } },
  ],

  'Registries up': [
    { in: 'healthy', shows: { 'eureka shop-0': is(1), 'eureka shop-1': is(1), 'vms shop-0': is(1) } },
    { in: 'registry down', shows: { 'eureka shop-0': ZERO, 'eureka shop-1': ZERO, 'vms shop-0': is(1) } },
    { in: 'session lost', shows: { 'spring shop-0': ZERO, 'spring shop-1': ZERO, 'eureka shop-0': is(1) } },
  ],
  'Age of the last good read': [
    { in: 'never read', shows: { eureka: ABSENT, vms: A_NUMBER } },
    { in: 'registry down', shows: { eureka: above(2), vms: A_NUMBER } },
  ],
  'Reads by outcome': [
    { in: 'grace over', shows: { 'eureka ok': SOME, 'eureka error': ZERO, 'vms ok': SOME, 'vms error': ZERO } },
    { in: 'registry down', when: 'at some moment', shows: { 'eureka error': SOME, 'vms error': ZERO } },
  ],
  'Duration of reads': [
    { in: 'healthy', when: 'at some moment', shows: { 'p50 eureka': SOME, 'p95 eureka': SOME, 'p99 vms': SOME } },
  ],
  'Unannounced changes': [{ in: 'healthy', shows: { eureka: ZERO, spring: ZERO, vms: ZERO } }],
  'Read since the start': [
    { in: 'healthy', shows: { 'eureka shop-0': ZERO, 'eureka shop-1': ZERO } },
    { in: 'restarted', shows: { 'eureka shop-0': is(1), 'vms shop-0': ZERO, 'eureka shop-1': ZERO } },
    { in: 'read again', shows: { 'eureka shop-0': ZERO } },
  ],
  'State file': [
    { in: 'healthy', shows: { 'shop-0': ZERO, 'shop-1': ZERO } },
    { in: 'healthy', choice: BILLING, shows: { 'billing-0': ZERO } },
    { in: 'file refused', shows: { 'shop-0': is(1), 'shop-1': ZERO } },
  ],
  'Sessions with ZooKeeper': [
    { in: 'healthy', shows: { 'spring shop-0': ZERO, 'spring shop-1': ZERO, 'eureka shop-0': ABSENT } },
    { in: 'session lost', when: 'at some moment', shows: { 'spring shop-0': is(2) } },
    { in: 'session lost', shows: { 'spring shop-0': is(3), 'spring shop-1': is(3) } },
    { in: 'session back', shows: { 'spring shop-0': ZERO, 'spring shop-1': ZERO } },
  ],
  'Watches in ZooKeeper': [
    { in: 'healthy', shows: { 'spring shop-0': is(3), 'spring shop-1': is(3), 'eureka shop-0': ABSENT } },
    { in: 'session lost', shows: { 'spring shop-0': ZERO, 'spring shop-1': ZERO } },
    { in: 'session back', shows: { 'spring shop-0': is(3) } },
  ],

  'Instances by status': [
    { in: 'healthy', shows: { up: is(6), down: is(1), starting: ZERO, 'out-of-service': ZERO, unknown: ZERO } },
    { in: 'a release', shows: { up: is(6), down: is(1), starting: is(1) } },
  ],
  'Services from listed to served': [
    {
      in: 'healthy',
      shows: {
        'listed eureka': is(3),
        'matched eureka': is(3),
        'listed spring': is(1),
        'listed vms': is(1),
        served: is(4),
      },
    },
    { in: 'everything gone', shows: { 'listed eureka': ZERO, 'listed vms': is(1), served: is(4) } },
  ],
  'Registrations per minute': [
    {
      in: 'a release',
      when: 'at some moment',
      shows: { 'instance added': SOME, 'instance removed': SOME, 'service added': SOME },
    },
    { in: 'grace over', shows: { 'instance changed': A_NUMBER } },
  ],
  'Services by outcome': [
    { in: 'healthy', shows: { served: is(4), empty: is(1), skipped: ZERO, refused: ZERO } },
    { in: 'bad registrations', shows: { served: is(6), empty: is(2), skipped: ZERO, refused: is(1) } },
  ],

  'Problems by code': [
    { in: 'healthy', shows: { 'all codes': ZERO, HOST_TAKEN: ABSENT } },
    {
      in: 'bad registrations',
      shows: { 'all codes': is(3), HOST_TAKEN: is(1), ADDRESS_INVALID: is(1), ADDRESS_OUT_OF_SCOPE: is(1) },
    },
  ],
  'Refusals at the gate': [
    { in: 'healthy', shows: { refused: ZERO } },
    { in: 'bad registrations', shows: { refused: is(1) } },
  ],
  'Left out over a limit': [
    { in: 'healthy', shows: { services: ZERO, instances: ZERO, ports: ZERO, metadata: ZERO, texts: ZERO } },
  ],
  'Duration of conversion': [{ in: 'healthy', when: 'at some moment', shows: { p50: SOME, p95: SOME, p99: SOME } }],

  'Changed entries per minute': [
    { in: 'healthy', when: 'at some moment', shows: { add: SOME, remove: ZERO } },
    { in: 'a release', when: 'at some moment', shows: { add: SOME, update: SOME } },
    { in: 'grace over', when: 'at some moment', choice: BILLING, shows: { remove: SOME } },
  ],
  'Snapshots per minute': [{ in: 'a release', when: 'at some moment', shows: { 'shop-0': SOME, 'shop-1': SOME } }],
  'Age of the served snapshot': [{ in: 'healthy', shows: { 'shop-0': A_NUMBER, 'shop-1': A_NUMBER } }],
  'Removals held back': [
    {
      in: 'healthy',
      shows: {
        'instances held': ZERO,
        'instances waiting': ZERO,
        'services without an instance': ZERO,
        'instances draining': ZERO,
      },
    },
    { in: 'a release', when: 'at some moment', shows: { 'instances waiting': is(1) } },
    { in: 'a release', when: 'at some moment', choice: BILLING, shows: { 'services without an instance': is(1) } },
    { in: 'everything gone', shows: { 'instances held': is(6) } },
  ],
  'Holds by reason': [
    { in: 'healthy', shows: { 'everything-gone': ZERO, 'many-gone': ZERO, 'empty-first-read': ZERO } },
    { in: 'everything gone', shows: { 'everything-gone': is(1), 'many-gone': ZERO, 'empty-first-read': ZERO } },
  ],
  Freezes: [{ in: 'healthy', shows: { eureka: ZERO, spring: ZERO, vms: ZERO } }],
  'Size of the snapshot': [{ in: 'healthy', shows: { 'shop-0': SOME, 'shop-1': SOME } }],

  'Clients connected and in sync': [
    { in: 'healthy', shows: { 'connected sotw shop-0': is(1), 'in sync shop-0': is(1) } },
    { in: 'slow istiod', shows: { 'connected sotw shop-1': is(1), 'in sync shop-1': ZERO, 'in sync shop-0': is(1) } },
  ],
  'Responses sent per minute': [{ in: 'healthy', when: 'at some moment', shows: { sotw: SOME } }],
  'Answers of clients per minute': [{ in: 'healthy', when: 'at some moment', shows: { ack: SOME, nack: ZERO } }],
  'Propagation of changes': [
    { in: 'healthy', when: 'at some moment', shows: { p50: SOME, p95: SOME, p99: SOME } },
    { in: 'caught up', when: 'at some moment', shows: { p99: above(1) } },
  ],
  'Time to acknowledgement': [
    { in: 'healthy', when: 'at some moment', shows: { p50: SOME, p95: SOME } },
    { in: 'caught up', when: 'at some moment', shows: { p95: above(1) } },
  ],
  'Acknowledgements overdue': [{ in: 'healthy', shows: { 'istiod shop-0': ZERO, 'istiod shop-1': ZERO } }],
  'Ended streams per minute': [
    { in: 'healthy', shows: { client: ZERO, drained: ZERO, denied: ZERO, idle: ZERO, defect: ZERO } },
    { in: 'a pod down', when: 'at some moment', shows: { client: SOME, defect: ZERO } },
  ],
  'Size of a response': [{ in: 'healthy', when: 'at some moment', shows: { p50: SOME, p95: SOME } }],

  'Clients turned away per minute': [
    {
      in: 'healthy',
      shows: { handshake: ZERO, nameless: ZERO, denied: ZERO, crowded: ZERO, 'subscription refused': ZERO },
    },
    { in: 'turned away', when: 'at some moment', shows: { handshake: SOME, nameless: ZERO, denied: ZERO } },
    { in: 'turned away', when: 'at some moment', choice: BILLING, shows: { handshake: ZERO } },
  ],
  'Waits for a rate limit per minute': [
    { in: 'healthy', shows: { streams: ZERO, requests: ZERO } },
    { in: 'turned away', when: 'at some moment', shows: { streams: SOME, requests: ZERO } },
  ],
  'Time left of the certificate': [
    { in: 'healthy', shows: { 'shop-0': above(FOUR_WEEKS_S), 'shop-1': above(FOUR_WEEKS_S) } },
    { in: 'healthy', choice: BILLING, shows: { 'billing-0': ABSENT } },
    { in: 'file refused', shows: { 'shop-0': above(FOUR_WEEKS_S) } },
  ],
  'Certificate and access list in force': [
    { in: 'healthy', shows: { 'certificate shop-0': ZERO, 'access-list shop-0': ZERO, 'certificate shop-1': ZERO } },
    { in: 'file refused', shows: { 'certificate shop-0': is(1), 'access-list shop-0': ZERO } },
    { in: 'file refused', choice: BILLING, shows: { 'certificate billing-0': ZERO } },
  ],

  CPU: [{ in: 'healthy', when: 'at some moment', shows: { 'shop-0': SOME, 'shop-1': SOME, 'istiod-0': ABSENT } }],
  Memory: [
    { in: 'healthy', shows: { 'resident shop-0': SOME, 'heap used shop-0': SOME, 'resident istiod-0': ABSENT } },
    { in: 'healthy', choice: BILLING, shows: { 'resident billing-0': SOME, 'resident shop-0': ABSENT } },
  ],
  'Event loop lag': [{ in: 'healthy', shows: { 'shop-0': SOME } }],
  'Time in garbage collection': [{ in: 'healthy', shows: { 'shop-0': A_NUMBER } }],
  'Open files and handles': [{ in: 'healthy', shows: { 'files shop-0': SOME, 'handles shop-0': SOME } }],
  'Restarts in one hour': [
    { in: 'healthy', shows: { 'shop-0': ZERO, 'shop-1': ZERO } },
    { in: 'restarted', shows: { 'shop-0': is(1), 'shop-1': ZERO } },
  ],
  'Log lines per minute': [
    { in: 'registry down', when: 'at some moment', shows: { warn: SOME } },
    { in: 'file refused', when: 'at some moment', choice: BILLING, shows: { error: SOME } },
  ],
  'Writes of the state file per minute': [
    { in: 'healthy', when: 'at some moment', shows: { written: SOME, failed: ZERO, 'too-large': ZERO } },
    { in: 'file refused', when: 'at some moment', shows: { failed: SOME } },
  ],
  'Age of the state file': [
    { in: 'healthy', shows: { 'shop-0': A_NUMBER, 'shop-1': A_NUMBER } },
    { in: 'healthy', choice: BILLING, shows: { 'billing-0': ABSENT } },
  ],
  'State not restored at the start': [{ in: 'healthy', shows: { STATE_CORRUPT: ZERO, STATE_TOO_OLD: ZERO } }],
  'State of the other replicas': [{ in: 'healthy', shows: { given: ZERO, token: ZERO } }],
  'Reloads of the configuration per minute': [
    { in: 'healthy', shows: { applied: ZERO, refused: ZERO, unchanged: ZERO } },
    { in: 'file refused', when: 'at some moment', choice: BILLING, shows: { refused: SOME } },
  ],
  'Configuration in force': [
    { in: 'healthy', shows: { 'shop-0': ZERO, 'shop-1': ZERO } },
    { in: 'file refused', choice: BILLING, shows: { 'billing-0': is(1) } },
  ],

  'Services known to istiod': [
    { in: 'healthy', shows: { 'istiod-0': is(7) } },
    { in: 'grace over', shows: { 'istiod-0': is(7) } },
  ],
  'Pushes of istiod to proxies per minute': [{ in: 'a release', when: 'at some moment', shows: { eds: SOME } }],
  'Convergence of proxies': [{ in: 'a release', when: 'at some moment', shows: { p50: SOME, p95: SOME } }],
};
