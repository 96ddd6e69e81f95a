// SPDX-License-Identifier: Apache-2.0
// `/debug/`: a list of all pages and of all that can be changed, made from the tables that they are served from.
import { html } from 'hono/html';
import { type Html, withCode } from './markup.ts';
import { type ListedRoute, pageText, type Site } from './page.ts';

export interface ListedChange {
  readonly method: string;
  readonly path: string;
  readonly sentence: string;
}

export function indexPage(site: Site, changes: readonly ListedChange[]): Iterable<string> {
  return pageText(site, { title: 'All pages' }, [
    html`<section>\n<h1>All pages and data</h1>\n${routeTable(site.pages)}</section>\n`,
    html`<section>\n<h2>What can be changed</h2>\n${changeTable(changes)}</section>\n`,
  ]);
}

function changeTable(changes: readonly ListedChange[]): Html {
  return html`<p class="soft">With the token of ${withCode('`admin.tokenFile`')} alone; ${withCode('`footbridge release` and `footbridge freeze`')} do the same.</p>
<table>
<caption class="unseen">What can be changed over this port</caption>
<thead><tr><th scope="col">Request</th><th scope="col">What it does</th></tr></thead>
<tbody>${changes.map(({ method, path, sentence }) => html`<tr><th scope="row" class="path">${method} ${path}</th><td data-label="What it does">${withCode(sentence)}</td></tr>`)}</tbody>
</table>
`;
}

/** Paths with their sentences; those without a sentence are not listed. */
function routeTable(routes: readonly ListedRoute[]): Html {
  const listed = routes.filter(({ sentence }) => sentence !== undefined);
  return html`<table>
<caption class="unseen">Pages of this port</caption>
<thead><tr><th scope="col">Page</th><th scope="col">Parameters</th><th scope="col">What is there</th></tr></thead>
<tbody>${listed.map(row)}</tbody>
</table>
`;
}

function row({ path, sentence = '', parameters }: ListedRoute): Html {
  return html`<tr><th scope="row" class="path"><a href="${path}">${path}</a></th><td data-label="Parameters">${parameters.join(', ')}</td><td data-label="What is there">${withCode(sentence)}</td></tr>`;
}
