// SPDX-License-Identifier: Apache-2.0
// The script of the pages, from which tools/generate-page-script.ts makes the text that the admin port serves as `/page.js`. It
// adds to pages that can be read without it, knows no data of its own, and talks to nobody but the bridge that it came from.
import { liveFilter } from './filter.ts';
import { Notice } from './notice.ts';
import { Refresh } from './refresh.ts';

const content = document.getElementById('content');
const freshness = document.getElementById('freshness');
const notice = document.getElementById('notice');
if (content !== null && freshness !== null && notice !== null) {
  const refresh = new Refresh(content, freshness, new Notice(notice));
  const form = document.getElementById('filter');
  const text = document.getElementById('filter-text');
  if (form instanceof HTMLFormElement && text instanceof HTMLInputElement) liveFilter(form, text, refresh);
  refresh.start();
}
