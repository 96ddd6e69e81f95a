// SPDX-License-Identifier: Apache-2.0
// Where a registry is read from, and how far an attempt to read it came: what a person needs to tell a dead server from a wrong
// password from an answer that is none. Each kind knows its own servers and codes.
import type { Clock } from '../lib/clock.ts';

/** How far an attempt came, in the order in which it goes: a failure has one of these as its step. */
export type ReadStep = 'reach' | 'authenticate' | 'list' | 'decode';

export interface ReadObstacle {
  /** Of a ReadError. */
  readonly code: string;
  /** A sentence, and what to do. Holds no secret. */
  readonly message: string;
}

/** One server, or the file. */
export interface RegistrySource {
  /** As it may be shown: without credentials. */
  readonly name: string;
  /**
   * undefined: something answers there as a registry of this kind does, whatever it says. Sends no credentials, keeps to the
   * deadlines of the options and never rejects.
   */
  reach(clock: Clock): Promise<ReadObstacle | undefined>;
}
