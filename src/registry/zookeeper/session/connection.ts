// SPDX-License-Identifier: Apache-2.0
// One connection to one server, from its opening to its end, which comes exactly once and answers every read. It is up when
// the server has granted the session, taken the credentials and answered a first question, all within one deadline; from
// then on it must not be silent for a third of the session timeout.
import type { Socket } from 'node:net';
import type { Cancel, Clock } from '../../../lib/clock.ts';
import { errorCode } from '../../../lib/error-code.ts';
import { UnusableFile } from '../../../lib/secret-files.ts';
import { type ZooKeeperFailure, zooKeeperFailure } from '../failure.ts';
import type { ZooKeeperOptions } from '../options.ts';
import { type Credentials, loadCredentials } from './credentials.ts';
import { deadline } from './deadline.ts';
import { type Frame, FrameReader } from './frame-reader.ts';
import type { Generation } from './generation.ts';
import { closedFailure, openSocket } from './open-socket.ts';
import { runOurs } from './our-code.ts';
import { Questions } from './questions.ts';
import { type ConnectionEnd, unauthenticated } from './reply-code.ts';
import { AUTHENTICATION, handshakeFailure, noHandshake, replyHeader, tooLargeReply } from './reply-header.ts';

export interface ConnectionOptions
  extends Pick<ZooKeeperOptions, 'auth' | 'tls' | 'connectTimeoutMs' | 'requestTimeoutMs' | 'maxBytes'> {
  readonly server: string;
  readonly generation: Generation;
  readonly clock: Clock;
  readonly onUp: () => void;
  /** Not after `close`. */
  readonly onEnd: (end: ConnectionEnd) => void;
}

/** `opening`: files, name, TCP, TLS. `handshake`: the session is asked for. `probing`: it is granted. */
type Phase = 'opening' | 'handshake' | 'probing' | 'up' | 'ended';

export class Connection {
  /** To be used while it is up. */
  readonly questions: Questions;
  /** Resolves when nothing of it is left. */
  readonly finished: Promise<void>;
  readonly #options: ConnectionOptions;
  readonly #frames: FrameReader;
  #phase: Phase = 'opening';
  #socket: Socket | undefined;
  /** Of the one deadline that runs at a time. */
  #cancelDeadline: Cancel;
  #wasHeard = false;

