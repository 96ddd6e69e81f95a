// SPDX-License-Identifier: Apache-2.0
// The line above the page that says what the reader has to know of the page itself: that nobody answers, or somebody else does.

/** Long enough to be read by somebody who looks up now and then. */
const NEWS_MS = 20_000;

export class Notice {
  readonly #line: HTMLElement;
  #newsAtMs = Number.NEGATIVE_INFINITY;

  constructor(line: HTMLElement) {
    this.#line = line;
  }

  /** Stays until `settle`. */
  alarm(text: string): void {
    this.#newsAtMs = Number.NEGATIVE_INFINITY;
    this.#show(text, 'bad');
  }

  /** Stays for a while. */
  tell(text: string): void {
    this.#newsAtMs = performance.now();
    this.#show(text, 'news');
  }

  /** All is well: what was told is taken away, news when they are old. */
  settle(): void {
    if (performance.now() - this.#newsAtMs > NEWS_MS) this.#line.hidden = true;
  }

  #show(text: string, tone: 'bad' | 'news'): void {
    // The same text again would be announced again.
    if (this.#line.textContent !== text) this.#line.textContent = text;
    this.#line.dataset['tone'] = tone;
    this.#line.hidden = false;
  }
}
