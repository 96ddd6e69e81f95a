// SPDX-License-Identifier: Apache-2.0
// The small pieces that every page is made of: words with a tone, moments, links. `html` escapes whatever is put in.
import { html } from 'hono/html';
import { ago } from '../lib/ago.ts';
import { utcTime } from '../lib/utc-time.ts';

export type Html = ReturnType<typeof html>;

/** What a colour says; a word always says the same beside it. */
export type Tone = 'good' | 'warn' | 'bad' | 'calm';

/** Pages are made at once, without promises inside, so that they can be sent piece by piece. */
export function textOf(piece: Html): string {
  if (piece instanceof Promise) throw new Error('a piece of a page must not hold a promise');
  return piece.toString();
}

export function word(text: string, tone: Tone): Html {
  return html`<b class="word ${tone}">${text}</b>`;
}

/** `12 s ago`, and the moment itself for who points at it or reads it by program. */
export function since(atMs: number | undefined, nowMs: number): Html | string {
  if (atMs === undefined) return 'never';
  return html`<time datetime="${new Date(atMs).toISOString()}" title="${utcTime(atMs)}">${ago(atMs, nowMs)}</time>`;
}

/** A path with its parameters; those without a value are left out. */
export function link(path: string, parameters: Readonly<Record<string, string | undefined>>, anchor = ''): string {
  const given = Object.entries(parameters).flatMap(([name, value]) =>
    value === undefined || value === '' ? [] : [`${name}=${encodeURIComponent(value)}`],
  );
  return `${path}${given.length === 0 ? '' : `?${given.join('&')}`}${anchor === '' ? '' : `#${anchor}`}`;
}

export function serviceLink(registry: string, name: string): string {
  return link('/service', { registry, name });
}

/** Thousands apart, by a space that does not break. */
export function grouped(count: number): string {
  return String(count).replace(/\B(?=(?:\d{3})+$)/g, '\u202f');
}

/** As `counted`, with thousands apart. */
export function countOf(count: number, one: string, many = `${one}s`): string {
  return `${grouped(count)} ${count === 1 ? one : many}`;
}

/** Registered names may be long words without a place to break at, and hosts break best after a dot. */
export function breakable(text: string): readonly (Html | string)[] {
  return text.split(/(?<=[.\-_/])/).flatMap((part, index) => (index === 0 ? [part] : [html`<wbr>`, part]));
}

/** Short things in a row, none of which is broken: `http 8080, admin 9903`. */
export function units(texts: readonly string[]): readonly Html[] {
  return texts.map((text, index) => html`${index === 0 ? '' : ', '}<span class="unit">${text}</span>`);
}

/** What stands between backticks as code. */
export function withCode(sentence: string): readonly (Html | string)[] {
  return sentence.split('`').map((part, index) => (index % 2 === 0 ? part : html`<code>${part}</code>`));
}
