// SPDX-License-Identifier: Apache-2.0
// What a new stream has to pass, and each request on it: the access list and the limit of its address, which refuse, and the rate
// limits, which let wait.
import type { Cancel, Clock } from '../../lib/clock.ts';
import type { ServeObserver } from '../observer.ts';
import type { StreamEvent, StreamState } from '../stream.ts';
import type { Access } from './access.ts';
import type { AccessVerdict } from './access-list.ts';
import type { CertificateNames } from './certificate-names.ts';
import type { ClientLimits } from './client-limits.ts';
import { Crowd } from './crowd.ts';
import { RateLimit, type RateLimitOptions } from './rate-limit.ts';

export interface RateLimits {
  /** Of streams that are opened, by all clients together. */
  readonly newStreams: RateLimitOptions;
  /** On one stream, of requests that nobody needs: what opens a subscription or answers a response passes freely. */
  readonly requests: RateLimitOptions;
}

/** Between turning a client away and telling it so: a Pilot of 2020 that is told at once comes back at once, a thousand times a second. */
export const REJECTION_PAUSE_MS = 1_000;

export class Admission {
  readonly #access: Access;
  readonly #limits: RateLimits;
  readonly #newStreams: RateLimit;
  readonly #clientLimits: ClientLimits;
  readonly #crowd: Crowd;
  readonly #clock: Clock;
  readonly #observer: ServeObserver;

  constructor(
    access: Access,
    limits: { readonly rateLimits: RateLimits; readonly clientLimits: ClientLimits },
    { clock, observer }: { clock: Clock; observer: ServeObserver },
  ) {
    this.#access = access;
    this.#limits = limits.rateLimits;
    this.#clientLimits = limits.clientLimits;
    this.#crowd = new Crowd(limits.clientLimits.streamsPerAddress);
    this.#clock = clock;
    this.#observer = observer;
    this.#newStreams = new RateLimit(limits.rateLimits.newStreams, clock);
  }

  /** Who is turned away is counted and told. */
  judge(peer: string, names: CertificateNames | undefined): AccessVerdict {
    const verdict = this.#access.verdictOn(names);
    if (verdict.kind === 'nameless') {
      this.#access.rejected(peer, 'nameless', 'it shows no certificate with a name, and there is an access list');
    } else if (verdict.kind === 'denied') {
      this.#access.rejected(peer, 'denied', `the access list does not let ${verdict.name} in`);
    }
    return verdict;
  }

  /** Lets a stream in until the cancel that is returned. undefined: its address has enough, which is counted and told. */
  enter(peer: string): Cancel | undefined {
    const leave = this.#crowd.enter(peer);
    if (leave === undefined) {
      const { streamsPerAddress } = this.#clientLimits;
      this.#access.rejected(peer, 'crowded', `its address has ${streamsPerAddress} streams open, as many as one may`);
    }
    return leave;
  }

  /** Calls `look` when a stream that asked for nothing by then is to be ended. */
  untilFirstRequest(look: () => void): Cancel {
    return this.#clock.after(this.#clientLimits.firstRequestMs, look);
  }

  /** Whether this client came in over TLS. */
  isEncrypted(peer: string): boolean {
    return this.#access.isEncrypted(peer);
  }

  /** Calls `tell` after the pause; the cancel is for who leaves before. */
  reject(tell: () => void): Cancel {
    return this.#clock.after(REJECTION_PAUSE_MS, tell);
  }

  /** Calls `begin` when this stream's turn has come; the cancel takes it out of the line. */
  newStream(begin: () => void): Cancel {
    const leave = this.#newStreams.take(begin);
    if (leave !== undefined) this.#observer.waited('streams');
    return leave ?? (() => {});
  }

  /** For the requests of one stream. */
  requests(): RequestLimit {
    const limit = new RateLimit(this.#limits.requests, this.#clock);
    return {
      spend: (resume) => {
        const leave = limit.take(resume);
        if (leave !== undefined) this.#observer.waited('requests');
        return leave;
      },
    };
  }
}

export interface RequestLimit {
  /** `resume` is called when the stream may be read on; undefined: that was at once. */
  spend(resume: () => void): Cancel | undefined;
}

/**
 * Whether a request with these effects is one that we owe an answer to or asked for ourselves. Galley counted those too, one a second
 * after the first hundred: a Pilot that started with many collections, or a source that changed often, stood still.
 */
export function isFree(state: StreamState, events: readonly StreamEvent[]): boolean {
  return events.length > 0 && events.every((event) => isOwed(state, event));
}

function isOwed(state: StreamState, event: StreamEvent): boolean {
  switch (event.kind) {
    case 'introduced':
      return true;
    // One answer is owed for each response. A copy of it is a request like any other.
    case 'acked':
    case 'nacked': {
      const delivery = state.subscriptions.get(event.topic)?.delivery;
      return delivery?.kind === 'inFlight' && !delivery.answered;
    }
    case 'asked':
      return !state.subscriptions.has(event.topic);
    default:
      return false;
  }
}
