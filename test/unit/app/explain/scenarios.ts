// What can become of a service, one scenario for each way: the verdicts that its stages must come to, and, in
// test/golden/texts/explain/<name>.txt, what `footbridge explain` says of it.
import type { ExplainInput } from '../../../../src/app/explain/input.ts';
import type { Turn } from '../../../../src/app/turn.ts';
import { problem } from '../../../../src/model/problem.ts';
import type { Reading } from '../../../../src/registry/registry.ts';
import type { Snapshot } from '../../../../src/snapshot/snapshot.ts';
import { configOf, istiod, live, NOW_MS, type Program, SECOND, stale, WAITING } from '../../../fakes/explained.ts';

export interface Scenario {
  readonly name: string;
  readonly asked: string;
  readonly program: Program;
  /** Of the stages that did not pass: `stage verdict`. */
  readonly notPassed: readonly string[];
  readonly outcome: 'in-mesh' | 'offered' | 'partly' | 'stopped' | 'not-found';
}

const MINUTE = 60 * SECOND;

const services = (...list: readonly string[]) => `services: [${list.join(', ')}]`;
const service = (name: string, ...instances: readonly string[]) =>
  `{ name: ${name}, instances: [${instances.join(', ')}] }`;
const ONE = '{ id: one, address: 10.0.0.1, port: 8080 }';
const TWO = '{ id: two, address: 10.0.0.2, port: 8080 }';
const STOCK = service('stock', '{ id: s, address: 10.0.0.9, port: 80 }');
const ORDERS = services(service('ORDERS', ONE, TWO), STOCK);
const NO_ORDERS = services(STOCK);

const now = (text: string): Program => ({ readings: [[0, live(text)]] });
/** Read well a minute ago, and then `last` so many milliseconds ago. */
const afterwards = (text: string, last: Reading, agoMs = SECOND): Program => ({
  readings: [
    [MINUTE, live(text)],
    [agoMs, last],
  ],
});
const scoped = (scope: string) => configOf('', `, scope: ${scope}`);

function withServed(change: (snapshot: Snapshot, input: ExplainInput) => Partial<NonNullable<ExplainInput['served']>>) {
  return (input: ExplainInput): Partial<ExplainInput> =>
    input.served === undefined ? {} : { served: { ...input.served, ...change(input.served.snapshot, input) } };
}

const published: readonly Scenario[] = [
  { name: 'as-registered', asked: 'ORDERS', program: now(ORDERS), notPassed: [], outcome: 'in-mesh' },
  {
    name: 'stale-registry',
    asked: 'ORDERS',
    program: afterwards(ORDERS, stale(live(ORDERS)), 0),
    notPassed: ['registry noted'],
    outcome: 'in-mesh',
  },
  {
    name: 'one-instance-down',
    asked: 'orders',
    program: now(services(service('orders', ONE, '{ id: two, address: 10.0.0.2, port: 8080, status: down }'))),
    notPassed: ['instances noted'],
    outcome: 'in-mesh',
  },
  {
    name: 'all-instances-down',
    asked: 'orders',
    program: now(services(service('orders', '{ id: two, address: 10.0.0.2, port: 8080, status: down }'))),
    notPassed: ['instances noted'],
    outcome: 'partly',
  },
  {
    name: 'in-scope-by-a-rule',
    asked: 'ORDERS',
    program: { ...now(ORDERS), config: scoped('{ include: [{ service: [carts] }, { service: [ord*] }] }') },
    notPassed: [],
    outcome: 'in-mesh',
  },
  {
    name: 'partly-outside-the-scope',
    asked: 'orders',
    program: {
      ...now(services(service('orders', ONE, '{ id: two, address: 10.0.0.2, port: 8080, metadata: { stage: test } }'))),
      config: scoped('{ exclude: [{ metadata: { stage: test } }] }'),
    },
    notPassed: ['scope noted'],
    outcome: 'in-mesh',
  },
];

