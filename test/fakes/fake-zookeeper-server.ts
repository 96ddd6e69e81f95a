// A ZooKeeper server over real sockets: it serves a tree in memory with one-shot watches, and misbehaves as a test tells it to.
import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, type TlsOptions } from 'node:tls';
import {
  answer,
  bytes,
  EVENTS,
  event,
  names,
  OPERATIONS,
  parseRequest,
  parseSessionRequest,
  type SeenRequest,
  STAT,
  sessionAnswer,
} from './zookeeper-packets.ts';

export type Behaviour =
  | { readonly kind: 'serve' }
  | { readonly kind: 'error'; readonly code: number }
  /** Takes the request and says nothing. */
  | { readonly kind: 'silent' }
  /** Half of the right answer, then the connection is cut. */
  | { readonly kind: 'half' }
  | { readonly kind: 'cut' }
  /** These bytes in place of an answer. */
  | { readonly kind: 'raw'; readonly bytes: Buffer };

/** As `jute.maxbuffer` has it: who sends more is cut off. */
const LONGEST_PACKET = 1024 * 1024;
const [NO_NODE, NO_AUTH, AUTH_FAILED, AUTH_REQUIRED] = [-101, -102, -115, -124];

export class FakeZooKeeperServer {
  /** Every request so far, over all connections. */
  readonly requests: SeenRequest[] = [];
  behave: (request: SeenRequest) => Behaviour = () => ({ kind: 'serve' });
  /** Paths that no credentials can read. */
  readonly forbidden = new Set<string>();
  /** As `scheme user:password`: what is not these is refused, and nothing is served to who has shown none. */
  demandedCredentials: string | undefined;
  /** Sessions last as long as clients ask for, up to this. */
  longestTimeoutMs = 30_000;
  readonly #server: Server;
  readonly #connections = new Set<Connection>();
  readonly #nodes = new Map<string, { data: Buffer; readonly children: Set<string> }>();
  readonly #sessions = new Set<string>();
  #accepted = 0;
  #granted = 0;

