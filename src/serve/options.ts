// SPDX-License-Identifier: Apache-2.0
// What serving asks of its caller. The configuration's keys and defaults stand in config/; nothing here has a default.

import type { AccessOptions } from './access/access.ts';
import type { RateLimits } from './access/admission.ts';
import type { ClientLimits } from './access/client-limits.ts';

export interface ServeOptions {
  /** Address to listen on, without port; an IPv6 address without brackets. */
  readonly address: string;
  /** 0: any free port. */
  readonly port: number;
  /** A second port, in plaintext, beside one with TLS; undefined: none. */
  readonly plaintextPort: number | undefined;
  readonly access: AccessOptions;
  readonly rateLimits: RateLimits;
  readonly clientLimits: ClientLimits;
  /** A connection that was silent for this long is pinged, … */
  readonly keepaliveTimeMs: number;
  /** … and dropped when the ping is not answered within this. */
  readonly keepaliveTimeoutMs: number;
  /** How many streams may be sent a push at the same time. */
  readonly pushConcurrency: number;
  /**
   * Every kind that this bridge may ever publish, as group and kind (`networking.istio.io/ServiceEntry`). Their answer is
   * held while the snapshot is incomplete; all other kinds are answered at once, with nothing.
   */
  readonly publishedKinds: readonly string[];
  /** How long a client that is known to hold nothing of ours waits for the first good read; undefined: for ever. */
  readonly coldStartBoundMs: number | undefined;
  /** Port at which istiod tells whether it is ready. */
  readonly coldStartReadyPort: number;
  /** Whether clients of legacy MCP, of which nobody can know what they hold, wait for the first good read or for the bound. */
  readonly coldStartLegacy: 'hold' | 'answer';
  /** Minor release of Istio that a client of legacy MCP is taken for while what it asks for does not tell. */
  readonly legacyMinor: number;
  readonly shutdown: ShutdownOptions;
}

export interface ShutdownOptions {
  /** Between "not serving" and the first ended stream. */
  readonly drainDelayMs: number;
  /** Over how long the streams are ended, evenly spread. */
  readonly staggerMs: number;
  /** Counted from the beginning; after it whatever is still open is cut. */
  readonly deadlineMs: number;
}
