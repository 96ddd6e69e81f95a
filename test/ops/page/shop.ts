// A small shop in a registry file, for the tests of the pages.
import type { TestContext } from 'node:test';
import { type ServedBundle, serveBundle } from '../../e2e/bundle.ts';
import { waitFor } from '../../peers/run/wait-for.ts';

export const SHOP = `services:
  - { name: orders, instances: [{ id: orders-1, address: 10.0.0.1, port: 8080 }] }
  - { name: invoices, instances: [{ id: invoices-1, address: 10.0.0.2, port: 8080, status: down }] }
  - name: thumbnails
    instances:
      - { id: thumbnails-1, address: 10.0.0.3, port: 8080 }
      - { id: thumbnails-2, address: 127.0.0.1, port: 8080 }
`;

/** The shop and one more service, whose only instance has this address. */
export function shopWith(name: string, address = '10.0.0.9'): string {
  return `${SHOP}  - { name: ${JSON.stringify(name)}, instances: [{ id: one, address: ${address}, port: 8080 }] }\n`;
}

/** The bundle over a registry file, when it has read it: being ready does not mean to have data. */
export async function serveShop(t: TestContext, registry = SHOP): Promise<ServedBundle> {
  const bundle = await serveBundle(t, registry);
  await waitFor(async () => (await (await fetch(bundle.admin)).text()).includes('>Live<'), 'the registry was read');
  return bundle;
}
