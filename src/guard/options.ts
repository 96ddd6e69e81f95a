// SPDX-License-Identifier: Apache-2.0
// The times that the guard works with. They may change from step to step (a reload): what waits is judged by the new ones,
// except a grace, which keeps the end that it was given.

export interface GuardOptions {
  /** How long an instance that vanished stays, in case it comes back (delete-then-create flaps). Default 5 s. */
  readonly removalDebounceMs: number;
  /** How long "everything is gone" must last, by registry, before a fresh read may confirm it. Default 5 min. Less than the
   * debounce counts as the debounce. */
  readonly holdForMs: (registry: string) => number;
  /** How long a service whose last instance left keeps its entry, with no endpoint. Default 10 min. */
  readonly emptyGraceMs: number;
}