const kept: readonly Scenario[] = [
  {
    name: 'leaving-the-scope',
    asked: 'orders',
    program: {
      ...afterwards(
        services(service('orders', ONE), STOCK),
        live(services(service('orders', ONE.replace('}', ', metadata: { stage: test } }')), STOCK)),
      ),
      config: scoped('{ exclude: [{ metadata: { stage: test } }] }'),
    },
    notPassed: ['scope noted', 'instances noted', 'guard noted'],
    outcome: 'in-mesh',
  },
  {
    name: 'held-with-a-problem',
    asked: 'orders',
    program: afterwards(
      services(service('orders', ONE, '{ id: two, address: 127.0.0.1, port: 8080 }')),
      live('services: []'),
    ),
    notPassed: ['registry noted', 'instances noted', 'guard noted', 'admission noted'],
    outcome: 'partly',
  },
  {
    name: 'debounced',
    asked: 'ORDERS',
    program: afterwards(ORDERS, live(services(service('ORDERS', TWO), STOCK))),
    notPassed: ['instances noted', 'guard noted'],
    outcome: 'in-mesh',
  },
  {
    name: 'draining',
    asked: 'ORDERS',
    program: {
      ...afterwards(
        ORDERS,
        live(services(service('ORDERS', '{ id: one, address: 10.0.0.1, port: 8080, status: down }', TWO), STOCK)),
      ),
      config: configOf('guard: { drain: { down: 30s } }'),
    },
    notPassed: ['instances noted', 'guard noted'],
    outcome: 'in-mesh',
  },
  {
    name: 'held',
    asked: 'ORDERS',
    program: afterwards(ORDERS, live('services: []')),
    notPassed: ['registry noted', 'instances noted', 'guard noted'],
    outcome: 'in-mesh',
  },
  {
    name: 'held-with-others',
    asked: 'ORDERS',
    program: afterwards(
      services(service('ORDERS', ONE, TWO), service('bills', '{ id: three, address: 10.0.0.3, port: 8080 }'), STOCK),
      live(services(STOCK)),
    ),
    notPassed: ['registry noted', 'instances noted', 'guard noted'],
    outcome: 'in-mesh',
  },
  {
    name: 'grace',
    asked: 'ORDERS',
    program: {
      readings: [
        [3 * MINUTE, live(ORDERS)],
        [2 * MINUTE, live(NO_ORDERS)],
        [MINUTE, live(NO_ORDERS)],
      ],
    },
    notPassed: ['registry noted', 'instances noted', 'guard noted'],
    outcome: 'partly',
  },
  {
    name: 'grace-under-a-scope',
    asked: 'ORDERS',
    program: {
      readings: [
        [3 * MINUTE, live(ORDERS)],
        [2 * MINUTE, live(services('{ name: ORDERS, instances: [] }', STOCK))],
        [MINUTE, live(services('{ name: ORDERS, instances: [] }', STOCK))],
      ],
      config: scoped('{ exclude: [{ service: [carts] }] }'),
    },
    notPassed: ['instances noted', 'guard noted'],
    outcome: 'partly',
  },
  {
    name: 'grace-and-joined',
    asked: 'ORDERS',
    program: {
      readings: [
        [3 * MINUTE, live(ORDERS)],
        [2 * MINUTE, live(NO_ORDERS)],
        [MINUTE, live(NO_ORDERS)],
      ],
      config: configOf('hosts: { all.shop.vms: [vms/ORDERS, vms/stock] }'),
    },
    notPassed: ['registry noted', 'instances noted', 'guard noted'],
    outcome: 'in-mesh',
  },
  {
    name: 'departed',
    asked: 'ORDERS',
    program: {
      readings: [
        [60 * MINUTE, live(ORDERS)],
        [50 * MINUTE, live(NO_ORDERS)],
        [40 * MINUTE, live(NO_ORDERS)],
        [0, live(NO_ORDERS)],
      ],
    },
    notPassed: ['registry stopped', 'guard stopped'],
    outcome: 'stopped',
  },
  {
    name: 'departed-and-stale',
    asked: 'ORDERS',
    program: {
      readings: [
        [60 * MINUTE, live(ORDERS)],
        [50 * MINUTE, live(NO_ORDERS)],
        [40 * MINUTE, live(NO_ORDERS)],
        [20 * MINUTE, live(NO_ORDERS)],
        [0, stale(live(NO_ORDERS))],
      ],
    },
    notPassed: ['registry unknown', 'guard stopped'],
    outcome: 'stopped',
  },
];

