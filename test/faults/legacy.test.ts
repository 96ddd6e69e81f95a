// Clients of legacy MCP on real connections, written as Pilot's sink is: it asks for all its collections at once, in any order.
import assert from 'node:assert/strict';
import { afterEach, describe, test } from 'node:test';
import { Client, type ClientDuplexStream, credentials } from '@grpc/grpc-js';
import type { istio } from '../../src/proto/messages.gen.js';
import { healthDefinition } from '../../src/serve/health-service.ts';
import { MESH_CONFIG_NAME, RESOURCE_SOURCE_NAME, resourceSourceDefinition } from '../../src/serve/mcp-service.ts';
import { serveSnapshot } from '../fakes/bridge.ts';
import { collectionsOf } from '../fakes/legacy-collections.ts';
import { ENTRIES } from '../fakes/legacy-conversation.ts';
import { snapshotOf } from '../fakes/resources.ts';
import { until } from '../fakes/until.ts';

type Request = istio.mcp.v1alpha1.RequestResources.$Properties;
type Response = istio.mcp.v1alpha1.Resources.$Properties;

const opened: { close(): void }[] = [];
afterEach(() => {
  for (const it of opened.splice(0).reverse()) it.close();
});

function connect(address: string): Client {
  const client = new Client(address, credentials.createInsecure(), { 'grpc.use_local_subchannel_pool': 1 });
  opened.push(client);
  return client;
}

class Pilot {
  readonly entries = new Map<string, string>();
  /** Collections in the order of their answers. */
  readonly answered: string[] = [];
  readonly #call: ClientDuplexStream<Request, Response>;

  constructor(address: string, minor: number) {
    const { path, requestSerialize, responseDeserialize } = resourceSourceDefinition.EstablishResourceStream;
    this.#call = connect(address).makeBidiStreamRequest(path, requestSerialize, responseDeserialize);
    this.#call.on('data', (response: Response) => this.#receive(response));
    this.#call.on('error', () => {});
    for (const collection of collectionsOf(minor)) this.#call.write({ sinkNode: { id: '' }, collection });
  }

  leave(): void {
    this.#call.cancel();
  }

  #receive({ collection, resources, nonce }: Response): void {
    this.answered.push(collection ?? '');
    if (collection === ENTRIES) {
      this.entries.clear();
      for (const { metadata } of resources ?? []) this.entries.set(metadata?.name ?? '', metadata?.version ?? '');
    }
    this.#call.write({ sinkNode: { id: '' }, collection: collection ?? '', responseNonce: nonce ?? '' });
  }
}

describe('Pilot', () => {
  for (const minor of [1, 2, 3, 4, 5, 6, 7, 8]) {
    test(`of 1.${minor} is answered in every collection once, and told entries as they change`, async () => {
      const { address, store, server } = await serveSnapshot(snapshotOf(['orders', 'stock']));
      opened.push(server);
      const it = new Pilot(address, minor);
      await until(() => it.answered.length === collectionsOf(minor).length, 'an answer for each collection');
      assert.equal(new Set(it.answered).size, it.answered.length);
      store.publish(snapshotOf(['orders=2', 'users']));
      await until(() => it.entries.has('payments/users'), 'the new entry');
      assert.deepEqual([...it.entries.keys()], ['payments/orders', 'payments/users']);
      assert.deepEqual(it.answered.slice(collectionsOf(minor).length), [ENTRIES]);
      await until(
        () => server.clients()[0]?.types.every(({ state }) => state === 'settled') === true,
        'all acknowledged',
      );
      const [view] = server.clients();
      assert.deepEqual([view?.protocol, view?.nodeId], ['resource-source', undefined]);
      assert.match(view?.istio ?? '', /^1\.[1-8]/);
      it.leave();
      await until(() => server.clients().length === 0, 'it to be forgotten');
    });
  }
});

describe('the legacy services', () => {
  const sameBytes = (bytes: Buffer) => bytes;

  test('leave the incremental method of the aggregated one unimplemented', async () => {
    const { address, server } = await serveSnapshot(snapshotOf(['orders']));
    opened.push(server);
    const call = connect(address).makeBidiStreamRequest(
      `/${MESH_CONFIG_NAME}/IncrementalAggregatedResources`,
      sameBytes,
      sameBytes,
    );
    const code = await new Promise<number>((resolve) =>
      call.on('error', (error: Error & { code: number }) => resolve(error.code)),
    );
    assert.equal(code, 12);
  });

  test('are known to the health service by their names', async () => {
    const { address, server } = await serveSnapshot(snapshotOf([]));
    opened.push(server);
    const { path, requestSerialize, responseDeserialize } = healthDefinition.Check;
    for (const service of [RESOURCE_SOURCE_NAME, MESH_CONFIG_NAME]) {
      const status = await new Promise((resolve, reject) =>
        connect(address).makeUnaryRequest(path, requestSerialize, responseDeserialize, { service }, (error, answer) =>
          error ? reject(error) : resolve(answer?.status),
        ),
      );
      assert.equal(status, 1);
    }
  });
});
