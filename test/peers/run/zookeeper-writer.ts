// What tests write into a real ZooKeeper, with a client of their own: node-zookeeper-client as it is, over a network that works.
import { createRequire } from 'node:module';
import type { Teardown } from './teardown.ts';
import type { SessionKey } from './zookeeper-wire.ts';

type Done = (error: Error | null) => void;
interface Transaction {
  create(path: string, data: Buffer): Transaction;
  remove(path: string): Transaction;
  commit(done: Done): void;
}
interface WritingClient {
  once(event: 'connected' | 'disconnected', listener: () => void): void;
  connect(): void;
  close(): void;
  addAuthInfo(scheme: string, auth: Buffer): void;
  mkdirp(path: string, done: Done): void;
  create(path: string, data: Buffer, acls: readonly object[], mode: number, done: Done): void;
  setData(path: string, data: Buffer, done: Done): void;
  setACL(path: string, acls: readonly object[], done: Done): void;
  remove(path: string, version: number, done: Done): void;
  transaction(): Transaction;
}
interface Library {
  createClient(servers: string, options: object): WritingClient;
  readonly ACL: {
    new (permission: number, id: object): object;
    readonly OPEN_ACL_UNSAFE: readonly object[];
    readonly CREATOR_ALL_ACL: readonly object[];
  };
  readonly CreateMode: { readonly PERSISTENT: number; readonly EPHEMERAL: number };
}

// Declared here and not where Footbridge can see it: for Footbridge the library has nothing that writes.
const library = createRequire(import.meta.url)('node-zookeeper-client') as Library;

export interface NodeChange {
  readonly kind: 'create' | 'remove';
  readonly path: string;
}

/** Nodes in one transaction: with names of 800 bytes below the 1 MB of a packet that servers take. */
const BATCH = 500;

export class ZooKeeperWriter {
  readonly #client: WritingClient;

  private constructor(client: WritingClient) {
    this.#client = client;
  }

  /** Connects, as `user:password` where that is given. */
  static async start(teardown: Teardown, address: string, digest?: string): Promise<ZooKeeperWriter> {
    const client = await connected(address, digest === undefined ? {} : { digest });
    teardown.add('the ZooKeeper writer', () => client.close());
    return new ZooKeeperWriter(client);
  }

  /** Creates a persistent node and the parents that it lacks. */
  async create(path: string, data = ''): Promise<void> {
    await done((callback) => this.#client.mkdirp(path, callback));
    if (data !== '') await this.set(path, data);
  }

  /** Creates a node that only this writer's credentials can read. */
  createPrivate(path: string, data: string): Promise<void> {
    const { ACL, CreateMode } = library;
    return done((callback) =>
      this.#client.create(path, Buffer.from(data), ACL.CREATOR_ALL_ACL, CreateMode.PERSISTENT, callback),
    );
  }

  /** Creates many nodes whose parents exist. */
  createAll(paths: readonly string[]): Promise<void> {
    return this.change(paths.map((path) => ({ kind: 'create', path })));
  }

  /** Creates and removes in this order: up to 500 nodes in one instant, the others right behind. */
  async change(changes: readonly NodeChange[]): Promise<void> {
    const commits: Promise<void>[] = [];
    for (let from = 0; from < changes.length; from += BATCH) {
      const transaction = this.#client.transaction();
      for (const { kind, path } of changes.slice(from, from + BATCH)) {
        if (kind === 'create') transaction.create(path, Buffer.alloc(0));
        else transaction.remove(path);
      }
      commits.push(done((callback) => transaction.commit(callback)));
    }
    await Promise.all(commits);
  }

  set(path: string, data: string): Promise<void> {
    return done((callback) => this.#client.setData(path, Buffer.from(data), callback));
  }

  remove(path: string): Promise<void> {
    return done((callback) => this.#client.remove(path, -1, callback));
  }

  /** Takes the right to read away from everybody else, or gives it back. */
  setReadable(path: string, isReadable: boolean): Promise<void> {
    const { OPEN_ACL_UNSAFE, CREATOR_ALL_ACL } = library.ACL;
    return done((callback) => this.#client.setACL(path, isReadable ? OPEN_ACL_UNSAFE : CREATOR_ALL_ACL, callback));
  }
}

/** Ends a session of somebody else as its timeout would. */
export async function endSession(address: string, { id, password }: SessionKey): Promise<void> {
  const client = await connected(address, { sessionId: id, sessionPassword: password });
  const ended = new Promise<void>((resolve) => client.once('disconnected', resolve));
  client.close();
  await ended;
}

async function connected(
  address: string,
  { digest, ...options }: { readonly digest?: string; readonly sessionId?: Buffer; readonly sessionPassword?: Buffer },
): Promise<WritingClient> {
  const client = library.createClient(address, options);
  if (digest !== undefined) client.addAuthInfo('digest', Buffer.from(digest));
  const isConnected = new Promise<void>((resolve) => client.once('connected', resolve));
  client.connect();
  await isConnected;
  return client;
}

function done(call: (callback: Done) => void): Promise<void> {
  return new Promise((resolve, reject) => call((error) => (error ? reject(error) : resolve())));
}