const refused: readonly Scenario[] = [
  {
    name: 'excluded',
    asked: 'ORDERS',
    program: { ...now(ORDERS), config: scoped('{ exclude: [{ service: [carts] }, { service: [ORD*] }] }') },
    notPassed: ['scope stopped'],
    outcome: 'stopped',
  },
  {
    name: 'not-included',
    asked: 'ORDERS',
    program: { ...now(ORDERS), config: scoped('{ include: [{ service: [stock] }] }') },
    notPassed: ['scope stopped'],
    outcome: 'stopped',
  },
  {
    name: 'excluded-by-a-rule-of-before',
    asked: 'ORDERS',
    program: {
      ...now(ORDERS),
      config: scoped('{ exclude: [{ service: [carts] }, { service: [bills] }] }'),
      judgedBy: scoped('{ exclude: [{ service: [stock] }, { service: [ORD*] }] }'),
    },
    notPassed: ['scope stopped'],
    outcome: 'stopped',
  },
  {
    name: 'in-scope-by-a-rule-of-before',
    asked: 'ORDERS',
    program: {
      ...now(ORDERS),
      config: scoped('{ include: [{ service: [bills, orders] }] }'),
      judgedBy: scoped('{ include: [{ service: [carts] }, { service: [ORD*] }] }'),
    },
    notPassed: [],
    outcome: 'in-mesh',
  },
  {
    name: 'nothing-readable',
    asked: 'orders',
    program: now(services(service('orders', '{ id: one }'), STOCK)),
    notPassed: ['instances stopped'],
    outcome: 'stopped',
  },
  {
    name: 'listed-without-instances',
    asked: 'orders',
    program: now(services('{ name: orders, instances: [] }', STOCK)),
    notPassed: ['instances stopped'],
    outcome: 'stopped',
  },
  {
    name: 'listed-without-instances-under-a-scope',
    asked: 'Orders',
    program: {
      ...now(services('{ name: orders, instances: [] }', STOCK)),
      config: scoped('{ exclude: [{ service: [carts] }] }'),
    },
    notPassed: ['instances stopped'],
    outcome: 'stopped',
  },
  {
    name: 'nothing-readable-under-a-scope',
    asked: 'orders',
    program: {
      ...now(services(service('orders', '{ id: one }'), STOCK)),
      config: scoped('{ exclude: [{ service: [carts] }] }'),
    },
    notPassed: ['instances stopped'],
    outcome: 'stopped',
  },
  {
    name: 'secret-dropped',
    asked: 'orders',
    program: now(services(service('orders', '{ id: one, address: 10.0.0.1, port: 80, metadata: { token: hunter2 } }'))),
    notPassed: ['instances noted'],
    outcome: 'in-mesh',
  },
  {
    name: 'host-taken-by-name',
    asked: 'Orders',
    program: now(services(service('orders', ONE), service('Orders', TWO))),
    notPassed: ['instances noted', 'host stopped'],
    outcome: 'stopped',
  },
  {
    name: 'host-taken-by-who-was-here',
    asked: 'orders',
    program: afterwards(
      services(service('ORDERS', ONE)),
      live(services(service('ORDERS', ONE), service('orders', TWO))),
      0,
    ),
    notPassed: ['instances noted', 'host stopped'],
    outcome: 'stopped',
  },
  {
    name: 'host-taken-in-byte-order',
    asked: 'ORders',
    program: now(services(service('ORders', ONE), service('OrDers', TWO))),
    notPassed: ['host noted'],
    outcome: 'in-mesh',
  },
  {
    name: 'host-kept-by-configuration',
    asked: 'orders',
    program: {
      ...now(services(service('orders', ONE), service('stock', TWO))),
      config: configOf('hosts: { orders.shop.vms: [vms/stock] }'),
    },
    notPassed: ['instances noted', 'host stopped'],
    outcome: 'stopped',
  },
  {
    name: 'host-contested',
    asked: 'ORDERS',
    program: afterwards(
      services(service('ORDERS', ONE)),
      live(services(service('ORDERS', ONE), service('orders', TWO))),
      0,
    ),
    notPassed: ['host noted'],
    outcome: 'in-mesh',
  },
  {
    name: 'host-yielded',
    asked: 'ORDERS',
    program: { ...now(ORDERS), config: configOf('yieldHosts: [orders.shop.vms]') },
    notPassed: ['instances noted', 'host stopped'],
    outcome: 'stopped',
  },
  {
    name: 'joined',
    asked: 'orders-new',
    program: {
      ...now(services(service('orders', ONE), service('orders-new', TWO))),
      config: configOf('hosts: { orders.shop.vms: [vms/orders, vms/orders-new] }'),
    },
    notPassed: [],
    outcome: 'in-mesh',
  },
  {
    name: 'joined-and-down',
    asked: 'orders-new',
    program: {
      ...now(services(service('orders', ONE), service('orders-new', TWO.replace('}', ', status: down }')))),
      config: configOf('hosts: { orders.shop.vms: [vms/orders, vms/orders-new] }'),
    },
    notPassed: ['instances noted'],
    outcome: 'in-mesh',
  },
  {
    name: 'port-lacking',
    asked: 'orders',
    program: now(services(service('orders', ONE, TWO, '{ id: three, address: 10.0.0.3, port: 9090, protocol: grpc }'))),
    notPassed: ['instances noted', 'ports noted'],
    outcome: 'partly',
  },
  {
    name: 'no-ports',
    asked: 'orders',
    program: now(services(service('orders', '{ id: one, address: 10.0.0.1, port: 70000 }'))),
    notPassed: ['instances noted', 'ports stopped'],
    outcome: 'stopped',
  },
  {
    name: 'no-traffic-asked-for',
    asked: 'orders',
    program: now(services(service('orders', ONE, '{ id: z, address: 10.0.0.3, port: 1, weight: 0 }'))),
    notPassed: ['instances noted', 'validation noted'],
    outcome: 'in-mesh',
  },
  {
    name: 'registered-twice',
    asked: 'orders',
    program: now(services(service('orders', ONE, '{ id: one-again, address: 10.0.0.1, port: 8080 }'))),
    notPassed: ['instances noted', 'validation noted'],
    outcome: 'partly',
  },
  {
    name: 'invalid-for-istio',
    asked: 'orders',
    program: { ...now(services(service('orders', ONE))), replaced: ({ turn }) => ({ turn: turn && invalid(turn) }) },
    notPassed: ['instances noted', 'validation stopped'],
    outcome: 'stopped',
  },
  {
    name: 'address-refused-at-the-gate',
    asked: 'orders',
    program: now(services(service('orders', ONE, '{ id: two, address: 127.0.0.1, port: 8080 }'))),
    notPassed: ['instances noted', 'admission noted'],
    outcome: 'partly',
  },
  {
    name: 'host-refused-at-the-gate',
    asked: 'orders',
    program: { ...now(services(service('orders', ONE))), config: configOf('admit: { hostSuffixes: [other.example] }') },
    notPassed: ['instances noted', 'admission stopped'],
    outcome: 'stopped',
  },
];

