// SPDX-License-Identifier: Apache-2.0
// What changed last, newest first: a few lines on the status page, and `/changes` with all that are remembered.
import { html } from 'hono/html';
import { breakable, type Html, serviceLink, since } from './markup.ts';
import { pageText, type Site } from './page.ts';
import type { EventRow } from './views.ts';

const NEWEST = 12;

export function changesSection(events: readonly EventRow[], nowMs: number): Html {
  const more = events.length - NEWEST;
  return html`<section id="changes" aria-labelledby="changes-title">
<h2 id="changes-title">Recent changes</h2>
${changeList(keyed(events).slice(0, NEWEST), nowMs)}${more > 0 ? html`<p><a href="/changes">${more} earlier ones</a></p>` : ''}
</section>
`;
}

export function changesPage(site: Site, events: readonly EventRow[]): Iterable<string> {
  return pageText(site, { title: 'Changes' }, [
    html`<section>\n<h1>The last ${events.length} changes</h1>\n${changeList(keyed(events), site.nowMs)}</section>\n`,
  ]);
}

/** Those that are about one service alone. */
export function changesOf(
  service: Pick<EventRow, 'registry' | 'service'>,
  events: readonly EventRow[],
  nowMs: number,
): Html {
  const about = keyed(events).filter(
    ({ event }) => event.registry === service.registry && event.service === service.service,
  );
  return changeList(about, nowMs, 'None of the last changes was about it alone.');
}

export interface KeyedEvent {
  readonly event: EventRow;
  /** The same for as long as the event is remembered, so that the script knows it again when newer ones come. */
  readonly key: string;
}

/** Its moment, and how many older ones have the same. */
export function keyed(events: readonly EventRow[]): readonly KeyedEvent[] {
  const older = new Map<number, number>();
  return events
    .toReversed()
    .map((event) => {
      const count = older.get(event.atMs) ?? 0;
      older.set(event.atMs, count + 1);
      return { event, key: `${event.atMs}.${count}` };
    })
    .reverse();
}

function changeList(events: readonly KeyedEvent[], nowMs: number, none = 'Nothing has changed since the start.'): Html {
  if (events.length === 0) return html`<p class="nothing">${none}</p>\n`;
  return html`<ol class="changes">${events.map((one) => changeItem(one, nowMs))}</ol>\n`;
}

function changeItem({ event, key }: KeyedEvent, nowMs: number): Html {
  const { atMs, kind, registry, service, text } = event;
  const about = service === '' ? registry : html`<a href="${serviceLink(registry, service)}">${breakable(service)}</a>`;
  const prefix = text.startsWith(kind) ? '' : html`<span class="soft">${kind}</span> `;
  return html`<li data-key="${key}"><span class="when">${since(atMs, nowMs)}</span> <span class="what">${prefix}${about === '' ? '' : html`${about}: `}${text}</span></li>
`;
}
