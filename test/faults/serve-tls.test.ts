import assert from 'node:assert/strict';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { connect as connectTcp } from 'node:net';
import { join } from 'node:path';
import { before, describe, type TestContext, test } from 'node:test';
import { connect as connectTls } from 'node:tls';
import { Client, credentials, type StatusObject } from '@grpc/grpc-js';
import { systemClock } from '../../src/lib/clock.ts';
import { readConfigSource } from '../../src/probe/config-source.ts';
import { readServingCertificate } from '../../src/serve/access/serving-certificate.ts';
import { createTlsListener } from '../../src/serve/access/tls-listener.ts';
import { adsDefinition } from '../../src/serve/ads-service.ts';
import type { ServeOptions } from '../../src/serve/options.ts';
import type { Snapshot } from '../../src/snapshot/snapshot.ts';
import { type Authority, createAuthority, type Issued } from '../fakes/authority.ts';
import { type ServedBridge, serveSnapshot } from '../fakes/bridge.ts';
import type { LogLine } from '../fakes/recording-log.ts';
import { recordingLog } from '../fakes/recording-log.ts';
import { snapshotOf } from '../fakes/resources.ts';
import { tempDir } from '../fakes/temp-dir.ts';
import { until } from '../fakes/until.ts';

const SERVER_NAMES = ['DNS:bridge.payments.svc', 'IP:127.0.0.1'];
const ISTIOD = 'spiffe://cluster.local/ns/istio-system/sa/istiod';
const METHOD = adsDefinition.StreamAggregatedResources;

/** A bridge that shows a certificate of `authority`, out of files that a test may replace. */
interface Scene {
  readonly bridge: ServedBridge;
  readonly lines: LogLine[];
  /** Reason and sentence of everybody who was turned away. */
  readonly rejected: string[];
  readonly filesRefused: string[];
  readonly waited: string[];
  /** Puts other content into the files of the certificate. */
  renew(issued: Partial<Record<'certFile' | 'keyFile', string>>): void;
  writeList(text: string): void;
}

interface About {
  readonly mode?: 'tls' | 'mtls';
  readonly list?: string;
  readonly options?: Partial<ServeOptions>;
  readonly snapshot?: Snapshot;
  readonly issued?: Issued;
  readonly minVersion?: '1.2' | '1.3';
}

let authority: Authority;
let stranger: Authority;
let server: Issued;
let istiod: Issued;
let other: Issued;

before((t) => {
  const directory = tempDir(t as TestContext);
  authority = createAuthority(directory);
  stranger = createAuthority(directory, 'stranger');
  server = authority.issue('server', SERVER_NAMES);
  istiod = authority.issue('istiod', [`URI:${ISTIOD}`, 'DNS:istiod.example']);
  other = authority.issue('other', ['URI:spiffe://cluster.local/ns/shop/sa/web']);
});

async function sceneOf(t: TestContext, about: About = {}): Promise<Scene> {
  const directory = tempDir(t);
  const [certificateFile, keyFile, accessListFile] = ['tls.crt', 'tls.key', 'list.yaml'].map((name) =>
    join(directory, name),
  );
  assert.ok(certificateFile !== undefined && keyFile !== undefined && accessListFile !== undefined);
  const renew: Scene['renew'] = (files) => {
    if (files.certFile !== undefined) copyFileSync(files.certFile, certificateFile);
    if (files.keyFile !== undefined) copyFileSync(files.keyFile, keyFile);
  };
  const writeList = (text: string) => writeFileSync(accessListFile, text);
  renew(about.issued ?? server);
  if (about.list !== undefined) writeList(about.list);
  const lines: LogLine[] = [];
  const scene = { lines, rejected: [] as string[], filesRefused: [] as string[], waited: [] as string[] };
  const clientCaFile = about.mode === 'mtls' ? authority.caFile : undefined;
  const bridge = await serveSnapshot(
    about.snapshot ?? snapshotOf(['orders']),
    {
      access: {
        tls: { certificateFile, keyFile, clientCaFile, minVersion: about.minVersion ?? '1.2' },
        accessListFile: about.list === undefined ? undefined : accessListFile,
      },
      ...about.options,
    },
    {
      rejected: (_peer, { reason, why }) => void scene.rejected.push(`${reason}: ${why}`),
      filesRefused: (files, why) => void scene.filesRefused.push(`${files}: ${why}`),
      waited: (limit) => void scene.waited.push(limit),
    },
    recordingLog(lines),
  );
  t.after(() => bridge.server.close());
  return { ...scene, bridge, renew, writeList };
}

