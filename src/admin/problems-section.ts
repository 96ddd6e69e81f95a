// SPDX-License-Identifier: Apache-2.0
// Every kind of problem that there is at present: how often, what it costs, what it means and what helps. The texts are those
// of the catalogue, so nobody has to look them up elsewhere.
import { html } from 'hono/html';
import { grouped, type Html, link, withCode } from './markup.ts';
import type { ProblemCount } from './views.ts';

export function problemsSection(problems: readonly ProblemCount[]): Html {
  const total = problems.reduce((sum, { count }) => sum + count, 0);
  return html`<section id="problems" aria-labelledby="problems-title">
<h2 id="problems-title">Problems <span class="soft">${grouped(total)}</span></h2>
${problems.length === 0 ? html`<p class="nothing">None: everything that is listed is published as it is registered.</p>` : html`<ul class="codes">${problems.map(problemItem)}</ul>`}
</section>
`;
}

function problemItem({ code, count, loss, sentence, remedy }: ProblemCount): Html {
  const cost = loss === 'none' ? 'costs nothing' : `costs the ${loss}`;
  return html`<li data-key="${code}"><details><summary><code>${code}</code> <span class="number">${grouped(count)}</span> <span class="soft">${cost}</span></summary><p>${withCode(sentence)} ${withCode(remedy)}</p><p><a href="${link('/', { problem: code }, 'services')}">Show where</a></p></details></li>
`;
}
