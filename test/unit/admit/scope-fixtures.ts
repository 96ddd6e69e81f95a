// An entry and the options that just admit it, for the tests of the gate.
import assert from 'node:assert/strict';
import { createGate, type Gate } from '../../../src/admit/gate.ts';
import type { AdmitOptions } from '../../../src/admit/options.ts';
import type { Converted, Endpoint, Entry, ResourceName, ServiceEntrySpec } from '../../../src/convert/entry.ts';
import { serviceKey } from '../../../src/model/service.ts';

export const OPTIONS: AdmitOptions = {
  namespace: 'shop',
  instance: 'main',
  location: 'MESH_INTERNAL',
  hostSuffixes: ['.shop.eureka', 'orders.example.com'],
  addresses: ['10.0.0.0/8', 'fd00:1::/32'],
  addressSuffixes: ['.corp.example'],
  ports: [
    { first: 80, last: 80 },
    { first: 9000, last: 9010 },
  ],
  endpointPorts: [{ first: 1024, last: 49_151 }],
  virtualIps: ['241.0.0.0/8'],
  exportTo: ['.', 'istio-system'],
  labelPrefix: 'footbridge.io',
  ownerKeys: [],
  endpointLabels: ['version'],
  networks: [],
  serviceAccounts: [],
  tlsModes: [],
};

export const ENDPOINT: Endpoint = { address: '10.1.2.3', ports: { http: 8080 }, labels: { version: 'v1' } };

export const ENTRY: Entry = {
  kind: 'networking.istio.io/ServiceEntry',
  name: 'shop/main.eureka.orders' as ResourceName,
  labels: { 'app.kubernetes.io/managed-by': 'footbridge', 'footbridge.io/team': 'shop' },
  annotations: { 'footbridge.io/service': 'ORDERS' },
  spec: {
    hosts: ['orders.shop.eureka'],
    addresses: ['241.1.2.3'],
    ports: [{ number: 80, protocol: 'HTTP', name: 'http' }],
    location: 'MESH_INTERNAL',
    resolution: 'STATIC',
    endpoints: [ENDPOINT],
    exportTo: ['.'],
  },
};

export function unitOf(entry: Entry | undefined): Converted {
  return { services: [serviceKey('eureka', 'ORDERS')], entry, problems: [] };
}

/** A unit whose spec differs from the admitted one. */
export function unitWith(spec: Partial<ServiceEntrySpec>): Converted {
  return unitOf({ ...ENTRY, spec: { ...ENTRY.spec, ...spec } });
}

/** A unit whose one endpoint differs from the admitted one. */
export function unitWithEndpoint(endpoint: Partial<Endpoint>): Converted {
  return unitWith({ endpoints: [{ ...ENDPOINT, ...endpoint }] });
}

/** What a new gate makes of `unit` alone. */
export function admitted(unit: Converted, options: Partial<AdmitOptions> = {}): Converted {
  return admittedBy(createGate({ ...OPTIONS, ...options }), unit);
}

export function admittedBy(gate: Gate, unit: Converted): Converted {
  return gate.admit([unit], () => 0)[0] ?? assert.fail('every unit has its answer');
}
