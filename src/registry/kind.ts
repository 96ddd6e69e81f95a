// SPDX-License-Identifier: Apache-2.0
// What a kind of registry is: its keys, what a scope may ask of it, and how one is made.
import type { Clock } from '../lib/clock.ts';
import type { ConfigFields } from '../lib/config-field.ts';
import type { Log } from '../observe/log.ts';
import type { Capture, DumpContent } from './dump.ts';
import type { Registry } from './registry.ts';
import type { ScopeOptions } from './scope.ts';
import type { ReadStep, RegistrySource } from './source.ts';

/** What every registry may use of the program. */
export interface RegistryContext {
  readonly clock: Clock;
  readonly log: Log;
  /** A number in [0, 1): jitter and shuffles come from here, so that tests decide them. */
  readonly random: () => number;
  readonly onRead: (read: ReadReport) => void;
  /** A periodic full read found so many places changed that nobody had announced. */
  readonly onDrift: (registry: string, places: number) => void;
  /** So many paths of a long capture were read, for a person who waits. */
  readonly onProgress?: (paths: number) => void;
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
  /** Whether its registries are read through a session, which each of them then tells of. */
  readonly hasSession: boolean;
  /** Attribute names that a scope rule may use. */
  readonly attributes: readonly string[];
  /** The key without which a configuration is refused, with a value that leads nowhere: for commands that connect to nothing. */
  readonly assumedAddress: { readonly key: string; readonly value: string };
  readonly create: (name: string, options: Options, scope: ScopeOptions, context: RegistryContext) => Registry;
  /** Reads once what is in scope, as the registry that `create` gives would, and closes everything. Never rejects. */
  readonly capture: (name: string, options: Options, scope: ScopeOptions, context: RegistryContext) => Promise<Capture>;
  readonly sources: (options: Options) => readonly RegistrySource[];
  /** The same registry read from these of its sources alone, by name. */
  readonly readFrom: (options: Options, sources: ReadonlySet<string>) => Options;
  /** Where an attempt to read ended, by the code of its ReadError. */
  readonly stepOf: (code: string) => ReadStep;
  /** What `capture` gave, as text, read by the decoders that read the living registry. Never throws. */
  readonly readDump: (raw: string, name: string, options: Options, scope: ScopeOptions) => DumpContent;
}
