// What stands around a registry and a bridge, and fails: the name of a server, its certificate, a second server that has not heard
// of everything. No entry is lost, callers are served, and the operator is told.
import { hostname } from 'node:os';
import { before, describe, test } from 'node:test';
import { needPeers, needTools } from './build/peers.ts';
import { estateAt } from './run/dubbo-estate.ts';
import { DubboScene, LONG_SESSION, LONG_SESSIONS } from './run/dubbo-scene.ts';
import { EurekaInstances } from './run/eureka-instances.ts';
import { EurekaScene } from './run/eureka-scene.ts';
import { EurekaServer } from './run/eureka-server.ts';
import { FaultProxy } from './run/fault-proxy.ts';
import { fleet } from './run/fleet.ts';
import { forgetName, MOUNT_NAMESPACE, withOwnHosts } from './run/own-hosts.ts';
import { scenes } from './run/scenes.ts';
import { sessionEvents } from './run/session-events.ts';
import { type ShownCertificates, showCertificates } from './run/shown-certificates.ts';
import { waitFor } from './run/wait-for.ts';
import { ZooKeeperServer } from './run/zookeeper-server.ts';

const [EUREKA, ZOOKEEPER] = ['eureka.example', 'zookeeper.example'] as const;
const HOSTS = `127.0.0.1 localhost ${hostname()}\n127.0.0.1 ${EUREKA}\n127.0.0.1 ${ZOOKEEPER}\n`;
const ESTATE = fleet(9, 2);

const peers = await needPeers('istiod', 'envoy', 'eureka', 'zookeeper');
const tools = needTools(MOUNT_NAMESPACE);

withOwnHosts(import.meta.filename, peers.skip === false ? tools : peers, HOSTS, () =>
  describe('39. Nothing around a registry deletes an entry', { concurrency: 2 }, () => {
    scenes('a Eureka server', (teardown) => {
      let scene: EurekaScene;
      let shown: ShownCertificates;
      before(async () => {
        const eureka = await EurekaServer.start(teardown);
        shown = await showCertificates(teardown, eureka.port, EUREKA);
        const urls = [`https://${EUREKA}:${shown.front.port}/eureka`];
        scene = await EurekaScene.start(teardown, eureka, { estate: ESTATE, urls, registry: { tls: shown.tls } });
      });

      test('whose name nobody finds', () =>
        scene.survives(async () => {
          const remember = forgetName(EUREKA);
          shown.front.cut();
          await scene.untilTold({ kind: 'error', code: 'EUREKA_UNREACHABLE' });
          await scene.bridge.untilPolled(2);
          remember();
        }));

      test('whose certificate has expired, until it shows a new one', () =>
        scene.survives(async () => {
          shown.front.show(shown.expired);
          await scene.untilTold({ kind: 'error', code: 'EUREKA_TLS' });
          await scene.bridge.untilPolled(2);
          shown.front.show(shown.renewed);
        }));

      test('whose certificate is signed by another CA, until the bridge has that one too', () =>
        scene.survives(async () => {
          shown.front.show(shown.ofOther);
          await scene.untilTold({ kind: 'error', code: 'EUREKA_TLS' });
          await scene.bridge.untilPolled(2);
          shown.trustOther();
        }));
    });

    scenes('a ZooKeeper server', (teardown) => {
      let scene: DubboScene;
      let shown: ShownCertificates;
      before(async () => {
        const zookeeper = await ZooKeeperServer.start(teardown, LONG_SESSIONS);
        shown = await showCertificates(teardown, zookeeper.port, ZOOKEEPER);
        const estate = await estateAt(zookeeper.address);
        const registry = { ...LONG_SESSION, tls: { enabled: true, ...shown.tls } };
        scene = await DubboScene.start(teardown, estate, [`${ZOOKEEPER}:${shown.front.port}`], registry);
        await scene.untilSettled();
      });

      /** The session is suspended, the operator is told why, and meanwhile the registry changes. */
      async function untilTold(code: string): Promise<void> {
        const toldBefore = sessionEvents(scene.bridge.process.lines).length;
        shown.front.cut();
        await scene.estate.replaceInstances(2);
        await waitFor(() => {
          const events = sessionEvents(scene.bridge.process.lines).slice(toldBefore);
          return events.some((event) => event.code === code) && scene.states.at(-1) === 'suspended';
        }, `it is told: ${code}`);
      }

      test('whose name nobody finds: the session waits for it', () =>
        scene.survives(['suspended', 'reconnected'], async () => {
          const remember = forgetName(ZOOKEEPER);
          await untilTold('ZOOKEEPER_UNREACHABLE');
          remember();
        }));

      test('whose certificate has expired: the session waits for a new one', () =>
        scene.survives(['suspended', 'reconnected'], async () => {
          shown.front.show(shown.expired);
          await untilTold('ZOOKEEPER_TLS');
          shown.front.show(shown.renewed);
        }));

      test('whose certificate is signed by another CA: the session waits until the bridge has that one too', () =>
        scene.survives(['suspended', 'reconnected'], async () => {
          shown.front.show(shown.ofOther);
          await untilTold('ZOOKEEPER_TLS');
          shown.trustOther();
        }));
    });

    scenes('two Eureka servers that do not hear of each other', (teardown) => {
      let first: FaultProxy;
      let scene: EurekaScene;
      before(async () => {
        const [whole, behind] = await Promise.all([EurekaServer.start(teardown), EurekaServer.start(teardown)]);
        const known = ESTATE.slice(ESTATE.length / 2);
        await EurekaInstances.start(teardown, [behind.url]).register(...known);
        await behind.untilLists(known.length);
        first = await FaultProxy.start(teardown, whole.port);
        const second = await FaultProxy.start(teardown, behind.port);
        // The bridge has an order of its own; so it begins with the one that has everything.
        second.setMode('refuse');
        const [urls, registry] = [[first.url, second.url], { holdFor: '15s' }];
        scene = await EurekaScene.start(teardown, whole, { estate: ESTATE, urls, registry });
        second.setMode('pass');
      });

      test('that lacks half of the instances: read once, it is not believed, as the other one answers again', () =>
        scene.survives(async () => {
          const toldBefore = scene.bridge.process.lines.length;
          first.setMode((outgoing) => {
            first.setMode('pass');
            outgoing.writeHead(503).end();
          });
          await waitFor(
            () => scene.bridge.process.lines.slice(toldBefore).some((line) => line.includes('"guard.held"')),
            'it was held',
          );
        }));
    });
  }),
);
