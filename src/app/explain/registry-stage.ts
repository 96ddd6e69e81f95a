// SPDX-License-Identifier: Apache-2.0
// What a registry says to a question, and how good that knowledge is: an error is never taken for "it is not there".
import type { RegistryStage, StageVerdict } from '../../admin/explanation.ts';
import { ago } from '../../lib/ago.ts';
import { counted } from '../../lib/counted.ts';
import { printable } from '../../lib/printable.ts';
import type { Outside } from '../../registry/outside.ts';
import type { ReadError, Slice } from '../../registry/registry.ts';
import type { Subject } from './subject.ts';

/** Of a service that is listed, or was. */
export function registryStage({ slice, listed, leftOut, guarded, name, input }: Subject): RegistryStage {
  const { registry, kind, reading } = slice;
  if (reading.kind === 'waiting') return waitingStage(slice);
  // Conversion has problems of its own, also with what is kept although it left: only those of reading prove that it is there.
  const isUnreadable = reading.content.problems.some(({ service }) => service === name);
  const isListed = listed !== undefined || leftOut !== undefined || isUnreadable;
  const read = input.served === undefined ? '' : `, read ${ago(reading.content.readAtMs, input.nowMs)}`;
  if (reading.kind === 'restored') {
    const what = isListed ? 'It listed it then' : 'It did not list it then';
    const sentence = `Registry ${registry} was not read yet by this process${errorAside(reading)}; what a former one read counts${read}. ${what}.`;
    return stage(slice, isListed || guarded !== undefined ? 'noted' : 'unknown', sentence);
  }
  if (reading.kind === 'stale') {
    const what = isListed ? 'listed it then' : 'did not list it then';
    const sentence = `Registry ${registry} cannot be read (${errorText(reading.lastError)}); what it said last counts${read}. It ${what}.`;
    return stage(slice, isListed || guarded !== undefined ? 'noted' : 'unknown', sentence);
  }
  if (isListed) return stage(slice, 'passed', `Listed in registry ${registry} (${kind}${read}).`);
  const verdict = guarded === undefined ? 'stopped' : 'noted';
  return stage(slice, verdict, `Registry ${registry} (${kind}${read}) lists it no more; it did before.`);
}

/** Of a name that is not known. */
export function registrySilence(asked: string, slice: Slice, { reach }: Outside, isDump: boolean): RegistryStage {
  const { registry, reading, matched } = slice;
  if (reading.kind === 'waiting') return waitingStage(slice);
  if (isDump) {
    const sentence = `The dump of registry ${registry} does not hold it: a dump holds what was asked for when it was taken.`;
    return stage(slice, 'unknown', sentence);
  }
  if (reading.kind === 'restored') {
    const sentence = `Registry ${registry} was not read yet by this process${errorAside(reading)}, and when a former one read it, it was not among what is in scope.`;
    return stage(slice, 'unknown', sentence);
  }
  if (reading.kind === 'stale') {
    const sentence = `Registry ${registry} cannot be read (${errorText(reading.lastError)}), and did not list it before.`;
    return stage(slice, 'unknown', sentence);
  }
  if (reach.kind === 'asked-for') {
    const isAskedFor = reach.names.some((name) => isSameName(asked, registry, name));
    const about = `Registry ${registry} is asked for the ${reach.what} ${listed(reach.names)} alone, as its scope names them`;
    return isAskedFor
      ? stage(slice, 'stopped', `${about}: it lists none that is called ${printable(asked)}.`)
      : stage(slice, 'unknown', `${about}: it cannot know others.`);
  }
  if (reach.kind === 'unknown')
    return stage(slice, 'unknown', `Of registry ${registry} only what is in scope is known: it is not among that.`);
  const sentence = `Registry ${registry} lists ${counted(matched.ofServices, 'service')}, and none of that name.`;
  return stage(slice, 'stopped', sentence);
}

function waitingStage(slice: Slice): RegistryStage {
  const { registry, reading } = slice;
  const why = reading.kind === 'waiting' && reading.lastError !== undefined ? `: ${errorText(reading.lastError)}` : '';
  return stage(slice, 'unknown', `Registry ${registry} was not read yet${why}.`);
}

function errorAside({ lastError }: Extract<Slice['reading'], { readonly kind: 'restored' }>): string {
  return lastError === undefined ? '' : ` (${errorText(lastError)})`;
}

/** As services are found: with or without the registry before it, and without regard to case. */
function isSameName(asked: string, registry: string, name: string): boolean {
  const wanted = asked.toLowerCase();
  return [name, `${registry}/${name}`].some((one) => one.toLowerCase() === wanted);
}

const MOST_NAMES = 20;

function listed(names: readonly string[]): string {
  const more = names.length - MOST_NAMES;
  return names.slice(0, MOST_NAMES).join(', ') + (more > 0 ? ` and ${more} more` : '');
}

function errorText({ code, message }: ReadError): string {
  return printable(`${code}: ${message.replace(/\.$/, '')}`);
}

function stage({ registry, kind, reading }: Slice, verdict: StageVerdict, sentence: string): RegistryStage {
  const readAtMs = reading.kind === 'waiting' ? undefined : reading.content.readAtMs;
  const lastError = reading.kind === 'live' ? undefined : reading.lastError;
  const details = { registry, registryKind: kind, state: reading.kind, readAtMs, lastError };
  return { stage: 'registry', verdict, sentence, details, problems: [] };
}
