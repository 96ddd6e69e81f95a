// A bridge with much to tell, for pictures: an application team's part of a Eureka, a file of virtual machines, two istiods.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { stringify } from 'yaml';
import { runBundle } from '../../e2e/bundle.ts';
import { FakeEureka } from '../../fakes/fake-eureka.ts';
import { FakeIstiod } from '../../fakes/fake-istiod.ts';
import { tempDir } from '../../fakes/temp-dir.ts';
import { freePort } from '../../peers/run/free-port.ts';
import { waitFor } from '../../peers/run/wait-for.ts';

export interface Payments {
  readonly admin: string;
  readonly eureka: FakeEureka;
  readonly istiods: readonly FakeIstiod[];
}

const APPLICATIONS =
  'PAYMENT-GATEWAY PAYMENT-LEDGER PAYMENT_SETTLEMENT PAYMENT-REFUNDS PAYMENT-FRAUD PAYMENT-LIMITS PAYMENT-RATES PAYMENT-NOTIFY PAYMENT-ARCHIVE PAYMENT-TOKENS CATALOGUE SEARCH CARTS ORDERS SHIPPING'.split(
    ' ',
  );

const MACHINES = `services:
  - { name: mainframe, instances: [{ id: mf-1, address: 10.60.1.4, ports: [{ name: tcp, number: 3270, protocol: tcp }] }] }
  - { name: card-printer, instances: [{ id: printer-1, address: 10.60.1.9, port: 8443 }] }
`;

export async function startPayments(t: TestContext): Promise<Payments> {
  const eureka = await FakeEureka.start();
  t.after(() => eureka.close());
  for (const [index, app] of APPLICATIONS.entries()) {
    for (let at = 1; at <= 2 + (index % 3); at++) {
      const address = `10.20.${index}.${16 + at}`;
      eureka.registry.register(app, `${app.toLowerCase()}-${at}`, {
        ipAddr: address,
        hostName: address,
        metadata: { version: `v${1 + (at % 2)}`, zone: at % 2 === 0 ? 'eu-1a' : 'eu-1b' },
        ...(app === 'PAYMENT-RATES' && at > 1 ? { status: 'DOWN' } : {}),
        ...(app === 'PAYMENT-NOTIFY' ? { port: { $: 0, '@enabled': 'true' } } : {}),
        ...(app === 'PAYMENT-FRAUD' && at === 1 ? { ipAddr: '127.0.0.1' } : {}),
      });
    }
  }
  const folder = tempDir(t);
  const [grpcPort, adminPort] = [await freePort(), await freePort()];
  writeFileSync(join(folder, 'machines.yaml'), MACHINES);
  writeFileSync(join(folder, 'footbridge.yaml'), stringify(configOf(eureka.url, folder, grpcPort, adminPort)));
  runBundle(t, ['serve', '--config', join(folder, 'footbridge.yaml')]);
  const admin = `http://127.0.0.1:${adminPort}`;
  await waitFor(async () => (await (await fetch(admin)).text()).includes('>Live<'), 'both registries were read');
  const istiods = ['istiod-6d8f7c5b9-x2x7k', 'istiod-6d8f7c5b9-m4qpz'].map(
    (pod) => new FakeIstiod({ address: `127.0.0.1:${grpcPort}`, minor: 29, pod }),
  );
  t.after(() => istiods.forEach((istiod) => void istiod.close()));
  for (const istiod of istiods) await istiod.until(() => istiod.entries.size > 10, 'it has the entries');
  return { admin, eureka, istiods };
}

function configOf(url: string, folder: string, grpcPort: number, adminPort: number): object {
  return {
    namespace: 'payments',
    instance: 'payments',
    registries: {
      eureka: {
        kind: 'eureka',
        urls: [url],
        pollInterval: '1s',
        requestTimeout: '2s',
        scope: { include: [{ app: ['PAYMENT*'] }] },
      },
      vms: { kind: 'file', path: join(folder, 'machines.yaml'), pollInterval: '1s' },
    },
    serve: { port: grpcPort },
    admin: { port: adminPort },
    shutdown: { drainDelay: '0s', stagger: '0s', deadline: '5s' },
  };
}