  private constructor(server: Server, secure: boolean) {
    this.#server = server;
    this.#nodes.set('/', { data: Buffer.alloc(0), children: new Set() });
    server.on(secure ? 'secureConnection' : 'connection', (socket: Socket) => this.#accept(socket));
  }

  /** Ends whatever `behave` was set to. */
  behaveWell(): void {
    this.behave = () => ({ kind: 'serve' });
  }

  static async start(tls?: TlsOptions): Promise<FakeZooKeeperServer> {
    const server = tls === undefined ? createServer() : createTlsServer(tls);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new FakeZooKeeperServer(server, tls !== undefined);
  }

  get address(): string {
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Connections that were ever made. */
  get accepted(): number {
    return this.#accepted;
  }

  /** Connections that are open now. */
  get open(): number {
    return this.#connections.size;
  }

  /** What was asked after the handshake, as `operation path`. */
  get asked(): readonly string[] {
    const namesOf = new Map(Object.entries(OPERATIONS).map(([name, code]): [number, string] => [code, name]));
    return this.requests
      .filter(({ operation }) => operation !== 0)
      .map(({ operation, path }) => `${namesOf.get(operation) ?? operation} ${path}`.trim());
  }

  /** Creates or changes a node, and creates its parents. */
  set(path: string, data = ''): void {
    const node = this.#nodes.get(path);
    if (node !== undefined) {
      node.data = Buffer.from(data);
      this.#notify(EVENTS.dataChanged, path, 'data');
      return;
    }
    const parent = parentOf(path);
    if (!this.#nodes.has(parent)) this.set(parent);
    this.#nodes.set(path, { data: Buffer.from(data), children: new Set() });
    this.#nodes.get(parent)?.children.add(path.slice(path.lastIndexOf('/') + 1));
    this.#notify(EVENTS.created, path, 'data');
    this.#notify(EVENTS.childrenChanged, parent, 'children');
  }

  remove(path: string): void {
    this.#nodes.delete(path);
    const parent = parentOf(path);
    this.#nodes.get(parent)?.children.delete(path.slice(path.lastIndexOf('/') + 1));
    this.#notify(EVENTS.deleted, path, 'data', 'children');
    this.#notify(EVENTS.childrenChanged, parent, 'children');
  }

  /** Sends an event to every connection, whether or not it watches. */
  send(type: number, path: string): void {
    for (const connection of this.#connections) connection.socket.write(event(type, path));
  }

  /** Ends every connection at once; sessions stay. */
  cut(): void {
    for (const { socket } of this.#connections) socket.destroy();
  }

  /** Forgets every session and ends every connection. */
  expireSessions(): void {
    this.#sessions.clear();
    this.cut();
  }

  async close(): Promise<void> {
    if (!this.#server.listening) return;
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.cut();
    await closed;
  }

  #accept(socket: Socket): void {
    const connection = new Connection(socket, ++this.#accepted);
    this.#connections.add(connection);
    socket.setNoDelay();
    socket.on('error', () => {});
    socket.once('close', () => this.#connections.delete(connection));
    socket.on('data', (chunk: Buffer) => {
      for (const packet of connection.packets(chunk)) this.#take(connection, packet);
    });
  }

  #take(connection: Connection, packet: Buffer): void {
    const isFirst = !connection.hasAsked;
    connection.hasAsked = true;
    const request = (isFirst ? parseSessionRequest : parseRequest)(packet, connection.number);
    this.requests.push(request);
    const { socket } = connection;
    const behaviour = this.behave(request);
    switch (behaviour.kind) {
      case 'silent':
        return;
      case 'cut':
        socket.destroy();
        return;
      case 'raw':
        socket.write(behaviour.bytes);
        return;
      case 'error':
        socket.write(answer(request.number, behaviour.code));
        return;
      case 'half': {
        const whole = this.#answer(connection, request);
        socket.write(whole.subarray(0, whole.length >> 1), () => socket.destroy());
        return;
      }
      case 'serve':
        socket.write(this.#answer(connection, request));
        if (connection.isRefused) socket.end();
    }
  }

  #answer(connection: Connection, request: SeenRequest): Buffer {
    if (request.operation === 0) return this.#grant(request);
    if (request.operation === OPERATIONS.auth) return this.#authenticate(connection, request);
    if (request.operation === OPERATIONS.ping) return answer(request.number, 0);
    if (this.demandedCredentials !== undefined && !connection.isAuthenticated) {
      connection.isRefused = true;
      return answer(request.number, AUTH_REQUIRED);
    }
    return this.#read(connection, request);
  }

  #grant({ session, timeoutMs }: SeenRequest): Buffer {
    const isNew = /^0+$/.test(session);
    if (!isNew && !this.#sessions.has(session)) return sessionAnswer(0, '0'.repeat(16));
    const granted = isNew ? (++this.#granted).toString(16).padStart(16, '0') : session;
    this.#sessions.add(granted);
    return sessionAnswer(Math.min(timeoutMs, this.longestTimeoutMs), granted);
  }

  #authenticate(connection: Connection, { number, credentials }: SeenRequest): Buffer {
    connection.isAuthenticated = [undefined, credentials].includes(this.demandedCredentials);
    if (connection.isAuthenticated) return answer(number, 0);
    connection.isRefused = true;
    return answer(number, AUTH_FAILED);
  }

  #read(connection: Connection, { operation, number, path, isWatched }: SeenRequest): Buffer {
    const node = this.#nodes.get(path);
    const kind = operation === OPERATIONS.children ? 'children' : 'data';
    if (isWatched && (node !== undefined || operation === OPERATIONS.exists)) connection.watches.add(`${kind} ${path}`);
    if (node === undefined) return answer(number, NO_NODE);
    if (operation === OPERATIONS.exists) return answer(number, 0, STAT);
    if (this.forbidden.has(path)) return answer(number, NO_AUTH);
    if (operation === OPERATIONS.data) return answer(number, 0, bytes(node.data), STAT);
    return answer(number, 0, names([...node.children]), STAT);
  }

  #notify(type: number, path: string, ...kinds: readonly string[]): void {
    for (const { watches, socket } of this.#connections) {
      const fired = kinds.filter((kind) => watches.delete(`${kind} ${path}`));
      if (fired.length > 0) socket.write(event(type, path));
    }
  }
}

class Connection {
  readonly socket: Socket;
  readonly number: number;
  readonly watches = new Set<string>();
  hasAsked = false;
  isAuthenticated = false;
  /** Its next answer is the last one. */
  isRefused = false;
  #held = Buffer.alloc(0);

  constructor(socket: Socket, number: number) {
    this.socket = socket;
    this.number = number;
  }

  *packets(chunk: Buffer): Generator<Buffer> {
    this.#held = Buffer.concat([this.#held, chunk]);
    while (this.#held.length >= 4) {
      const length = 4 + this.#held.readInt32BE(0);
      if (length > LONGEST_PACKET) this.socket.destroy();
      if (length > this.#held.length) return;
      yield this.#held.subarray(0, length);
      this.#held = this.#held.subarray(length);
    }
  }
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(1, path.lastIndexOf('/')));
}
