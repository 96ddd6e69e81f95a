// SPDX-License-Identifier: Apache-2.0
// The registries on the status page: state, age, how much of each is in scope, and the last error in full.
import { html } from 'hono/html';
import { duration } from '../lib/ago.ts';
import { countOf, grouped, type Html, link, since, type Tone, withCode, word } from './markup.ts';
import { problemItem } from './services-section.ts';
import type { RegistryView, SessionView } from './views.ts';

const TONES: Readonly<Record<RegistryView['state'], Tone>> = {
  live: 'good',
  stale: 'warn',
  restored: 'warn',
  waiting: 'warn',
};
const SESSION_TONES: Readonly<Record<SessionView['state'], Tone>> = {
  connected: 'good',
  reconnected: 'good',
  suspended: 'warn',
  lost: 'bad',
};

export function registriesSection(registries: readonly RegistryView[], nowMs: number): Html {
  return html`<section id="registries" aria-labelledby="registries-title">
<h2 id="registries-title">Registries</h2>
<table>
<caption class="unseen">Registries</caption>
<thead><tr><th scope="col">Registry</th><th scope="col">State</th><th scope="col">Last good read</th><th scope="col" class="number">Services in scope</th><th scope="col" class="number">Instances</th><th scope="col" class="number" title="Records of the last read that could not be understood">Unreadable</th><th scope="col" title="Changes that nobody had announced: only a full read found them">Drift</th></tr></thead>
<tbody>${registries.map((registry) => [registryRow(registry, nowMs), errorRow(registry, nowMs), ownRow(registry)])}</tbody>
</table>
</section>
`;
}

function registryRow(
  { name, kind, state, sinceMs, session, readAtMs, matched, instances, problems, drift }: RegistryView,
  nowMs: number,
): Html {
  const lasting = sinceMs === undefined ? '' : html` <span class="soft">for ${duration(nowMs - sinceMs)}</span>`;
  return html`<tr data-key="${name}"><th scope="row"><a href="${link('/debug/registry', { registry: name })}">${name}</a> <span class="soft">${kind}</span></th><td data-label="State">${word(state, TONES[state])}${lasting}${sessionText(session)}</td><td data-label="Last good read">${since(readAtMs, nowMs)}</td><td data-label="Services in scope" class="number">${scopeText(matched)}</td><td data-label="Instances" class="number">${grouped(instances)}</td><td data-label="Unreadable" class="number">${problems === 0 ? '0' : html`<a href="#problems">${grouped(problems)}</a>`}</td><td data-label="Drift">${driftText(drift, nowMs)}</td></tr>
`;
}

/** The state of a session has no word in common with that of a registry, but is not to be taken for it. */
function sessionText(session: RegistryView['session']): Html | string {
  if (session === undefined) return '';
  return html`, <span class="soft">session</span> ${word(session.state, SESSION_TONES[session.state])}`;
}

function scopeText({ services, ofServices }: RegistryView['matched']): Html | string {
  const text = `${grouped(services)} of ${grouped(ofServices)}`;
  if (services > 0 || ofServices === 0) return text;
  return html`${text} ${word('scope matches nothing', 'bad')}`;
}

function driftText(drift: RegistryView['drift'], nowMs: number): Html | string {
  if (drift === undefined) return html`<span class="soft">none</span>`;
  return html`${grouped(drift.places)} changes unannounced, last ${since(drift.atMs, nowMs)}`;
}

function errorRow({ name, state, lastError }: RegistryView, nowMs: number): Html | string {
  if (state === 'live' || lastError === undefined) return '';
  const { code, message, atMs } = lastError;
  return html`<tr data-key="${name} error" class="error"><td colspan="7"><code>${code}</code> ${withCode(message)} <span class="soft">(${since(atMs, nowMs)})</span></td></tr>
`;
}

/** What concerns no service by name has no other place. */
function ownRow({ name, own: { count, first } }: RegistryView): Html | string {
  if (count === 0) return '';
  const rest = count - first.length;
  return html`<tr data-key="${name} own" class="own"><td colspan="7"><details><summary>${countOf(count, 'problem')} of registry ${name} itself</summary><ul class="problems">${first.map(({ code, instance, sentence }) => problemItem(code, instance, sentence))}${rest > 0 ? html`<li>and ${grouped(rest)} more</li>` : ''}</ul></details></td></tr>
`;
}
