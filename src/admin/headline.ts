// SPDX-License-Identifier: Apache-2.0
// How the bridge does, in a word, a sentence and what to do about it, and beside it whatever else deserves a look. Pure.
//
//     draining              Leaving      its streams are being ended
//     not listening yet     Not ready    istiod cannot be answered
//     snapshot empty        Empty        no good read of every registry yet
//     snapshot held         Held         a registry lists nothing any more, or listed nothing at first, which is not believed yet
//     snapshot stale        Stale        a registry cannot be read
//     else                  Live
import { clientName, hasRefused } from './clients-section.ts';
import { countOf, link, type Tone } from './markup.ts';
import type { ClientRow, Overview, Readiness, RegistryView, ServiceState } from './views.ts';

export interface Headline {
  readonly word: string;
  readonly tone: Tone;
  /** Why it is so, each a sentence. */
  readonly why: readonly string[];
  /** undefined: nothing is to be done. */
  readonly remedy: string | undefined;
}

/** Something that is worth a look although the state may be good. */
export interface Note {
  readonly sentence: string;
  readonly remedy: string;
  /** Where more is told. */
  readonly href: string;
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
      return { word: 'Held', tone: 'warn', why: overview.held, remedy: HELD_REMEDY };
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

const HELD_REMEDY =
  'If it is meant, wait: it is believed after that time by itself. If not, mend the registry; as soon as it lists its services again the hold ends.';

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

/** From the gravest on. */
export function notes(
  situation: Situation,
  clients: readonly ClientRow[],
  states: ReadonlyMap<ServiceState, number>,
): readonly Note[] {
  return [
    ...(situation.overview.isReloadRefused ? [RELOAD_NOTE] : []),
    ...situation.registries.flatMap(scopeNote),
    ...situation.registries.flatMap(ownNote),
    ...clients.flatMap(refusalNote),
    ...clients.flatMap(tooLargeNote),
    ...clientNote(situation.overview),
    ...emptyNote(states.get('empty') ?? 0),
    ...graceNote(states.get('grace') ?? 0),
    ...refusedNote(states.get('refused') ?? 0),
  ];
}

const RELOAD_NOTE: Note = {
  sentence: 'The configuration file was changed and refused: what it said before is still in effect.',
  remedy: 'The log says which key is wrong, or needs a restart; `footbridge config check` judges the file.',
  href: '/debug/config',
};

function scopeNote({ name, matched: { services, ofServices } }: RegistryView): readonly Note[] {
  if (services > 0 || ofServices === 0) return [];
  return [
    {
      sentence: `The scope of registry ${name} matches none of its ${countOf(ofServices, 'service')}.`,
      remedy: `Most often that is a typing error in registries.${name}.scope; the names as the registry spells them are what it compares.`,
      href: link('/debug/registry', {}),
    },
  ];
}

function ownNote({ name, own: { losses } }: RegistryView): readonly Note[] {
  if (losses === 0) return [];
  return [
    {
      sentence: `${countOf(losses, 'record')} of registry ${name} cannot be read, not even whose ${losses === 1 ? 'it is' : 'they are'}.`,
      remedy: 'What each says, and what helps, stands below the registry.',
      href: '#registries',
    },
  ];
}

function refusalNote(client: ClientRow): readonly Note[] {
  const refused = client.types.find(hasRefused);
  if (refused?.nacked === undefined) return [];
  return [
    {
      sentence: `${clientName(client)} refused ${refused.typeUrl}: ${refused.nacked.message}`,
      remedy: 'It keeps what it had. Report it with the output of /debug/snapshot.',
      href: '#clients',
    },
  ];
}

function tooLargeNote(client: ClientRow): readonly Note[] {
  const found = client.types.find(({ tooLarge }) => tooLarge !== undefined);
  if (found?.tooLarge === undefined) return [];
  const { bytes, limitBytes, remedy } = found.tooLarge;
  const mebibytes = (count: number) => `${(count / 1024 / 1024).toFixed(1)} MiB`;
  return [
    {
      sentence: `${clientName(client)} is sent ${mebibytes(bytes)} of ${found.typeUrl}, and reads ${mebibytes(limitBytes)} unless it is told otherwise.`,
      remedy,
      href: '#clients',
    },
  ];
}

/** With several replicas one without an istiod is the rule: each istiod connects to one of them. */
function clientNote({ clients: { istiods } }: Overview): readonly Note[] {
  if (istiods > 0) return [];
  return [
    {
      sentence: 'No istiod is connected to this replica.',
      remedy:
        'Each istiod connects to one replica: look at the others first. If none has one, this bridge has to be named in `configSources` of the mesh configuration, k8s:// first; istiod reads that list when it starts.',
      href: '#clients',
    },
  ];
}

function emptyNote(empty: number): readonly Note[] {
  if (empty === 0) return [];
  const [have, their] = empty === 1 ? ['has', 'Its'] : ['have', 'Their'];
  return [
    {
      sentence: `${countOf(empty, 'service')} ${have} no endpoint: callers get 503.`,
      remedy: `${their} instances are not up, or were left out; the page of each service says which and why.`,
      href: link('/', { state: 'empty' }, 'services'),
    },
  ];
}

function graceNote(emptied: number): readonly Note[] {
  if (emptied === 0) return [];
  const [have, their] = emptied === 1 ? ['has', 'Its'] : ['have', 'Their'];
  return [
    {
      sentence: `${countOf(emptied, 'service')} ${have} no instance left: callers get 503 unless another service shares the host.`,
      remedy: `${their} instances have left the registry or the scope. What does not come back is removed after the grace time.`,
      href: link('/', { state: 'grace' }, 'services'),
    },
  ];
}

function refusedNote(refused: number): readonly Note[] {
  if (refused === 0) return [];
  return [
    {
      sentence: `${countOf(refused, 'service')} could not be published.`,
      remedy: 'Each says why, and what helps.',
      href: link('/', { state: 'refused' }, 'services'),
    },
  ];
}
