// SPDX-License-Identifier: Apache-2.0
// The contract of a registry. Every kind implements it, and so do the decorators (select, observe, merge), so nothing
// downstream knows how many registries there are or of which kind.
//
// What an implementation promises:
//  1. `slices()` returns what is known now; it never blocks, never throws, and returns the same objects until something
//     changed. A plain registry has exactly one slice; `merge` has one for each registry.
//  2. No information is not empty. An error, a timeout, half an answer, a 403 or an unparsable body leaves the services
//     of the last good read in place and shows in `reading` as `stale`. Before the first good read it is `waiting`.
//  3. An unchanged service keeps its object identity from read to read (compare deeply once, at the border).
//  4. One bad instance costs itself alone and becomes a Problem; one bad service costs itself alone.
//  5. Secrets are dropped while decoding: nothing past this interface ever holds one.
//  6. `onChange` is called after `slices()` began to answer differently (a fresh `readAt` counts: the guard waits for
//     confirming reads). It is called from a timer or I/O callback, never from inside `start`, `slices`, `readAnew` or `close`.
//  7. Loops end only by `close()`. After it resolves no callback comes, no timer or socket is left.
//  8. Nothing is ever written to a registry.
import type { Problem } from '../model/problem.ts';
import type { Service, ServiceKey } from '../model/service.ts';
import type { Outside } from './outside.ts';
import type { ScopeOptions } from './scope.ts';
import type { RegistrySession } from './session.ts';

export interface Registry {
  readonly name: string;
  slices(): readonly Slice[];
  /** Begins reading at once and goes on until `close()`. Called once. */
  start(onChange: () => void): void;
  close(): Promise<void>;
  /**
   * For a kind that reads or keeps only what is in scope: the scope is another one from here on. What it left out so far is
   * read at once; until then it is absent, and what both scopes share stays.
   */
  setScope?(scope: ScopeOptions): void;
  /**
   * For a kind whose next read may be long in coming, or whose servers may differ: reads all of it at once, of another server where
   * there is one, which it then stays with. Somebody doubts what was read last. Asked again before that has ended it does nothing.
   */
  readAnew?(): void;
  /**
   * Its instances are made of several records (Dubbo: one for each interface), and it asks the scope about each record, for a rule
   * with two conditions must hold for one of them and not for what they say together. Nothing asks the scope again.
   */
  readonly scopesRecords?: true;
  /** What it knows of, now, beside what is in its slice; absent where nobody can tell. Answers from memory. */
  outside?(): Outside;
  /** The session that it is read through, as it is now; undefined for a kind that keeps none. Answers from memory. */
  session?(): RegistrySession | undefined;
}

/** What one configured registry contributes. */
export interface Slice {
  readonly registry: string;
  readonly kind: string;
  readonly reading: Reading;
  /** Rises by one whenever the operator changed what this slice may hold (its scope): removals are then meant. */
  readonly scopeRevision: number;
  /** How much of the registry the scope matched. Equal numbers where no scope is set. */
  readonly matched: Matched;
}

export interface Matched {
  readonly services: number;
  /** Of the whole registry as far as it was read, also what was not kept because it is outside the scope. */
  readonly ofServices: number;
}

export type Reading =
  /** No good read yet. */
  | { readonly kind: 'waiting'; readonly sinceMs: number; readonly lastError: ReadError | undefined }
  /** The same, and the content is of a good read of a former process. */
  | {
      readonly kind: 'restored';
      readonly content: Content;
      readonly sinceMs: number;
      readonly lastError: ReadError | undefined;
    }
  /** The last attempt to read was good. */
  | { readonly kind: 'live'; readonly content: Content }
  /** There was a good read once, and the last attempt failed: the content is of then. */
  | { readonly kind: 'stale'; readonly content: Content; readonly sinceMs: number; readonly lastError: ReadError };

export interface Content {
  readonly services: ReadonlyMap<ServiceKey, Service>;
  /** What was refused while decoding; replaced as a whole by each read that changes it. */
  readonly problems: readonly Problem[];
  /** Epoch ms at which this content was last confirmed by a good read (also one that changed nothing). */
  readonly readAtMs: number;
}

export interface ReadError {
  /** Stable and SCREAMING_SNAKE, for example `EUREKA_UNAUTHORIZED`. */
  readonly code: string;
  /** One sentence: what happened, with which server, what to do. Holds no secret. */
  readonly message: string;
  readonly atMs: number;
}
