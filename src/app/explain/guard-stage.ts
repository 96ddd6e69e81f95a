// SPDX-License-Identifier: Apache-2.0
// What of a service is kept although its registry no longer lists it, or says something else of it, and until when.
import type { GuardStage } from '../../admin/explanation.ts';
import { drainEndMs } from '../../guard/drain.ts';
import { freezesOver } from '../../guard/freeze.ts';
import { holdId } from '../../guard/hold.ts';
import { counted } from '../../lib/counted.ts';
import { utcTime } from '../../lib/utc-time.ts';
import { freezeSentence } from '../freeze-sentence.ts';
import { guardOptions } from '../options.ts';
import { hasEndpoints, type Subject } from './subject.ts';

/** undefined before the first turn. */
export function guardStage(subject: Subject): GuardStage | undefined {
  const { turn, guarded, listed, leftOut } = subject;
  if (turn === undefined) return undefined;
  const underFreeze = frozen(subject);
  if (underFreeze !== undefined) return underFreeze;
  if (guarded === undefined) return listed === undefined && leftOut === undefined ? departed() : undefined;
  return grace(subject) ?? held(subject) ?? debounced(subject) ?? draining(subject) ?? nothingKept();
}

/** Whatever else is true of it, nothing of it changes while this lasts. */
function frozen({ turn, registry, name, guarded, missing }: Subject): GuardStage | undefined {
  const freezes = freezesOver(turn?.turn.guarded.freezes ?? [], registry, name);
  const [first] = freezes;
  if (first === undefined) return undefined;
  const sentence = `Frozen: ${freezes.map(freezeSentence).join(' ')}`;
  const ends = freezes.map(({ untilMs }) => untilMs ?? Number.POSITIVE_INFINITY);
  const lastMs = Math.max(...ends);
  const untilMs = Number.isFinite(lastMs) ? lastMs : undefined;
  const details = { instances: missing.length, sinceMs: first.sinceMs, untilMs };
  return guarded === undefined
    ? stage('frozen', 'stopped', `${sentence} It is kept out: it was not there when that began.`, details)
    : stage('frozen', 'noted', sentence, details);
}

function grace({ turn, key, guarded, unit }: Subject): GuardStage | undefined {
  const one = turn?.turn.guarded.graces.find((grace) => grace.key === key);
  if (one === undefined) return undefined;
  const until = momentOf(one.untilMs);
  // A host that others share stays, and answers with what they have.
  const kept = hasEndpoints(unit)
    ? `It keeps its place in the host until ${until}; then it goes, and the host stays with the services that share it.`
    : `Host and ports stay until ${until}, so that callers are answered with 503 at once; then it goes.`;
  const sentence = `Its last instance left. ${kept}`;
  const instances = guarded?.instances.length ?? 0;
  return stage('grace', 'noted', sentence, { instances, sinceMs: undefined, untilMs: one.untilMs });
}

function held({ turn, registry, missing }: Subject): GuardStage | undefined {
  const kept = missing.flatMap((one) => (one.kind === 'held' ? [one] : []));
  const [first] = kept;
  if (first === undefined) return undefined;
  const id = holdId(registry, first.reason, first.sinceMs);
  const hold = turn?.turn.guarded.holds.find((one) => one.id === id);
  const until = hold === undefined ? 'it is confirmed' : `a read after ${momentOf(hold.confirmableAtMs)} confirms it`;
  const what = first.reason === 'everything-gone' ? 'lists nothing any more' : 'lists much less than it did';
  const sentence = `Held: registry ${registry} ${what}, which is not believed at once. ${instancesOf(kept.length)} until ${until}.`;
  const { sinceMs } = first;
  return stage('held', 'noted', sentence, { instances: kept.length, sinceMs, untilMs: hold?.confirmableAtMs });
}

function debounced({ missing, input }: Subject): GuardStage | undefined {
  const [first] = missing;
  if (first === undefined) return undefined;
  const sinceMs = Math.min(...missing.map((one) => one.sinceMs));
  const untilMs = sinceMs + input.config.guard.removalDebounceMs;
  const sentence = `${instancesOf(missing.length)} until ${momentOf(untilMs)} although the registry lists ${missing.length === 1 ? 'it' : 'them'} no more: it may come back (removal debounce).`;
  return stage('debounced', 'noted', sentence, { instances: missing.length, sinceMs, untilMs });
}

function draining({ draining: list, input, slice }: Subject): GuardStage | undefined {
  if (list.length === 0) return undefined;
  const options = guardOptions(input.config);
  const sinceMs = Math.min(...list.map((one) => one.sinceMs));
  const untilMs = Math.max(...list.map((one) => drainEndMs(one, options)));
  const statuses = [...new Set(list.map(({ status }) => status))].sort().join(', ');
  const keep = list.length === 1 ? 'keeps its traffic' : 'keep their traffic';
  const called = list.length === 1 ? 'it' : 'them';
  // In an outage nothing ends.
  const until =
    slice.reading.kind === 'live' ? `until ${momentOf(untilMs)}` : `until a good read after ${momentOf(untilMs)}`;
  const latest = list.length === 1 ? until : `${until} at the latest`;
  const sentence = `${counted(list.length, 'instance')} ${keep} ${latest} although the registry calls ${called} ${statuses} (drain).`;
  return stage('draining', 'noted', sentence, { instances: list.length, sinceMs, untilMs });
}

function nothingKept(): GuardStage {
  const nothing = { instances: 0, sinceMs: undefined, untilMs: undefined };
  return stage('nothing-kept', 'passed', 'Nothing is kept back: what goes on is what the registry lists.', nothing);
}

function departed(): GuardStage {
  const nothing = { instances: 0, sinceMs: undefined, untilMs: undefined };
  return stage('departed', 'stopped', 'It left: debounce and grace are over, and it is published no more.', nothing);
}

function instancesOf(count: number): string {
  return `${counted(count, 'instance')} ${count === 1 ? 'is' : 'are'} kept`;
}

function stage(
  state: GuardStage['details']['state'],
  verdict: GuardStage['verdict'],
  sentence: string,
  details: Omit<GuardStage['details'], 'state'>,
): GuardStage {
  return { stage: 'guard', verdict, sentence, details: { state, ...details }, problems: [] };
}

function momentOf(atMs: number): string {
  return Number.isFinite(atMs) ? utcTime(atMs) : 'it is released';
}
