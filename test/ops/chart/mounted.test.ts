// What the pods find in their volume serves TLS, is verified by the check, and is followed: the program itself, with the very arguments of
// both pods, over a volume that changes as kubelet changes it.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { connect } from 'node:tls';
import { parse, stringify } from 'yaml';
import { systemClock } from '../../../src/lib/clock.ts';
import { readConfigSource } from '../../../src/probe/config-source.ts';
import { type Authority, createAuthority, type Issued } from '../../fakes/authority.ts';
import { needPeers } from '../../peers/build/peers.ts';
import { BUNDLE } from '../../peers/run/bridge.ts';
import { Child } from '../../peers/run/child.ts';
import { freePort } from '../../peers/run/free-port.ts';
import { get } from '../../peers/run/get.ts';
import { scratchFolder } from '../../peers/run/scratch.ts';
import { Teardown } from '../../peers/run/teardown.ts';
import { waitFor } from '../../peers/run/wait-for.ts';
import { judge } from '../check/run-check.ts';
import { render } from './helm.ts';
import { MountedVolume, type Objects } from './mounted-volume.ts';
import { at, only } from './pick.ts';

const SERVER = ['DNS:footbridge.payments.svc', 'IP:127.0.0.1'];
const SERVICES = 'services: [{ name: mainframe, instances: [{ address: 10.8.0.5, port: 8080 }] }]\n';

describe('The pods of the chart with TLS', await needPeers('helm4'), () => {
  const teardown = new Teardown();
  after(() => teardown.run());
  let authority: Authority;
  let first: Issued;
  let renewed: Issued;

  before(() => {
    authority = createAuthority(scratchFolder(teardown, 'authority'));
    first = authority.issue('first', SERVER);
    renewed = authority.issue('renewed', SERVER);
  });

  const secretOf = ({ cert, key }: Issued) => ({
    'secret/bridge': { 'tls.crt': `${cert}`, 'tls.key': `${key}`, 'ca.crt': `${authority.ca}` },
  });

  test('show the certificate of the Secret, which the check verifies, and the renewed one without a restart', async () => {
    const pod = await Pod.start(teardown, { tls: { mode: 'tls' } }, secretOf(first));
    const { code, checks, stdout } = await judge(pod.checkArgs);
    assert.equal(code, 0, stdout);
    assert.equal(checks.find(({ id }) => id === 'server-plaintext')?.note, 'gRPC over TLS');
    assert.equal(await shownTo(pod.port, authority), subject('first'));
    pod.change({ tls: { mode: 'tls' } }, secretOf(renewed));
    await waitFor(
      async () => (await shownTo(pod.port, authority)) === subject('renewed'),
      'the renewed certificate is shown',
    );
    assert.equal(pod.process.isRunning, true);
  });

  test('let in whom the access list names, and no longer whom it stopped to name', async () => {
    const client = authority.issue('client', ['DNS:client.example']);
    const tls = { caPem: `${authority.ca}`, shown: { certPem: `${client.cert}`, keyPem: `${client.key}` } };
    const deps = { clock: systemClock, random: Math.random };
    const allowing = (name: string): Values => ({ tls: { mode: 'mtls' }, accessList: { allow: [name] } });
    const pod = await Pod.start(teardown, allowing('client.example'), secretOf(first));
    // Who is turned away is told after a pause.
    const ask = () => readConfigSource({ address: `127.0.0.1:${pod.port}`, name: 'test', tls }, 3_000, deps);
    await ask();
    pod.change(allowing('other.example'), secretOf(first));
    await waitFor(
      () =>
        ask().then(
          () => false,
          (error: Error) => /PERMISSION_DENIED/.test(error.message),
        ),
      'the client is turned away',
    );
    assert.equal(pod.process.isRunning, true);
  });
});

function subject(name: string): string {
  return `CN=${name}`;
}

