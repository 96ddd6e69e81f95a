// One stream of any protocol without sockets: requests in, responses out as lines, so that a test reads like a transcript.
// The transport of this fake takes every response at once, unless `isSlow`.
import type { Adapter } from '../../src/serve/adapter.ts';
import { openStream, type StreamEvent, type StreamState, step, wantsTurn } from '../../src/serve/stream.ts';
import type { Snapshot } from '../../src/snapshot/snapshot.ts';
import { SERVICE_ENTRY } from './resources.ts';

export interface Wire<Response> {
  readonly decode: (bytes: Uint8Array) => Response;
  /** A response as a line of a transcript. */
  readonly line: (response: Response) => string;
}

export abstract class StreamConversation<Request, Response> {
  state: StreamState;
  readonly received: Response[] = [];
  isSlow = false;
  /** Does not take turns by itself. */
  waitsForTurn = false;
  atMs = 1000;
  readonly #adapter: Adapter<Request>;
  readonly #wire: Wire<Response>;
  readonly #unwritten: string[] = [];
  #told = 0;

  constructor(
    adapter: Adapter<Request>,
    wire: Wire<Response>,
    snapshot: Snapshot,
    publishedKinds: readonly string[] = [SERVICE_ENTRY],
    legacyMinor = 5,
  ) {
    this.#adapter = adapter;
    this.#wire = wire;
    const opening = { protocol: adapter.protocol, noncePrefix: 'n', legacyMinor, mostSubscriptions: 200 };
    this.state = openStream({ ...opening, publishedKinds: new Set(publishedKinds) }, snapshot);
  }

  /** Sends a request and returns what came back, as lines. */
  request(request: Request): readonly string[] {
    for (const event of this.#adapter.read(this.state, request)) this.step(event);
    return this.news();
  }

  publish(snapshot: Snapshot): readonly string[] {
    this.step({ kind: 'published', snapshot });
    return this.news();
  }

  release(): readonly string[] {
    this.step({ kind: 'released' });
    return this.news();
  }

  takeTurn(): readonly string[] {
    this.step({ kind: 'turn' });
    return this.news();
  }

  /** The transport takes what it was handed. */
  flush(): readonly string[] {
    for (const topic of this.#unwritten.splice(0)) this.step({ kind: 'written', topic });
    return this.news();
  }

  step(event: StreamEvent): void {
    const { state, effects } = step(this.state, event, this.atMs);
    this.state = state;
    for (const effect of effects) {
      if (effect.kind !== 'send') continue;
      const { head, body, tail } = this.#adapter.prepare(effect);
      this.received.push(this.#wire.decode(Buffer.concat([head, body, tail])));
      this.#unwritten.push(effect.topic);
    }
    if (!this.isSlow) for (const topic of this.#unwritten.splice(0)) this.step({ kind: 'written', topic });
    if (!this.waitsForTurn && wantsTurn(this.state)) this.step({ kind: 'turn' });
  }

  news(): readonly string[] {
    const news = this.received.slice(this.#told);
    this.#told = this.received.length;
    return news.map((response) => this.#wire.line(response));
  }

  /** The last response's nonce on this topic; '' before the first. */
  lastNonce(topic: string): string {
    return this.state.subscriptions.get(topic)?.last?.nonce ?? '';
  }
}

/** `payments/orders` → `orders`. */
export function shortName(name: string | null | undefined): string {
  return (name ?? '').replace('payments/', '');
}
