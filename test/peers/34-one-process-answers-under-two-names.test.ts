// What two entries may share and what not, seen in a real istiod and Envoy: ADR 0018 stands on this. One process can be the
// endpoint of two services. An address and port that callers dial has one owner: of two, istiod gives all to one, in silence.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { needPeers } from './build/peers.ts';
import { Bridge, bridgeConfig } from './run/bridge.ts';
import { countAnswers } from './run/call.ts';
import { Envoy, outboundCluster } from './run/envoy.ts';
import { EurekaInstances } from './run/eureka-instances.ts';
import { EurekaServer } from './run/eureka-server.ts';
import { type RunningInstance, runInstance } from './run/instances-of.ts';
import { Istiod } from './run/istiod.ts';
import { Teardown } from './run/teardown.ts';

const OLD_NAME = 'pay-ledger.payments.eureka';
const NEW_NAME = 'pay-books.payments.eureka';

describe('34. One process answers under two names', await needPeers('istiod', 'envoy', 'eureka'), () => {
  const teardown = new Teardown();
  let process: RunningInstance;
  let eureka: EurekaServer;
  before(async () => {
    eureka = await EurekaServer.start(teardown);
    process = await runInstance(teardown, 'pay-ledger', 0);
    const { registration } = process;
    const instances = EurekaInstances.start(teardown, [eureka.url]);
    await instances.register(registration, { ...registration, app: 'pay-books', id: 'pay-books-0' });
    await eureka.untilLists(2);
  });
  after(() => teardown.run());

  test('istiod holds both entries, both clusters have the endpoint, and both names are answered', async () => {
    const bridge = await Bridge.start(teardown, bridgeConfig([eureka.url]));
    const istiod = await Istiod.start(teardown, { sources: [bridge.address] });
    await istiod.untilReady();
    assert.deepEqual(await bridge.problemCodes('PAY-LEDGER'), []);
    assert.deepEqual(await bridge.problemCodes('PAY-BOOKS'), []);
    const envoy = await Envoy.start(teardown, istiod);
    for (const name of [OLD_NAME, NEW_NAME]) {
      await envoy.untilHosts(name, 80, [process.endpoint]);
      const answers = await countAnswers({ kind: 'proxy', port: istiod.ports.httpProxy }, name, 20);
      assert.deepEqual([...answers], [['pay-ledger-0', 20]], name);
    }
    assert.deepEqual(await istiod.complaints(), []);
  });

  test('of two entries with one address and port, one gets a listener that leads to it alone, and nothing says so', async () => {
    const bridge = await Bridge.start(teardown, bridgeConfig([eureka.url]));
    const handWritten = { first: atOneAddress('first', process), second: atOneAddress('second', process) };
    const istiod = await Istiod.start(teardown, { sources: [bridge.address], handWritten });
    await istiod.untilReady();
    const envoy = await Envoy.start(teardown, istiod);
    const clusters = await envoy.clusterNames();
    for (const name of ['first', 'second'])
      assert.ok(clusters.includes(outboundCluster(`${name}.by.hand`, 9000)), `${name} has its cluster`);
    const dump = JSON.stringify(await envoy.configDump());
    assert.ok(dump.includes('"name":"241.255.0.9_9000"'), 'the address has its listener');
    const routed = ['first', 'second'].filter((name) =>
      dump.includes(`"cluster":"${outboundCluster(`${name}.by.hand`, 9000)}"`),
    );
    assert.deepEqual(routed, ['first'], 'which leads to one of them');
    assert.deepEqual(await istiod.complaints(), []);
  });
});

function atOneAddress(name: string, { backend }: RunningInstance): object {
  return {
    apiVersion: 'networking.istio.io/v1',
    kind: 'ServiceEntry',
    metadata: { name, namespace: 'payments', creationTimestamp: '2020-01-01T00:00:00Z' },
    spec: {
      hosts: [`${name}.by.hand`],
      addresses: ['241.255.0.9'],
      location: 'MESH_INTERNAL',
      resolution: 'STATIC',
      ports: [{ number: 9000, name: 'tcp', protocol: 'TCP' }],
      endpoints: [{ address: backend.address, ports: { tcp: backend.port } }],
      exportTo: ['.'],
    },
  };
}