interface ClientAbout {
  readonly address: string;
  readonly ca?: Authority;
  readonly shows?: Issued;
  readonly typeUrls?: readonly string[];
}

/** A stream that asks for the entries, as a Pilot with mutual TLS would. */
class StreamClient {
  readonly received: string[] = [];
  status: StatusObject | undefined;
  readonly #client: Client;
  readonly #call;

  constructor(t: TestContext, { address, ca, shows, typeUrls }: ClientAbout) {
    const channel =
      ca === undefined ? credentials.createInsecure() : credentials.createSsl(ca.ca, shows?.key, shows?.cert);
    this.#client = new Client(address, channel, {
      'grpc.use_local_subchannel_pool': 1,
      'grpc.ssl_target_name_override': 'bridge.payments.svc',
    });
    this.#call = this.#client.makeBidiStreamRequest(METHOD.path, METHOD.requestSerialize, METHOD.responseDeserialize);
    this.#call.on('data', ({ typeUrl, versionInfo, nonce, resources }) => {
      this.received.push(`${typeUrl} ${resources?.length}`);
      this.#call.write({ typeUrl, versionInfo, responseNonce: nonce });
    });
    this.#call.on('status', (status: StatusObject) => {
      this.status = status;
    });
    this.#call.on('error', () => {});
    for (const typeUrl of typeUrls ?? ['networking.istio.io/v1/ServiceEntry']) this.ask(typeUrl);
    t.after(() => this.close());
  }

  ask(typeUrl: string): void {
    this.#call.write({ typeUrl, node: { id: 'pilot' } });
  }

  close(): void {
    this.#call.cancel();
    this.#client.close();
  }
}

async function rejectionOf(t: TestContext, about: ClientAbout): Promise<StatusObject> {
  const client = new StreamClient(t, about);
  await until(() => client.status !== undefined, 'the end of the stream');
  assert.ok(client.status !== undefined);
  return client.status;
}

/** The serial number of the certificate that a new connection is shown. */
function shownSerial(port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connectTls({ port, host: '127.0.0.1', ca: authority.ca, ALPNProtocols: ['h2'] }, () => {
      resolve(socket.getPeerCertificate().serialNumber);
      socket.destroy();
    });
    socket.on('error', reject);
  });
}

const read = (address: string, caPem?: string, deadlineMs = 5_000) =>
  readConfigSource({ address, name: 'test', tls: caPem === undefined ? undefined : { caPem } }, deadlineMs, {
    clock: systemClock,
    random: Math.random,
  });

