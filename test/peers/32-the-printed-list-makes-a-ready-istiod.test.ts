// What `mesh-config` prints, put into a real istiod; and each fault that `mesh-config --check` names, seen to do what its sentence says.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { parse } from 'yaml';
import type { FindingCode } from '../../src/fleet/finding-table.ts';
import { judgeSourceList } from '../../src/fleet/judge-sources.ts';
import { sourcesOf } from '../../src/fleet/mesh-config.ts';
import { printSources } from '../../src/fleet/print-sources.ts';
import { needPeers } from './build/peers.ts';
import { Bridge, bridgeConfig } from './run/bridge.ts';
import { freePort } from './run/free-port.ts';
import { Istiod } from './run/istiod.ts';
import { scratchFolder } from './run/scratch.ts';
import { Teardown } from './run/teardown.ts';
import { waitFor } from './run/wait-for.ts';

type Source = Readonly<Record<string, unknown>>;

const KUBERNETES: Source = { address: 'k8s://' };

describe('32. The printed list makes a ready istiod', await needPeers('istiod'), () => {
  const teardown = new Teardown();
  let shop: Bridge;
  let pay: Bridge;
  before(async () => {
    shop = await startBridge('shop', 'a', 'orders');
    pay = await startBridge('pay', 'b', 'bills');
  });
  after(() => teardown.run());

  function startBridge(namespace: string, instance: string, service: string, address = '127.66.0.1'): Promise<Bridge> {
    const path = join(scratchFolder(teardown, namespace), 'registry.yaml');
    writeFileSync(path, `services: [{ name: ${service}, instances: [{ address: ${address}, port: 8080 }] }]`);
    const registries = { file: { kind: 'file', path } };
    return Bridge.start(
      teardown,
      bridgeConfig([], { namespace, instance, registries, admit: { addresses: ['127.66.0.0/16'] } }),
    );
  }

  function startIstiod(...configSources: readonly Source[]): Promise<Istiod> {
    return Istiod.start(teardown, { mesh: { configSources } });
  }

  function of(bridge: { readonly port: number }, more: Source = {}): Source {
    return { address: `xds://127.0.0.1:${bridge.port}`, ...more };
  }

  async function entriesOf(istiod: Istiod): Promise<readonly string[]> {
    await istiod.untilReady();
    const names = [...(await istiod.serviceEntries()).keys()].sort();
    await istiod.stop();
    return names;
  }

  async function untilEnded(istiod: Istiod): Promise<string> {
    await waitFor(() => !istiod.process.isRunning, 'istiod ends');
    return istiod.process.lines.join('\n');
  }

  const BOTH = ['pay/b.file.bills', 'shop/a.file.orders'];

  function assertFound(codes: readonly FindingCode[], ...sources: readonly Source[]): void {
    const reading = sourcesOf({ configSources: sources });
    assert.ok(reading.kind === 'sources');
    assert.deepEqual(
      judgeSourceList(reading.sources).map(({ code }) => code),
      codes,
    );
  }

  test('it is ready, and holds the entries of both bridges', async () => {
    const bridges = [shop, pay].map(({ port }) => ({ host: '127.0.0.1', port }));
    const { configSources } = parse(printSources(bridges, 'mesh', undefined)) as { configSources: Source[] };
    assertFound([], ...configSources);
    const istiod = await startIstiod(...configSources);
    await istiod.untilReady();
    assert.deepEqual([...(await istiod.serviceEntries()).keys()].sort(), BOTH);
    assert.deepEqual(await istiod.complaints(), []);
    await istiod.stop();
  });

  test('a name without a scheme is ignored, and istiod is ready without its entries', async () => {
    const bare = { address: `localhost:${shop.port}` };
    assertFound(['SOURCE_WITHOUT_SCHEME'], KUBERNETES, bare, of(pay));
    assert.deepEqual(await entriesOf(await startIstiod(KUBERNETES, bare, of(pay))), ['pay/b.file.bills']);
  });

  test('another scheme is ignored too', async () => {
    const other = { address: `mcp://127.0.0.1:${shop.port}` };
    assertFound(['SOURCE_IGNORED'], KUBERNETES, other, of(pay));
    assert.deepEqual(await entriesOf(await startIstiod(KUBERNETES, other, of(pay))), ['pay/b.file.bills']);
  });

  test('what stands behind the port is dropped', async () => {
    const long = { address: `xds://127.0.0.1:${shop.port}/pay?x=1` };
    assertFound(['SOURCE_PATH_DROPPED'], KUBERNETES, long);
    assert.deepEqual(await entriesOf(await startIstiod(KUBERNETES, long)), ['shop/a.file.orders']);
  });

  for (const mode of ['MUTUAL', 'ISTIO_MUTUAL'])
    test(`TLS of mode ${mode} is plaintext: it reads a bridge that speaks no TLS`, async () => {
      const source = of(shop, { tlsSettings: { mode } });
      assertFound(['TLS_IS_PLAINTEXT'], KUBERNETES, source);
      assert.deepEqual(await entriesOf(await startIstiod(KUBERNETES, source)), ['shop/a.file.orders']);
    });

  test('a source that is listed twice is read twice', async () => {
    assertFound(['SOURCE_REPEATED'], KUBERNETES, of(shop), of(shop));
    const istiod = await startIstiod(KUBERNETES, of(shop), of(shop));
    await istiod.untilReady();
    assert.equal((await shop.clients()).length, 2);
    await istiod.stop();
  });

  test('of two bridges with one identity it keeps the entry of the one listed first, and tells nobody', async () => {
    const twin = await startBridge('shop', 'a', 'orders', '127.66.0.2');
    for (const [first, second, kept] of [
      [shop, twin, '127.66.0.1'],
      [twin, shop, '127.66.0.2'],
    ] as const) {
      const istiod = await startIstiod(KUBERNETES, of(first), of(second));
      await istiod.untilReady();
      const entries = [...(await istiod.serviceEntries()).values()];
      const endpoints = entries.flatMap(({ spec }) => spec['endpoints'] as readonly { readonly address: string }[]);
      assert.deepEqual(
        endpoints.map(({ address }) => address),
        [kept],
      );
      assert.deepEqual(await istiod.complaints(), []);
      await istiod.stop();
    }
  });

  const PEM = '-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----';
  const ends: readonly (readonly [what: string, codes: readonly FindingCode[], source: () => Source, why: RegExp])[] = [
    [
      'an IP address without a scheme',
      ['SOURCE_WITHOUT_SCHEME'],
      () => ({ address: `127.0.0.1:${shop.port}` }),
      /first path segment in URL cannot contain colon/,
    ],
    [
      'a source without a port',
      ['SOURCE_WITHOUT_PORT'],
      () => ({ address: 'xds://127.0.0.1' }),
      /missing port in address/,
    ],
    [
      'TLS that is verified and not',
      ['TLS_CONTRADICTION'],
      () => of(shop, { tlsSettings: { mode: 'SIMPLE', insecureSkipVerify: true, caCertificates: PEM } }),
      /cannot specify CaCertificates .* when InsecureSkipVerify is set true/,
    ],
    [
      'a CA that is the name of a file',
      ['TLS_CA_NO_PEM'],
      () => of(shop, { tlsSettings: { mode: 'SIMPLE', caCertificates: '/etc/ca.pem' } }),
      /failed to add ca certificate/,
    ],
  ];
  for (const [what, codes, source, why] of ends)
    test(`it ends at ${what}`, async () => {
      assertFound(codes, KUBERNETES, source());
      assert.match(await untilEnded(await startIstiod(KUBERNETES, source())), why);
    });

  test('it ends while a source takes no connection', async () => {
    const gone = { address: `xds://127.0.0.1:${await freePort()}` };
    assert.match(await untilEnded(await startIstiod(KUBERNETES, of(shop), gone)), /MCP: failed running/);
  });
});
