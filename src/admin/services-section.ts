// SPDX-License-Identifier: Apache-2.0
// The list of services on the status page: a filter that works as a plain form, a hundred rows, and links to the other pages.
import { html } from 'hono/html';
import { breakable, countOf, grouped, type Html, serviceLink, type Tone, units, withCode, word } from './markup.ts';
import { type ListedServices, type ListQuery, listLink } from './service-list.ts';
import { SERVICE_STATES, type ServiceRow, type ServiceState } from './views.ts';

export const STATE_TONES: Readonly<Record<ServiceState, Tone>> = {
  refused: 'bad',
  empty: 'warn',
  held: 'warn',
  grace: 'warn',
  skipped: 'calm',
  served: 'good',
};

export function* servicesSection(listed: ListedServices, query: ListQuery, hasManyRegistries: boolean): Iterable<Html> {
  yield html`<section id="services" aria-labelledby="services-title">
<h2 id="services-title">Services</h2>
${filterForm(listed, query)}
<p class="count">${countText(listed)}${chip(query)}</p>
`;
  if (listed.rows.length === 0) yield html`<p class="nothing">${emptyText(listed)}</p>\n`;
  else yield* table(listed, query, hasManyRegistries);
  if (listed.pages > 1) yield pager(listed, query);
  yield html`</section>\n`;
}

function filterForm({ states, total }: ListedServices, { filter, state, problem, sort }: ListQuery): Html {
  const option = (value: string, text: string) =>
    html`<option value="${value}"${value === (state ?? '') ? html` selected` : ''}>${text}</option>`;
  return html`<form id="filter" method="get" action="/" role="search">
<label for="filter-text" class="unseen">Filter services</label>
<input id="filter-text" name="filter" type="search" value="${filter}" placeholder="Name, host, address, instance or problem" autocomplete="off" spellcheck="false" maxlength="200" aria-keyshortcuts="/" aria-describedby="filter-hint">
<label for="filter-state" class="unseen">State</label>
<select id="filter-state" name="state">
${option('', `all ${grouped(total)}`)}
${SERVICE_STATES.map((one) => option(one, `${one} ${grouped(states.get(one) ?? 0)}`))}
${option('problems', 'with problems')}
</select>
${problem === undefined ? '' : html`<input type="hidden" name="problem" value="${problem}">`}
${sort === 'name' ? html`<input type="hidden" name="sort" value="name">` : ''}
<button type="submit">Filter</button>
<span id="filter-hint" class="unseen">All words must be found. With * or ? it is a pattern for the whole name or host.</span>
</form>
`;
}

function countText({ matching, total, page, pages, rows }: ListedServices): string {
  const which = matching === total ? countOf(total, 'service') : `${grouped(matching)} of ${grouped(total)} services`;
  return pages === 1 ? `${which}.` : `${which}, page ${page} of ${pages} (${rows.length} shown).`;
}

/** The problem that is filtered by, with the way out of it. */
function chip(query: ListQuery): Html | string {
  if (query.problem === undefined) return '';
  return html` Only with <code>${query.problem}</code>, <a href="${listLink(query, { problem: undefined })}">show others too</a>.`;
}

function emptyText({ total }: ListedServices): string {
  return total === 0
    ? 'No service is known.'
    : 'Nothing matches. What is out of scope, or not listed at all, is not in this list: open its page by name.';
}

function* table({ rows }: ListedServices, query: ListQuery, hasManyRegistries: boolean): Iterable<Html> {
  const order = query.sort === 'name' ? 'by name' : 'the worst first';
  yield html`<table class="services">
<caption class="unseen">Services, ${order}</caption>
<thead><tr>${sortHead('Service', 'name', query)}${sortHead('State', 'worst', query)}<th scope="col" class="number" title="up / listed">Up</th><th scope="col">Host</th><th scope="col">Virtual IP</th><th scope="col">Ports</th><th scope="col">Problems</th></tr></thead>
<tbody>`;
  for (const row of rows) yield serviceRow(row, hasManyRegistries);
  yield html`</tbody>\n</table>\n`;
}

function sortHead(title: string, sort: ListQuery['sort'], query: ListQuery): Html {
  if (query.sort === sort) {
    return html`<th scope="col" aria-sort="ascending">${title} <span class="order" aria-hidden="true">${sort === 'name' ? 'a–z' : 'worst first'}</span></th>`;
  }
  return html`<th scope="col"><a href="${listLink(query, { sort })}" title="${sort === 'name' ? 'Order by name' : 'The worst first'}">${title}</a></th>`;
}

function serviceRow(row: ServiceRow, hasManyRegistries: boolean): Html {
  const { registry, name, state, host, virtualIps, ports, instances } = row;
  const up = instances.filter(({ status }) => status === 'up').length;
  return html`<tr data-key="${registry}/${name}"><th scope="row"><a href="${serviceLink(registry, name)}">${breakable(name)}</a>${hasManyRegistries ? html` <span class="soft">${registry}</span>` : ''}</th><td data-label="State">${word(state, STATE_TONES[state])}</td><td data-label="Up" class="number${up === 0 ? ' none' : ''}">${up}/${instances.length}</td><td data-label="Host" class="host">${host === undefined ? '' : breakable(host)}</td><td data-label="Virtual IP" class="address">${virtualIps.join(' ')}</td><td data-label="Ports" class="ports">${units(ports.map(({ number, protocol }) => `${number} ${protocol}`))}</td><td data-label="Problems" class="found">${problemsCell(row)}</td></tr>
`;
}

const MOST_PROBLEMS = 5;

/** The codes at a glance, the sentences when it is opened; all of many stand on the page of the service. */
function problemsCell({ registry, name, codes, problems }: ServiceRow): Html | string {
  if (codes.length === 0) return '';
  const all = problems();
  const more = all.length - MOST_PROBLEMS;
  const rest = more > 0 ? html`<li><a href="${serviceLink(registry, name)}">${more} more</a></li>` : '';
  return html`<details><summary>${codes.map((code, index) => html`${index === 0 ? '' : ', '}<code>${breakable(code)}</code>`)}${all.length > codes.length ? ` (${all.length})` : ''}</summary><ul class="problems">${all.slice(0, MOST_PROBLEMS).map(({ code, instance, sentence }) => problemItem(codes.length > 1 ? code : '', instance, sentence))}${rest}</ul></details>`;
}

export function problemItem(code: string, instance: string, sentence: string): Html {
  return html`<li>${code === '' ? '' : html`<code>${breakable(code)}</code> `}${instance === '' ? '' : html`<span class="soft">${breakable(instance)}:</span> `}${withCode(sentence)}</li>`;
}

function pager({ page, pages }: ListedServices, query: ListQuery): Html {
  const to = (target: number, text: string, rel: string) =>
    target < 1 || target > pages
      ? html`<span class="soft">${text}</span>`
      : html`<a href="${listLink(query, { page: target })}" rel="${rel}">${text}</a>`;
  return html`<nav class="pager" aria-label="Pages of the list">${to(page - 1, 'Previous', 'prev')} <span>page ${page} of ${pages}</span> ${to(page + 1, 'Next', 'next')}</nav>
`;
}