describe('a bridge that speaks TLS', () => {
  test('is read by who trusts its CA, and tells how it is served', async (t) => {
    const { bridge } = await sceneOf(t);
    const answers = await read(bridge.address, authority.ca.toString());
    assert.equal([...answers.values()][0]?.resources.size, 1);
    const { tls, accessList, refused } = bridge.server.access();
    assert.deepEqual([tls?.isMutual, tls?.names, accessList, refused], [false, ['bridge.payments.svc'], undefined, []]);
    assert.ok((tls?.untilMs ?? 0) > Date.now() + 86_400_000);
  });

  test('is refused by who trusts another CA, and says so', async (t) => {
    const { bridge, rejected } = await sceneOf(t);
    await assert.rejects(read(bridge.address, stranger.ca.toString(), 500), /certificate/);
    await until(() => rejected.length > 0, 'the reason');
    // A client on Go says why by an alert; one on Node just goes.
    assert.match(rejected[0] ?? '', /^handshake: it went away in the middle .* does not trust our certificate/);
  });

  test('is refused by who expects a name that its certificate does not have', async (t) => {
    const { bridge } = await sceneOf(t);
    const readAs = (subjectAltNames: readonly string[]) =>
      readConfigSource(
        { address: bridge.address, name: 'test', tls: { caPem: authority.ca.toString(), subjectAltNames } },
        1_000,
        { clock: systemClock, random: Math.random },
      );
    await readAs(['other.example', 'bridge.payments.svc']);
    await assert.rejects(readAs(['payments.svc']), /has none of the names payments\.svc/);
  });

  test('tells a client in plaintext apart', async (t) => {
    const { bridge, rejected } = await sceneOf(t);
    await rejectionOf(t, { address: bridge.address });
    await until(() => rejected.length > 0, 'the reason');
    assert.match(rejected[0] ?? '', /^handshake: it speaks no TLS/);
  });

  test('does not count a port scan, nor serves who knows no HTTP/2', async (t) => {
    const { bridge, rejected } = await sceneOf(t);
    await new Promise<void>((resolve) => {
      const socket = connectTcp(bridge.port, '127.0.0.1', () => socket.end());
      socket.on('close', () => resolve());
      socket.resume();
    });
    await new Promise<void>((resolve) => {
      const socket = connectTls({ port: bridge.port, host: '127.0.0.1', ca: authority.ca });
      socket.on('error', () => {});
      socket.on('close', () => resolve());
    });
    await until(() => rejected.length > 0, 'the reason');
    assert.deepEqual(rejected, ['handshake: it does not offer HTTP/2 (ERR_SSL_NO_APPLICATION_PROTOCOL)']);
  });

  test('speaks no TLS older than it is told to', async (t) => {
    const { bridge, rejected } = await sceneOf(t, { minVersion: '1.3' });
    const code = await new Promise((resolve) => {
      const about = { port: bridge.port, host: '127.0.0.1', ca: authority.ca, ALPNProtocols: ['h2'] };
      connectTls({ ...about, maxVersion: 'TLSv1.2' }).on('error', (error) => resolve('code' in error && error.code));
    });
    assert.equal(code, 'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION');
    await until(() => rejected.length > 0, 'the reason');
    assert.match(rejected[0] ?? '', /`serve.tls.minVersion`/);
  });

  test('has a second port in plaintext where it is told to', async (t) => {
    const { bridge } = await sceneOf(t, { options: { plaintextPort: 0 } });
    assert.ok(bridge.plaintextPort !== undefined);
    const answers = await read(`127.0.0.1:${bridge.plaintextPort}`);
    assert.equal([...answers.values()][0]?.resources.size, 1);
    await read(bridge.address, authority.ca.toString());
  });

  test('tells of each client by which of both it came', async (t) => {
    const { bridge } = await sceneOf(t, { options: { plaintextPort: 0 } });
    for (const about of [
      { address: bridge.address, ca: authority },
      { address: `127.0.0.1:${bridge.plaintextPort}` },
    ]) {
      const client = new StreamClient(t, about);
      await until(() => client.received.length === 1, 'an answer');
    }
    assert.deepEqual(
      bridge.server.clients().map(({ isEncrypted }) => isEncrypted),
      [true, false],
    );
  });

  test('does not start with a key of another certificate, and names both files but no content', async (t) => {
    const mixed = { ...server, keyFile: istiod.keyFile };
    await assert.rejects(
      sceneOf(t, { issued: mixed }),
      /The key in \S+tls.key does not belong to the certificate in \S+tls.crt$/,
    );
  });

  test('starts with a certificate that has expired, and says so: its second port may be what istiod has', async (t) => {
    const { lines } = await sceneOf(t, { issued: authority.issue('late', SERVER_NAMES, -1) });
    const line = lines.find(({ event }) => event === 'serve.certificate_unusable');
    assert.match(String(line?.fields['why']), /tls.crt has expired on /);
  });

  test('ends everything at once, handshakes too', async (t) => {
    const { bridge } = await sceneOf(t);
    const client = new StreamClient(t, { address: bridge.address, ca: authority });
    await until(() => client.received.length === 1, 'an answer');
    const silent = connectTcp(bridge.port, '127.0.0.1');
    silent.on('error', () => {});
    const silentEnded = new Promise<void>((resolve) => silent.on('close', () => resolve()));
    await new Promise<void>((resolve) => silent.on('connect', () => resolve()));
    bridge.server.close();
    silent.resume();
    await silentEnded;
    await until(() => client.status !== undefined, 'the end of the stream');
  });

  test('cuts who opens a connection and says nothing, or stops in the middle of the handshake', async (t) => {
    const files = { certificateFile: server.certFile, keyFile: server.keyFile, clientCaFile: undefined };
    const listener = createTlsListener({
      certificate: await readServingCertificate(files),
      minVersion: '1.2',
      handshakeDeadlineMs: 50,
      onConnection: () => assert.fail('there is no handshake'),
      onRefused: () => {},
    });
    t.after(() => listener.close());
    const port = await listener.listen('127.0.0.1', 0);
    for (const firstBytes of ['', '\x16\x03\x01\x02\x00\x01']) {
      const socket = connectTcp(port, '127.0.0.1');
      socket.on('error', () => {});
      socket.resume();
      if (firstBytes !== '') socket.write(firstBytes, 'latin1');
      await new Promise<void>((resolve) => socket.on('close', () => resolve()));
    }
  });

  test('leaves in order: streams are told, then nothing listens', async (t) => {
    const { bridge } = await sceneOf(t);
    const client = new StreamClient(t, { address: bridge.address, ca: authority });
    await until(() => client.received.length === 1, 'an answer');
    assert.equal(await bridge.server.drain(), 'clean');
    assert.equal(client.status?.details, 'this replica of the bridge is leaving');
    await assert.rejects(shownSerial(bridge.port), /ECONNREFUSED/);
  });
});

