// The rules where they will live: in a real Prometheus that scrapes real bridges. Every series that they ask for is there, they are
// silent while all is well, and what happens to the bridges makes the right ones fire. promtool tells the rest, to the second.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { createAuthority, type Issued } from '../../fakes/authority.ts';
import { FakeEureka } from '../../fakes/fake-eureka.ts';
import { FakeIstiod } from '../../fakes/fake-istiod.ts';
import { needPeers, needTools } from '../../peers/build/peers.ts';
import { PROMETHEUS } from '../../peers/build/tool.ts';
import { Bridge, bridgeConfig } from '../../peers/run/bridge.ts';
import { freePort } from '../../peers/run/free-port.ts';
import { scratchFolder } from '../../peers/run/scratch.ts';
import { Teardown } from '../../peers/run/teardown.ts';
import { untilHolds } from '../../peers/run/wait-for.ts';
import { Prometheus } from '../dashboards/prometheus.ts';
import { JOB } from './bridge.ts';
import { hastened } from './hastened.ts';
import { renderedGroups, withAlerts } from './rules.ts';
import { NAMESPACE } from './story.ts';

const STALE_SECONDS = 600;

interface Secret {
  readonly certificateFile: string;
  readonly keyFile: string;
}
const helm = await needPeers('helm4');
const tool = needTools(PROMETHEUS);

describe('In a real Prometheus over real bridges, a minute being a second,', helm.skip === false ? tool : helm, () => {
  const teardown = new Teardown();
  const groups = hastened(renderedGroups(withAlerts({ namespace: NAMESPACE })), STALE_SECONDS);
  let eureka: FakeEureka;
  let month: Issued;
  let threeDays: Issued;
  let secrets: readonly [Secret, Secret];
  let bridges: readonly [Bridge, Bridge];
  let istiod: FakeIstiod;
  let prometheus: Prometheus;

  before(async () => {
    eureka = await FakeEureka.start();
    teardown.add('eureka', () => eureka.close());
    eureka.registry.register('ORDERS', 'a', { ipAddr: '127.0.0.20' });
    const folder = scratchFolder(teardown, 'certificates');
    const authority = createAuthority(folder);
    month = authority.issue('month', ['DNS:bridge.payments.svc']);
    threeDays = authority.issue('three-days', ['DNS:bridge.payments.svc'], 3);
    secrets = [secretIn(folder, 'a'), secretIn(folder, 'b')];
    for (const secret of secrets) fill(secret, month);
    const plaintextPort = await freePort();
    const config = (secret: Secret, besideTls: object) =>
      bridgeConfig([eureka.url], { serve: { tls: { mode: 'tls', ...secret }, ...besideTls } });
    bridges = [
      await Bridge.start(teardown, config(secrets[0], { plaintextPort })),
      await Bridge.start(teardown, config(secrets[1], {})),
    ];
    istiod = new FakeIstiod({ address: `127.0.0.1:${plaintextPort}`, minor: 29 });
    teardown.add('istiod', () => istiod.close());
    const targets = bridges.map(({ adminPort }, index) => ({
      job: JOB,
      port: adminPort,
      labels: { namespace: NAMESPACE, pod: `bridge-${index}` },
    }));
    prometheus = await Prometheus.start(teardown, targets, { groups });
    await prometheus.until('sum(footbridge_clients_synced) == 1');
    await prometheus.scrapes(2);
  });
  after(() => teardown.run());

  /** Waits until these fire and no other, by name and severity. */
  async function fires(...expected: readonly string[]): Promise<void> {
    await untilHolds(
      async () => {
        const found = await prometheus.query('ALERTS{alertstate="firing"}');
        const told = found.map(({ labels }) => `${labels['alertname']} ${labels['severity']}`);
        assert.deepEqual([...new Set(told)].sort(), [...expected].sort());
      },
      `firing: ${expected.join(', ') || 'nothing'}`,
    );
  }

  test('every series that a rule asks for is there', async () => {
    const asked = groups.flatMap(({ rules }) => rules).flatMap(({ expr }) => expr.match(/\b\w+\{[^}]*\}/g) ?? []);
    assert.ok(asked.length > 30);
    for (const selector of new Set(asked)) {
      const found = await prometheus.query(selector);
      assert.ok(found.length >= 2, `of both bridges: ${selector}`);
    }
  });

  test('nothing fires while all is well, for longer than any alert waits', async () => {
    await prometheus.scrapes(20);
    await fires();
  });

  test('a registry that cannot be read makes itself known, and is forgotten when it is back', async () => {
    eureka.behave = () => ({ kind: 'answer', status: 503 });
    await fires('FootbridgeRegistryStale warning');
    eureka.behave = () => ({ kind: 'serve' });
    await fires();
  });

  test('a certificate that is not renewed makes itself known, and files that cannot be used do', async () => {
    fill(secrets[0], threeDays);
    writeFileSync(secrets[1].certificateFile, 'no certificate');
    await fires('FootbridgeCertificateExpiring warning', 'FootbridgeServeFilesRefused warning');
    for (const secret of secrets) fill(secret, month);
    await fires();
  });

  test('the last istiod is missed', async () => {
    istiod.close();
    await fires('FootbridgeNoClients critical');
  });

  test('one replica is down, then all are', async () => {
    await bridges[0].stop();
    await fires('FootbridgeDown warning', 'FootbridgeNoClients critical');
    await bridges[1].stop();
    await fires('FootbridgeDown warning', 'FootbridgeAllReplicasDown critical');
  });
});

function secretIn(folder: string, name: string): Secret {
  return { certificateFile: join(folder, `${name}.crt`), keyFile: join(folder, `${name}.key`) };
}

function fill({ certificateFile, keyFile }: Secret, { cert, key }: Issued): void {
  writeFileSync(certificateFile, cert);
  writeFileSync(keyFile, key);
}
