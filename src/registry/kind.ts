// SPDX-License-Identifier: Apache-2.0
// What a kind of registry is: its keys, what a scope may ask of it, and how one is made.
import type { Clock } from '../lib/clock.ts';
import type { ConfigFields } from '../lib/config-field.ts';
import type { Log } from '../observe/log.ts';
import type { Registry } from './registry.ts';
import type { ScopeOptions } from './scope.ts';

/** What every registry may use of the program. */
export interface RegistryContext {
  readonly clock: Clock;
  readonly log: Log;
  /** A number in [0, 1): jitter and shuffles come from here, so that tests decide them. */
  readonly random: () => number;
  readonly onRead: (read: ReadReport) => void;
}

/** One attempt to read, for metrics. */
export interface ReadReport {
  readonly registry: string;
  /** What was asked for: `full`, `delta`, `apps`, `file`, ... A closed set for each kind. */
  readonly mode: string;
  readonly outcome: 'ok' | 'error';
  /** Code of the ReadError; '' when ok. */
  readonly code: string;
  readonly durationMs: number;
}

export interface RegistryKind<Options> {
  readonly kind: string;
  readonly fields: ConfigFields;
  /** Every `mode` that a ReadReport of this kind can have. */
  readonly modes: readonly string[];
  /** Attribute names that a scope rule may use. */
  readonly attributes: readonly string[];
  readonly create: (name: string, options: Options, scope: ScopeOptions, context: RegistryContext) => Registry;
}
