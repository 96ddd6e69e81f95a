// Every key that the reference calls live, changed while the whole program runs: what is served follows.
import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import { configTree, leavesOf } from '../../src/config/field-tree.ts';
import { type Keys, runApp } from '../fakes/running-app.ts';
import { untilHolds, waitFor } from '../peers/run/wait-for.ts';

const ORDERS = `
  - name: orders
    instances:
      - id: a
        address: 10.0.0.1
        ports: [{ protocol: http, number: 8080 }, { protocol: grpc, number: 9090 }]
        metadata: { version: v1, tier: gold }
      - { id: b, address: vm.example.com, port: 8081 }`;
const BILLS = `
  - { name: bills, instances: [{ id: c, address: 10.0.0.2, port: 8080 }, { id: d, address: 10.0.0.3, port: 8080 }] }`;
/** Each without one of its two instances. */
const HALF_ORDERS = `
  - { name: orders, instances: [{ id: b, address: vm.example.com, port: 8081 }] }`;
const HALF_BILLS = `
  - { name: bills, instances: [{ id: c, address: 10.0.0.2, port: 8080 }] }`;
const ANOTHER = `
      - { id: z, address: 10.0.0.7, port: 8080 }`;
const CARTS = `
  - { name: carts, instances: [{ id: d, address: 10.0.0.3, port: 8080 }] }`;
const EVERYTHING = `services:${ORDERS}${BILLS}`;
const withStatusOfA = (status: string) => EVERYTHING.replace('- id: a\n', `- id: a\n        status: ${status}\n`);

interface LiveKey {
  readonly key: string;
  readonly to: unknown;
  /** Other keys, before and after. */
  readonly beside?: Keys;
  /** What happens in the registry before the key is changed, and the series of /metrics that tells that it was seen. */
  readonly first?: { readonly registry: string; readonly seen: string };
  /** What happens in the registry after the key was changed, where that is what shows the change. */
  readonly afterwards?: string;
  /** What the served snapshot, as YAML, holds afterwards and did not hold before, or the other way round. */
  readonly effect: { readonly comes: string } | { readonly goes: string };
}

const SCOPE = 'registries.file.scope';
const AT_ONCE = { 'guard.removalDebounce': '0s', 'guard.emptyGrace': '0s' };
const BY_NAME = { mixedAddresses: 'name' };

const LIVE_KEYS: readonly LiveKey[] = [
  { key: 'hosts', to: { 'orders.example.com': ['file/orders'] }, effect: { comes: '- orders.example.com' } },
  { key: 'yieldHosts', to: ['orders.*'], effect: { goes: 'orders' } },
  { key: 'ports.primary', to: 'grpc', effect: { comes: 'number: 50051' } },
  { key: 'ports.published', to: ['grpc'], effect: { comes: 'number: 50051' } },
  { key: 'location', to: 'external', effect: { comes: 'location: MESH_EXTERNAL' } },
  { key: 'exportTo', to: ['web'], effect: { comes: '- web' } },
  {
    key: 'mixedAddresses',
    to: 'name',
    beside: { 'admit.addressSuffixes': ['.example.com'] },
    effect: { comes: 'vm.example.com' },
  },
  { key: 'endpointLabels', to: ['tier'], effect: { comes: 'tier: gold' } },
  { key: 'endpointRules', to: [{ match: {}, network: 'vms' }], effect: { comes: 'network: vms' } },
  { key: 'owner.team', to: 'checkout', effect: { comes: 'footbridge.io/team: checkout' } },
  { key: 'owner.partOf', to: 'webshop', effect: { comes: 'app.kubernetes.io/part-of: webshop' } },
  { key: 'owner.labels', to: { 'cost-center': 'c7' }, effect: { comes: 'cost-center: c7' } },
  { key: 'owner.annotations', to: { contact: 'a@example.com' }, effect: { comes: 'contact: a@example.com' } },
  { key: 'admit.hostSuffixes', to: ['bills.shop.file'], effect: { goes: 'orders' } },
  { key: 'admit.addresses', to: ['10.0.0.2/32'], effect: { goes: '10.0.0.1' } },
  { key: 'admit.addressSuffixes', to: ['.example.com'], beside: BY_NAME, effect: { comes: 'vm.example.com' } },
  { key: 'admit.ports', to: ['443'], effect: { goes: 'orders' } },
  { key: 'admit.endpointPorts', to: ['1-1000'], effect: { goes: '10.0.0.1' } },
  {
    key: 'limits.services',
    to: 3,
    beside: { 'limits.services': 2 },
    first: { registry: `${EVERYTHING}${CARTS}`, seen: 'footbridge_over_limit{registry="file",limit="services"} 1' },
    effect: { comes: 'carts' },
  },
  {
    key: 'limits.instancesPerService',
    to: 3,
    beside: { 'limits.instancesPerService': 2 },
    first: {
      registry: `services:${ORDERS}${ANOTHER}${BILLS}`,
      seen: 'footbridge_over_limit{registry="file",limit="instances"} 1',
    },
    effect: { comes: '10.0.0.7' },
  },
  {
    key: 'limits.portsPerInstance',
    to: 1,
    beside: { 'ports.published': ['grpc'] },
    effect: { goes: 'number: 50051' },
  },
  { key: 'limits.metadataPerInstance', to: 1, effect: { goes: 'version: v1' } },
  { key: 'limits.textLength', to: 'orders'.length, effect: { goes: 'version: v1' } },
  {
    key: 'guard.removalDebounce',
    to: '0s',
    first: { registry: `services:${ORDERS}`, seen: 'footbridge_guard_pending_removals 2' },
    effect: { goes: '10.0.0.2' },
  },
  {
    key: 'guard.removalShare',
    to: '100%',
    beside: { ...AT_ONCE, 'guard.removalShare': '10%', 'guard.removalMinimum': 1 },
    afterwards: `services:${HALF_ORDERS}${BILLS}`,
    effect: { goes: '10.0.0.1' },
  },
  {
    key: 'guard.removalMinimum',
    to: 2,
    beside: { ...AT_ONCE, 'guard.removalShare': '10%', 'guard.removalMinimum': 1 },
    afterwards: `services:${HALF_ORDERS}${BILLS}`,
    effect: { goes: '10.0.0.1' },
  },
  {
    key: 'guard.removalWindow',
    to: '0s',
    beside: { ...AT_ONCE, 'guard.removalMinimum': 2 },
    first: { registry: `services:${HALF_ORDERS}${BILLS}`, seen: 'footbridge_instances_served 2' },
    afterwards: `services:${HALF_ORDERS}${HALF_BILLS}`,
    effect: { goes: '10.0.0.3' },
  },
  {
    key: 'guard.emptyGrace',
    to: '0s',
    beside: { 'guard.removalDebounce': '0s' },
    first: { registry: `services:${ORDERS}`, seen: 'footbridge_guard_graces 1' },
    effect: { goes: 'bills' },
  },
  ...Object.entries({ outOfService: 'OUT_OF_SERVICE', down: 'DOWN', starting: 'STARTING' }).map(([key, status]) => ({
    key: `guard.drain.${key}`,
    to: '0s',
    beside: { [`guard.drain.${key}`]: '1h' },
    first: { registry: withStatusOfA(status), seen: 'footbridge_guard_draining 1' },
    effect: { goes: '10.0.0.1' },
  })),
  {
    key: 'freeze',
    to: [],
    beside: { freeze: [{ target: 'file', reason: 'a migration' }] },
    first: { registry: `${EVERYTHING}${CARTS}`, seen: 'footbridge_registry_services{registry="file"} 3' },
    effect: { comes: 'carts' },
  },
  { key: `${SCOPE}.include`, to: [{ service: ['bills'] }], effect: { goes: 'orders' } },
  { key: `${SCOPE}.exclude`, to: [{ service: ['orders'] }], effect: { goes: 'orders' } },
  {
    key: 'registries.file.holdFor',
    to: '10ms',
    beside: AT_ONCE,
    first: { registry: 'services: []', seen: 'footbridge_guard_holds{registry="file",reason="everything-gone"} 1' },
    effect: { goes: 'orders' },
  },
];

