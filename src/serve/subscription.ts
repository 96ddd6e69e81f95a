// SPDX-License-Identifier: Apache-2.0
// What one stream wants and holds of one topic: a pure state machine that says when a response is due and what it has to tell.
// It knows nothing of nonces' meaning, of holding back or of bytes; those are the stream's and the protocol's.
import {
  type Changes,
  changesAndNames,
  changesBetween,
  HOLDS_NOTHING,
  type Holding,
  isNothing,
} from '../snapshot/changes.ts';
import type { ResourceSet } from '../snapshot/snapshot.ts';

/** A response that was sent. */
export interface Response {
  readonly nonce: string;
  /** Of the set that the client has with it. */
  readonly version: string;
  /** How many resources that set has. */
  readonly resources: number;
  /** When the client first asked for the topic. */
  readonly askedAtMs: number;
  readonly sentAtMs: number;
  readonly snapshotCreatedAtMs: number;
  /** Made from a snapshot that held the whole of every registry. */
  readonly complete: boolean;
}

export interface Refusal {
  readonly response: Response;
  readonly message: string;
  readonly atMs: number;
}

export interface Acceptance {
  readonly response: Response;
  readonly atMs: number;
}

/** What a client asks for. */
export interface Wants {
  /** whole: every response carries all resources. changes: what differs from what the client holds. */
  readonly news: 'whole' | 'changes';
  /** Every resource of the topic; else those of `names` alone. */
  readonly all: boolean;
  /** Asked for by name. */
  readonly names: ReadonlySet<string>;
  /** What the client says that it holds; undefined: unknown, so that changes have to begin with the whole set. */
  readonly held: Holding | undefined;
}

export const WHOLE_SET: Wants = { news: 'whole', all: true, names: new Set(), held: undefined };

export interface NamesChange {
  readonly more: readonly string[];
  readonly less: readonly string[];
}

/**
 * owed      an answer is due whatever it contains: the topic was asked for and is not answered yet
 * inFlight  a response is under way; no other may follow until the transport took it *and* the client answered it
 * settled   the client answered the last response; another is due only when the content differs
 */
export type Delivery =
  | { readonly kind: 'owed' }
  | {
      readonly kind: 'inFlight';
      readonly written: boolean;
      readonly answered: boolean;
      readonly askedAgain: boolean;
      /** What the response tells; undefined: the whole set. */
      readonly changes: Changes | undefined;
    }
  | { readonly kind: 'settled' };

export interface Subscription extends Wants {
  /** Type url or collection, verbatim as the client wrote it. */
  readonly topic: string;
  /** As the snapshot names it; undefined: a topic that is always answered with nothing. */
  readonly kind: string | undefined;
  readonly askedAtMs: number;
  readonly delivery: Delivery;
  readonly last: Response | undefined;
  readonly acked: Acceptance | undefined;
  readonly nacked: Refusal | undefined;
  /** Since when the client lacks (as far as it acknowledged) what is current; undefined: it has it. */
  readonly behindSinceMs: number | undefined;
  /** For changes: what the client has if it took every response; `held` is what it acknowledged. */
  readonly offered: Holding | undefined;
  /** Names that the next response must tell of, changed or not, because the client asked. */
  readonly untold: ReadonlySet<string>;
  /** Names in refused responses: the client may have taken some of them, so that none is known any more. */
  readonly doubted: ReadonlySet<string>;
}

export function subscribe(topic: string, kind: string | undefined, wants: Wants, atMs: number): Subscription {
  const unanswered = { last: undefined, acked: undefined, nacked: undefined, offered: undefined, doubted: NO_NAMES };
  const untold = new Set([...wants.names].filter((name) => wants.held?.has(name) !== true));
  const delivery = { kind: 'owed' } as const;
  return { ...wants, ...unanswered, topic, kind, askedAtMs: atMs, delivery, behindSinceMs: atMs, untold };
}

/** The client wants the whole set once more, even if it did not change. */
export function askAgain(sub: Subscription, news: Wants['news']): Subscription {
  if (sub.delivery.kind === 'inFlight') return { ...sub, news, delivery: { ...sub.delivery, askedAgain: true } };
  return { ...sub, news, held: undefined, delivery: { kind: 'owed' } };
}

/**
 * Other names from here on; `*` stands for every resource of the topic. What is asked for is told even where the client was
 * given it before: it may have forgotten it. `set`: all that there is of the topic now.
 */