  /** Begins to connect. Nothing is called before the constructor has returned. */
  constructor(options: ConnectionOptions) {
    this.#options = options;
    const { generation, server, clock, requestTimeoutMs, maxBytes, connectTimeoutMs } = options;
    this.#frames = new FrameReader(maxBytes);
    this.questions = new Questions({
      generation,
      server,
      clock,
      timeoutMs: requestTimeoutMs,
      maxBytes,
      onEnd: (end) => this.#end(end),
    });
    this.#cancelDeadline = deadline(clock, connectTimeoutMs, () =>
      this.#end(this.#ending('kept', 'ZOOKEEPER_TIMEOUT', `gave no session in ${connectTimeoutMs} ms`)),
    );
    this.finished = this.#run();
  }

  get isUp(): boolean {
    return this.#phase === 'up';
  }

  close(): void {
    if (this.#phase === 'ended') return;
    const hasAsked = this.#phase !== 'opening';
    this.#phase = 'ended';
    this.#cancelDeadline();
    this.#socket?.destroy();
    if (hasAsked) this.#options.generation.leave();
    this.questions.end();
  }

  async #run(): Promise<void> {
    const credentials = await this.#loadCredentials();
    if (credentials === undefined || this.#phase === 'ended') return;
    const { server, tls } = this.#options;
    const socket = openSocket(server, credentials.tls, tls.serverName);
    this.#socket = socket;
    let code = '';
    socket.once(credentials.tls === undefined ? 'connect' : 'secureConnect', () => this.#onOpen(socket, credentials));
    socket.on('data', (chunk: Buffer) => this.#onData(chunk));
    socket.on('error', (error) => {
      code = errorCode(error);
    });
    await new Promise((resolve) => socket.once('close', resolve));
    this.#onClosed(code);
  }

  async #loadCredentials(): Promise<Credentials | undefined> {
    try {
      return await loadCredentials(this.#options);
    } catch (thrown) {
      if (!(thrown instanceof UnusableFile)) throw thrown;
      this.#end({ session: 'kept', failure: zooKeeperFailure('ZOOKEEPER_CREDENTIALS', thrown.message) });
      return undefined;
    }
  }

  #onOpen(socket: Socket, { digest }: Credentials): void {
    if (this.#phase !== 'opening') return;
    this.#phase = 'handshake';
    const wire = {
      write: (bytes: Buffer) => void socket.write(bytes),
      onEvent: (type: number, path: string) => this.questions.tell(type, path),
      onDisorder: () => this.#end(this.#ending('over', 'ZOOKEEPER_BROKEN_ANSWER', 'answered what was not asked')),
    };
    this.#options.generation.open(wire, digest);
  }

  #onData(chunk: Buffer): void {
    if (this.#phase === 'ended') return;
    this.#wasHeard = true;
    // Where one of them ends the connection, those behind it find nobody who waits for them.
    for (const frame of this.#frames.push(chunk)) {
      const end = this.#phase === 'handshake' ? this.#takeHandshake(frame) : this.#takeAnswer(frame);
      if (end !== undefined) this.#end(end);
    }
  }

  #takeHandshake(frame: Frame): ConnectionEnd | undefined {
    const { server, generation } = this.#options;
    if (frame.kind !== 'whole') return { session: 'kept', failure: noHandshake(server) };
    const failure = handshakeFailure(server, frame.bytes);
    if (failure !== undefined) return { session: 'kept', failure };
    const end = this.#receive(frame.bytes);
    if (end !== undefined) return end;
    if (generation.standing === 'expired') return this.#ending('over', 'ZOOKEEPER_EXPIRED', 'has ended the session');
    this.#phase = 'probing';
    this.questions.probe(() => this.#onProven());
    return undefined;
  }

  #takeAnswer(frame: Frame): ConnectionEnd | undefined {
    if (frame.kind === 'malformed') return this.#unreadable();
    const bytes = frame.kind === 'whole' ? frame.bytes : tooLargeReply(frame.head);
    const { number, code } = replyHeader(bytes);
    if (number === AUTHENTICATION && code !== 0) {
      return { session: 'over', failure: unauthenticated(this.#options.server, code) };
    }
    return this.#receive(bytes);
  }

  #receive(bytes: Buffer): ConnectionEnd | undefined {
    try {
      this.#options.generation.receive(bytes);
      return undefined;
    } catch {
      return this.#unreadable();
    }
  }

  #onProven(): void {
    this.#cancelDeadline();
    this.#phase = 'up';
    this.#watchSilence();
    runOurs(this.#options.onUp);
  }

  /**
   * Each third of the session timeout something is asked, whatever else is going on: the server counts only what it hears from
   * us. Until the next third something must have been heard from it.
   */
  #watchSilence(): void {
    const { clock, generation } = this.#options;
    const thirdMs = Math.floor(generation.sessionTimeoutMs / 3);
    this.#cancelDeadline = deadline(clock, thirdMs, () => {
      if (this.#wasHeard) {
        this.#wasHeard = false;
        this.questions.probe(() => {});
        this.#watchSilence();
      } else this.#end(this.#ending('over', 'ZOOKEEPER_TIMEOUT', `was silent for ${thirdMs} ms`));
    });
  }

  #onClosed(code: string): void {
    if (this.#phase === 'ended') return;
    const progress = this.#phase === 'opening' || this.#phase === 'up' ? this.#phase : 'handshake';
    const failure = closedFailure(this.#options.server, progress, code, this.#frames.isInside);
    this.#end({ session: 'kept', failure });
  }

  #unreadable(): ConnectionEnd {
    return this.#ending('over', 'ZOOKEEPER_BROKEN_ANSWER', 'sent what cannot be read');
  }

  #ending(session: ConnectionEnd['session'], code: ZooKeeperFailure['code'], did: string): ConnectionEnd {
    return { session, failure: zooKeeperFailure(code, `${this.#options.server} ${did}`) };
  }

  #end(end: ConnectionEnd): void {
    if (this.#phase === 'ended') return;
    this.close();
    runOurs(() => this.#options.onEnd(end));
  }
}