const served: readonly Scenario[] = [
  {
    name: 'held-until-all-is-read',
    asked: 'ORDERS',
    program: {
      ...now(ORDERS),
      clients: (snapshot) => [istiod(snapshot, { state: 'held', sent: undefined, acked: undefined })],
      replaced: (input) => ({
        ...withServed((snapshot) => ({ snapshot: { ...snapshot, complete: false } }))(input),
        slices: [...input.slices, { ...anySlice(input), registry: 'east', reading: WAITING }],
      }),
    },
    notPassed: ['snapshot stopped', 'clients stopped'],
    outcome: 'stopped',
  },
  {
    name: 'no-client',
    asked: 'ORDERS',
    program: { ...now(ORDERS), clients: () => [] },
    notPassed: ['clients unknown'],
    outcome: 'offered',
  },
  {
    name: 'no-client-and-a-loss',
    asked: 'orders',
    program: {
      ...now(services(service('orders', ONE, '{ id: two, address: 127.0.0.1, port: 8080 }'))),
      clients: () => [],
    },
    notPassed: ['instances noted', 'admission noted', 'clients unknown'],
    outcome: 'partly',
  },
  {
    name: 'onlookers-alone',
    asked: 'ORDERS',
    program: {
      ...now(ORDERS),
      clients: (snapshot) => [
        named('footbridge-watch', istiod(snapshot)),
        { ...named('asks-for-other-types', istiod(snapshot)), types: [] },
      ],
    },
    notPassed: ['clients unknown'],
    outcome: 'offered',
  },
  {
    name: 'a-client-that-asked-for-others-by-name',
    asked: 'ORDERS',
    program: { ...now(ORDERS), clients: (snapshot) => [istiod(snapshot, { names: ['shop/other'] })] },
    notPassed: ['clients unknown'],
    outcome: 'offered',
  },
  {
    name: 'onlookers-beside-a-client',
    asked: 'ORDERS',
    program: {
      ...now(ORDERS),
      clients: (snapshot) => [
        named('has-it', istiod(snapshot)),
        named('footbridge-watch', istiod(snapshot, { acked: undefined, sent: undefined, state: 'owed' })),
        { ...named('asks-for-other-types', istiod(snapshot)), types: [] },
      ],
    },
    notPassed: [],
    outcome: 'in-mesh',
  },
  {
    name: 'clients-of-all-kinds',
    asked: 'ORDERS',
    program: {
      ...now(ORDERS),
      clients: (snapshot) => {
        const older = { version: 'older', snapshotCreatedAtMs: NOW_MS - 30 * SECOND, atMs: NOW_MS - 29 * SECOND };
        const before = { version: 'old', snapshotCreatedAtMs: NOW_MS - 5 * MINUTE, atMs: NOW_MS - 4 * MINUTE };
        const sentBefore = { version: 'old', nonce: 'n', resources: 1, atMs: NOW_MS - 5 * MINUTE };
        const version = istiod(snapshot).types[0]?.acked?.version ?? '';
        return [
          named('has-it', istiod(snapshot)),
          named('has-it-from-an-older-response', istiod(snapshot, { acked: older })),
          named('was-sent-it', istiod(snapshot, { acked: undefined })),
          named('is-behind', istiod(snapshot, { acked: before, sent: sentBefore })),
          named(
            'refused-it',
            istiod(snapshot, { acked: undefined, nacked: { version, message: 'no \u001b[31mway', atMs: NOW_MS } }),
          ),
          named('was-sent-nothing', istiod(snapshot, { acked: undefined, sent: undefined, state: 'owed' })),
          { ...named('asks-for-other-types', istiod(snapshot)), types: [] },
        ];
      },
    },
    notPassed: ['clients noted'],
    outcome: 'partly',
  },
  {
    name: 'refused-by-the-only-client',
    asked: 'ORDERS',
    program: {
      ...now(ORDERS),
      clients: (snapshot) => {
        const version = istiod(snapshot).types[0]?.acked?.version ?? '';
        return [istiod(snapshot, { acked: undefined, nacked: { version, message: 'no', atMs: NOW_MS } })];
      },
    },
    notPassed: ['clients stopped'],
    outcome: 'stopped',
  },
  {
    name: 'of-a-dump',
    asked: 'ORDERS',
    program: { ...now(ORDERS), replaced: () => ({ served: undefined, nowMs: 0 }) },
    notPassed: [],
    outcome: 'in-mesh',
  },
];

