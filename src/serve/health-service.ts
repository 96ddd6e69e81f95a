// SPDX-License-Identifier: Apache-2.0
// The standard gRPC health service (grpc.health.v1), with our own static codec: the ready-made package reads its .proto
// file at run time, which a bundled program does not have. Serving means "can answer istiod", not "has data".
import {
  type ServerUnaryCall,
  type ServerWritableStream,
  type ServiceDefinition,
  type sendUnaryData,
  status,
  type UntypedServiceImplementation,
} from '@grpc/grpc-js';
import { grpc } from '../proto/messages.gen.js';

const { HealthCheckRequest, HealthCheckResponse } = grpc.health.v1;
const { ServingStatus } = HealthCheckResponse;

type CheckRequest = grpc.health.v1.HealthCheckRequest.$Properties;
type CheckResponse = grpc.health.v1.HealthCheckResponse.$Properties;
type WatchCall = ServerWritableStream<CheckRequest, CheckResponse>;

const codec = {
  requestSerialize: (request: CheckRequest) => Buffer.from(HealthCheckRequest.encode(request).finish()),
  requestDeserialize: (bytes: Buffer): CheckRequest => HealthCheckRequest.decode(bytes),
  responseSerialize: (response: CheckResponse) => Buffer.from(HealthCheckResponse.encode(response).finish()),
  responseDeserialize: (bytes: Buffer): CheckResponse => HealthCheckResponse.decode(bytes),
};

export const healthDefinition = {
  Check: { path: '/grpc.health.v1.Health/Check', requestStream: false, responseStream: false, ...codec },
  Watch: { path: '/grpc.health.v1.Health/Watch', requestStream: false, responseStream: true, ...codec },
} satisfies ServiceDefinition;

/** One status for the whole server, `''`, and for each of the named services. */
export class HealthService {
  readonly #services: ReadonlySet<string>;
  readonly #watches = new Set<WatchCall>();
  #status = ServingStatus.SERVING;

  constructor(services: readonly string[]) {
    this.#services = new Set(['', ...services]);
  }

  readonly handlers = {
    Check: (call: ServerUnaryCall<CheckRequest, CheckResponse>, answer: sendUnaryData<CheckResponse>) => {
      if (this.#knows(call.request)) answer(null, { status: this.#status });
      else answer({ code: status.NOT_FOUND, details: 'no such service' });
    },
    Watch: (call: WatchCall) => {
      // The protocol wants an unknown service told, and the stream kept open in case it comes to be known.
      call.write({ status: this.#knows(call.request) ? this.#status : ServingStatus.SERVICE_UNKNOWN });
      this.#watches.add(call);
      const over = () => this.#watches.delete(call);
      call.on('cancelled', over);
      call.on('error', over);
      call.on('close', over);
    },
  } satisfies UntypedServiceImplementation;

  notServing(): void {
    this.#status = ServingStatus.NOT_SERVING;
    for (const call of this.#watches) if (this.#knows(call.request)) call.write({ status: this.#status });
  }

  endWatches(): void {
    for (const call of [...this.#watches]) call.end();
  }

  #knows({ service }: CheckRequest): boolean {
    return this.#services.has(service ?? '');
  }
}
