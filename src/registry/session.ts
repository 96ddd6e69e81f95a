// SPDX-License-Identifier: Apache-2.0
// The session that a registry is read through, for the kinds that keep one: in which of four states it is, and how much of the
// registry is watched. For people alone: no decision looks here.

/**
 * `connected`: a new session. `suspended`: no connection, but the session may still live. `reconnected`: that session on another
 * connection. `lost`: it is over or was given up; also before the first connection.
 */
export interface RegistrySession {
  readonly state: 'connected' | 'suspended' | 'reconnected' | 'lost';
  /** Epoch ms. */
  readonly sinceMs: number;
  /** Places whose changes the servers announce; 0 without a connection. */
  readonly watches: number;
}