describe('a certificate that is renewed', () => {
  test('is shown to new connections, and no stream is lost', async (t) => {
    const scene = await sceneOf(t);
    const client = new StreamClient(t, { address: scene.bridge.address, ca: authority });
    await until(() => client.received.length === 1, 'an answer');
    const former = await shownSerial(scene.bridge.port);
    scene.renew(authority.issue('renewed', SERVER_NAMES));
    await until(() => scene.lines.some(({ event }) => event === 'serve.certificate_renewed'), 'the renewal');
    assert.notEqual(await shownSerial(scene.bridge.port), former);
    scene.bridge.store.publish(snapshotOf(['orders', 'stock']));
    await until(() => client.received.length === 2, 'a push over the old connection');
    assert.equal(client.status, undefined);
  });

  test('by half is not used: the former one stays, and it says so until the other half is there', async (t) => {
    const { renew, bridge, filesRefused, lines } = await sceneOf(t);
    const former = await shownSerial(bridge.port);
    const renewed = authority.issue('halves', SERVER_NAMES);
    renew({ certFile: renewed.certFile });
    await until(() => filesRefused.length > 0, 'the refusal');
    assert.match(filesRefused[0] ?? '', /^certificate: The key in .* does not belong/);
    assert.match(bridge.server.access().refused[0]?.why ?? '', /does not belong to the certificate in .*\.$/);
    assert.equal(await shownSerial(bridge.port), former);
    renew({ keyFile: renewed.keyFile });
    await until(() => lines.some(({ event }) => event === 'serve.certificate_renewed'), 'the renewal');
    assert.deepEqual(bridge.server.access().refused, []);
    assert.notEqual(await shownSerial(bridge.port), former);
  });

  test('by one that has expired is not used', async (t) => {
    const { renew, bridge, filesRefused } = await sceneOf(t);
    const former = await shownSerial(bridge.port);
    renew(authority.issue('expired', SERVER_NAMES, -1));
    await until(() => filesRefused.some((why) => why.includes('has expired')), 'the refusal');
    assert.equal(await shownSerial(bridge.port), former);
  });

  test('to what OpenSSL refuses is not used, and ends nothing', async (t) => {
    const { renew, bridge, filesRefused } = await sceneOf(t);
    const former = await shownSerial(bridge.port);
    const cut = join(tempDir(t), 'cut.crt');
    const { certFile } = authority.issue('cut', SERVER_NAMES);
    // The chain of an issuer's that was written half.
    writeFileSync(cut, `${readFileSync(server.certFile, 'utf8')}${readFileSync(certFile, 'utf8').slice(0, 200)}`);
    renew({ certFile: cut });
    await until(() => filesRefused.some((why) => why.includes('OpenSSL refuses what')), 'the refusal');
    assert.equal(await shownSerial(bridge.port), former);
  });

  test('never shows its key, in a log line or in what is told', async (t) => {
    const { renew, bridge, lines, filesRefused } = await sceneOf(t);
    renew({ keyFile: istiod.keyFile });
    await until(() => filesRefused.length > 0, 'the refusal');
    const secret = readFileSync(server.keyFile, 'utf8').split('\n')[1] ?? '';
    const foreign = readFileSync(istiod.keyFile, 'utf8').split('\n')[1] ?? '';
    const told = JSON.stringify([lines, filesRefused, bridge.server.access()]);
    assert.ok(secret.length > 20 && !told.includes(secret) && !told.includes(foreign));
  });
});

