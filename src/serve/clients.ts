// SPDX-License-Identifier: Apache-2.0
// All connected clients: opens their streams, hands every new snapshot to them, and tells what is known of them. Whatever
// the protocol, a stream is a ServedStream here.
import type { Cancel, Clock } from '../lib/clock.ts';
import { NowAndThen } from '../lib/now-and-then.ts';
import type { Log } from '../observe/log.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import type { SnapshotStore } from '../snapshot/store.ts';
import type { CertificateNames } from './access/certificate-names.ts';
import type { ClientLimits } from './access/client-limits.ts';
import { type ClientView, viewClient } from './client-view.ts';
import { ColdStartWatch } from './cold-start-watch.ts';
import { FanOut } from './fan-out.ts';
import type { AskReadiness } from './istiod-ready.ts';
import type { Answer, ClientLabel, ServeObserver, StreamEnd } from './observer.ts';
import type { ServeOptions } from './options.ts';
import { isLegacy } from './protocol.ts';
import { type ReceiveLimit, receiveLimit } from './receive-limit.ts';
import { RefusalMemory, type RememberedRefusal } from './refusal-memory.ts';
import { ServedStream, type Transport } from './served-stream.ts';
import { type IgnoreReason, openStream, type Send, type StreamEffect } from './stream.ts';

const SAY_EVERY_MS = 60_000;

/** Ignored requests that left a client without an answer because of a limit. */
const OVER_LIMIT: ReadonlySet<IgnoreReason> = new Set(['too many topics', 'too many names', 'name too long']);

type Answered = Extract<StreamEffect, { kind: 'acked' | 'nacked' }>;

export interface ClientsDeps {
  readonly clock: Clock;
  readonly log: Log;
  readonly observer: ServeObserver;
  /** Differs from run to run, so that no nonce of a former process is taken for one of this. */
  readonly noncePrefix: string;
  readonly askReadiness: AskReadiness;
}

export class Clients {
  readonly #deps: ClientsDeps;
  readonly #store: SnapshotStore;
  readonly #publishedKinds: ReadonlySet<string>;
  readonly #legacyMinor: number;
  readonly #streams = new Map<string, ServedStream>();
  readonly #fanOut: FanOut;
  readonly #coldStart: ColdStartWatch;
  readonly #stopListening: Cancel;
  #opened = 0;
  readonly #limits: ClientLimits;
  readonly #saidTooLarge: NowAndThen;
  readonly #refusals: RefusalMemory;
  readonly #saidOverLimit: NowAndThen;

