// SPDX-License-Identifier: Apache-2.0
// Binds a protocol to gRPC: the definition of its method, and one call as the transport of one stream.
import { type handleBidiStreamingCall, type MethodDefinition, type ServerDuplexStream, status } from '@grpc/grpc-js';
import type { Cancel } from '../lib/clock.ts';
import type { AccessVerdict } from './access/access-list.ts';
import { type Admission, isFree } from './access/admission.ts';
import { type CertificateNames, namesInCertificate } from './access/certificate-names.ts';
import type { Adapter, PreparedResponse } from './adapter.ts';
import type { Clients } from './clients.ts';
import type { StreamEnd } from './observer.ts';

/** A generated message class, as far as it is used here. */
export interface Codec<Message> {
  encode(message: Message): { finish(): Uint8Array };
  decode(bytes: Uint8Array): Message;
}

/** A method with a stream in both directions. What is served is written as bytes already; clients (tests) read messages. */
export interface StreamMethod<Request, Response>
  extends Omit<MethodDefinition<Request, PreparedResponse>, 'responseDeserialize'> {
  readonly responseDeserialize: (bytes: Buffer) => Response;
}

export function streamMethod<Request, Response>(
  path: string,
  requests: Codec<Request>,
  responses: Codec<Response>,
): StreamMethod<Request, Response> {
  return {
    path,
    requestStream: true,
    responseStream: true,
    requestSerialize: (request) => toBuffer(requests.encode(request).finish()),
    requestDeserialize: (bytes) => requests.decode(bytes),
    // The library insists on a Buffer here: it answers a bare Uint8Array with INTERNAL.
    responseSerialize: ({ head, body, tail }) => Buffer.concat([head, body, tail]),
    responseDeserialize: (bytes) => responses.decode(bytes),
  };
}

/**
 * Serves a call until either side ends it. No listener here is an async function: the rejection of one ends the process
 * and leaves the client waiting.
 */
export function streamHandler<Request>(
  clients: Clients,
  admission: Admission,
  adapter: Adapter<Request>,
): handleBidiStreamingCall<Request, PreparedResponse> {
  return (call) => {
    const [peer, names] = [call.getPeer(), namesOf(call)];
    const turnAway = (why: Rejection) => {
      const cancel = admission.reject(() => call.emit('error', why));
      call.on('cancelled', cancel);
    };
    const verdict = admission.judge(peer, names);
    if (verdict.kind !== 'allowed') return turnAway(rejection(verdict));
    const leave = admission.enter(peer);
    if (leave === undefined) return turnAway(CROWDED);
    const stream = clients.open({
      protocol: adapter.protocol,
      peer,
      isEncrypted: admission.isEncrypted(peer),
      names,
      // The callback comes for every write, also for those that the death of the connection overtook. The library
      // serializes one message at a time, and only when the one before was accepted: a client that does not read costs one.
      send(send, done) {
        const response = adapter.prepare(send);
        call.write(response, done);
        return response.head.length + response.body.length + response.tail.length;
      },
      // `destroy` would send nothing, and the client would wait for ever; this is how the library sends a status.
      end: (end) => void call.emit('error', endStatus(end)),
    });
    const requests = admission.requests();
    let leaveLine: Cancel | undefined;
    let cancelIdle: Cancel | undefined;
    const over = () => {
      leave();
      leaveLine?.();
      cancelIdle?.();
      stream.closed('client');
    };
    const receive = (request: Request) => {
      let isPaid = false;
      stream.receive((state) => {
        const events = adapter.read(state, request);
        isPaid = !isFree(state, events);
        return events;
      });
      if (!isPaid) return;
      call.pause();
      leaveLine = requests.spend(() => call.resume());
    };
    // Until its turn has come nothing is read: what the client sends waits in the transport.
    leaveLine = admission.newStream(() => {
      call.on('data', receive);
      cancelIdle = admission.untilFirstRequest(() => {
        if (stream.state.subscriptions.size === 0) stream.end('idle');
      });
    });
    call.on('end', () => {
      over();
      call.end();
    });
    // All of these may come, in any order, for one and the same end.
    call.on('cancelled', over);
    call.on('error', over);
    call.on('close', over);
  };
}

/** What the client's certificate says, where it showed one that was verified. */
function namesOf(call: ServerDuplexStream<unknown, unknown>): CertificateNames | undefined {
  const der = call.getAuthContext().sslPeerCertificate?.raw;
  return der === undefined ? undefined : namesInCertificate(der);
}

interface Rejection {
  readonly code: status;
  readonly details: string;
}

const CROWDED: Rejection = {
  code: status.RESOURCE_EXHAUSTED,
  details: 'your address has as many streams open as this bridge lets one have',
};

function rejection({ kind }: Exclude<AccessVerdict, { kind: 'allowed' }>): Rejection {
  return kind === 'nameless'
    ? { code: status.UNAUTHENTICATED, details: 'this bridge has an access list: show a client certificate with a name' }
    : { code: status.PERMISSION_DENIED, details: 'the access list of this bridge does not let you in' };
}

function endStatus(end: StreamEnd) {
  if (end === 'defect') return { code: status.INTERNAL, details: 'a defect of this bridge; its log says more' };
  if (end === 'denied') {
    return { code: status.PERMISSION_DENIED, details: 'the access list of this bridge no longer lets you in' };
  }
  if (end === 'idle') {
    return {
      code: status.DEADLINE_EXCEEDED,
      details: 'this stream asked for nothing: open one when there is a question',
    };
  }
  return { code: status.UNAVAILABLE, details: 'this replica of the bridge is leaving' };
}

function toBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
