// SPDX-License-Identifier: Apache-2.0
// How the bridge does, in a word, a sentence and what to do about it. Pure.
//
//     draining              Leaving      its streams are being ended
//     not listening yet     Not ready    istiod cannot be answered
//     snapshot empty        Empty        no good read of every registry yet
//     snapshot held         Held         a registry lists nothing any more, or much less, or listed nothing at first, which is not believed yet
//     snapshot restored     Restored     a registry was not read yet, what a former process read is served
//     snapshot stale        Stale        a registry cannot be read
//     else                  Live
import { countOf, type Tone } from './markup.ts';
import type { Overview } from './overview.ts';
import type { Readiness, RegistryView } from './views.ts';

export interface Headline {
  readonly word: string;
  readonly tone: Tone;
  /** Why it is so, each a sentence. */
  readonly why: readonly string[];
  /** undefined: nothing is to be done. */
  readonly remedy: string | undefined;
}

export interface Situation {
  readonly overview: Overview;
  readonly readiness: Readiness;
  readonly registries: readonly RegistryView[];
}

export function headline({ overview, readiness, registries }: Situation): Headline {
  const missing = readiness.conditions.filter(({ isMet }) => !isMet).map(({ name }) => name);
  if (missing.includes('not draining')) return LEAVING;
  if (missing.length > 0) {
    const why = [`istiod cannot be answered yet: ${missing.join(', ')} is missing.`];
    return { word: 'Not ready', tone: 'bad', why, remedy: 'If it stays so, the log says what it waits for.' };
  }
  switch (overview.snapshot.state) {
    case 'empty':
      return empty(registries);
    case 'held':
      return {
        word: 'Held',
        tone: 'warn',
        why: overview.holds.map(({ sentence }) => sentence),
        remedy: heldRemedy(overview),
      };
    case 'restored':
      return restored(registries);
    case 'stale':
      return stale(registries);
    default:
      return { word: 'Live', tone: 'good', why: [liveSentence(overview, registries)], remedy: undefined };
  }
}

const LEAVING: Headline = {
  word: 'Leaving',
  tone: 'warn',
  why: ['It was told to stop: it is no longer ready, and its streams are ended one after the other.'],
  remedy: 'Nothing to do: istiod keeps what it has and connects to another replica, or to the next process.',
};

function heldRemedy({ holds, canChange }: Overview): string {
  const wait =
    'If it is meant, wait: it is believed after that time by itself. If not, mend the registry; as soon as it lists its services again the hold ends.';
  const [oldest] = holds;
  if (!canChange || oldest === undefined) return wait;
  return `${wait} Who has the token need not wait: \`footbridge release ${oldest.id} --token-file FILE\`.`;
}

function empty(registries: readonly RegistryView[]): Headline {
  const waiting = registries.filter(({ state }) => state === 'waiting').map(({ name }) => name);
  const why = [
    `${waiting.length === 0 ? 'Nothing was published yet' : `${registryNames(waiting)} not read yet`}, so nobody is told what there is and what is missing. An istiod that has entries keeps them.`,
  ];
  const hasFailed = registries.some(({ state, lastError }) => state === 'waiting' && lastError !== undefined);
  return {
    word: 'Empty',
    tone: hasFailed ? 'bad' : 'warn',
    why,
    remedy: hasFailed
      ? 'The last error stands beside the registry below; it is tried again by itself.'
      : 'Wait for the first read.',
  };
}

function restored(registries: readonly RegistryView[]): Headline {
  const concerned = registries.filter(({ state }) => state === 'restored');
  const why = `${registryNames(concerned.map(({ name }) => name))} not read yet by this process. What a former one read last is served, and nothing is removed for as long as it lasts.`;
  const hasFailed = concerned.some(({ lastError }) => lastError !== undefined);
  return {
    word: 'Restored',
    tone: 'warn',
    why: [why],
    remedy: hasFailed
      ? 'The last error stands beside the registry below; it is tried again by itself.'
      : 'Wait for the first read.',
  };
}

function stale(registries: readonly RegistryView[]): Headline {
  const names = registries.filter(({ state }) => state !== 'live').map(({ name }) => name);
  return {
    word: 'Stale',
    tone: 'warn',
    why: [
      `${registryNames(names)} not readable. What was read last is served on, and nothing is removed for as long as it lasts.`,
    ],
    remedy: 'The last error stands beside the registry below; it is tried again by itself.',
  };
}

function registryNames(names: readonly string[]): string {
  return names.length === 1 ? `Registry ${names.join()} is` : `Registries ${names.join(', ')} are`;
}

/** "Served" is what a caller is answered by: an entry without endpoints is told of in a note. */
function liveSentence({ services: { served } }: Overview, registries: readonly RegistryView[]): string {
  const which = registries.length === 1 ? 'The registry is' : `All ${registries.length} registries are`;
  return `${which} read well, and ${countOf(served, 'service')} ${served === 1 ? 'is' : 'are'} served.`;
}
