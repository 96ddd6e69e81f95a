// SPDX-License-Identifier: Apache-2.0
// `/`: whose bridge this is and how it does, at a glance, with links to everything else. Made on the server from the same
// views as all other pages.
import { html } from 'hono/html';
import { counted } from '../lib/counted.ts';
import { type ListedRoute, routeTable } from './index-page.ts';
import { type Html, page } from './page.ts';
import type { AdminViews, Overview, Readiness, RegistryView } from './views.ts';

export interface OverviewInput extends Pick<AdminViews, 'overview' | 'readiness' | 'registries'> {
  readonly routes: readonly ListedRoute[];
  readonly nowMs: number;
}

export function overviewPage({ overview, readiness, registries, routes, nowMs }: OverviewInput): Promise<string> {
  const now = overview();
  return page(
    `Footbridge ${now.namespace}/${now.instance}`,
    html`<h1>Footbridge <small>${now.namespace}/${now.instance}</small></h1>
${heldNotice(now.held)}
<dl>
${term('ready', readyText(readiness()))}
${term('serving', servingText(now, nowMs))}
${term('services', html`${now.services.served} served, ${now.services.refused} refused, ${now.services.skipped} skipped, <a href="/debug/services">${counted(now.problems, 'problem')}</a>`)}
${term('clients', html`<a href="/debug/clients">${now.clients.connected} connected</a>, ${now.clients.synced} up to date`)}
${term('version', `${now.version}, started ${ago(now.startedAtMs, nowMs)}`)}
</dl>
<h2>Registries</h2>
<table>
<thead><tr><th>name</th><th>kind</th><th>state</th><th>last good read</th><th>services in scope</th><th>instances</th><th>problems in reading</th><th>last error</th></tr></thead>
<tbody>
${registries().map((registry) => registryRow(registry, nowMs))}</tbody>
</table>
<h2>Pages</h2>
${routeTable(routes)}`,
  );
}

function heldNotice(held: readonly string[]): Html | string {
  return held.length === 0 ? '' : html`<ul class="notice">${held.map((sentence) => html`<li>${sentence}</li>`)}</ul>`;
}

function term(name: string, text: Html | string): Html {
  return html`<dt>${name}</dt><dd>${text}</dd>`;
}

function readyText({ conditions }: Readiness): Html {
  const missing = conditions.filter(({ isMet }) => !isMet).map(({ name }) => name);
  if (missing.length === 0) return html`<span class="good">yes</span>`;
  return html`<span class="bad">no</span>, missing: ${missing.join(', ')}`;
}

function servingText({ snapshot }: Overview, nowMs: number): Html {
  const published =
    snapshot.publishedAtMs === undefined ? 'never published' : `published ${ago(snapshot.publishedAtMs, nowMs)}`;
  const state = stateWord(snapshot.state, snapshot.state === 'live');
  return html`${state}: <a href="/debug/snapshot">${counted(snapshot.resources, 'resource')}</a>, snapshot ${snapshot.serial} (<code>${snapshot.fingerprint}</code>), ${published}`;
}

function registryRow(registry: RegistryView, nowMs: number): Html {
  const { name, kind, state, readAtMs, matched, instances, problems, lastError } = registry;
  const error = state === 'live' || lastError === undefined ? '' : `${lastError.code}: ${lastError.message}`;
  return html`<tr><td><a href="/debug/registry?registry=${encodeURIComponent(name)}">${name}</a></td><td>${kind}</td><td>${stateWord(state, state === 'live')}</td><td>${ago(readAtMs, nowMs)}</td><td>${matched.services} of ${matched.ofServices}</td><td>${instances}</td><td>${problems}</td><td>${error}</td></tr>\n`;
}

function stateWord(word: string, isGood: boolean): Html {
  return html`<span class="${isGood ? 'good' : 'bad'}">${word}</span>`;
}

function ago(atMs: number | undefined, nowMs: number): string {
  if (atMs === undefined) return 'never';
  const seconds = Math.max(0, Math.round((nowMs - atMs) / 1000));
  if (seconds < 120) return `${seconds} s ago`;
  if (seconds < 7200) return `${Math.round(seconds / 60)} min ago`;
  return seconds < 172_800 ? `${Math.round(seconds / 3600)} h ago` : `${Math.round(seconds / 86_400)} days ago`;
}
