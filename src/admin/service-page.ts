// SPDX-License-Identifier: Apache-2.0
// `/service`: everything about one service, or about all services of a name.
import { html } from 'hono/html';
import { breakable, type Html, link, word } from './markup.ts';
import { pageText } from './page.ts';
import { portsText, problemItem, STATE_TONES } from './services-section.ts';
import type { ServiceRow } from './views.ts';

export interface ServicePageInput {
  readonly owner: string;
  readonly nowMs: number;
  /** As asked for. */
  readonly name: string;
  readonly rows: readonly ServiceRow[];
}

export function servicePage({ owner, nowMs, name, rows }: ServicePageInput): Iterable<string> {
  const frame = { title: `${name} · Footbridge ${owner}`, owner, nowMs, sections: [] };
  return pageText(frame, rows.length === 0 ? [notFound(name)] : rows.map(serviceSection));
}

/** Where no name is given. */
export function lookUpPage(owner: string, nowMs: number): Iterable<string> {
  const frame = { title: `Look up · Footbridge ${owner}`, owner, nowMs, sections: [] };
  return pageText(frame, [html`<section>\n<h1>Look up a service</h1>\n${lookUpForm('')}</section>\n`]);
}

function lookUpForm(name: string): Html {
  return html`<form method="get" action="/service" role="search">
<label for="look-up">Name, host, instance or address</label>
<input id="look-up" name="name" type="search" value="${name}" required autocomplete="off" spellcheck="false" maxlength="200">
<button type="submit">Look up</button>
</form>
`;
}

function notFound(name: string): Html {
  return html`<section>
<h1>No service ${name}</h1>
<p>No registry lists it in scope. <a href="${link('/', { filter: name }, 'services')}">Look for names like it</a>.</p>
${lookUpForm(name)}</section>
`;
}

function serviceSection(row: ServiceRow): Html {
  const { registry, name, state, host, virtualIps, ports, instances } = row;
  const problems = row.problems();
  return html`<section data-key="${registry}/${name}">
<h1>${breakable(name)} ${word(state, STATE_TONES[state])}</h1>
<dl class="facts">
<div><dt>Registry</dt><dd>${registry}</dd></div>
<div><dt>Host</dt><dd>${host === undefined ? 'none' : breakable(host)}</dd></div>
<div><dt>Virtual IP</dt><dd>${virtualIps.join(' ') || 'none'}</dd></div>
<div><dt>Ports</dt><dd>${portsText(ports) || 'none'}</dd></div>
</dl>
<h2>Instances</h2>
<table>
<caption class="unseen">Instances</caption>
<thead><tr><th scope="col">Instance</th><th scope="col">Address</th><th scope="col">Status</th></tr></thead>
<tbody>${instances.map(({ id, address, status }) => html`<tr data-key="${id}"><th scope="row">${breakable(id)}</th><td data-label="Address">${address}</td><td data-label="Status">${word(status, status === 'up' ? 'good' : 'warn')}</td></tr>`)}</tbody>
</table>
<h2>Problems</h2>
${problems.length === 0 ? html`<p class="nothing">None.</p>` : html`<ul class="problems">${problems.map(({ code, instance, sentence }) => problemItem(code, instance, sentence))}</ul>`}
</section>
`;
}
