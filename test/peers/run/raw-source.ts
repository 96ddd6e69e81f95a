// A config source without any judgement: sends istiod whatever a test says, also what Footbridge never would. It shows that
// a check can fail, and loads entries into istiod that no registry has.
import {
  type handleBidiStreamingCall,
  Server,
  ServerCredentials,
  type ServerDuplexStream,
  type ServiceDefinition,
} from '@grpc/grpc-js';
import { envoy, istio } from '../../../src/proto/messages.gen.js';
import type { Teardown } from './teardown.ts';

const { DiscoveryRequest, DiscoveryResponse } = envoy.service.discovery.v3;
type Request = ReturnType<typeof DiscoveryRequest.decode>;
type Response = Parameters<typeof DiscoveryResponse.encode>[0];
type Stream = ServerDuplexStream<Request, Response>;

const SERVICE = {
  StreamAggregatedResources: {
    path: '/envoy.service.discovery.v3.AggregatedDiscoveryService/StreamAggregatedResources',
    requestStream: true,
    responseStream: true,
    requestSerialize: (request: Request) => Buffer.from(DiscoveryRequest.encode(request).finish()),
    requestDeserialize: (bytes: Buffer) => DiscoveryRequest.decode(bytes),
    responseSerialize: (response: Response) => Buffer.from(DiscoveryResponse.encode(response).finish()),
    responseDeserialize: (bytes: Buffer) => DiscoveryResponse.decode(bytes),
  },
} satisfies ServiceDefinition;

const { Resource } = istio.mcp.v1alpha1;
const { ServiceEntry } = istio.networking.v1alpha3;

const RESOURCE_TYPE_URL = 'type.googleapis.com/istio.mcp.v1alpha1.Resource';

/** An encoded `istio.mcp.v1alpha1.Resource`. */
export type RawResource = Uint8Array;

/** A ServiceEntry as it is said, right or wrong. `name` is `namespace/name`. */
export function rawServiceEntry(
  name: string,
  spec: Parameters<typeof ServiceEntry.encode>[0],
  version = '1',
): RawResource {
  const body = {
    typeUrl: 'type.googleapis.com/istio.networking.v1alpha3.ServiceEntry',
    value: ServiceEntry.encode(spec).finish(),
  };
  const metadata = { name, version, createTime: { seconds: 1, nanos: 0 } };
  return Resource.encode({ metadata, body }).finish();
}

export class RawSource {
  readonly port: number;
  readonly #streams = new Map<Stream, Set<string>>();
  #entries: readonly RawResource[] = [];
  #sent = 0;

  readonly #isAnswered: (typeUrl: string) => boolean;

  private constructor(port: number, isAnswered: (typeUrl: string) => boolean) {
    this.port = port;
    this.#isAnswered = isAnswered;
  }

  /** Types that are not answered are left waiting for ever. */
  static async start(teardown: Teardown, isAnswered: (typeUrl: string) => boolean = () => true): Promise<RawSource> {
    const server = new Server();
    const handle: handleBidiStreamingCall<Request, Response> = (stream) => source.#serve(stream);
    server.addService(SERVICE, { StreamAggregatedResources: handle });
    const port = await new Promise<number>((resolve, reject) => {
      server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) =>
        error === null ? resolve(bound) : reject(error),
      );
    });
    const source: RawSource = new RawSource(port, isAnswered);
    teardown.add('the raw config source', () => server.forceShutdown());
    return source;
  }

  get address(): string {
    return `xds://127.0.0.1:${this.port}`;
  }

  /** Makes these the ServiceEntries of the source and sends them to every connected istiod. */
  setServiceEntries(entries: readonly RawResource[]): void {
    this.#entries = entries;
    for (const [stream, types] of this.#streams) {
      for (const type of types) if (isServiceEntry(type)) this.#send(stream, type);
    }
  }

  #serve(stream: Stream): void {
    const types = new Set<string>();
    this.#streams.set(stream, types);
    const forget = () => this.#streams.delete(stream);
    // An acknowledgement names a type that was answered already; nothing more is owed to it.
    stream.on('data', ({ typeUrl }: Request) => {
      if (types.has(typeUrl)) return;
      types.add(typeUrl);
      if (this.#isAnswered(typeUrl)) this.#send(stream, typeUrl);
    });
    stream.on('error', forget);
    stream.on('end', () => {
      forget();
      stream.end();
    });
  }

  #send(stream: Stream, typeUrl: string): void {
    this.#sent += 1;
    const entries = isServiceEntry(typeUrl) ? this.#entries : [];
    const resources = entries.map((value) => ({ typeUrl: RESOURCE_TYPE_URL, value }));
    stream.write({ typeUrl, versionInfo: String(this.#sent), nonce: String(this.#sent), resources });
  }
}

function isServiceEntry(typeUrl: string): boolean {
  return typeUrl.endsWith('/ServiceEntry');
}
