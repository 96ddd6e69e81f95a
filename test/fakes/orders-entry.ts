// An ordinary entry of one service with one endpoint; each test replaces what it is about.
import type { Entry, ResourceName, ServiceEntrySpec } from '../../src/convert/entry.ts';

export function ordersEntry(
  spec: Partial<ServiceEntrySpec> = {},
  metadata: Partial<Pick<Entry, 'labels' | 'annotations'>> = {},
): Entry {
  return {
    kind: 'networking.istio.io/ServiceEntry',
    name: 'shop/bridge.legacy.orders' as ResourceName,
    labels: {},
    annotations: {},
    ...metadata,
    spec: {
      hosts: ['orders.shop.legacy'],
      addresses: ['241.1.2.3'],
      ports: [{ number: 80, protocol: 'HTTP', name: 'http' }],
      location: 'MESH_INTERNAL',
      resolution: 'STATIC',
      endpoints: [{ address: '10.0.0.1', ports: { http: 8080 } }],
      exportTo: ['.'],
      ...spec,
    },
  };
}
