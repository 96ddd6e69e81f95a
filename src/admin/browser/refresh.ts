// SPDX-License-Identifier: Apache-2.0
// Keeps the page as the server would make it now: asks for the same address every two seconds while somebody can see it, and
// says so when there is no answer. Waits while text is selected.
import { merge } from './merge.ts';

const INTERVAL_MS = 2000;
/** Longer than a busy bridge needs, shorter than the patience of a reader. */
const DEADLINE_MS = 8000;

export class Refresh {
  readonly #content: Element;
  readonly #freshness: Element;
  readonly #notice: HTMLElement;
  #timer = 0;
  #request: AbortController | undefined;
  #answeredAt = new Date();

  constructor(content: Element, freshness: Element, notice: HTMLElement) {
    this.#content = content;
    this.#freshness = freshness;
    this.#notice = notice;
  }

  start(): void {
    document.addEventListener('visibilitychange', () => (document.hidden ? this.#pause() : void this.now()));
    this.#freshness.textContent = `Updated ${clockTime(this.#answeredAt)}`;
    if (!document.hidden) this.#next();
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
    this.#timer = window.setTimeout(() => void this.#whenUndisturbed(), INTERVAL_MS);
  }

  async #whenUndisturbed(): Promise<void> {
    if (!isSelecting(this.#content)) {
      await this.now();
      return;
    }
    this.#freshness.textContent = `Waits while text is selected, updated ${clockTime(this.#answeredAt)}`;
    this.#next();
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
    // Another release brings another script and style sheet.
    const { version } = document.documentElement.dataset;
    if (page.documentElement.dataset['version'] !== version) {
      window.location.reload();
      return;
    }
    keepingFocus(() => merge(this.#content, next));
    document.title = page.title;
    this.#answeredAt = new Date();
    this.#freshness.textContent = `Updated ${clockTime(this.#answeredAt)}`;
    this.#notice.hidden = true;
  }

  #tellSilence(why: string): void {
    const text = `The bridge has not answered since ${clockTime(this.#answeredAt)} (${why}). What stands here is from then; this page asks again by itself.`;
    // The same text again would be announced again.
    if (this.#notice.textContent !== text) this.#notice.textContent = text;
    this.#notice.hidden = false;
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

function clockTime(moment: Date): string {
  return moment.toLocaleTimeString('en-GB');
}
