// One stream of legacy MCP that a test speaks word by word, where Istio's own sink says only what is right.
import { Client, type ClientDuplexStream, credentials, type StatusObject } from '@grpc/grpc-js';
import type { istio } from '../../../src/proto/messages.gen.js';
import { resourceSourceDefinition } from '../../../src/serve/mcp-service.ts';
import type { Teardown } from './teardown.ts';
import { waitFor } from './wait-for.ts';

export type SourceRequest = istio.mcp.v1alpha1.RequestResources.$Properties;
export type SourceResponse = istio.mcp.v1alpha1.Resources.$Properties;

export class SourceStream {
  readonly received: SourceResponse[] = [];
  readonly #client: Client;
  readonly #call: ClientDuplexStream<SourceRequest, SourceResponse>;
  #ended: StatusObject | undefined;

  /** `hear`: told of each response as it comes. */
  constructor(teardown: Teardown, hostPort: string, hear: (response: SourceResponse) => void = () => {}) {
    const { path, requestSerialize, responseDeserialize } = resourceSourceDefinition.EstablishResourceStream;
    this.#client = new Client(hostPort, credentials.createInsecure(), { 'grpc.use_local_subchannel_pool': 1 });
    this.#call = this.#client.makeBidiStreamRequest(path, requestSerialize, responseDeserialize);
    this.#call.on('data', (response: SourceResponse) => {
      this.received.push(response);
      hear(response);
    });
    this.#call.on('status', (status: StatusObject) => {
      this.#ended = status;
    });
    this.#call.on('error', () => undefined);
    teardown.add('the stream of legacy MCP', () => this.close());
  }

  send(request: SourceRequest): void {
    this.#call.write(request);
  }

  /** With what the server ended it; undefined: it is open. */
  ended(): StatusObject | undefined {
    return this.#ended;
  }

  /** What came for a collection, the first one first. */
  of(collection: string): readonly SourceResponse[] {
    return this.received.filter((response) => response.collection === collection);
  }

  /** The next response for a collection after the first `after` of them. */
  next(collection: string, after: number): Promise<SourceResponse> {
    return waitFor(() => this.of(collection)[after], `response ${after + 1} for ${collection}`);
  }

  close(): void {
    this.#call.cancel();
    this.#client.close();
  }
}
