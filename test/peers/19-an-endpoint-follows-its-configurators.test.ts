// Rules of operators (configurators) change the weight of a provider or take it out of service while it runs. A provider that
// obeys registers itself under another name: istiod sees the change, and no moment without the endpoint.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { needPeers } from './build/peers.ts';
import { Bridge, bridgeConfig, dubboRegistry } from './run/bridge.ts';
import { OverrideUrl, setYamlRule } from './run/configurators.ts';
import { DubboApplication, type DubboOptions } from './run/dubbo-application.ts';
import { Istiod } from './run/istiod.ts';
import { INSTANCE_RANGE, inOwnNetwork } from './run/own-network.ts';
import { RecordedAnswers } from './run/recorded-answers.ts';
import { registrations } from './run/registrations.ts';
import { Teardown } from './run/teardown.ts';
import { untilHolds, waitFor } from './run/wait-for.ts';
import { ZooKeeperServer } from './run/zookeeper-server.ts';
import { ZooKeeperWriter } from './run/zookeeper-writer.ts';

/** Two providers of one service. */
interface Pair {
  readonly application: string;
  readonly service: string;
  /** `ADDRESS:PORT` of the one that rules change, and of the other. */
  readonly changed: string;
  readonly other: string;
  /** The entry of the application, and that of the interface. */
  readonly entries: readonly [string, string];
}

const need = await needPeers('istiod', 'zookeeper', 'dubbo33', 'dubbo27');

