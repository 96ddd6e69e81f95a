// Whoever can register at Eureka can say anything. istiod accepts all that we send, nothing leaves the bridge's scope, and
// every refusal is told under its code.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { ProblemCode } from '../../src/model/problem.ts';
import { needPeers } from './build/peers.ts';
import { Bridge, bridgeConfig } from './run/bridge.ts';
import { EurekaInstances, type Registration } from './run/eureka-instances.ts';
import { EurekaServer } from './run/eureka-server.ts';
import { Istiod, type StoredConfig } from './run/istiod.ts';
import { Teardown } from './run/teardown.ts';
import { waitFor } from './run/wait-for.ts';

const SECRET = 'hunter2-is-not-for-anybody';
const LONG_NAME = 'n'.repeat(300);

interface Hostile {
  readonly why: string;
  readonly registration: Registration;
  /** What the bridge has to say to it; undefined: it is published, made harmless. */
  readonly code: ProblemCode | undefined;
}

const HOSTILES: readonly Hostile[] = [
  hostile('a port above 65535', 'PORT_INVALID', { port: 70_000 }),
  hostile('a negative port', 'PORT_INVALID', { port: -1 }),
  hostile('an underscore in the name', undefined, { app: 'under_score' }),
  hostile('an IP address as name', undefined, { app: '10.1.2.3' }),
  hostile('a name of 300 characters', undefined, { app: LONG_NAME }),
  hostile('a name that is a property of every object', undefined, { app: '__proto__' }),
  hostile('a host of the cluster as name', undefined, { app: 'kubernetes.default.svc.cluster.local' }),
  hostile('a wildcard as name', undefined, { app: '*' }),
  hostile("the mesh's own labels", 'LABEL_RESERVED', { metadata: { 'istio.io/rev': 'evil', version: 'v1' } }),
  hostile('a label that is none', 'LABEL_INVALID', { metadata: { version: 'a b,c=d' } }),
  hostile('metadata named as a property of every object', undefined, {
    metadata: Object.fromEntries(['__proto__', 'constructor', 'toString'].map((key) => [key, 'x'])),
  }),
  hostile('a secret in metadata', 'METADATA_SECRET_DROPPED', { metadata: { 'user.password': SECRET } }),
  hostile('the loopback address', 'ADDRESS_RESERVED', { address: '127.0.0.1' }),
  hostile('the link-local address of cloud metadata', 'ADDRESS_RESERVED', { address: '169.254.169.254' }),
  hostile('a multicast address', 'ADDRESS_RESERVED', { address: '224.0.0.1' }),
  hostile('the unspecified address', 'INSTANCE_MALFORMED', { address: '0.0.0.0' }),
  hostile('an address of somebody else', 'ADDRESS_OUT_OF_SCOPE', { address: '10.9.9.9' }),
  hostile('a host name as address', 'ADDRESS_OUT_OF_SCOPE', { address: 'db.corp.example' }),
  hostile('an address that is none', 'ADDRESS_INVALID', { address: 'not an address' }),
  hostile('a weight that is none', 'WEIGHT_INVALID', { metadata: { weight: '1e9' } }),
];

describe('8. Hostile registrations stay inside', await needPeers('istiod', 'eureka'), () => {
  const teardown = new Teardown();
  let bridge: Bridge;
  let istiod: Istiod;
  let stored: readonly StoredConfig[];
  before(async () => {
    const eureka = await EurekaServer.start(teardown);
    const instances = EurekaInstances.start(teardown, [eureka.url], 30_000);
    await instances.register(...HOSTILES.map(({ registration }) => registration));
    await eureka.untilLists(HOSTILES.length);
    // As careless as a configuration can be: the label that selects an istiod revision is allowed through by name.
    bridge = await Bridge.start(teardown, bridgeConfig([eureka.url], { endpointLabels: ['version', 'istio.io/rev'] }));
    istiod = await Istiod.start(teardown, { sources: [bridge.address] });
    await istiod.untilReady();
    stored = [...(await istiod.serviceEntries()).values()];
  });
  after(() => teardown.run());

  test('istiod accepts all that it is sent', async () => {
    assert.deepEqual(await istiod.complaints(), []);
    assert.ok(stored.length >= HOSTILES.filter(({ code }) => code === undefined).length, 'what can be published is');
    assert.equal(await sentEntries(bridge), stored.length, 'everything that was sent is there');
  });

  test('nothing leaves the scope of the bridge', () => {
    for (const { metadata, spec } of stored) {
      assert.equal(metadata.namespace, 'payments', metadata.name);
      for (const host of spec['hosts'] as string[]) assert.match(host, /^[a-z0-9.-]+\.payments\.eureka$/);
      assert.deepEqual(spec['exportTo'], ['.']);
      for (const endpoint of (spec['endpoints'] ?? []) as { address: string; labels?: Record<string, string> }[]) {
        assert.match(endpoint.address, /^127\.0\.0\.(1[6-9]|2\d|3[01])$/, metadata.name);
        assert.deepEqual(
          Object.keys(endpoint.labels ?? {}).filter((key) => key.includes('istio.io/')),
          [],
        );
      }
    }
  });

  for (const { why, registration, code } of HOSTILES) {
    if (code === undefined) continue;
    test(`${why} is told as ${code}`, async () => {
      const codes = await bridge.problemCodes(registration.app.toUpperCase());
      assert.ok(codes.includes(code), `its problems are: ${codes.join(', ')}`);
      assert.ok((await bridge.metrics()).sum('footbridge_problems', { code }) > 0, 'and counted');
    });
  }

  test('no page, metric, log line or entry holds the secret', async () => {
    const pages = await Promise.all(
      ['config', 'registry', 'services', 'snapshot', 'clients', 'events'].map((page) => bridge.page(page)),
    );
    const everything = [...pages, ...bridge.process.lines, JSON.stringify(stored)];
    assert.deepEqual(
      everything.filter((text) => text.includes(SECRET)),
      [],
    );
  });
});

/** An application of one instance, by default one that nothing is wrong with. */
function hostile(why: string, code: ProblemCode | undefined, registration: Partial<Registration>): Hostile {
  const app = `hostile-${why.replaceAll(/[^a-z0-9]+/g, '-')}`;
  return { why, code, registration: { app, id: 'i-1', address: '127.0.0.17', port: 8080, ...registration } };
}

async function sentEntries(bridge: Bridge): Promise<number> {
  return waitFor(async () => {
    const [client] = await bridge.clients();
    return client?.types.find(({ typeUrl }) => typeUrl.endsWith('/ServiceEntry'))?.sent?.resources;
  }, 'istiod was sent its entries');
}
