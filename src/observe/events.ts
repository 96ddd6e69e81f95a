// SPDX-License-Identifier: Apache-2.0
// The last changes of this process, for people: a fixed number of sentences in memory. It takes texts, never objects, so
// that nobody hands it something with a secret inside.
import type { Clock } from '../lib/clock.ts';
import { printable } from '../lib/printable.ts';

export type EventKind = 'process' | 'config' | 'registry' | 'service' | 'guard' | 'snapshot' | 'client' | 'state';

export interface NewEvent {
  readonly kind: EventKind;
  /** Name of the registry, '' where the event is about none. */
  readonly registry?: string;
  /** Name of the service as the registry spells it, '' where the event is about none. */
  readonly service?: string;
  /** One sentence or part of one. */
  readonly text: string;
}

export interface Event extends Required<NewEvent> {
  readonly atMs: number;
}

/** How many events are kept. */
export const KEPT_EVENTS = 200;
const LONGEST_TEXT = 500;

export class Events {
  readonly #clock: Clock;
  readonly #events: Event[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  add({ kind, registry = '', service = '', text }: NewEvent): void {
    const shown = { service: printable(service, LONGEST_TEXT), text: printable(text, LONGEST_TEXT) };
    this.#events.push({ atMs: this.#clock.now(), kind, registry, ...shown });
    if (this.#events.length > KEPT_EVENTS) this.#events.shift();
  }

  /** Newest first. */
  list(): readonly Event[] {
    return this.#events.toReversed();
  }
}