export function adjust(sub: Subscription, change: NamesChange, set: ResourceSet): Subscription {
  const less = new Set(change.less);
  const more = new Set(change.more);
  const all = (sub.all && !less.has('*')) || more.has('*');
  const names = new Set([...sub.names].filter((name) => !less.has(name)));
  const untold = new Set([...sub.untold].filter((name) => all || names.has(name)));
  for (const name of less) {
    // Whoever has all of them, and loses one that it named, cannot know whether that one is among all: it is told.
    if (all && sub.names.has(name)) untold.add(name);
    else untold.delete(name);
  }
  for (const name of more) {
    if (name !== '*') names.add(name);
    for (const told of name === '*' ? everyName(sub, set) : [name]) untold.add(told);
  }
  if (all) return { ...sub, all, names, untold };
  const kept = { held: only(names, sub.held), offered: only(names, sub.offered) };
  return { ...sub, ...kept, all, names, untold, doubted: new Set([...sub.doubted].filter((name) => names.has(name))) };
}

/** Whether a response should be sent now. What was refused is not offered again: only other content is. */
export function isDue(sub: Subscription, set: ResourceSet): boolean {
  if (sub.delivery.kind !== 'settled') return sub.delivery.kind === 'owed';
  if (sub.untold.size > 0) return true;
  if (sub.offered === undefined) return sub.last?.version !== set.version;
  return !isNothing(changesBetween(sub.offered, set));
}

/** What a response out of `set` has to tell; undefined: the whole set. */
export function changesFor(sub: Subscription, set: ResourceSet): Changes | undefined {
  if (sub.news === 'whole' || sub.held === undefined) return undefined;
  return changesAndNames(changesBetween(sub.held, set), new Set([...sub.untold, ...sub.doubted]), set);
}

export function sent(
  sub: Subscription,
  response: Response,
  set: ResourceSet,
  changes: Changes | undefined,
): Subscription {
  // Once changes were told, it is remembered what was offered in a whole set as well: changes may be wanted again.
  const offered = sub.news === 'changes' || sub.offered !== undefined ? set.resources : undefined;
  const delivery = { kind: 'inFlight', written: false, answered: false, askedAgain: false, changes } as const;
  return { ...sub, last: response, offered, untold: NO_NAMES, delivery };
}

/** The transport has taken the response. */
export function written(sub: Subscription): Subscription {
  return sub.delivery.kind === 'inFlight' ? landed(sub, { ...sub.delivery, written: true }) : sub;
}

/** The client acknowledged its last response. */
export function acked(sub: Subscription, atMs: number): Subscription {
  const { last, offered, held } = sub;
  if (last === undefined) return sub;
  const accepted = { acked: { response: last, atMs }, nacked: undefined, held: offered ?? held, doubted: NO_NAMES };
  return answered({ ...sub, ...accepted });
}

/** The client refused its last response. */
export function nacked(sub: Subscription, message: string, atMs: number): Subscription {
  const { last, delivery } = sub;
  if (last === undefined) return sub;
  const refused = { ...sub, nacked: { response: last, message, atMs } };
  if (delivery.kind !== 'inFlight') return answered(refused);
  // Of a whole set nobody knows what was taken, and what was held before may be gone.
  if (delivery.changes === undefined) return answered({ ...refused, held: undefined });
  return answered({ ...refused, doubted: new Set([...sub.doubted, ...namesIn(delivery.changes)]) });
}

/** Keeps `behindSinceMs` true to what is current. */
export function compared(sub: Subscription, set: ResourceSet, atMs: number): Subscription {
  const behind = !hasCurrent(sub, set);
  if (behind === (sub.behindSinceMs !== undefined)) return sub;
  return { ...sub, behindSinceMs: behind ? atMs : undefined };
}

const NO_NAMES: ReadonlySet<string> = new Set();

function hasCurrent({ acked, offered, held, doubted, untold }: Subscription, set: ResourceSet): boolean {
  if (offered === undefined) return acked?.response.version === set.version;
  if (acked === undefined || held === undefined || doubted.size > 0 || untold.size > 0) return false;
  return isNothing(changesBetween(held, set));
}

function everyName({ offered, held }: Subscription, { resources }: ResourceSet): readonly string[] {
  return [...resources.keys(), ...(offered ?? held ?? HOLDS_NOTHING).keys()];
}

function only(names: ReadonlySet<string>, holding: Holding | undefined): Holding | undefined {
  return holding && new Map([...holding].filter(([name]) => names.has(name)));
}

function namesIn(changes: Changes): readonly string[] {
  return [...changes.changed.map(({ name }) => name), ...changes.removed];
}

function answered(sub: Subscription): Subscription {
  return sub.delivery.kind === 'inFlight' ? landed(sub, { ...sub.delivery, answered: true }) : sub;
}

function landed(sub: Subscription, flight: Extract<Delivery, { kind: 'inFlight' }>): Subscription {
  if (!flight.written || !flight.answered) return { ...sub, delivery: flight };
  if (flight.askedAgain) return { ...sub, held: undefined, delivery: { kind: 'owed' } };
  return { ...sub, delivery: { kind: 'settled' } };
}
