// SPDX-License-Identifier: Apache-2.0
// A change of a registry as sentences for people: the events page and the log. Pure. Long lists are counted and cut, so
// that a first read of thousands of services is one line.
import { counted } from '../lib/counted.ts';
import type { ServiceChange, SliceChange } from './slice-change.ts';

export interface ChangeEvent {
  readonly kind: 'registry' | 'service';
  readonly registry: string;
  /** Name of the service, or '' where the event is about the registry as a whole. */
  readonly service: string;
  readonly text: string;
}

const MOST_SERVICES = 20;
const MOST_IDS = 5;

/** The registry's own condition first, then one event for each service, or one for all when there are more than twenty. */
export function changeEvents(change: SliceChange): readonly ChangeEvent[] {
  const { registry, services } = change;
  const condition = conditionText(change);
  const events: ChangeEvent[] =
    condition === undefined ? [] : [{ kind: 'registry', registry, service: '', text: condition }];
  if (services.length > MOST_SERVICES)
    return [...events, { kind: 'registry', registry, service: '', text: summary(services) }];
  return [
    ...events,
    ...services.map((one): ChangeEvent => ({ kind: 'service', registry, service: one.service, text: sentence(one) })),
  ];
}

function conditionText({ before, now, error }: SliceChange): string | undefined {
  if (before === now) return undefined;
  if (now === 'live') return before === 'waiting' ? 'first good read' : 'readable again';
  return `cannot be read, the last good content stays: ${error ?? 'no reason known'}`;
}

function summary(services: readonly ServiceChange[]): string {
  const count = (kind: ServiceChange['kind']) => services.filter((one) => one.kind === kind).length;
  return `${count('added')} services added, ${count('removed')} removed, ${count('changed')} changed`;
}

function sentence({ kind, added, removed, changed }: ServiceChange): string {
  if (kind === 'removed') return `removed, with ${counted(removed.length, 'instance')}`;
  if (kind === 'added') return `added, with ${counted(added.length, 'instance')}: ${listed(added)}`;
  const parts = [
    ['added', added],
    ['removed', removed],
    ['changed', changed],
  ] as const;
  const told = parts.filter(([, ids]) => ids.length > 0).map(([what, ids]) => `${ids.length} ${what} (${listed(ids)})`);
  return told.length === 0 ? 'changed' : `instances: ${told.join(', ')}`;
}

function listed(ids: readonly string[]): string {
  const more = ids.length - MOST_IDS;
  return ids.slice(0, MOST_IDS).join(', ') + (more > 0 ? ` and ${more} more` : '');
}