  constructor(options: ServeOptions, store: SnapshotStore, deps: ClientsDeps) {
    this.#deps = deps;
    this.#store = store;
    this.#publishedKinds = new Set(options.publishedKinds);
    this.#legacyMinor = options.legacyMinor;
    this.#refusals = new RefusalMemory(deps.clock);
    this.#saidTooLarge = new NowAndThen(SAY_EVERY_MS, deps.clock);
    this.#saidOverLimit = new NowAndThen(SAY_EVERY_MS, deps.clock);
    this.#limits = options.clientLimits;
    this.#fanOut = new FanOut(options.pushConcurrency, deps.clock);
    this.#coldStart = new ColdStartWatch({
      boundMs: options.coldStartBoundMs,
      answersLegacy: options.coldStartLegacy === 'answer',
      clock: deps.clock,
      askReadiness: deps.askReadiness,
      streams: () => this.#streams.values(),
      isComplete: () => store.current().complete,
      release: (stream, waitedMs) => this.#release(stream, waitedMs),
    });
    this.#stopListening = store.onPublish((snapshot) => this.#publish(snapshot));
  }

  open(transport: Transport): ServedStream {
    const id = String(++this.#opened);
    const opening = {
      protocol: transport.protocol,
      // A client of legacy MCP opens every stream without a nonce, and Galley's nonces were plain numbers.
      noncePrefix: isLegacy(transport.protocol) ? '' : `${this.#deps.noncePrefix}-${id}-`,
      legacyMinor: this.#legacyMinor,
      publishedKinds: this.#publishedKinds,
      mostSubscriptions: this.#limits.subscriptionsPerStream,
    };
    const state = openStream(opening, this.#store.current());
    const stream = new ServedStream(id, transport, state, {
      clock: this.#deps.clock,
      fanOut: this.#fanOut,
      onSent: (it, send, bytes) => this.#sent(it, send, bytes),
      onStep: (it, effects) => this.#stepped(it, effects),
      onClosed: (it, end) => this.#closed(it, end),
      onDefect: (it, error) => this.#deps.log.error('client.defect', { ...label(it), error: String(error) }),
    });
    this.#streams.set(id, stream);
    this.#deps.observer.streamOpened(label(stream));
    this.#coldStart.reviewSoon();
    return stream;
  }

  streams(): readonly ServedStream[] {
    return [...this.#streams.values()];
  }

  views(): readonly ClientView[] {
    const nowMs = this.#deps.clock.now();
    return this.streams().map((stream) =>
      viewClient(stream, this.#coldStart.verdict(stream), nowMs, this.#limits.ackOverdueMs),
    );
  }

  /** See ColdStartWatch. */
  heldAgoMs(): number | undefined {
    return this.#coldStart.heldAgoMs();
  }

  /** See ColdStartWatch. */
  heldElsewhere(atMs: number): void {
    this.#coldStart.heldElsewhere(atMs);
  }

  /** Of the last minutes, also of clients that left since. The latest first. */
  refusals(): readonly RememberedRefusal[] {
    return this.#refusals.list();
  }

  /** Ends the streams of clients that may be connected no longer. */
  review(mayStay: (names: CertificateNames | undefined) => boolean): void {
    for (const stream of this.streams()) if (!mayStay(stream.names)) stream.end('denied');
  }

  /** Listens to the store no longer. Streams are ended by whoever closes the transport. */
  close(): void {
    this.#stopListening();
    this.#coldStart.close();
  }

  #publish(snapshot: Snapshot): void {
    for (const stream of this.streams()) stream.publish(snapshot);
    this.#coldStart.reviewSoon();
  }

  #release(stream: ServedStream, waitedMs: number): void {
    const { log, observer } = this.#deps;
    stream.release();
    const sizes = [...this.#store.current().kinds.values()].map((set) => set.resources.size);
    const answer = { waitedMs, resources: sizes.reduce((sum, size) => sum + size, 0) };
    log.warn('client.answered_early', { ...label(stream), ...answer });
    observer.coldStartAnswered(label(stream), answer);
  }

  #sent(stream: ServedStream, { topic, set }: Send, bytes: number): void {
    this.#deps.observer.pushed(label(stream), { topic, bytes, resources: set.resources.size });
    const limit = receiveLimit(stream.state);
    if (limit !== undefined && bytes > limit.bytes) this.#sentTooLarge(stream, topic, bytes, limit);
  }

  /** A client that cannot read it comes back every second: said once in a while, counted every time. */
  #sentTooLarge(stream: ServedStream, topic: string, bytes: number, limit: ReceiveLimit): void {
    const { log, observer } = this.#deps;
    const { bytes: limitBytes, remedy } = limit;
    this.#refusals.sentTooLarge(stream, { topic, bytes, limitBytes, remedy });
    const times = this.#saidTooLarge.count();
    observer.tooLarge(label(stream), { topic, bytes, limitBytes, isNews: times !== undefined });
    if (times === undefined) return;
    log.error('client.response_too_large', { ...label(stream), topic, bytes, limitBytes, remedy, times });
  }

  #stepped(stream: ServedStream, effects: readonly StreamEffect[]): void {
    this.#coldStart.stepped(stream, effects);
    for (const effect of effects) this.#observe(stream, effect);
  }

  #observe(stream: ServedStream, effect: StreamEffect): void {
    const { log, observer, clock } = this.#deps;
    const client = label(stream);
    switch (effect.kind) {
      case 'introduced':
        log.info('client.connected', { ...client });
        break;
      case 'held':
        log.info('client.held', { ...client, topic: effect.topic });
        observer.held(client, effect.topic);
        break;
      case 'acked':
        this.#refusals.answered(stream, effect.topic);
        observer.acked(client, describeAnswer(effect, clock.now()));
        break;
      case 'nacked':
        this.#refusals.answered(stream, effect.topic);
        log.warn('client.refused', { ...client, topic: effect.topic, message: effect.message });
        observer.nacked(client, { ...describeAnswer(effect, clock.now()), message: effect.message });
        break;
      case 'ignored':
        log.debug('client.request_ignored', { ...client, topic: effect.topic, reason: effect.reason });
        if (OVER_LIMIT.has(effect.reason)) this.#overLimit(client, effect.topic, effect.reason);
    }
  }

  #overLimit(client: ClientLabel, topic: string, reason: IgnoreReason): void {
    const { log, observer } = this.#deps;
    const times = this.#saidOverLimit.count();
    observer.subscriptionRefused(client, { reason, isNews: times !== undefined });
    if (times !== undefined) log.warn('client.subscription_refused', { ...client, topic, reason, times });
  }

  #closed(stream: ServedStream, end: StreamEnd): void {
    this.#streams.delete(stream.id);
    this.#coldStart.closed(stream);
    this.#refusals.left(stream);
    const { log, observer, clock } = this.#deps;
    const connectedMs = clock.now() - stream.connectedAtMs;
    if (stream.state.identity !== undefined) log.info('client.disconnected', { ...label(stream), end, connectedMs });
    observer.streamClosed(label(stream), end);
  }
}

function label({ id, peer, state }: ServedStream): ClientLabel {
  return { streamId: id, peer, protocol: state.protocol, nodeId: state.identity?.nodeId || undefined };
}

function describeAnswer({ topic, response }: Answered, answeredAtMs: number): Answer {
  const { version, askedAtMs, sentAtMs, snapshotCreatedAtMs } = response;
  return { topic, version, askedAtMs, pushedAtMs: sentAtMs, answeredAtMs, snapshotCreatedAtMs };
}
