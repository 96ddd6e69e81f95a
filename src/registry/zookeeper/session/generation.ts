// SPDX-License-Identifier: Apache-2.0
// One client of node-zookeeper-client 1.1.3, which is one session of ZooKeeper, over one connection after the other. All
// that reaches into the library stands here. Of the library we use its codec, its numbering of requests and what it knows
// of the session. Never its connecting (no deadline on the handshake, a spin without an end), its pings (no answer is
// asked for), its watches (sent again in one packet with every reconnect) nor `close()` (throws, or writes).
import { type Client, createClient, Exception, State } from 'node-zookeeper-client';
import { ReadOnlySocket } from './read-only-socket.ts';

export type Answer<Value> =
  | { readonly kind: 'value'; readonly value: Value }
  /** Other than 0; what it means is told by reply-code.ts. */
  | { readonly kind: 'error'; readonly code: number };

/** Called from inside `receive`, so before the next answer is looked at. */
export type Answered<Value> = (answer: Answer<Value>) => void;

/** What a generation needs of its connection. */
export interface Wire {
  write(bytes: Buffer): void;
  onEvent(type: number, path: string): void;
  /** The answers do not fit the requests. */
  onDisorder(): void;
}

export interface GenerationOptions {
  readonly servers: readonly string[];
  readonly chroot: string;
  readonly sessionTimeoutMs: number;
}

const CONNECTING = 1;

// The library throws for a code that it does not know, from inside its socket handler; servers know more than it does.
const create = Exception.create;
Exception.create = (code, path) => {
  try {
    return create(code, path);
  } catch {
    return { getCode: () => code };
  }
};

export class Generation {
  readonly #client: Client;
  #wire: Wire | undefined;

  constructor({ servers, chroot, sessionTimeoutMs }: GenerationOptions) {
    const path = chroot === '/' ? '' : chroot;
    this.#client = createClient(`${servers.join(',')}${path}`, { sessionTimeout: sessionTimeoutMs, retries: 0 });
    const manager = this.#client.connectionManager;
    // Called by the library whenever a connection has ended: when and where to connect is for session.ts to say.
    manager.connect = () => {};
    manager.watcherManager = {
      registerDataWatcher() {},
      registerChildWatcher() {},
      registerExistenceWatcher() {},
      emit: ({ type, path }) => this.#wire?.onEvent(type, path),
      isEmpty: () => true,
    };
  }

  /** As negotiated by the last handshake. */
  get sessionTimeoutMs(): number {
    return this.#client.getSessionTimeout();
  }

  /** What the first answer on the wire said of the session. */
  get standing(): 'unknown' | 'established' | 'expired' {
    const state = this.#client.getState();
    if (state === State.SYNC_CONNECTED) return 'established';
    return state === State.EXPIRED ? 'expired' : 'unknown';
  }

  /** Asks for the session: a new one at first, later the same again. The digest follows as soon as it is granted. */
  open(wire: Wire, digest: Buffer | undefined): void {
    const manager = this.#client.connectionManager;
    this.#wire = wire;
    manager.socket = new ReadOnlySocket(
      (bytes) => wire.write(bytes),
      () => wire.onDisorder(),
    );
    manager.credentials = [];
    if (digest !== undefined) this.#client.addAuthInfo('digest', digest);
    manager.setState(CONNECTING);
    manager.onSocketConnected();
  }

  /** Takes one whole answer, with its length. Throws where the library cannot make sense of it. */
  receive(frame: Buffer): void {
    this.#client.connectionManager.onSocketData(frame);
  }

  /** The connection is over: whatever was asked through it is forgotten, the session is kept. */
  leave(): void {
    this.#wire = undefined;
    const manager = this.#client.connectionManager;
    manager.onSocketClosed();
    // Credentials that waited for a handshake.
    manager.packetQueue.queue = [];
  }

  children(path: string, isWatched: boolean, answered: Answered<readonly string[]>): void {
    this.#client.getChildren(path, watcher(isWatched), (error, names) => {
      // In code unit order, which is what sort() does by itself.
      answered(error ? errorOf(error) : { kind: 'value', value: [...(names ?? [])].sort() });
    });
  }

  /** A node without data answers an empty buffer. */
  data(path: string, isWatched: boolean, answered: Answered<Buffer>): void {
    this.#client.getData(path, watcher(isWatched), (error, data) => {
      answered(error ? errorOf(error) : { kind: 'value', value: data ?? Buffer.alloc(0) });
    });
  }

  /** False where there is no node: that is no error of `exists`. */
  exists(path: string, isWatched: boolean, answered: Answered<boolean>): void {
    this.#client.exists(path, watcher(isWatched), (error, stat) => {
      answered(error ? errorOf(error) : { kind: 'value', value: stat !== null });
    });
  }
}

/** The library asks for a watch where it is given somebody to tell; whom to tell is hints.ts. */
function watcher(isWatched: boolean): (() => void) | undefined {
  return isWatched ? () => {} : undefined;
}

function errorOf(error: { getCode(): number }): Answer<never> {
  return { kind: 'error', code: error.getCode() };
}