const unknown: readonly Scenario[] = [
  { name: 'not-listed', asked: 'ODRERS', program: now(ORDERS), notPassed: ['registry stopped'], outcome: 'not-found' },
  {
    name: 'not-read-yet',
    asked: 'ORDERS',
    program: { readings: [[0, WAITING]] },
    notPassed: ['registry unknown'],
    outcome: 'not-found',
  },
  {
    name: 'not-listed-when-last-read',
    asked: 'carts',
    program: afterwards(ORDERS, stale(live(ORDERS)), 0),
    notPassed: ['registry unknown'],
    outcome: 'not-found',
  },
  {
    name: 'not-asked-for',
    asked: 'carts',
    program: { ...now(ORDERS), replaced: askedFor('ORDERS', 'STOCK') },
    notPassed: ['registry unknown'],
    outcome: 'not-found',
  },
  {
    name: 'asked-for-and-lacking',
    asked: 'vms/Carts',
    program: {
      ...now(ORDERS),
      config: scoped('{ include: [{ service: [ORDERS, CARTS] }] }'),
      replaced: askedFor('ORDERS', 'CARTS'),
    },
    notPassed: ['registry stopped'],
    outcome: 'not-found',
  },
  {
    name: 'stale-and-not-asked-for',
    asked: 'carts',
    program: { ...afterwards(ORDERS, stale(live(ORDERS)), 0), replaced: askedFor('ORDERS', 'STOCK') },
    notPassed: ['registry unknown'],
    outcome: 'not-found',
  },
  {
    name: 'not-listed-in-one-of-two',
    asked: 'carts',
    program: { ...now(ORDERS), replaced: withRegistry('east', WAITING) },
    notPassed: ['registry stopped', 'registry unknown'],
    outcome: 'not-found',
  },
  {
    name: 'outside-the-scope-of-one-of-two',
    asked: 'carts',
    program: {
      ...now(ORDERS),
      config: configOf('', ' }, east: { kind: file, path: /east.yaml, scope: { include: [{ service: [bills] }] }'),
      replaced: withRegistry('east', live(NO_ORDERS)),
    },
    notPassed: ['registry stopped', 'registry stopped'],
    outcome: 'not-found',
  },
  {
    name: 'instance-outside-the-scope',
    asked: '10.0.0.2',
    program: {
      ...now(services(service('orders', ONE, '{ id: two, address: 10.0.0.2, port: 8080, metadata: { stage: test } }'))),
      config: scoped('{ exclude: [{ metadata: { stage: test } }] }'),
    },
    notPassed: ['registry stopped'],
    outcome: 'not-found',
  },
  {
    name: 'reach-not-known',
    asked: 'carts',
    program: {
      ...now(ORDERS),
      replaced: ({ outside }) => ({ outside: (name) => ({ ...outside(name), reach: { kind: 'unknown' } }) }),
    },
    notPassed: ['registry unknown'],
    outcome: 'not-found',
  },
  {
    name: 'not-in-the-dump',
    asked: 'carts',
    program: { ...now(ORDERS), replaced: () => ({ served: undefined }) },
    notPassed: ['registry unknown'],
    outcome: 'not-found',
  },
];

