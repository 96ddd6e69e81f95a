// SPDX-License-Identifier: Apache-2.0
// The part of node-zookeeper-client 1.1.3 that generation.ts builds on, internals included, and nothing that writes. The types
// published for it know no internals; test/unit/registry/zookeeper/session/library.test.ts fails when one of them moves.
declare module 'node-zookeeper-client' {
  export interface ZooKeeperError {
    getCode(): number;
  }

  /** Called from inside `onSocketData`, before anything that stands behind the answer is looked at. */
  type Callback<Value> = (error: ZooKeeperError | null | undefined, value?: Value) => void;
  type Watcher = () => void;

  export interface Client {
    readonly connectionManager: ConnectionManager;
    getState(): State;
    /** As negotiated, once there was a handshake. */
    getSessionTimeout(): number;
    /** Sends at once where there is a connection, else with each one to come. */
    addAuthInfo(scheme: string, auth: Buffer): void;
    /** `null` where there is no node. */
    exists(path: string, watcher: Watcher | undefined, callback: Callback<object | null>): void;
    getChildren(path: string, watcher: Watcher | undefined, callback: Callback<readonly string[]>): void;
    getData(path: string, watcher: Watcher | undefined, callback: Callback<Buffer>): void;
  }

  export interface WatcherEvent {
    readonly type: number;
    /** Below the chroot. */
    readonly path: string;
  }

  export interface WatcherManager {
    registerDataWatcher(path: string, watcher: Watcher): void;
    registerChildWatcher(path: string, watcher: Watcher): void;
    registerExistenceWatcher(path: string, watcher: Watcher): void;
    emit(event: WatcherEvent): void;
    /** Unless it says so, all watches are sent again with every connection. */
    isEmpty(): boolean;
  }

  /** All that the library ever does with its socket, once it makes none itself. */
  export interface LibrarySocket {
    /** False: wait for `onSocketDrain`. */
    write(bytes: Buffer): boolean;
    setTimeout(): void;
    destroy(): void;
  }

  export interface ConnectionManager {
    socket: LibrarySocket;
    watcherManager: WatcherManager;
    credentials: object[];
    readonly packetQueue: { queue: object[] };
    connect(): void;
    setState(state: number): void;
    onSocketConnected(): void;
    onSocketData(bytes: Buffer): void;
    onSocketClosed(): void;
  }

  export interface State {
    readonly name: string;
  }
  export const State: { readonly SYNC_CONNECTED: State; readonly EXPIRED: State };

  export const Exception: { create(code: number, path?: string): ZooKeeperError };

  /** `servers[/chroot]`. Connects only when told to. */
  export function createClient(
    connectionString: string,
    options: { readonly sessionTimeout: number; readonly retries: number },
  ): Client;
}
