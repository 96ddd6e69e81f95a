// What clients send: a stream as it is served, with the snapshot, the clock and the other stream that any request may meet. The
// bytes of a request go through the codec first, and what that refuses gRPC answers with a status.
import { silentLog } from '../../../src/observe/log.ts';
import type { Adapter } from '../../../src/serve/adapter.ts';
import type { Codec } from '../../../src/serve/bind-call.ts';
import { Clients } from '../../../src/serve/clients.ts';
import { silentObserver } from '../../../src/serve/observer.ts';
import type { ServedStream, Transport } from '../../../src/serve/served-stream.ts';
import { SnapshotStore } from '../../../src/snapshot/store.ts';
import { PLAIN_SERVING } from '../../fakes/bridge.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';
import { snapshotOf } from '../../fakes/resources.ts';

const BEFORE = snapshotOf([], { complete: false });
const FIRST = snapshotOf(['a', 'b', 'c']);
const SECOND = snapshotOf(['a', 'b=2', 'd', 'e=six']);

/** What happens between two requests. */
export type Between = 'nothing' | 'publish' | 'minute' | 'written';

/** A protocol, as one client speaks it. */
export interface Spoken<Request> {
  readonly adapter: Adapter<Request>;
  readonly codec: Codec<Request>;
}

export class ServedConversation<Request> {
  readonly #clock = new FakeClock();
  readonly #store = new SnapshotStore(BEFORE);
  readonly #clients: Clients;
  readonly #stream: ServedStream;
  readonly #spoken: Spoken<Request>;
  readonly #unwritten: (() => void)[] = [];
  #sentBytes = 0;
  #defect: unknown;

  constructor(spoken: Spoken<Request>) {
    this.#spoken = spoken;
    const log = { ...silentLog, error: (event: string, fields?: object) => this.#noticeError(event, fields) };
    const deps = {
      clock: this.#clock,
      log,
      observer: silentObserver,
      noncePrefix: 'fuzz',
      askReadiness: async () => 'unknown' as const,
    };
    this.#clients = new Clients(OPTIONS, this.#store, deps);
    this.#stream = this.#clients.open(this.#transport());
  }

  /** Of the last response on this topic: what an answer has to name. */
  nonceOf(topic: string): string {
    return this.#stream.state.subscriptions.get(topic)?.last?.nonce ?? '';
  }

  receiveBytes(bytes: Uint8Array): void {
    const request = this.#decoded(bytes);
    if (request === undefined) return;
    this.#stream.receive((state) => this.#spoken.adapter.read(state, request));
    if (this.#defect !== undefined) throw this.#defect;
  }

  pass(between: Between): void {
    if (between === 'publish') this.#store.publish(this.#store.current() === FIRST ? SECOND : FIRST);
    if (between === 'minute') this.#clock.advance(60_000);
    if (between === 'written') for (const done of this.#unwritten.splice(0)) done();
  }

  /** What admin pages show of it. */
  end(): unknown {
    const views = this.#clients.views();
    this.#stream.closed('client');
    this.#clients.close();
    return { views, sentBytes: this.#sentBytes };
  }

  /** As the codec of the method reads it; undefined where it refuses. */
  #decoded(bytes: Uint8Array): Request | undefined {
    try {
      return this.#spoken.codec.decode(bytes);
    } catch {
      return undefined;
    }
  }

  #transport(): Transport {
    return {
      protocol: this.#spoken.adapter.protocol,
      peer: '10.0.0.9:4711',
      isEncrypted: false,
      names: undefined,
      send: (send, done) => {
        const { head, body, tail } = this.#spoken.adapter.prepare(send);
        this.#unwritten.push(done);
        const bytes = head.length + body.length + tail.length;
        this.#sentBytes += bytes;
        return bytes;
      },
      end() {},
    };
  }

  #noticeError(event: string, fields: object = {}): void {
    if (event === 'client.defect') this.#defect ??= new Error(`a defect: ${JSON.stringify(fields)}`);
  }
}

const OPTIONS = {
  ...PLAIN_SERVING,
  pushConcurrency: 2,
  coldStartBoundMs: 120_000,
  shutdown: { drainDelayMs: 0, staggerMs: 0, deadlineMs: 0 },
};