inOwnNetwork(import.meta.filename, need, () =>
  describe('19. An endpoint follows its configurators', () => {
    const teardown = new Teardown();
    let zookeeper: ZooKeeperServer;
    let writer: ZooKeeperWriter;
    let orders: Pair;
    let legacy: Pair;
    let unnamed: DubboApplication;
    let istiod: Istiod;
    let recorded: RecordedAnswers;

    before(async () => {
      zookeeper = await ZooKeeperServer.start(teardown);
      writer = await ZooKeeperWriter.start(teardown, zookeeper.address);
      const properties = { 'dubbo.application.register-mode': 'instance' };
      [orders, legacy, unnamed] = await Promise.all([
        startPair('orders', 20, {}),
        startPair('legacy', 30, { line: '2.7' }),
        startProvider('unnamed', 40, { provides: ['Parting'], properties }),
      ]);
      const servers = [zookeeper.address];
      const registries = { rpc: dubboRegistry(servers), each: dubboRegistry(servers, { services: 'interface' }) };
      const bridge = await Bridge.start(
        teardown,
        bridgeConfig([], { registries, admit: { addresses: [INSTANCE_RANGE] } }),
      );
      istiod = await Istiod.start(teardown, { sources: [bridge.address] });
      await istiod.untilReady();
      for (const { entries, changed, other } of [orders, legacy]) await untilShown(entries, `${changed} ${other}`);
      recorded = RecordedAnswers.start(teardown, bridge);
    });
    after(() => teardown.run());

    function startProvider(
      application: string,
      number: number,
      more: Partial<DubboOptions>,
    ): Promise<DubboApplication> {
      const address = `10.20.0.${number}`;
      const options = { application, address, zookeeper: zookeeper.address, protocols: ['dubbo'] as const, ...more };
      return DubboApplication.start(teardown, options);
    }

    async function startPair(application: string, number: number, more: Partial<DubboOptions>): Promise<Pair> {
      const service = `Greeting?group=${application}&version=1.0.0`;
      const options = { provides: [service], ...more };
      const [changed, other] = await Promise.all([
        startProvider(application, number, options),
        startProvider(application, number + 1, options),
      ]);
      const byInterface = `io.footbridge.test.greeting.v-1-0-0.g-${application}`;
      const entries = [`payments/bridge.rpc.${application}`, `payments/bridge.each.${byInterface}`] as const;
      return { application, service, changed: changed.endpoint('dubbo'), other: other.endpoint('dubbo'), entries };
    }

    async function untilShown(entries: readonly string[], endpoints: string): Promise<void> {
      await untilHolds(async () => {
        const stored = await istiod.serviceEntries();
        for (const entry of entries) assert.equal(endpointsOf(stored.get(entry)?.spec ?? {}), endpoints, entry);
      }, `istiod holds ${endpoints}`);
    }

    /** All that the entries ever were from that answer on. Whoever records is told at about the same time as istiod. */
    async function untilRecorded(entries: readonly string[], since: number, history: readonly string[]): Promise<void> {
      await untilHolds(() => {
        for (const entry of entries) assert.deepEqual(recorded.historyOf(entry, endpointsOf, since), history, entry);
      }, 'the history is whole');
    }

    for (const line of ['3.3', '2.7'] as const)
      test(`an override URL is followed, with Dubbo ${line}`, async () => {
        const { service, changed, other, entries } = line === '3.3' ? orders : legacy;
        const lighter = new OverrideUrl(writer, changed, service, { weight: 9 });
        const disabled = new OverrideUrl(writer, changed, service, { disabled: true });
        const since = recorded.mark();
        await lighter.add();
        await untilShown(entries, `${changed}*9 ${other}*100`);
        await disabled.add();
        await untilShown(entries, other);
        await lighter.remove();
        await disabled.remove();
        await untilShown(entries, `${changed} ${other}`);
        const all = [`${changed} ${other}`, `${changed}*9 ${other}*100`, other, `${changed} ${other}`];
        await untilRecorded(entries, since, all);
      });

    test('a YAML rule is followed by Dubbo 3.3, and ignored by 2.7 as everywhere', async () => {
      const { application, changed, other, entries } = orders;
      const since = recorded.mark();
      await setYamlRule(writer, legacy.application, legacy.changed, { disabled: true });
      await setYamlRule(writer, application, changed, { timeout: 4321 });
      await waitFor(async () => {
        const own = (await registrations(zookeeper)).filter(({ path }) => path.includes(`dubbo://${changed}/`));
        return own.length === 1 && own[0]?.path.includes('timeout=4321');
      }, 'the provider has registered under another name');
      await setYamlRule(writer, application, changed, { weight: 7 });
      await untilShown(entries, `${changed}*7 ${other}*100`);
      await setYamlRule(writer, application, changed, { weight: 7, disabled: true });
      await untilShown(entries, other);
      await setYamlRule(writer, application, changed, { weight: 100, disabled: false });
      await untilShown(entries, `${changed} ${other}`);
      const all = [`${changed} ${other}`, `${changed}*7 ${other}*100`, other, `${changed} ${other}`];
      await untilRecorded(entries, since, all);
      await untilRecorded(legacy.entries, since, [`${legacy.changed} ${legacy.other}`]);
    });

    test('a YAML rule is followed for a provider that only the application level knows', async () => {
      const endpoint = unnamed.endpoint('dubbo');
      const entries = ['payments/bridge.rpc.unnamed'];
      await setYamlRule(writer, 'unnamed', endpoint, { disabled: true });
      await untilShown(entries, '');
      await setYamlRule(writer, 'unnamed', endpoint, { disabled: false });
      await untilShown(entries, endpoint);
      assert.deepEqual(await istiod.complaints(), []);
      assert.deepEqual(recorded.gaps, []);
    });
  }),
);

/** `ADDRESS:PORT*WEIGHT`s; without weights where all are equal. */
function endpointsOf(spec: Readonly<Record<string, unknown>>): string {
  const endpoints = (spec['endpoints'] ?? []) as readonly {
    readonly address: string;
    readonly ports: Readonly<Record<string, number>>;
    readonly weight?: number;
  }[];
  const told = endpoints.map(({ address, ports, weight }) => {
    return `${address}:${Object.values(ports).join()}${weight === undefined ? '' : `*${weight}`}`;
  });
  return told.join(' ');
}