export const SCENARIOS: readonly Scenario[] = [...published, ...kept, ...refused, ...served, ...unknown];

function named(nodeId: string, client: ReturnType<typeof istiod>) {
  return { ...client, nodeId };
}

function askedFor(...names: readonly string[]) {
  return ({ outside }: ExplainInput): Partial<ExplainInput> => ({
    outside: (name) => ({ ...outside(name), reach: { kind: 'asked-for', what: 'applications', names } }),
  });
}

function withRegistry(registry: string, reading: Reading) {
  return (input: ExplainInput): Partial<ExplainInput> => {
    const slices = [...input.slices, { ...anySlice(input), registry, reading }];
    return { slices, turn: input.turn && { ...input.turn, slices } };
  };
}

function anySlice({ slices }: ExplainInput) {
  const [slice] = slices;
  if (slice === undefined) throw new Error('no slice');
  return slice;
}

/** Conversion is made so that this never happens, so no input leads here. */
function invalid(turn: Turn): Turn {
  const units = turn.converted.map((unit) => {
    const found = problem('ENTRY_INVALID', { registry: 'vms', service: 'orders' }, 'hosts: at least one');
    return { ...unit, entry: undefined, problems: [found] };
  });
  return { ...turn, proposed: units, converted: units, resources: [] };
}
