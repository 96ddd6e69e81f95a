// SPDX-License-Identifier: Apache-2.0
// `/`: whose bridge this is and how it does, at a glance, and below it everything that one asks next. Made on the server from
// the same views as all other pages, in pieces.
import { html } from 'hono/html';
import { changesSection } from './changes.ts';
import { clientsSection } from './clients-section.ts';
import { type Headline, headline } from './headline.ts';
import { breakable, grouped, type Html, since, withCode, word } from './markup.ts';
import { type Note, notes } from './notes.ts';
import type { Overview } from './overview.ts';
import { pageText, type Site } from './page.ts';
import { problemsSection } from './problems-section.ts';
import { registriesSection } from './registries-section.ts';
import { type ListQuery, listLink, listServices } from './service-list.ts';
import { servicesSection } from './services-section.ts';
import type { AdminViews } from './views.ts';

const SECTIONS = [
  { id: 'registries', title: 'Registries' },
  { id: 'clients', title: 'Clients' },
  { id: 'problems', title: 'Problems' },
  { id: 'changes', title: 'Changes' },
  { id: 'services', title: 'Services' },
] as const;

export async function statusPage(views: AdminViews, query: ListQuery, site: Site): Promise<Iterable<string>> {
  const { nowMs } = site;
  // Everything of one moment: making the list, and sending, leave turns of the event loop to others, who change things.
  const situation = { overview: views.overview(), readiness: views.readiness(), registries: views.registries() };
  const [clients, problems, events] = [views.clients(), views.problems(), views.events()];
  const listed = await listServices(views.serviceRows(), query);
  const { overview, registries } = situation;
  const head = headline(situation);
  function* content(): Iterable<Html> {
    yield headlineSection(head, notes(situation, clients, listed.states, nowMs), nowMs);
    yield html`<div class="columns"><div class="top-part">`;
    yield facts(overview, query, nowMs);
    yield registriesSection(registries, nowMs);
    yield html`</div><div class="side">`;
    yield clientsSection(clients, overview.access, nowMs);
    yield problemsSection(problems);
    yield changesSection(events, nowMs);
    yield html`</div><div class="list">`;
    yield* servicesSection(listed, query, registries.length > 1);
    yield html`</div></div>\n`;
  }
  return pageText(site, { title: head.word, hasFilter: true, sections: SECTIONS }, content());
}

/** The state alone is announced when it changes; ages, which change all the time, stand elsewhere. */
function headlineSection({ word: state, tone, why, remedy }: Headline, all: readonly Note[], nowMs: number): Html {
  return html`<section class="headline ${tone}" aria-labelledby="state">
<div role="status"><h1 id="state">${word(state, tone)}</h1>
${why.map((sentence) => html`<p>${sentence}</p>`)}${remedy === undefined ? '' : html`<p class="remedy">${withCode(remedy)}</p>`}</div>
${all.length === 0 ? '' : html`<ul class="notes">${all.map((note) => noteItem(note, nowMs))}</ul>`}
</section>
`;
}

function noteItem({ sentence, remedy, href, past }: Note, nowMs: number): Html {
  const when = past === undefined ? '' : html` ${since(past.atMs, nowMs)} (<code>${past.code}</code>).`;
  return html`<li data-key="${sentence}"><a href="${href}">${sentence}</a>${when} ${withCode(remedy)}</li>`;
}

function facts(overview: Overview, query: ListQuery, nowMs: number): Html {
  const { snapshot, services, clients, version, replica, startedAtMs } = overview;
  const { resources, publishedAtMs, serial, fingerprint } = snapshot;
  const count = (state: 'empty' | 'refused') =>
    services[state] === 0
      ? `0 ${state}`
      : html`<a href="${listLink(query, { state, filter: '' })}">${grouped(services[state])} ${state}</a>`;
  return html`<dl class="facts">
<div><dt>Entries</dt><dd><a href="/debug/snapshot">${grouped(resources)}</a></dd><dd class="soft">services: ${grouped(services.served)} served, ${count('empty')}, ${count('refused')}, ${grouped(services.skipped)} skipped</dd></div>
<div><dt>Published</dt><dd>${since(publishedAtMs, nowMs)}</dd><dd class="soft">snapshot ${serial}, <code>${fingerprint}</code></dd></div>
<div><dt>Clients up to date</dt><dd><a href="/debug/clients">${clients.synced} of ${clients.connected}</a></dd><dd class="soft">acknowledged what is current</dd></div>
<div><dt>Running</dt><dd>${since(startedAtMs, nowMs)}</dd><dd class="soft">on <b>${breakable(replica)}</b>, version ${version}</dd></div>
</dl>
`;
}
