// A ZooKeeper ensemble in memory, seen by one reader, with watches as real servers have them: a watch is set by a read, fires once,
// and is gone with its connection. Answers and events reach the reader in one order. What is slow, forbidden or broken is
// the test's to say.
import { posix } from 'node:path';
import { type ZooKeeperFailure, zooKeeperFailure } from '../../src/registry/zookeeper/failure.ts';
import type { Hint, Outcome, SessionState, ZooKeeperReader } from '../../src/registry/zookeeper/reader.ts';
import type { FakeTree } from './planned-tree.ts';

type Asked = 'children' | 'data' | 'exists';

interface Node {
  data: Buffer;
  readonly children: Set<string>;
}

interface Request {
  readonly what: Asked;
  readonly path: string;
  /** The server's work: what it finds at that moment, and the watch it sets. */
  serve(): void;
  answer(outcome: Outcome<never>): void;
}

const SERVER = 'zk-1:2181';
export const UNREACHABLE = zooKeeperFailure('ZOOKEEPER_UNREACHABLE', `${SERVER} cannot be reached`);
export const EXPIRED = zooKeeperFailure('ZOOKEEPER_EXPIRED', `${SERVER} has ended the session`);

export class FakeZooKeeper implements ZooKeeperReader {
  readonly #nodes = new Map<string, Node>([['/', { data: Buffer.alloc(0), children: new Set() }]]);
  readonly #watches: Record<Asked, Map<string, Set<Hint>>> = {
    children: new Map(),
    data: new Map(),
    exists: new Map(),
  };
  readonly #forbidden = new Set<string>();
  readonly #broken = new Map<string, ZooKeeperFailure>();
  readonly #held = new Set<string>();
  readonly #denied = new Set<string>();
  #isEmptied = false;
  #lags = false;
  /** Asked and not answered. */
  readonly #open = new Set<Request>();
  /** What has left the server and not reached the reader. */
  #underWay: (() => void)[] = [];
  readonly #reads = new Map<string, number>();
  #state: SessionState = { kind: 'lost', sinceMs: 0, failure: undefined };
  #onState: (state: SessionState) => void = () => {};
  /** Every path that was ever deleted. */
  readonly deleted = new Set<string>();
  /** Most reads that were open at once. */
  mostOpen = 0;
  /** Reads of a path that was being read in the same way already. */
  overlaps = 0;

  // What the reader sees.

  state(): SessionState {
    return this.#state;
  }

  start(onState: (state: SessionState) => void): void {
    this.#onState = onState;
  }

  children(path: string, onHint?: Hint): Promise<Outcome<readonly string[]>> {
    return this.#ask('children', path, onHint, ({ children }) => [...children].sort());
  }

  data(path: string, onHint?: Hint): Promise<Outcome<Buffer>> {
    return this.#ask('data', path, onHint, ({ data }) => data);
  }

  exists(path: string, onHint?: Hint): Promise<Outcome<undefined>> {
    return this.#ask('exists', path, onHint, () => undefined);
  }

  async close(): Promise<void> {
    this.#endConnection();
    this.#change({ kind: 'lost', sinceMs: 0, failure: undefined });
    this.#onState = () => {};
  }

  // What the test does to the connection.

  connect(): void {
    this.#change({ kind: 'connected', sinceMs: 0, server: SERVER });
  }

  reconnect(): void {
    this.#change({ kind: 'reconnected', sinceMs: 0, server: SERVER });
  }

  disconnect(failure: ZooKeeperFailure | undefined = UNREACHABLE): void {
    this.#endConnection();
    this.#change({ kind: 'suspended', sinceMs: 0, failure });
  }

  expire(): void {
    this.#endConnection();
    this.#change({ kind: 'lost', sinceMs: 0, failure: EXPIRED });
  }

  get isUp(): boolean {
    return this.#state.kind === 'connected' || this.#state.kind === 'reconnected';
  }

  /** Watches are gone and nobody was told. */
  loseHints(): void {
    for (const watches of Object.values(this.#watches)) watches.clear();
  }

  // What the test does to the tree. Missing nodes above are made.

  create(path: string, data = ''): void {
    if (this.has(path)) return;
    const above = posix.dirname(path);
    this.create(above);
    this.#nodes.set(path, { data: Buffer.from(data), children: new Set() });
    this.#nodes.get(above)?.children.add(posix.basename(path));
    this.#fire(path, 'data', 'exists');
    this.#fire(above, 'children');
  }

  set(path: string, data: string): void {
    const node = this.#nodes.get(path);
    if (node === undefined) return;
    node.data = Buffer.from(data);
    this.#fire(path, 'data', 'exists');
  }

  /** With all that is below it, leaves first. */
  delete(path: string): void {
    const node = this.#nodes.get(path);
    if (node === undefined) return;
    for (const name of node.children) this.delete(posix.join(path, name));
    const above = posix.dirname(path);
    this.#nodes.delete(path);
    this.#nodes.get(above)?.children.delete(posix.basename(path));
    this.deleted.add(path);
    this.#fire(path, 'children', 'data', 'exists');
    this.#fire(above, 'children');
  }

  has(path: string): boolean {
    return this.#nodes.has(path);
  }

  everything(): FakeTree {
    return Object.fromEntries(
      [...this.#nodes].map(([path, { data, children }]) => [path, { data, children: [...children] }]),
    );
  }

  // What the test does to answers.

  forbid(path: string): void {
    this.#forbidden.add(path);
  }

  allow(path: string): void {
    this.#forbidden.delete(path);
  }

  /** Reads of children and data fail. */
  break(path: string, failure: ZooKeeperFailure): void {
    this.#broken.set(path, failure);
  }

  mend(path: string): void {
    this.#broken.delete(path);
  }

  /** The server answers that this path is not there, whether or not its directory lists it. */
  deny(path: string): void {
    this.#denied.add(path);
  }

  admit(path: string): void {
    this.#denied.delete(path);
  }

  /** Nothing is there for whoever reads, as with another chroot or a server that lost its tree. */
  pretendEmpty(isEmptied: boolean): void {
    this.#isEmptied = isEmptied;
  }

  /** The server does not get to reads of this path until `release`. */
  hold(path: string): void {
    this.#held.add(path);
  }

  release(path: string): void {
    this.#held.delete(path);
    for (const request of [...this.#open]) if (request.path === path) request.serve();
  }

  releaseAll(): void {
    for (const path of [...this.#held]) this.release(path);
  }

  /** Nothing that leaves the server reaches the reader until `catchUp`. */
  lag(): void {
    this.#lags = true;
  }

  catchUp(): void {
    this.#lags = false;
    const underWay = this.#underWay;
    this.#underWay = [];
    for (const arrive of underWay) arrive();
  }

  // What the test sees.

  reads(what: Asked, path: string): number {
    return this.#reads.get(`${what} ${path}`) ?? 0;
  }

  get allReads(): number {
    return [...this.#reads.values()].reduce((sum, count) => sum + count, 0);
  }

  /** How many functions wait for a change of this path. */
  watchers(path: string): number {
    return Object.values(this.#watches).reduce((sum, watches) => sum + (watches.get(path)?.size ?? 0), 0);
  }

  #ask<Value>(
    what: Asked,
    path: string,
    onHint: Hint | undefined,
    show: (node: Node) => Value,
  ): Promise<Outcome<Value>> {
    const key = `${what} ${path}`;
    this.#reads.set(key, (this.#reads.get(key) ?? 0) + 1);
    if (!this.isUp) return Promise.resolve({ kind: 'disconnected' });
    for (const open of this.#open)
      if (onHint !== undefined && open.what === what && open.path === path) this.overlaps++;
    return new Promise((resolve) => {
      let isServed = false;
      const request: Request = {
        what,
        path,
        serve: () => {
          if (isServed) return;
          isServed = true;
          const outcome = this.#outcome(what, path, show);
          if (onHint !== undefined) this.#watch(what, path, outcome.kind, onHint);
          this.#send(() => {
            this.#open.delete(request);
            resolve(outcome);
          });
        },
        answer: resolve,
      };
      this.#open.add(request);
      this.mostOpen = Math.max(this.mostOpen, this.#open.size);
      if (!this.#held.has(path)) request.serve();
    });
  }

  #outcome<Value>(what: Asked, path: string, show: (node: Node) => Value): Outcome<Value> {
    const node = this.#nodes.get(path);
    if (node === undefined || this.#isEmptied || this.#denied.has(path)) return { kind: 'no-node' };
    if (what === 'exists') return { kind: 'found', value: show(node) };
    if (this.#forbidden.has(path)) return { kind: 'no-auth' };
    const failure = this.#broken.get(path);
    return failure === undefined ? { kind: 'found', value: show(node) } : { kind: 'failed', failure };
  }

  #watch(what: Asked, path: string, outcome: Outcome<unknown>['kind'], onHint: Hint): void {
    if (outcome !== 'found' && !(outcome === 'no-node' && what === 'exists')) return;
    const watches = this.#watches[what];
    watches.set(path, (watches.get(path) ?? new Set()).add(onHint));
  }

  #fire(path: string, ...kinds: readonly Asked[]): void {
    const hints = new Set(kinds.flatMap((kind) => [...(this.#watches[kind].get(path) ?? [])]));
    for (const kind of kinds) this.#watches[kind].delete(path);
    for (const hint of hints) this.#send(hint);
  }

  #send(arrive: () => void): void {
    if (this.#lags) this.#underWay.push(arrive);
    else arrive();
  }

  #endConnection(): void {
    this.loseHints();
    this.#underWay = [];
    for (const request of this.#open) request.answer({ kind: 'disconnected' });
    this.#open.clear();
  }

  #change(state: SessionState): void {
    this.#state = state;
    this.#onState(state);
  }
}
