// SPDX-License-Identifier: Apache-2.0
// Filters while one types, and works by keys: `/` goes to the filter, arrows walk the list, Enter opens, Esc clears. The filter
// stands in the address, so a reload and a copied link show the same.
import type { Refresh } from './refresh.ts';

const QUIET_MS = 150;

export function liveFilter(form: HTMLFormElement, text: HTMLInputElement, refresh: Refresh): void {
  let timer = 0;
  const apply = async () => {
    window.clearTimeout(timer);
    window.history.replaceState(null, '', filterAddress(form));
    if (!isShown()) await refresh.now();
  };
  const isShown = () => refresh.shows(filterAddress(form));
  /** Nothing, where nobody answered or one types on: the first of another list is not what one asked for. */
  const openFirst = async () => {
    await apply();
    if (isShown()) serviceLinks()[0]?.click();
  };
  form.addEventListener('input', ({ target }) => {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => void apply(), target === text ? QUIET_MS : 0);
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void apply();
  });
  text.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') {
      event.preventDefault();
      void openFirst();
    } else if (event.key === 'Escape') {
      event.preventDefault();
      if (text.value === '') text.blur();
      text.value = '';
      void apply();
    }
  });
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === '/' && !isTyping(document.activeElement)) {
      event.preventDefault();
      text.focus();
      text.select();
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      if (walk(text, event.key === 'ArrowDown' ? 1 : -1)) event.preventDefault();
    } else if (event.key === 'Escape' && serviceLinks().some((link) => link === document.activeElement)) {
      text.focus();
    }
  });
}

/** As the browser would make it on submitting, without what is empty. */
function filterAddress(form: HTMLFormElement): string {
  const address = new URL(form.action);
  for (const [name, value] of new FormData(form)) {
    if (typeof value === 'string' && value.trim() !== '') address.searchParams.set(name, value);
  }
  address.hash = window.location.hash;
  return address.href;
}

/** From the filter into the list and along it; false where the focus is elsewhere. */
function walk(text: HTMLElement, step: 1 | -1): boolean {
  const stops = [text, ...serviceLinks()];
  const at = stops.findIndex((stop) => stop.matches(':focus'));
  const target = at < 0 ? undefined : stops[at + step];
  target?.focus();
  return target !== undefined;
}

function serviceLinks(): readonly HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>('.services tbody th a')];
}

function isTyping(element: Element | null): boolean {
  return element !== null && ['input', 'select', 'textarea'].includes(element.localName);
}
