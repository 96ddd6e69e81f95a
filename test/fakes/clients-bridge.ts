// A bridge's table of clients without gRPC: transports that take every response at once, and istiods that acknowledge it.
import { goTimeText } from '../../src/lib/go-time.ts';
import { type Log, silentLog } from '../../src/observe/log.ts';
import { Clients } from '../../src/serve/clients.ts';
import type { IstiodReadiness } from '../../src/serve/istiod-ready.ts';
import { type ServeObserver, silentObserver } from '../../src/serve/observer.ts';
import type { ServedStream } from '../../src/serve/served-stream.ts';
import { sotw } from '../../src/serve/sotw.ts';
import type { Send } from '../../src/serve/stream.ts';
import { SnapshotStore } from '../../src/snapshot/store.ts';
import { PLAIN_SERVING } from './bridge.ts';
import { FakeClock } from './fake-clock.ts';
import { typesOf } from './istiod-release.ts';
import { snapshotOf } from './resources.ts';

const MINUTE = 60_000;
const SECOND = 1000;

/** A bridge with fake transports that take every response at once, and clients that acknowledge it. */
export class ClientsBridge {
  readonly clock = new FakeClock();
  readonly store = new SnapshotStore(snapshotOf([], { complete: false }));
  readonly events: string[] = [];
  /** What every client says of itself at its own `/ready`, and where it was asked. */
  ownReadiness: IstiodReadiness = 'unknown';
  readonly asked: string[] = [];
  readonly clients: Clients;

  constructor(
    about: {
      readonly boundMs?: number;
      readonly legacy?: 'hold' | 'answer';
      readonly observer?: Partial<ServeObserver>;
      readonly log?: Log;
    } = {},
  ) {
    const options = {
      ...PLAIN_SERVING,
      pushConcurrency: 2,
      coldStartBoundMs: about.boundMs === Number.POSITIVE_INFINITY ? undefined : (about.boundMs ?? 2 * MINUTE),
      coldStartLegacy: about.legacy ?? 'hold',
      shutdown: { drainDelayMs: 0, staggerMs: 0, deadlineMs: 0 },
    };
    this.clients = new Clients(options, this.store, {
      clock: this.clock,
      log: about.log ?? silentLog,
      noncePrefix: 'test',
      askReadiness: async (address) => {
        this.asked.push(address);
        return this.ownReadiness;
      },
      observer: {
        ...silentObserver,
        coldStartAnswered: (client, { waitedMs }) => this.events.push(`early ${client.nodeId} ${waitedMs / SECOND} s`),
        held: (client) => this.events.push(`held ${client.nodeId}`),
        acked: (client, ack) => this.events.push(`acked ${client.nodeId} ${ack.topic}`),
        ...about.observer,
      },
    });
  }

  connect(minor: number, pod: string, ageMs: number): TalkingClient {
    return new TalkingClient(this, minor, pod, ageMs);
  }
}

export class TalkingClient {
  /** Names of the ServiceEntry sets that it was given. */
  readonly given: string[][] = [];
  readonly stream: ServedStream;
  /** Acknowledges nothing. */
  isDeaf = false;
  /** Its transport never says that a response was taken. */
  takesNothing = false;

  constructor(bridge: ClientsBridge, minor: number, pod: string, ageMs: number) {
    this.stream = bridge.clients.open({
      protocol: 'sotw',
      peer: '10.0.0.9:4711',
      isEncrypted: false,
      names: undefined,
      send: (send, done) => this.#receive(send, done),
      end: () => {},
    });
    const node = { id: pod.startsWith('footbridge-') ? pod : `sidecar~10.0.0.9~${pod}~x` };
    const responseNonce = goTimeText({ wallMs: bridge.clock.now(), ageMs });
    for (const typeUrl of typesOf(minor)) {
      this.stream.receive((state) => sotw.read(state, { typeUrl, responseNonce, node }));
    }
  }

  #receive({ topic: typeUrl, nonce, set }: Send, done: () => void): number {
    if (typeUrl.endsWith('/ServiceEntry')) this.given.push([...set.resources.keys()]);
    if (this.takesNothing) return 0;
    done();
    if (this.isDeaf) return 0;
    queueMicrotask(() => this.stream.receive((state) => sotw.read(state, { typeUrl, responseNonce: nonce })));
    return 0;
  }
}
