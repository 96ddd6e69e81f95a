// SPDX-License-Identifier: Apache-2.0
// Whatever deserves a look although the bridge may do well, each with what helps. Pure.
import { ago, duration } from '../lib/ago.ts';
import { clientName, hasRefused } from './clients-section.ts';
import type { Situation } from './headline.ts';
import { countOf, link } from './markup.ts';
import type { AccessRow, Overview, RefusalRow } from './overview.ts';
import type { ClientRow, RegistryView, ServiceState } from './views.ts';

/** Something that is worth a look although the state may be good. */
export interface Note {
  readonly sentence: string;
  readonly remedy: string;
  /** Where more is told. */
  readonly href: string;
  /** Of what is over and only remembered. Not in the sentence, which stays the same while the page is looked at. */
  readonly past?: { readonly code: string; readonly atMs: number };
}

const SOON_MS = 7 * 24 * 3_600_000;

/** From the gravest on. */
export function notes(
  situation: Situation,
  clients: readonly ClientRow[],
  states: ReadonlyMap<ServiceState, number>,
  nowMs: number,
): readonly Note[] {
  return [
    ...(situation.overview.isReloadRefused ? [RELOAD_NOTE] : []),
    ...freezeNotes(situation.overview),
    ...accessNotes(situation.overview.access, nowMs),
    ...stateNotes(situation.overview),
    ...situation.registries.flatMap(scopeNote),
    ...situation.registries.flatMap(ownNote),
    ...clients.flatMap(refusalNote),
    ...situation.overview.refusals.map(rememberedNote),
    ...clientNote(situation.overview),
    ...emptyNote(states.get('empty') ?? 0),
    ...graceNote(states.get('grace') ?? 0),
    ...refusedNote(states.get('refused') ?? 0),
  ];
}

/** The freezes of one page of a busy migration would hide everything else. */
const MOST_FREEZES = 10;

function freezeNotes({ freezes, canChange }: Overview): readonly Note[] {
  const notes = freezes.slice(0, MOST_FREEZES).map(({ id, sentence, services, origin }): Note => {
    const about = services === 0 ? ' It is about nothing that is there now.' : '';
    const byHand = canChange ? `End it with \`footbridge freeze remove ${id} --token-file FILE\`.` : BY_NOBODY;
    return {
      sentence: `${sentence}${about}`,
      remedy: origin === 'hand' ? byHand : 'It ends when it is taken out of `freeze` in the configuration.',
      href: '/debug/freezes',
    };
  });
  const more = freezes.length - MOST_FREEZES;
  if (more <= 0) return notes;
  const rest = { sentence: `${countOf(more, 'more freeze')} hold as well.`, remedy: 'The page lists them all.' };
  return [...notes, { ...rest, href: '/debug/freezes' }];
}

const BY_NOBODY = 'It was made while a token was configured: name `admin.tokenFile` again to end it by hand.';

function accessNotes({ tls, refused }: AccessRow, nowMs: number): readonly Note[] {
  return [
    ...refused.map(({ why }) => ({
      sentence: `${why} What was in use before stays in use.`,
      remedy: 'Mend the file: it is read again as soon as it changes, and by itself every few seconds.',
      href: '#clients',
    })),
    ...(tls === undefined || tls.untilMs - nowMs > SOON_MS ? [] : [expiryNote(tls.untilMs, nowMs)]),
  ];
}

function expiryNote(untilMs: number, nowMs: number): Note {
  const sentence =
    untilMs < nowMs
      ? `The certificate that istiod is shown has expired ${ago(untilMs, nowMs)}.`
      : `The certificate that istiod is shown expires in ${duration(untilMs - nowMs)}.`;
  return {
    sentence,
    remedy:
      'Renew it: it is taken up without a restart. An istiod that connects anew refuses one that has expired, and one that starts ends itself.',
    href: '#clients',
  };
}

function stateNotes({ saved, notRestored }: Overview): readonly Note[] {
  return [
    ...(saved?.failure === undefined ? [] : [notWrittenNote(saved.file, saved.failure)]),
    ...notRestored.map(({ code, sentence }) => ({
      sentence: `${sentence} It was not restored when this process started (${code}).`,
      remedy:
        'Nothing is lost once every registry was read. What the code means and what helps stands in docs/state-file.md.',
      href: '#registries',
    })),
  ];
}

function notWrittenNote(file: string, failure: string): Note {
  return {
    sentence: `The state file ${file} cannot be written: ${failure}.`,
    remedy:
      'Serving goes on. But a restart would begin with what was written last, or with nothing: mend the volume; it is tried again by itself.',
    href: '#registries',
  };
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

/** Of a client that most often is gone by the time somebody reads this. */
function rememberedNote(refusal: RefusalRow): Note {
  const { nodeId, address, topic, remedy, code, atMs } = refusal;
  const name = clientName({ nodeId, peer: address });
  const client = name === address ? address : `${name} at ${address}`;
  return {
    sentence: `${client} ${whatHappened(refusal, topic)}`,
    remedy,
    href: '/debug/refusals',
    past: { code, atMs },
  };
}

function whatHappened(refusal: RefusalRow, topic: string): string {
  switch (refusal.code) {
    case 'RESPONSE_TOO_LARGE':
      return `was sent ${mebibytes(refusal.bytes)} of ${topic}, and reads ${mebibytes(refusal.limitBytes)} unless it is told otherwise.`;
    case 'RESPONSE_REFUSED':
      return `left after it had refused ${topic}: ${refusal.message}`;
  }
}

/** Rounded up: what is too large by a byte is shown as more than the limit. */
function mebibytes(count: number): string {
  return `${(Math.ceil((count / 1024 / 1024) * 10) / 10).toFixed(1)} MiB`;
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
