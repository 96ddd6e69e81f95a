// `exportTo` decides which namespaces see a host: a gateway in istio-system reaches it when its namespace is named.
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { needPeers } from './build/peers.ts';
import { Bridge, bridgeConfig } from './run/bridge.ts';
import { countAnswers } from './run/call.ts';
import { Envoy, outboundCluster } from './run/envoy.ts';
import { EurekaInstances } from './run/eureka-instances.ts';
import { EurekaServer } from './run/eureka-server.ts';
import { freePort } from './run/free-port.ts';
import { runInstance } from './run/instances-of.ts';
import { Istiod } from './run/istiod.ts';
import { Teardown } from './run/teardown.ts';

const OPEN = 'books.payments.eureka';
const OWN = 'books.orders.eureka';

describe('9. A gateway sees what is exported to it', await needPeers('istiod', 'envoy', 'eureka'), () => {
  const teardown = new Teardown();
  after(() => teardown.run());

  test('a host that is exported to its namespace answers, one that is not is unknown', async () => {
    const eureka = await EurekaServer.start(teardown);
    const books = await runInstance(teardown, 'books', 0);
    await EurekaInstances.start(teardown, [eureka.url]).register(books.registration);
    await eureka.untilLists(1);
    const exported = await Bridge.start(teardown, bridgeConfig([eureka.url], { exportTo: ['.', 'istio-system'] }));
    const own = await Bridge.start(
      teardown,
      bridgeConfig([eureka.url], { namespace: 'orders', instance: 'own', exportTo: ['.'] }),
    );
    const port = await freePort();
    const handWritten = { gateway: gateway(port), open: routeTo(OPEN), own: routeTo(OWN) };
    const istiod = await Istiod.start(teardown, { sources: [exported.address, own.address], handWritten });
    await istiod.untilReady();
    const entries = await istiod.serviceEntries();
    assert.deepEqual([...entries.keys()].sort(), ['orders/own.eureka.books', 'payments/bridge.eureka.books']);

    const envoy = await Envoy.start(teardown, istiod, {
      role: 'gateway',
      namespace: 'istio-system',
      labels: { istio: 'ingressgateway' },
    });
    await envoy.untilHosts(OPEN, 80, [books.endpoint]);
    assert.deepEqual([...(await countAnswers({ kind: 'gateway', port }, OPEN, 20))], [['books-0', 20]]);

    assert.equal((await envoy.clusterNames()).includes(outboundCluster(OWN, 80)), false, 'no cluster for the other');
    assert.deepEqual([...(await countAnswers({ kind: 'gateway', port }, OWN, 20))], [['status 503', 20]]);
    assert.deepEqual(await istiod.complaints(), []);
  });
});

function gateway(port: number): object {
  return {
    apiVersion: 'networking.istio.io/v1',
    kind: 'Gateway',
    metadata: { name: 'ingress', namespace: 'istio-system' },
    spec: {
      selector: { istio: 'ingressgateway' },
      servers: [{ bind: '127.0.0.1', port: { number: port, name: 'http', protocol: 'HTTP' }, hosts: ['*'] }],
    },
  };
}

function routeTo(host: string): object {
  return {
    apiVersion: 'networking.istio.io/v1',
    kind: 'VirtualService',
    metadata: { name: host, namespace: 'istio-system' },
    spec: {
      hosts: [host],
      gateways: ['ingress'],
      http: [{ route: [{ destination: { host, port: { number: 80 } } }] }],
    },
  };
}