describe('mutual TLS', () => {
  const mtls = { mode: 'mtls' } as const;

  test('serves a client with a certificate of its CA, and knows its names', async (t) => {
    const { bridge } = await sceneOf(t, mtls);
    const client = new StreamClient(t, { address: bridge.address, ca: authority, shows: istiod });
    await until(() => client.received.length === 1, 'an answer');
    assert.deepEqual(bridge.server.clients()[0]?.certificateNames, [ISTIOD, 'istiod.example']);
  });

  for (const [who, issue, why] of [
    ['without a certificate', () => undefined, /^handshake: it shows no client certificate/],
    [
      'with one of another CA',
      () => stranger.issue('them', [`URI:${ISTIOD}`]),
      /^handshake: its certificate is signed by none/,
    ],
    [
      'with one that has expired',
      () => authority.issue('old', [`URI:${ISTIOD}`], -1),
      /^handshake: its certificate has expired/,
    ],
  ] as const) {
    test(`turns away a client ${who}, with the reason and its address`, async (t) => {
      const { bridge, rejected, lines } = await sceneOf(t, mtls);
      const shows = issue();
      const { code } = await rejectionOf(t, { address: bridge.address, ca: authority, ...(shows && { shows }) });
      assert.equal(code, 14);
      await until(() => rejected.length > 0, 'the reason');
      assert.match(rejected[0] ?? '', why);
      const line = lines.find(({ event }) => event === 'client.rejected');
      assert.match(String(line?.fields['peer']), /^127\.0\.0\.1:\d+$/);
      assert.equal(bridge.server.clients().length, 0);
    });
  }
});

