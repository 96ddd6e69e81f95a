// SPDX-License-Identifier: Apache-2.0
// `/debug/`: a list of all pages, made from the table that they are served from.
import { html } from 'hono/html';
import { type Html, page } from './page.ts';

export interface ListedRoute {
  readonly path: string;
  readonly sentence?: string;
  readonly parameters: readonly string[];
}

export function indexPage(routes: readonly ListedRoute[]): Promise<string> {
  return page('Footbridge: all pages', html`<h1><a href="/">Footbridge</a>: all pages</h1>\n${routeTable(routes)}`);
}

/** Paths with their sentences; those without a sentence are not listed. */
export function routeTable(routes: readonly ListedRoute[]): Html {
  const listed = routes.filter(({ sentence }) => sentence !== undefined);
  return html`<table class="pages">
<thead><tr><th>page</th><th>parameters</th><th>what is there</th></tr></thead>
<tbody>
${listed.map(row)}</tbody>
</table>`;
}

function row({ path, sentence, parameters }: ListedRoute): Html {
  return html`<tr><td><a href="${path}">${path}</a></td><td>${parameters.join(', ')}</td><td>${withCode(sentence ?? '')}</td></tr>\n`;
}

/** What stands between backticks as code. */
function withCode(sentence: string): readonly (Html | string)[] {
  return sentence.split('`').map((part, index) => (index % 2 === 0 ? part : html`<code>${part}</code>`));
}
