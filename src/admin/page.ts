// SPDX-License-Identifier: Apache-2.0
// The frame of every HTML page. One style sheet, one script, nothing inline and nothing from elsewhere: the content security
// policy of server.ts allows no more. Without the script everything can be read; it keeps `main` as the server would make it
// now, and writes what it has to say into `#freshness` and `#notice`.
import { html } from 'hono/html';
import { utcTime } from '../lib/utc-time.ts';
import { VERSION } from '../lib/version.ts';
import { type Html, textOf } from './markup.ts';

/** What every page shows beside its content. */
export interface Site {
  /** Whose bridge it is: `namespace/instance`. */
  readonly owner: string;
  /** Which of its replicas answers: the page that is open may be answered by another one the next time. */
  readonly replica: string;
  readonly startedAtMs: number;
  readonly nowMs: number;
  /** All pages; those without a sentence are not listed. */
  readonly pages: readonly ListedRoute[];
}

export interface ListedRoute {
  readonly path: string;
  readonly sentence?: string;
  readonly parameters: readonly string[];
}

export interface AboutPage {
  readonly title: string;
  /** The keys of the filter work here. */
  readonly hasFilter?: true;
  /** Anchors of this page. */
  readonly sections?: readonly { readonly id: string; readonly title: string }[];
}

/** The whole page in pieces that join to the text: head, content, foot. */
export function* pageText(site: Site, about: AboutPage, content: Iterable<Html>): Iterable<string> {
  yield textOf(opening(site, about));
  for (const piece of content) yield textOf(piece);
  yield textOf(closing(site, about));
}

function opening({ owner, replica, startedAtMs, nowMs }: Site, { title, sections = [] }: AboutPage): Html {
  return html`<!doctype html>
<html lang="en" data-version="${VERSION}" data-replica="${replica}" data-process="${replica} ${startedAtMs}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} · Footbridge ${owner} · ${replica}</title>
<link rel="icon" href="/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/style.css">
<script src="/page.js" defer></script>
</head>
<body>
<a class="skip" href="#content">Skip to the content</a>
<header class="top">
<p class="brand"><a href="/">Footbridge</a> <span class="owner">${owner}</span></p>
${sections.length === 0 ? '' : html`<nav aria-label="Sections"><ul>${sections.map(({ id, title: name }) => html`<li><a href="#${id}">${name}</a></li>`)}</ul></nav>`}
<p id="freshness">As of <time datetime="${new Date(nowMs).toISOString()}">${utcTime(nowMs)}</time>; reload to update</p>
</header>
<p id="notice" role="status" hidden></p>
<main id="content" tabindex="-1">
`;
}

const KEYS = html`<span class="keys"> · <kbd>/</kbd> filter, <kbd>↓</kbd> <kbd>↑</kbd> walk, <kbd>Enter</kbd> open, <kbd>Esc</kbd> clear</span>`;

function closing({ pages }: Site, { hasFilter }: AboutPage): Html {
  const listed = pages.filter(({ sentence }) => sentence !== undefined);
  return html`</main>
<footer class="bottom">
<nav aria-label="All pages"><ul>${listed.map(({ path, sentence = '' }) => html`<li><a href="${path}" title="${sentence}">${path}</a></li>`)}<li><a href="/debug/">what they are</a></li></ul></nav>
<p>Footbridge ${VERSION}${hasFilter === true ? KEYS : ''}</p>
</footer>
</body>
</html>
`;
}