const APPLIED = 'config_reloads_total{outcome="applied"} 1';

/** Times that let nothing happen by itself while a test runs. */
const PATIENT = { 'guard.removalDebounce': '10m', 'guard.emptyGrace': '10m', 'registries.file.holdFor': '10m' };

async function takesEffect(t: TestContext, { key, to, beside, first, afterwards, effect }: LiveKey): Promise<void> {
  const keys = { ...PATIENT, ...beside };
  const { page, reload, writeRegistry } = await runApp(t, EVERYTHING, keys);
  const served = () => page('/debug/snapshot');
  await waitFor(async () => {
    const text = await served();
    return text.includes('orders') && text.includes('bills');
  }, 'both services are served');
  if (first !== undefined) {
    writeRegistry(first.registry);
    await waitFor(async () => (await page('/metrics')).includes(first.seen), `the metrics show ${first.seen}`);
  }
  const [text, isThere] = 'comes' in effect ? [effect.comes, true] : [effect.goes, false];
  assert.equal((await served()).includes(text), !isThere, 'as it is before');
  const shownConfig = await page('/debug/config');
  reload({ ...keys, [key]: to });
  if (afterwards !== undefined) {
    await waitFor(async () => (await page('/metrics')).includes(APPLIED), 'the change is applied');
    writeRegistry(afterwards);
  }
  await waitFor(async () => (await served()).includes(text) === isThere, `the change of ${key} shows`);
  assert.ok((await page('/metrics')).includes(APPLIED));
  assert.notEqual(await page('/debug/config'), shownConfig, '/debug/config shows what holds now');
}

describe('a live key, changed while the program runs, changes what is served:', () => {
  for (const each of LIVE_KEYS) test(each.key, (t) => takesEffect(t, each));

  test('the team in the metrics too', async (t) => {
    const { page, reload } = await runApp(t, EVERYTHING, { 'owner.team': 'payments' });
    const owners = async () => (await page('/metrics')).match(/^footbridge_owner_info.*$/gm);
    const owner = (team: string) => [
      `footbridge_owner_info{team="${team}",published_namespace="shop",bridge_instance="test"} 1`,
    ];
    assert.deepEqual(await owners(), owner('payments'));
    reload({ 'owner.team': 'checkout' });
    await untilHolds(async () => assert.deepEqual(await owners(), owner('checkout')), 'the new owner shows');
  });

  test('that is every key that is declared as live', () => {
    const leaves = leavesOf(configTree(new Map([['file', 'file']])));
    const declared = leaves.filter(({ field }) => field.reload === 'live').map(({ path }) => path);
    assert.deepEqual(LIVE_KEYS.map(({ key }) => key).sort(), declared.sort());
  });
});
