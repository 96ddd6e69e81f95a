// SPDX-License-Identifier: Apache-2.0
// A session with a ZooKeeper ensemble, for reading. It is one connection after the other: of the same generation as long as
// the session may live, of a new one when it is over or in doubt. Nothing is carried over from connection to connection but
// the session itself; whoever reads reads everything again.
import type { Cancel, Clock } from '../../../lib/clock.ts';
import { shuffled } from '../../../lib/shuffled.ts';
import type { Log } from '../../../observe/log.ts';
import type { ZooKeeperFailure } from '../failure.ts';
import type { ZooKeeperOptions } from '../options.ts';
import type { Hint, Outcome, SessionState, ZooKeeperReader } from '../reader.ts';
import { Connection } from './connection.ts';
import { Generation } from './generation.ts';
import { runOurs } from './our-code.ts';
import type { Questions } from './questions.ts';
import { reconnectDelayMs } from './reconnect-delay.ts';
import type { ConnectionEnd } from './reply-code.ts';
import { SessionLog } from './session-log.ts';

export interface SessionDependencies {
  readonly clock: Clock;
  readonly log: Log;
  /** A number in [0, 1). */
  readonly random: () => number;
}

/** A connection that ends earlier counts as a failed attempt: it was no better than one. */
const LASTING_MS = 30_000;

export class ZooKeeperSession implements ZooKeeperReader {
  readonly #options: ZooKeeperOptions;
  readonly #clock: Clock;
  readonly #random: () => number;
  readonly #log: SessionLog;
  /** In the order in which they are tried, round and round. */
  readonly #servers: readonly string[];
  #state: SessionState;
  #onState: (state: SessionState) => void = () => {};
  /** undefined: the next connection asks for a new session. */
  #generation: Generation | undefined;
  /** The one that is up or being made, else the last one. */
  #connection: Connection | undefined;
  /** Nothing is left of any connection so far. */
  #finished: Promise<void> = Promise.resolve();
  #attempts = 0;
  /** In a row. */
  #failures = 0;
  #cancelAttempt: Cancel = () => {};
  #cancelExpiry: Cancel = () => {};

  constructor(options: ZooKeeperOptions, { clock, log, random }: SessionDependencies) {
    this.#options = options;
    this.#clock = clock;
    this.#random = random;
    this.#log = new SessionLog(log);
    this.#servers = shuffled(options.servers, random);
    this.#state = { kind: 'lost', sinceMs: clock.now(), failure: undefined };
  }

  state(): SessionState {
    return this.#state;
  }

  start(onState: (state: SessionState) => void): void {
    this.#onState = onState;
    this.#cancelAttempt = this.#clock.after(0, () => this.#attempt());
  }

  async children(path: string, onHint?: Hint): Promise<Outcome<readonly string[]>> {
    return this.#questions?.children(path, onHint) ?? { kind: 'disconnected' };
  }

  async data(path: string, onHint?: Hint): Promise<Outcome<Buffer>> {
    return this.#questions?.data(path, onHint) ?? { kind: 'disconnected' };
  }

  async exists(path: string, onHint?: Hint): Promise<Outcome<undefined>> {
    return this.#questions?.exists(path, onHint) ?? { kind: 'disconnected' };
  }

  async close(): Promise<void> {
    this.#onState = () => {};
    this.#state = { kind: 'lost', sinceMs: this.#clock.now(), failure: undefined };
    this.#cancelAttempt();
    this.#cancelExpiry();
    this.#connection?.close();
    await this.#finished;
  }

  /** Nothing is asked, and so nothing queued, while there is no connection: it would be sent before the credentials. */
  get #questions(): Questions | undefined {
    return this.#connection?.isUp ? this.#connection.questions : undefined;
  }

  #attempt(): void {
    const server = this.#servers[this.#attempts++ % this.#servers.length] ?? '';
    this.#generation ??= new Generation(this.#options);
    const connection = new Connection({
      ...this.#options,
      server,
      generation: this.#generation,
      clock: this.#clock,
      onUp: () => this.#onUp(server),
      onEnd: (end) => this.#onEnd(end),
    });
    this.#connection = connection;
    this.#finished = this.#finished.then(() => connection.finished);
  }

  #onUp(server: string): void {
    this.#cancelExpiry();
    const kind = this.#state.kind === 'suspended' ? 'reconnected' : 'connected';
    this.#change({ kind, sinceMs: this.#clock.now(), server });
  }

  #onEnd({ session, failure }: ConnectionEnd): void {
    const former = this.#state;
    if (former.kind === 'connected' || former.kind === 'reconnected') this.#countEnd(former.sinceMs);
    else if (former.kind === 'suspended' && session === 'over') this.#failures = 0;
    else this.#countFailure(failure);

    if (session === 'over') this.#generation = undefined;
    const kind = session === 'over' || former.kind === 'lost' ? 'lost' : 'suspended';
    if (kind === 'lost') this.#cancelExpiry();
    else if (former.kind !== 'suspended') this.#awaitExpiry();
    this.#scheduleAttempt();
    this.#change({ kind, sinceMs: kind === former.kind ? former.sinceMs : this.#clock.now(), failure });
  }

  #countEnd(sinceMs: number): void {
    const hadLasted = this.#clock.now() - sinceMs >= LASTING_MS;
    this.#failures = hadLasted ? 0 : this.#failures + 1;
    this.#log.ended(hadLasted);
  }

  #countFailure(failure: ZooKeeperFailure): void {
    this.#failures++;
    this.#log.attemptFailed(failure);
  }

  /** A session that nobody has resumed in its time is over, whether or not a server is there to say so. */
  #awaitExpiry(): void {
    const timeoutMs = this.#generation?.sessionTimeoutMs ?? 0;
    this.#cancelExpiry = this.#clock.after(timeoutMs, () => {
      if (this.#state.kind !== 'suspended') return;
      this.#generation = undefined;
      // What is under way asks for the former session.
      this.#cancelAttempt();
      this.#connection?.close();
      this.#failures = 0;
      this.#scheduleAttempt();
      this.#change({ kind: 'lost', sinceMs: this.#clock.now(), failure: this.#state.failure });
    });
  }

  #scheduleAttempt(): void {
    this.#cancelAttempt = this.#clock.after(reconnectDelayMs(this.#failures, this.#random()), () => this.#attempt());
  }

  /** Comes last in what leads to it: whoever is told may close the session. */
  #change(state: SessionState): void {
    if (state.kind !== this.#state.kind) this.#log.changed(state);
    this.#state = state;
    runOurs(() => this.#onState(state));
  }
}
