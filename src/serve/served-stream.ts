// SPDX-License-Identifier: Apache-2.0
// A stream's state machine brought to life: it keeps the state, carries out the effects and takes its turns. It knows no
// gRPC; the transport is handed in.
import type { Cancel, Clock } from '../lib/clock.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import type { CertificateNames } from './access/certificate-names.ts';
import type { FanOut } from './fan-out.ts';
import type { StreamEnd } from './observer.ts';
import type { ProtocolName } from './protocol.ts';
import { type Send, type StreamEffect, type StreamEvent, type StreamState, step, wantsTurn } from './stream.ts';

export interface Transport {
  readonly protocol: ProtocolName;
  /** `address:port` of the client. */
  readonly peer: string;
  /** It came in over TLS. */
  readonly isEncrypted: boolean;
  /** Of the certificate that the client showed; undefined: it showed none. */
  readonly names: CertificateNames | undefined;
  /** Hands a response over; `done` once it was taken or can no longer be. Returns how many bytes it has. Never throws. */
  send(send: Send, done: () => void): number;
  /** Tells the client that this stream is over. */
  end(end: StreamEnd): void;
}

export interface ServedStreamDeps {
  readonly clock: Clock;
  readonly fanOut: FanOut;
  /** A response was handed to the transport. */
  readonly onSent: (stream: ServedStream, send: Send, bytes: number) => void;
  /** Told of every step after its responses were handed over. */
  readonly onStep: (stream: ServedStream, effects: readonly StreamEffect[]) => void;
  readonly onClosed: (stream: ServedStream, end: StreamEnd) => void;
  readonly onDefect: (stream: ServedStream, error: unknown) => void;
}

export class ServedStream {
  readonly id: string;
  readonly peer: string;
  readonly isEncrypted: boolean;
  readonly names: CertificateNames | undefined;
  readonly connectedAtMs: number;
  /** Of the last response of each topic. */
  readonly sentBytes = new Map<string, number>();
  readonly #transport: Transport;
  readonly #deps: ServedStreamDeps;
  #state: StreamState;
  #isClosed = false;
  #isQueued = false;
  #cancelTurn: Cancel = () => {};

  constructor(id: string, transport: Transport, state: StreamState, deps: ServedStreamDeps) {
    this.id = id;
    this.peer = transport.peer;
    this.isEncrypted = transport.isEncrypted;
    this.names = transport.names;
    this.connectedAtMs = deps.clock.now();
    this.#transport = transport;
    this.#state = state;
    this.#deps = deps;
  }

  get state(): StreamState {
    return this.#state;
  }

  /** What the client asked or answered, as its protocol's adapter reads it. */
  receive(read: (state: StreamState) => readonly StreamEvent[]): void {
    if (this.#isClosed) return;
    this.#guard(() => {
      for (const event of read(this.#state)) this.#step(event);
    });
  }

  publish(snapshot: Snapshot): void {
    this.#step({ kind: 'published', snapshot });
  }

  /** From now on it is answered from an incomplete snapshot too. */
  release(): void {
    this.#step({ kind: 'released' });
  }

  /** Ends the stream from our side. */
  end(end: StreamEnd): void {
    if (this.#isClosed) return;
    this.closed(end);
    this.#transport.end(end);
  }

  /** The stream is over. Only the first call does anything. */
  closed(end: StreamEnd): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#cancelTurn();
    this.#deps.onClosed(this, end);
  }

  #step(event: StreamEvent, done: () => void = () => {}): void {
    if (this.#isClosed) {
      done();
      return;
    }
    this.#guard(() => {
      const { state, effects } = step(this.#state, event, this.#deps.clock.now());
      this.#state = state;
      this.#send(effects, done);
      this.#deps.onStep(this, effects);
      this.#queueForTurn();
    });
  }

  #send(effects: readonly StreamEffect[], done: () => void): void {
    const sends = effects.filter((effect) => effect.kind === 'send');
    let open = sends.length;
    if (open === 0) done();
    for (const send of sends) {
      const bytes = this.#transport.send(send, () => {
        if (--open === 0) done();
        this.#step({ kind: 'written', topic: send.topic });
      });
      this.sentBytes.set(send.topic, bytes);
      this.#deps.onSent(this, send, bytes);
    }
  }

  /** A stream stands in line once, however often there is news: what it is sent is decided when its turn comes. */
  #queueForTurn(): void {
    if (this.#isClosed || this.#isQueued || !wantsTurn(this.#state)) return;
    this.#isQueued = true;
    this.#cancelTurn = this.#deps.fanOut.enqueue((end) => {
      this.#step({ kind: 'turn' }, () => {
        this.#isQueued = false;
        end();
      });
    });
  }

  /** A defect met while serving one client ends that client's stream, and nobody else's. */
  #guard(action: () => void): void {
    try {
      action();
    } catch (error) {
      this.#deps.onDefect(this, error);
      this.end('defect');
    }
  }
}
