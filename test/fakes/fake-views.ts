// Views of a small bridge for the admin pages; each test replaces what it is about.
import type { AdminActions } from '../../src/admin/actions.ts';
import type { Explanation } from '../../src/admin/explanation.ts';
import type { AdminViews, ClientRow, ClientType, ServiceRow } from '../../src/admin/views.ts';

export const NOW_MS = Date.UTC(2026, 0, 1, 12);

/** Of a bridge where there is nothing to change. */
export const noActions: AdminActions = {
  release: () => false,
  freeze: () => ({ kind: 'refused', why: 'nobody freezes here' }),
  thaw: () => 'unknown',
};

export function fakeViews(replaced: Partial<AdminViews> = {}): AdminViews {
  return {
    overview: () => ({
      version: '1.2.3',
      namespace: 'shop',
      instance: 'main',
      replica: 'footbridge-7c9-x2x',
      startedAtMs: NOW_MS - 3_600_000 * 5,
      snapshot: {
        state: 'live',
        serial: 7,
        fingerprint: 'abcdef0123456789',
        resources: 2,
        publishedAtMs: NOW_MS - 30_000,
      },
      services: { served: 2, empty: 0, skipped: 0, refused: 1 },
      problems: 3,
      clients: { connected: 2, synced: 1, istiods: 1 },
      holds: [],
      freezes: [],
      canChange: false,
      isReloadRefused: false,
      saved: undefined,
      notRestored: [],
      access: { tls: undefined, accessList: undefined, refused: [] },
      refusals: [],
    }),
    readiness: () => ({ conditions: [{ name: 'gRPC listener', isMet: true }], information: ['registry legacy: live'] }),
    config: () => 'namespace: shop\n',
    registries: () => [
      {
        name: 'legacy',
        kind: 'eureka',
        state: 'stale',
        readAtMs: NOW_MS - 600_000,
        sinceMs: NOW_MS - 590_000,
        lastError: { code: 'EUREKA_TIMEOUT', message: 'no answer', atMs: NOW_MS },
        services: 2,
        instances: 3,
        matched: { services: 2, ofServices: 9 },
        problems: 1,
        own: { count: 0, losses: 0, first: [] },
        session: undefined,
        drift: undefined,
      },
    ],
    listed: () => [
      { name: 'orders', instances: [{ id: 'one', metadata: new Map([['__proto__', 'x']]) }] },
      { name: 'carts', instances: [] },
    ],
    services: () => [
      {
        registry: 'legacy',
        name: 'ORDERS',
        state: 'served',
        host: 'orders.shop.legacy',
        virtualIps: ['241.0.0.1'],
        instances: [],
        endpoints: 0,
        problems: [],
      },
      {
        registry: 'vms',
        name: 'bad',
        state: 'refused',
        host: undefined,
        virtualIps: [],
        instances: [],
        endpoints: 0,
        problems: [{ code: 'NO_PORTS', instance: '', sentence: 'No instance offers a usable port.' }],
      },
    ],
    serviceRows: () => [
      fakeRow({ registry: 'legacy', name: 'ORDERS', host: 'orders.shop.legacy', virtualIps: ['241.0.0.1'] }),
      fakeRow({ registry: 'vms', name: 'bad', state: 'refused', codes: ['NO_PORTS'] }),
    ],
    problems: () => [
      {
        code: 'NO_PORTS',
        count: 3,
        loss: 'service',
        sentence: 'No instance offers a usable port (…).',
        remedy: 'Register the instances with a port.',
      },
    ],
    resources: () =>
      ['orders', 'carts'].map((name) => ({
        kind: 'networking.istio.io/ServiceEntry',
        name: `shop/main.legacy.${name}`,
        manifest: () => manifest(name),
      })),
    clients: () => [fakeClient()],
    events: () => [{ atMs: NOW_MS, kind: 'service', registry: 'legacy', service: 'ORDERS', text: 'added' }],
    explain: (asked) => {
      const known = KNOWN.filter(({ registry, service }) => asked === service || asked === `${registry}/${service}`);
      return known.length > 0 ? known : [notFound(asked)];
    },
    ...replaced,
  };
}

/** A service with one instance, up, and a problem for each of its codes. */
export function fakeRow(replaced: Partial<ServiceRow> & Pick<ServiceRow, 'name'>): ServiceRow {
  const row: ServiceRow = {
    registry: 'legacy',
    state: 'served',
    host: undefined,
    virtualIps: [],
    ports: [{ number: 80, protocol: 'HTTP' }],
    instances: [{ id: `${replaced.name}-1`, address: '10.0.0.1', status: 'up' }],
    codes: [],
    problems: () => row.codes.map((code) => ({ code, instance: '', sentence: `What ${code} means. What helps.` })),
    ...replaced,
  };
  return row;
}

const SERVICE_ENTRY_URL = 'networking.istio.io/v1/ServiceEntry';

/** An istiod that has what is current. */
export function fakeClient(replaced: Partial<ClientRow> = {}, type: Partial<ClientType> = {}): ClientRow {
  const answered: ClientType = {
    typeUrl: SERVICE_ENTRY_URL,
    names: undefined,
    state: 'settled',
    sent: { version: 'v7', resources: 2, atMs: NOW_MS - 30_000 },
    acked: { version: 'v7', atMs: NOW_MS - 29_000 },
    nacked: undefined,
    lagMs: 0,
  };
  return {
    streamId: '1',
    peer: '10.0.0.9:1',
    isEncrypted: false,
    certificateNames: undefined,
    protocol: 'sotw',
    nodeId: 'istiod-1',
    revision: undefined,
    istio: '1.24–1.29',
    connectedAtMs: NOW_MS - 60_000,
    answeredEarly: false,
    types: [{ ...answered, ...type }],
    ...replaced,
  };
}

function manifest(name: string): object {
  return {
    apiVersion: 'networking.istio.io/v1',
    kind: 'ServiceEntry',
    metadata: { name, namespace: 'shop', labels: { on: 'yes' } },
  };
}

const KNOWN = [explained('legacy', 'ORDERS'), explained('vms', 'bad')];

function explained(registry: string, service: string): Extract<Explanation, { readonly kind: 'service' }> {
  const sentence = 'It is published as it is registered.';
  return { kind: 'service', registry, service, matchedBy: 'name', outcome: 'in-mesh', sentence, stages: [] };
}

function notFound(asked: string): Explanation {
  return { kind: 'not-found', asked, sentence: `Nothing is known of ${asked}.`, nearest: [], registries: [] };
}
