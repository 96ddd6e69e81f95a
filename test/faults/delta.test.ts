// A client of incremental xDS on a real connection, written against the wire alone: it keeps what it is told as any client of
// the protocol would.
import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import { Client, type ClientDuplexStream, credentials } from '@grpc/grpc-js';
import type { envoy } from '../../src/proto/messages.gen.js';
import { adsDefinition } from '../../src/serve/ads-service.ts';
import { serveSnapshot } from '../fakes/bridge.ts';
import { snapshotOf } from '../fakes/resources.ts';
import { until } from '../fakes/until.ts';

type Request = envoy.service.discovery.v3.DeltaDiscoveryRequest.$Properties;
type Response = envoy.service.discovery.v3.DeltaDiscoveryResponse.$Properties;

const SE = 'networking.istio.io/v1/ServiceEntry';

const opened: { close(): void }[] = [];
afterEach(() => {
  for (const it of opened.splice(0).reverse()) it.close();
});

class DeltaClient {
  readonly stored = new Map<string, string>();
  /** Resources and removed names of each response. */
  readonly told: (readonly [resources: number, removed: number])[] = [];
  readonly #client: Client;
  readonly #call: ClientDuplexStream<Request, Response>;

  constructor(address: string, held: ReadonlyMap<string, string> = new Map()) {
    for (const [name, version] of held) this.stored.set(name, version);
    this.#client = new Client(address, credentials.createInsecure(), { 'grpc.use_local_subchannel_pool': 1 });
    const { path, requestSerialize, responseDeserialize } = adsDefinition.DeltaAggregatedResources;
    this.#call = this.#client.makeBidiStreamRequest(path, requestSerialize, responseDeserialize);
    this.#call.on('data', (response: Response) => this.#receive(response));
    this.#call.on('error', () => {});
    this.#call.write({ typeUrl: SE, node: { id: 'delta' }, initialResourceVersions: Object.fromEntries(held) });
    opened.push(this);
  }

  close(): void {
    this.#call.cancel();
    this.#client.close();
  }

  #receive({ resources, removedResources, nonce }: Response): void {
    for (const { name, version } of resources ?? []) this.stored.set(name ?? '', version ?? '');
    for (const name of removedResources ?? []) this.stored.delete(name);
    this.told.push([resources?.length ?? 0, removedResources?.length ?? 0]);
    this.#call.write({ typeUrl: SE, responseNonce: nonce ?? '' });
  }
}

const namesOf = (count: number) => Array.from({ length: count }, (_, index) => `service-${index}`);

describe('a client of incremental xDS', () => {
  test('is told 10,000 entries once, then one change as one, and after a lost connection only what it missed', async () => {
    const names = namesOf(10_000);
    const { address, store, server } = await serveSnapshot(snapshotOf(names));
    opened.push(server);
    const first = new DeltaClient(address);
    await until(() => first.stored.size === 10_000, 'all entries');
    store.publish(snapshotOf(['service-0=2', ...names.slice(1)]));
    await until(() => first.told.length === 2, 'the change');
    assert.deepEqual(first.told, [
      [10_000, 0],
      [1, 0],
    ]);
    first.close();
    store.publish(snapshotOf(['service-0=2', ...names.slice(2), 'new']));
    const second = new DeltaClient(address, first.stored);
    await until(() => second.told.length === 1, 'what it missed');
    assert.deepEqual(second.told, [[1, 1]]);
    assert.equal(second.stored.has('payments/new') && !second.stored.has('payments/service-1'), true);
    await until(() => server.clients().at(-1)?.types[0]?.state === 'settled', 'its acknowledgement');
    const view = server.clients().at(-1);
    assert.deepEqual([view?.protocol, view?.types[0]?.lagMs], ['delta', 0]);
    assert.equal(view?.types[0]?.acked?.version, view?.types[0]?.currentVersion);
  });
});
