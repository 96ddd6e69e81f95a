// SPDX-License-Identifier: Apache-2.0
// Keeps the page as the server would make it now: asks for the same address every two seconds while somebody can see it, and
// says so when there is no answer, or when somebody else answers. While text is selected only the headline follows: an old
// state must never stand there as if it were today's.
import { merge } from './merge.ts';
import type { Notice } from './notice.ts';
import { isFirstReloadFor } from './reloads.ts';

const INTERVAL_MS = 2000;
/** Longer than a busy bridge needs, shorter than the patience of a reader. */
const DEADLINE_MS = 8000;
/** Enough to copy what is selected; then what is new counts for more. */
const SELECTION_PATIENCE_MS = 30_000;

export class Refresh {
  readonly #content: Element;
  readonly #freshness: Element;
  readonly #notice: Notice;
  #timer = 0;
  #request: AbortController | undefined;
  #answeredAt = new Date();
  #selectedAtMs = 0;
  /** What all of the content is the answer to. */
  #shown = pageOf(window.location);
  #answering = document.documentElement.dataset;

  constructor(content: Element, freshness: Element, notice: Notice) {
    this.#content = content;
    this.#freshness = freshness;
    this.#notice = notice;
  }

  start(): void {
    document.addEventListener('visibilitychange', () => (document.hidden ? this.#hide() : void this.now()));
    document.addEventListener('selectionchange', () => {
      this.#selectedAtMs = performance.now();
    });
    this.#freshness.textContent = `Updated ${clockTime(this.#answeredAt)}`;
    if (!document.hidden) this.#next();
  }

  /** Whether the content is what was answered at that address. */
  shows(address: string): boolean {
    return this.#shown === pageOf(new URL(address));
  }

  /** Asks at once for the page at the address of this document; what was asked before it is dropped. */
  async now(): Promise<void> {
    this.#pause();
    const request = new AbortController();
    this.#request = request;
    const answer = await ask(request.signal);
    if (this.#request !== request) return;
    this.#request = undefined;
    if (answer.kind === 'failed') this.#tellSilence(answer.why);
    else this.#show(answer.page);
    if (!document.hidden) this.#next();
  }

  #next(): void {
    this.#timer = window.setTimeout(() => void this.now(), INTERVAL_MS);
  }

  /** Nobody asks for a tab that nobody sees, so its title must not go on naming a state. */
  #hide(): void {
    this.#pause();
    document.title = withoutState(document.title);
  }

  #pause(): void {
    window.clearTimeout(this.#timer);
    this.#request?.abort();
    this.#request = undefined;
  }

  #show(page: Document): void {
    const next = page.getElementById('content');
    if (next === null) {
      this.#tellSilence('something else answers at this address');
      return;
    }
    const { version = '' } = page.documentElement.dataset;
    const isOfOtherRelease = version !== document.documentElement.dataset['version'];
    if (isOfOtherRelease && isFirstReloadFor(version)) {
      window.location.reload();
      return;
    }
    this.#answeredAt = new Date();
    this.#freshness.textContent = this.#take(next);
    document.title = page.title;
    this.#content.classList.remove('silent');
    if (isOfOtherRelease)
      this.#notice.alarm(`Release ${version} answers a page of another one: load it anew if it looks wrong.`);
    else this.#tellWhoAnswers(page.documentElement.dataset);
    this.#answering = page.documentElement.dataset;
  }

  #tellWhoAnswers({ process, replica }: DOMStringMap): void {
    if (process === this.#answering['process']) this.#notice.settle();
    else if (replica === this.#answering['replica']) this.#notice.tell('The bridge was started anew.');
    else this.#notice.tell(`Another replica answers now: ${replica}. Each one shows its own state.`);
  }

  /** Says how new the page is now. */
  #take(next: Element): string {
    const time = clockTime(this.#answeredAt);
    const isRecent = performance.now() - this.#selectedAtMs < SELECTION_PATIENCE_MS;
    const headline = this.#content.querySelector('.headline');
    const nextHeadline = next.querySelector('.headline');
    if (headline === null || nextHeadline === null || !isRecent || !isSelecting(this.#content)) {
      keepingFocus(() => merge(this.#content, next));
      this.#shown = pageOf(window.location);
      return `Updated ${time}`;
    }
    keepingFocus(() => merge(headline, nextHeadline));
    return `Updated ${time}; below the headline it waits while text is selected`;
  }

  #tellSilence(why: string): void {
    this.#notice.alarm(
      `The bridge has not answered since ${clockTime(this.#answeredAt)} (${why}). What stands here is from then; this page asks again by itself.`,
    );
    document.title = `? · ${withoutState(document.title)}`;
    this.#content.classList.add('silent');
    this.#freshness.textContent = `Not answered since ${clockTime(this.#answeredAt)}`;
  }
}

type Answer = { readonly kind: 'page'; readonly page: Document } | { readonly kind: 'failed'; readonly why: string };

async function ask(signal: AbortSignal): Promise<Answer> {
  try {
    const response = await fetch(window.location.href, {
      cache: 'no-store',
      redirect: 'error',
      signal: AbortSignal.any([signal, AbortSignal.timeout(DEADLINE_MS)]),
    });
    if (response.headers.get('content-type')?.startsWith('text/html') !== true) {
      return { kind: 'failed', why: `status ${response.status}` };
    }
    return { kind: 'page', page: new DOMParser().parseFromString(await response.text(), 'text/html') };
  } catch (error) {
    return {
      kind: 'failed',
      why: error instanceof DOMException && error.name === 'TimeoutError' ? 'too slow' : 'no connection',
    };
  }
}

function isSelecting(content: Element): boolean {
  const selection = document.getSelection();
  return selection !== null && !selection.isCollapsed && content.contains(selection.anchorNode);
}

/** A node that is moved loses the focus; it gets it back where it is. */
function keepingFocus(change: () => void): void {
  const focused = document.activeElement;
  change();
  if (focused instanceof HTMLElement && focused.isConnected && document.activeElement !== focused) {
    focused.focus({ preventScroll: true });
  }
}

/** An address without the part that the server is not asked for. */
function pageOf({ pathname, search }: Location | URL): string {
  return pathname + search;
}

function clockTime(moment: Date): string {
  return `${moment.toISOString().slice(11, 19)} UTC`;
}

/** `Live · Footbridge shop/demo` names a state in front. */
function withoutState(title: string): string {
  return title.replace(/^.*? · (?=Footbridge)/, '');
}
