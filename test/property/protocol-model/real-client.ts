// One stream of one client: it takes what it is sent when the test says so, answers when the test says so, and writes down
// everything that it is told.
import type { Clients } from '../../../src/serve/clients.ts';
import type { ServedStream } from '../../../src/serve/served-stream.ts';
import type { Send } from '../../../src/serve/stream.ts';
import type { FakeClock } from '../../fakes/fake-clock.ts';
import { type Holding, PROTOCOLS, type Protocol, type ProtocolKind, type Told } from './protocols.ts';

export interface Receipt extends Told {
  readonly atMs: number;
  /** The test had asked for it again since the response before. */
  readonly askedAgain: boolean;
  /** The response before it was neither taken nor answered to its end. */
  readonly overtakes: boolean;
}

export class RealClient {
  readonly protocol: Protocol;
  holds: Holding;
  /** Of ServiceEntry. */
  readonly receipts: Receipt[] = [];
  /** Of the type that nothing is published under. */
  others = 0;
  isOpen = true;
  hasAccepted = false;
  readonly #stream: ServedStream;
  readonly #clock: FakeClock;
  readonly #untaken: (() => void)[] = [];
  #unanswered: Told | undefined;
  #askedAgain = false;

  constructor(
    clients: Clients,
    clock: FakeClock,
    kind: ProtocolKind,
    { pod, bornAtMs, holds }: { readonly pod: string; readonly bornAtMs: number; readonly holds: Holding },
  ) {
    this.protocol = PROTOCOLS[kind];
    this.holds = holds;
    this.#clock = clock;
    this.#stream = clients.open({
      protocol: this.protocol.name,
      peer: '10.0.0.9:4711',
      isEncrypted: false,
      names: undefined,
      send: (send, done) => this.#receive(send, done),
      end: () => {},
    });
    const { entries, other } = this.protocol.topics;
    const nowMs = clock.now();
    const whole = new Map([...holds].map(([name, version]) => [`payments/${name}`, version]));
    for (const topic of [other, entries]) {
      const opening = {
        pod,
        nowMs,
        ageMs: nowMs - bornAtMs,
        holds: topic === entries ? whole : new Map<string, string>(),
      };
      this.#stream.receive(this.protocol.open(topic, opening));
    }
  }

  /** Takes everything from the wire, and answers the last response, if it has not yet. */
  ack(): void {
    this.#answer(true, 1);
  }

  /** As a client may that meets something bad on the way: `portion` of what it was sent is in by then. */
  nack(portion: number): void {
    this.#answer(false, portion);
  }

  /** Takes what was sent from the wire, and says nothing. */
  take(): void {
    for (const done of this.#untaken.splice(0)) done();
  }

  stale(): void {
    this.#stream.receive(this.protocol.answer(this.protocol.topics.entries, 'long-ago', true));
  }

  askAgain(): void {
    if (this.protocol.name === 'delta' || this.receipts.length === 0) return;
    this.#askedAgain = true;
    this.#stream.receive(this.protocol.answer(this.protocol.topics.entries, '', true));
  }

  disconnect(): void {
    this.isOpen = false;
    this.#stream.closed('client');
    for (const done of this.#untaken.splice(0)) done();
  }

  #receive(send: Send, done: () => void): number {
    const told = this.protocol.read(send);
    this.#untaken.push(done);
    if (send.topic !== this.protocol.topics.entries) {
      this.others++;
      // It is not what this is about: taken and answered at once.
      this.take();
      this.#stream.receive(this.protocol.answer(send.topic, told.nonce, true));
      return 0;
    }
    const overtakes = this.#unanswered !== undefined;
    this.receipts.push({ ...told, atMs: this.#clock.now(), askedAgain: this.#askedAgain, overtakes });
    this.#askedAgain = false;
    this.#unanswered = told;
    return 0;
  }

  #answer(accepted: boolean, portion: number): void {
    this.take();
    const told = this.#unanswered;
    if (told === undefined) return;
    this.#unanswered = undefined;
    this.hasAccepted ||= accepted;
    this.#store(told, portion);
    this.#stream.receive(this.protocol.answer(this.protocol.topics.entries, told.nonce, accepted));
  }

  #store({ resources, removed }: Told, portion: number): void {
    // A part of a whole set is no set: a client that refuses one keeps what it has.
    if (removed === undefined && portion < 1) return;
    const next = new Map(removed === undefined ? [] : this.holds);
    const all = [...resources];
    for (const [name, version] of all.slice(0, Math.ceil(all.length * portion))) next.set(name, version);
    const gone = removed ?? [];
    for (const name of gone.slice(0, Math.ceil(gone.length * portion))) next.delete(name);
    this.holds = next;
  }
}
