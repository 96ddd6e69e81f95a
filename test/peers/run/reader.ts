// A client of one protocol that has subscribed to every ServiceEntry: it keeps what it is told, acknowledges it, and comes back
// with what it holds when its stream is lost.
import { Client, credentials } from '@grpc/grpc-js';
import { type envoy, istio } from '../../../src/proto/messages.gen.js';
import { adsDefinition } from '../../../src/serve/ads-service.ts';
import type { StreamMethod } from '../../../src/serve/bind-call.ts';
import { resourceSourceDefinition } from '../../../src/serve/mcp-service.ts';

const TYPE_URL = 'networking.istio.io/v1/ServiceEntry';
const COLLECTION = 'istio/networking/v1alpha3/serviceentries';
const RECONNECT_MS = 200;

const READER_PROTOCOLS = ['sotw', 'delta', 'resource-source'] as const;
export type ReaderProtocol = (typeof READER_PROTOCOLS)[number];

export function isReaderProtocol(text: string): text is ReaderProtocol {
  return READER_PROTOCOLS.some((protocol) => protocol === text);
}

/** By name. */
export type Store = ReadonlyMap<string, Held>;

interface Held {
  readonly version: string;
  /** The entry, encoded. */
  readonly bytes: Uint8Array;
}

export interface ReaderEvents {
  /** What it holds after a response, and how many resources the response itself had. */
  readonly onAnswer: (store: Store, told: number) => void;
  readonly onLost: (reason: string) => void;
}

/** What a response comes to. */
interface Told {
  readonly nonce: string;
  /** undefined: what is not named here goes. */
  readonly removed: readonly string[] | undefined;
  readonly resources: Store;
}

interface Dialect<Request, Response> {
  readonly method: StreamMethod<Request, Response>;
  readonly ask: (store: Store) => Request;
  readonly read: (response: Response) => Told;
  readonly ack: (nonce: string) => Request;
}

const sotw = (
  id: string,
): Dialect<
  envoy.service.discovery.v3.DiscoveryRequest.$Properties,
  envoy.service.discovery.v3.DiscoveryResponse.$Properties
> => ({
  method: adsDefinition.StreamAggregatedResources,
  ask: () => ({ typeUrl: TYPE_URL, node: { id }, responseNonce: 'nobody issued it' }),
  read: ({ nonce, resources }) => ({
    nonce: nonce ?? '',
    removed: undefined,
    resources: storeOf(
      (resources ?? []).map(({ value }) => istio.mcp.v1alpha1.Resource.decode(value ?? new Uint8Array())),
    ),
  }),
  ack: (responseNonce) => ({ typeUrl: TYPE_URL, responseNonce }),
});

const delta = (
  id: string,
): Dialect<
  envoy.service.discovery.v3.DeltaDiscoveryRequest.$Properties,
  envoy.service.discovery.v3.DeltaDiscoveryResponse.$Properties
> => ({
  method: adsDefinition.DeltaAggregatedResources,
  ask: (store) => ({ typeUrl: TYPE_URL, node: { id }, initialResourceVersions: versionsOf(store) }),
  read: ({ nonce, resources, removedResources }) => ({
    nonce: nonce ?? '',
    removed: removedResources ?? [],
    resources: storeOf(
      (resources ?? []).map(({ resource }) => istio.mcp.v1alpha1.Resource.decode(resource?.value ?? new Uint8Array())),
    ),
  }),
  ack: (responseNonce) => ({ typeUrl: TYPE_URL, responseNonce }),
});

const resourceSource: Dialect<
  istio.mcp.v1alpha1.RequestResources.$Properties,
  istio.mcp.v1alpha1.Resources.$Properties
> = {
  method: resourceSourceDefinition.EstablishResourceStream,
  ask: () => ({ sinkNode: { id: '' }, collection: COLLECTION }),
  read: ({ nonce, resources }) => ({ nonce: nonce ?? '', removed: undefined, resources: storeOf(resources ?? []) }),
  ack: (responseNonce) => ({ sinkNode: { id: '' }, collection: COLLECTION, responseNonce }),
};

/** `id`: of its node, where the protocol has one. */
export function read(protocol: ReaderProtocol, id: string, address: string, events: ReaderEvents): void {
  if (protocol === 'sotw') keepReading(sotw(id), address, events);
  else if (protocol === 'delta') keepReading(delta(id), address, events);
  else keepReading(resourceSource, address, events);
}

function keepReading<Request, Response>(
  dialect: Dialect<Request, Response>,
  address: string,
  events: ReaderEvents,
): void {
  const client = new Client(address, credentials.createInsecure(), {
    'grpc.max_receive_message_length': -1,
    // Several readers in one process are to be as many connections.
    'grpc.use_local_subchannel_pool': 1,
    'grpc.initial_reconnect_backoff_ms': 100,
    'grpc.max_reconnect_backoff_ms': 1000,
  });
  let store: Store = new Map();

  function connect(): void {
    const { path, requestSerialize, responseDeserialize } = dialect.method;
    const call = client.makeBidiStreamRequest(path, requestSerialize, responseDeserialize);
    let isLost = false;
    const lose = (reason: string): void => {
      if (isLost) return;
      isLost = true;
      events.onLost(reason);
      setTimeout(connect, RECONNECT_MS);
    };
    call.on('data', (response: Response) => {
      const told = dialect.read(response);
      store = after(store, told);
      events.onAnswer(store, told.resources.size);
      call.write(dialect.ack(told.nonce));
    });
    call.on('error', ({ message }: Error) => lose(message));
    call.on('end', () => lose('the source ended the stream'));
    call.write(dialect.ask(store));
  }
  connect();
}

function after(store: Store, { removed, resources }: Told): Store {
  if (removed === undefined) return resources;
  const next = new Map([...store, ...resources]);
  for (const name of removed) next.delete(name);
  return next;
}

function storeOf(resources: readonly istio.mcp.v1alpha1.Resource.$Properties[]): Store {
  return new Map(
    resources.map(({ metadata, body }) => [
      metadata?.name ?? '',
      { version: metadata?.version ?? '', bytes: body?.value ?? new Uint8Array() },
    ]),
  );
}

function versionsOf(store: Store): Record<string, string> {
  return Object.fromEntries([...store].map(([name, { version }]) => [name, version]));
}