describe('an access list', () => {
  const allowed = { mode: 'mtls', list: `allow: ['${ISTIOD}']` } as const;

  test('lets in whom it names and turns away the others, who are told', async (t) => {
    const { bridge, rejected } = await sceneOf(t, allowed);
    const client = new StreamClient(t, { address: bridge.address, ca: authority, shows: istiod });
    await until(() => client.received.length === 1, 'an answer');
    const { code, details } = await rejectionOf(t, { address: bridge.address, ca: authority, shows: other });
    assert.deepEqual([code, details], [7, 'the access list of this bridge does not let you in']);
    assert.deepEqual(rejected, ['denied: the access list does not let spiffe://cluster.local/ns/shop/sa/web in']);
    assert.deepEqual(bridge.server.access().accessList, { allow: 1, deny: 0 });
  });

  test('turns away who has no name, also on the port in plaintext', async (t) => {
    const { bridge, rejected } = await sceneOf(t, { ...allowed, options: { plaintextPort: 0 } });
    const { code } = await rejectionOf(t, { address: `127.0.0.1:${bridge.plaintextPort}` });
    assert.equal(code, 16);
    assert.match(rejected[0] ?? '', /^nameless: /);
  });

  test('is said once in a minute however often somebody tries, and counted each time', async (t) => {
    const { bridge, rejected, lines } = await sceneOf(t, allowed);
    const five = Array.from({ length: 5 }, () => ({ address: bridge.address, ca: authority, shows: other }));
    await Promise.all(five.map((about) => rejectionOf(t, about)));
    assert.equal(rejected.length, 5);
    assert.equal(lines.filter(({ event }) => event === 'client.rejected').length, 1);
  });

  test('that changes ends the streams of those whom it no longer lets in, and of nobody else', async (t) => {
    const { bridge, writeList } = await sceneOf(t, { mode: 'mtls', list: "allow: ['spiffe://*']" });
    const stays = new StreamClient(t, { address: bridge.address, ca: authority, shows: istiod });
    const goes = new StreamClient(t, { address: bridge.address, ca: authority, shows: other });
    await until(() => stays.received.length + goes.received.length === 2, 'both answers');
    writeList("allow: ['spiffe://*']\ndeny: ['spiffe://cluster.local/ns/shop/*']");
    await until(() => goes.status !== undefined, 'the end of the denied one');
    assert.deepEqual([goes.status?.code, stays.status], [7, undefined]);
    assert.match(goes.status?.details ?? '', /no longer lets you in/);
    bridge.store.publish(snapshotOf(['orders', 'stock']));
    await until(() => stays.received.length === 2, 'a push to the other');
  });

  test('that changes to nonsense is not used: the former one stays', async (t) => {
    const { bridge, writeList, filesRefused } = await sceneOf(t, allowed);
    writeList('alow: []');
    await until(() => filesRefused.length > 0, 'the refusal');
    assert.match(filesRefused[0] ?? '', /^access-list: File .*list.yaml is no access list: `alow` is no key/);
    const { code } = await rejectionOf(t, { address: bridge.address, ca: authority, shows: other });
    assert.equal(code, 7);
  });

  test('that cannot be read at the start stops the start: nobody is let in by mistake', async (t) => {
    await assert.rejects(sceneOf(t, { mode: 'mtls', list: '{}' }), /is no access list: it names nobody/);
  });
});

describe('rate limits', () => {
  const limits = (newStreams: number, requests: number): Partial<ServeOptions> => ({
    rateLimits: {
      newStreams: { perSecond: newStreams, burst: 1 },
      requests: { perSecond: requests, burst: 1 },
    },
  });
  const MANY = Array.from(
    { length: 30 },
    (_, index) => `networking.istio.io/v1/${index === 0 ? 'ServiceEntry' : `Kind${index}`}`,
  );

  test('let a stream wait for its turn, and refuse none', async (t) => {
    const { bridge, waited } = await sceneOf(t, { options: limits(20, 0) });
    const clients = Array.from({ length: 3 }, () => new StreamClient(t, { address: bridge.address, ca: authority }));
    await until(() => clients.every(({ received }) => received.length === 1), 'all answers');
    assert.deepEqual(waited, ['streams', 'streams']);
  });

  test('never let a start wait: all subscriptions and all acknowledgements pass freely', async (t) => {
    const { bridge, waited } = await sceneOf(t, { options: limits(0, 1) });
    const client = new StreamClient(t, { address: bridge.address, ca: authority, typeUrls: MANY });
    await until(() => client.received.length === MANY.length, 'all answers');
    for (let round = 1; round <= 5; round++) {
      bridge.store.publish(snapshotOf([`orders=${round}`]));
      await until(() => client.received.length === MANY.length + round, 'the change');
    }
    assert.deepEqual(waited, []);
  });

  test('let requests wait that nobody needs, and answer them in the end', async (t) => {
    const { bridge, waited } = await sceneOf(t, { options: limits(0, 20) });
    const client = new StreamClient(t, { address: bridge.address, ca: authority });
    await until(() => client.received.length === 1, 'the first answer');
    for (let count = 2; count <= 5; count++) {
      client.ask('networking.istio.io/v1/ServiceEntry');
      await until(() => client.received.length === count, 'the same again');
    }
    assert.ok(waited.length >= 3 && waited.every((limit) => limit === 'requests'));
  });
});
