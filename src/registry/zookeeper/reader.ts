// SPDX-License-Identifier: Apache-2.0
// What the rest of the program knows of a ZooKeeper ensemble: how to read one path, and in which of four states the session
// is. session.ts is the one that speaks to servers; tests have one in memory. Nothing here can write.
import type { ZooKeeperFailure } from './failure.ts';

/**
 * `connected`: a new session; nothing that was watched before is watched any more. `suspended`: no connection, but the session
 * may still live. `reconnected`: that session on another connection. `lost`: the session is over or was given up, and a new
 * one is being made; also the state before the first connection.
 *
 *     lost ─▶ connected ─▶ suspended ─▶ reconnected ─▶ suspended ─▶ …
 *      ▲                       │
 *      └───────────────────────┘
 */
export type SessionState =
  | { readonly kind: 'connected' | 'reconnected'; readonly sinceMs: number; readonly server: string }
  | { readonly kind: 'suspended' | 'lost'; readonly sinceMs: number; readonly failure: ZooKeeperFailure | undefined };

/** What became of reading one path. Only `found` and `no-node` say anything about the path. */
export type Outcome<Value> =
  | { readonly kind: 'found'; readonly value: Value }
  | { readonly kind: 'no-node' }
  /** The server refuses this path to these credentials; others can be readable. */
  | { readonly kind: 'no-auth' }
  /** This path alone cannot be read: its answer is too large, or the server answers an error that is about it. */
  | { readonly kind: 'failed'; readonly failure: ZooKeeperFailure }
  /** There is no connection, or it ended before the answer: the state says why. */
  | { readonly kind: 'disconnected' };

/** Says that something under a watched path may have changed: look again. At most once for each read. */
export type Hint = () => void;

/**
 * Paths begin with `/` and are below the chroot. Reads never reject; as many as are asked for wait their turn. `onHint` is
 * called once when what was read may have changed since, and never after the connection of that read has ended: whoever
 * reads reads everything again when the state becomes `connected` or `reconnected`. A read that fails leaves no watch;
 * `no-node` leaves one only for `exists`, which hints when the path comes to be. When a path is read again, the hint of the
 * later read takes the place of the one before.
 */
export interface ZooKeeperReader {
  state(): SessionState;
  /**
   * Begins to connect, and goes on until `close()`. `onState` is told every change of the state, never from inside `start`; one
   * that changes only the failure, as while nothing can be reached, keeps `kind` and `sinceMs`.
   */
  start(onState: (state: SessionState) => void): void;
  /** Names of the children in code unit order, without the path. */
  children(path: string, onHint?: Hint): Promise<Outcome<readonly string[]>>;
  data(path: string, onHint?: Hint): Promise<Outcome<Buffer>>;
  /** `found` with no value, or `no-node`. */
  exists(path: string, onHint?: Hint): Promise<Outcome<undefined>>;
  /** Ends the connection. After it resolves nothing is called any more, no timer or socket is left, and every read was answered. */
  close(): Promise<void>;
}
