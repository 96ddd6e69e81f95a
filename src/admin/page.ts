// SPDX-License-Identifier: Apache-2.0
// The frame of every HTML page. One style sheet, one script, nothing inline and nothing from elsewhere: the content security
// policy of server.ts allows no more. Without the script everything can be read; it keeps `main` as the server would make it
// now, and writes what it has to say into `#freshness` and `#notice`.
import { html } from 'hono/html';
import { VERSION } from '../lib/version.ts';
import { type Html, textOf } from './markup.ts';

export interface PageFrame {
  readonly title: string;
  /** Whose bridge it is: `namespace/instance`. */
  readonly owner: string;
  readonly nowMs: number;
  /** Anchors of this page. */
  readonly sections: readonly { readonly id: string; readonly title: string }[];
}

/** The whole page in pieces that join to the text: head, content, foot. */
export function* pageText(frame: PageFrame, content: Iterable<Html>): Iterable<string> {
  yield textOf(opening(frame));
  for (const piece of content) yield textOf(piece);
  yield CLOSING;
}

function opening({ title, owner, nowMs, sections }: PageFrame): Html {
  const moment = new Date(nowMs).toISOString();
  return html`<!doctype html>
<html lang="en" data-version="${VERSION}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="icon" href="/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/style.css">
<script src="/page.js" defer></script>
</head>
<body>
<a class="skip" href="#content">Skip to the content</a>
<header class="top">
<p class="brand"><a href="/">Footbridge</a> <span class="owner">${owner}</span></p>
<nav aria-label="Sections"><ul>${sections.map(({ id, title: name }) => html`<li><a href="#${id}">${name}</a></li>`)}</ul></nav>
<p id="freshness">As of <time datetime="${moment}">${moment.slice(11, 19)} UTC</time>; reload to update</p>
</header>
<p id="notice" role="status" hidden></p>
<main id="content" tabindex="-1">
`;
}

const CLOSING = `</main>
<footer class="bottom"><p>Footbridge ${VERSION} · <a href="/debug/">all pages and data</a> · <a href="/metrics">metrics</a> · <span class="keys">keys: <kbd>/</kbd> filter, <kbd>Enter</kbd> open, <kbd>Esc</kbd> clear</span></p></footer>
</body>
</html>
`;