/** Whose certificate a new connection is shown. */
function shownTo(port: number, { ca }: Authority): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', ca, ALPNProtocols: ['h2'] }, () => {
      resolve(`CN=${String(socket.getPeerCertificate().subject.CN)}`);
      socket.destroy();
    });
    socket.on('error', reject);
  });
}

interface Ports {
  readonly port: number;
  readonly adminPort: number;
}

/** The process of a pod of the release, over its volume. */
class Pod {
  readonly port: number;
  readonly checkArgs: readonly string[];
  readonly process: Child;
  readonly #volume: MountedVolume;
  readonly #adminPort: number;

  private constructor(
    volume: MountedVolume,
    { port, adminPort }: Ports,
    args: Readonly<Record<'serve' | 'check', readonly string[]>>,
  ) {
    this.port = port;
    this.checkArgs = args.check;
    this.#volume = volume;
    this.#adminPort = adminPort;
    this.process = new Child({ name: 'pod', command: process.execPath, args: [BUNDLE, ...args.serve] });
  }

  static async start(teardown: Teardown, values: Values, secrets: Objects): Promise<Pod> {
    const volume = new MountedVolume(scratchFolder(teardown, 'volume'));
    const [port, adminPort] = [await freePort(), await freePort()];
    const release = releaseOf(values);
    volume.write(release, { ...objectsOf(release, volume, { port, adminPort }), ...secrets });
    const argsAt = (object: unknown, path: string) =>
      (at(object, `${path}.containers.0.args`) as readonly string[]).map((arg) =>
        volume.placed(arg).replace(/^footbridge\.payments\.svc:\d+$/, `127.0.0.1:${port}`),
      );
    const serve = argsAt(only(release, 'Deployment'), 'spec.template.spec');
    const [, ...check] = argsAt(only(release, 'Pod'), 'spec');
    const pod = new Pod(volume, { port, adminPort }, { serve, check });
    teardown.add('the pod', () => pod.process.stop());
    await waitFor(
      async () => (await get(`http://127.0.0.1:${adminPort}/readyz`)).status === 200,
      'the pod is ready',
    ).catch((error: unknown) => {
      throw new Error(pod.process.describe(), { cause: error });
    });
    return pod;
  }

  /** The objects of the release are now these; the configuration among them is the same. */
  change(values: Values, secrets: Objects): void {
    const release = releaseOf(values);
    this.#volume.write(release, {
      ...objectsOf(release, this.#volume, { port: this.port, adminPort: this.#adminPort }),
      ...secrets,
    });
  }
}

type Values = { readonly tls: { readonly mode: 'tls' | 'mtls' } } & Readonly<Record<string, unknown>>;

function releaseOf({ tls, ...more }: Values) {
  const values = {
    image: { repository: 'images.example.com/footbridge' },
    registries: { machines: { kind: 'file', existingConfigMap: { name: 'machines', key: 'services.yaml' } } },
    tls: { ...tls, existingSecret: { name: 'bridge', caKey: 'ca.crt' } },
    ...more,
  };
  return render({ values });
}

/** The ConfigMaps; of the configuration only addresses are changed, for this machine. */
function objectsOf(release: ReturnType<typeof releaseOf>, volume: MountedVolume, { port, adminPort }: Ports): Objects {
  const maps = release.filter(({ kind }) => kind === 'ConfigMap');
  const held = maps.map(({ metadata, data }) => {
    const texts = Object.entries(data as Record<string, string>).map(([key, text]) => {
      if (key !== 'config.yaml') return [key, text];
      const config = parse(volume.placed(text)) as { readonly serve: object };
      const address = '127.0.0.1';
      const placed = { ...config, serve: { ...config.serve, address, port }, admin: { address, port: adminPort } };
      return [key, stringify(placed)];
    });
    return [`configMap/${metadata.name}`, Object.fromEntries(texts)];
  });
  return { ...Object.fromEntries(held), 'configMap/machines': { 'services.yaml': SERVICES } };
}
