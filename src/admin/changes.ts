// SPDX-License-Identifier: Apache-2.0
// What changed last, newest first: a few lines on the status page, and `/changes` with all that are remembered.
import { html } from 'hono/html';
import { breakable, type Html, serviceLink, since } from './markup.ts';
import { pageText } from './page.ts';
import type { EventRow } from './views.ts';

const NEWEST = 12;

export function changesSection(events: readonly EventRow[], nowMs: number): Html {
  const more = events.length - NEWEST;
  return html`<section id="changes" aria-labelledby="changes-title">
<h2 id="changes-title">Recent changes</h2>
${changeList(events.slice(0, NEWEST), nowMs)}${more > 0 ? html`<p><a href="/changes">${more} earlier ones</a></p>` : ''}
</section>
`;
}

export function changesPage(owner: string, events: readonly EventRow[], nowMs: number): Iterable<string> {
  const frame = { title: `Changes · Footbridge ${owner}`, owner, nowMs, sections: [] };
  return pageText(frame, [
    html`<section>\n<h1>The last ${events.length} changes</h1>\n${changeList(events, nowMs)}</section>\n`,
  ]);
}

export function changeList(
  events: readonly EventRow[],
  nowMs: number,
  none = 'Nothing has changed since the start.',
): Html {
  if (events.length === 0) return html`<p class="nothing">${none}</p>\n`;
  // Of several in one millisecond each needs a key of its own, or the script would take one for the other.
  const keys = events.map(
    ({ atMs }, index) => `${atMs}.${events.length - index - events.findLastIndex((other) => other.atMs === atMs)}`,
  );
  return html`<ol class="changes">${events.map((event, index) => changeItem(event, keys[index] ?? '', nowMs))}</ol>\n`;
}

function changeItem({ atMs, kind, registry, service, text }: EventRow, key: string, nowMs: number): Html {
  const about = service === '' ? registry : html`<a href="${serviceLink(registry, service)}">${breakable(service)}</a>`;
  return html`<li data-key="${key}"><span class="when">${since(atMs, nowMs)}</span> <span class="what">${text.startsWith(kind) ? '' : html`<span class="soft">${kind}</span> `}${about === '' ? '' : html`${about}: `}${text}</span></li>
`;
}
