// SPDX-License-Identifier: Apache-2.0
// `/debug/`: a list of all pages, made from the table that they are served from.
import { html } from 'hono/html';
import { type Html, withCode } from './markup.ts';
import { type ListedRoute, pageText, type Site } from './page.ts';

export function indexPage(site: Site): Iterable<string> {
  return pageText(site, { title: 'All pages' }, [
    html`<section>\n<h1>All pages and data</h1>\n${routeTable(site.pages)}</section>\n`,
  ]);
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
