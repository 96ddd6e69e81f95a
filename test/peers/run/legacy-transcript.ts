// A client of legacy MCP that writes down what it says and hears of entries, so that two servers can be compared by it:
//
//   → whole | incremental        asks, with what it holds in brackets
//   ← whole | changes @V [+NAME#V -NAME]
//   → ack | nack | ack of an older response
//   × STATUS                     the server ended the stream
//
// Nonces are left out, and versions are counted as they come: `#2` is the second one of that name in the transcript.
import { status } from '@grpc/grpc-js';
import { ENTRIES } from '../../fakes/legacy-conversation.ts';
import type { Estate } from './estate-file.ts';
import { FENCE, type LegacyServer } from './legacy-server.ts';
import { type SourceRequest, type SourceResponse, SourceStream } from './source-stream.ts';
import type { Teardown } from './teardown.ts';
import { waitFor } from './wait-for.ts';

const REFUSAL = { code: 3, message: 'not for me' };

export class LegacyTranscript {
  readonly #teardown: Teardown;
  readonly #server: LegacyServer;
  readonly #incremental: boolean;
  readonly #lines: string[] = [];
  readonly #versions = new Map<string, string[]>();
  /** Name → version, as the client holds it. */
  readonly #held = new Map<string, string>();
  #stream: SourceStream | undefined;
  #unanswered: SourceResponse | undefined;
  #answered = '';

  constructor(teardown: Teardown, server: LegacyServer, incremental: boolean) {
    this.#teardown = teardown;
    this.#server = server;
    this.#incremental = incremental;
  }

  /** What was said since the last call. */
  news(): readonly string[] {
    return this.#lines.splice(0);
  }

  /** Asks for entries on a new stream, saying what it holds. `first`: what it asks for before. */
  async connect(first: readonly string[] = []): Promise<void> {
    this.leave();
    this.#stream = new SourceStream(this.#teardown, this.#server.hostPort, (response) => this.#hear(response));
    for (const collection of first) {
      this.#say({ collection });
      const { nonce } = await this.#stream.next(collection, 0);
      this.#say({ collection, responseNonce: nonce ?? '' });
    }
    await this.ask(Object.fromEntries(this.#held));
  }

  leave(): void {
    this.#stream?.close();
    this.#stream = undefined;
    this.#unanswered = undefined;
  }

  async ask(held: Readonly<Record<string, string>> = {}): Promise<void> {
    const names = Object.keys(held).map(shortName).sort();
    this.#lines.push(this.#incremental ? `→ incremental [${names.join(' ')}]` : '→ whole');
    await this.#sayOfEntries(this.#incremental ? { initialResourceVersions: held } : {});
  }

  /** Takes what it was sent, and what is sent because of that. */
  async ackAll(): Promise<void> {
    while (this.#unanswered !== undefined) await this.ack();
  }

  /** Takes the last response. `incremental`: whether it wants changes from now on. */
  async ack(incremental = this.#incremental): Promise<void> {
    const { nonce } = this.#take();
    this.#lines.push(incremental === this.#incremental ? '→ ack' : '→ ack, whole from now on');
    await this.#sayOfEntries({ responseNonce: nonce ?? '', incremental });
  }

  /** As Istio's sink does: without saying that it wants changes. */
  async nack(): Promise<void> {
    const { nonce } = this.#unansweredOne();
    this.#unanswered = undefined;
    this.#answered = nonce ?? '';
    this.#lines.push('→ nack');
    await this.#sayOfEntries({ responseNonce: nonce ?? '', errorDetail: REFUSAL, incremental: false });
  }

  async ackOlder(): Promise<void> {
    this.#lines.push('→ ack of an older response');
    await this.#sayOfEntries({ responseNonce: this.#answered });
  }

  async publish(estate: Estate): Promise<void> {
    await this.#server.publish(estate);
    await this.#settle();
  }

  async askFor(collection: string): Promise<void> {
    this.#lines.push(`→ ${collection}`);
    this.#say({ collection });
    await this.#settle();
    for (const { resources } of this.#open().of(collection)) this.#lines.push(`← ${resources?.length ?? 0} resources`);
  }

  async #sayOfEntries(request: SourceRequest): Promise<void> {
    this.#say({ incremental: this.#incremental, ...request, collection: ENTRIES });
    await this.#settle();
  }

  #say(request: SourceRequest): void {
    this.#open().send({ sinkNode: { id: '' }, ...request });
  }

  /** Until all is here that is due. */
  async #settle(): Promise<void> {
    const stream = this.#open();
    if (stream.ended() !== undefined) return;
    await this.#server.untilTold();
    const count = stream.of(FENCE).length;
    this.#say({ collection: FENCE });
    await waitFor(() => stream.of(FENCE).length > count || stream.ended() !== undefined, 'an answer, or the end');
    const end = stream.ended();
    if (end !== undefined) this.#lines.push(`× ${status[end.code]} ${end.details}`);
    else this.#say({ collection: FENCE, responseNonce: stream.of(FENCE).at(-1)?.nonce ?? '' });
  }

  #hear(response: SourceResponse): void {
    if (response.collection !== ENTRIES) return;
    this.#unanswered = response;
    const { incremental, systemVersionInfo, resources, removedResources } = response;
    const changed = (resources ?? []).map(({ metadata }) => {
      const name = shortName(metadata?.name);
      return `+${name}#${this.#counted(name, metadata?.version)}`;
    });
    const told = [...changed.sort(), ...(removedResources ?? []).map((name) => `-${shortName(name)}`).sort()];
    const version = this.#counted('', systemVersionInfo);
    this.#lines.push(`← ${incremental ? 'changes' : 'whole'} @${version} [${told.join(' ')}]`);
  }

  #counted(name: string, version: string | null | undefined): number {
    const seen = this.#versions.get(name) ?? [];
    if (!seen.includes(version ?? '')) seen.push(version ?? '');
    this.#versions.set(name, seen);
    return seen.indexOf(version ?? '') + 1;
  }

  #take(): SourceResponse {
    const response = this.#unansweredOne();
    this.#unanswered = undefined;
    this.#answered = response.nonce ?? '';
    if (!response.incremental) this.#held.clear();
    for (const { metadata } of response.resources ?? []) this.#held.set(metadata?.name ?? '', metadata?.version ?? '');
    for (const name of response.removedResources ?? []) this.#held.delete(name);
    return response;
  }

  #unansweredOne(): SourceResponse {
    if (this.#unanswered === undefined) throw new Error(`nothing to answer after:\n${this.#lines.join('\n')}`);
    return this.#unanswered;
  }

  #open(): SourceStream {
    if (this.#stream === undefined) throw new Error('connect first');
    return this.#stream;
  }
}

/** Both name entries after their services, each in its own way. */
function shortName(name: string | null | undefined): string {
  return (name ?? '').replace(/^.*[./]/, '');
}
