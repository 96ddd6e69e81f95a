// SPDX-License-Identifier: Apache-2.0
// Who is connected: which istiod, which Istio, what it holds of ours, what it has acknowledged and how far it lags.
import { html } from 'hono/html';
import { duration } from '../lib/ago.ts';
import { accessLine } from './access-line.ts';
import { breakable, countOf, grouped, type Html, since, type Tone, word } from './markup.ts';
import type { AccessRow } from './overview.ts';
import type { ClientRow, ClientType } from './views.ts';

interface ClientState {
  readonly word: string;
  readonly tone: Tone;
}

export function clientsSection(clients: readonly ClientRow[], access: AccessRow, nowMs: number): Html {
  return html`<section id="clients" aria-labelledby="clients-title">
<h2 id="clients-title">Clients <span class="soft">${clients.length}</span></h2>
${accessLine(access)}${clients.length === 0 ? html`<p class="nothing">Nobody is connected.</p>` : html`<ul class="clients">${clients.map((client) => clientItem(client, access, nowMs))}</ul>`}
</section>
`;
}

/** The pod of an istiod (`sidecar~10.0.0.9~istiod-0.istio-system~…`), where it says who it is; else what is known. */
export function clientName({ nodeId, peer }: Pick<ClientRow, 'nodeId' | 'peer'>): string {
  const [, , pod] = nodeId?.split('~') ?? [];
  return pod || nodeId || peer;
}

const PROTOCOLS: Readonly<Record<ClientRow['protocol'], string>> = {
  sotw: 'xDS',
  delta: 'delta xDS',
  'resource-source': 'legacy MCP',
  aggregated: 'legacy MCP, aggregated',
};

function clientItem(client: ClientRow, access: AccessRow, nowMs: number): Html {
  const { streamId, peer, protocol, nodeId, revision, istio, connectedAtMs, answeredEarly, types, certificateNames } =
    client;
  const state = clientState(client);
  const held = types.reduce((sum, { sent }) => sum + (sent?.resources ?? 0), 0);
  const told = [
    `Istio ${istio}`,
    PROTOCOLS[protocol],
    ...(revision === undefined ? [] : [`revision ${revision}`]),
    peer,
    // Where everybody comes in plaintext, the line above says so once.
    ...(access.tls === undefined ? [] : [client.isEncrypted ? 'TLS' : 'in plaintext']),
    ...(certificateNames === undefined ? [] : [`certificate of ${certificateNames.join(', ') || 'nobody'}`]),
  ];
  return html`<li data-key="${streamId}"><p><b class="name" title="${nodeId ?? ''}">${breakable(clientName(client))}</b> ${word(state.word, state.tone)}</p>
<p class="soft">${told.join(' · ')} · connected ${since(connectedAtMs, nowMs)}</p>
<p>Was sent ${countOf(held, 'entry', 'entries')}; acknowledged ${lastAcknowledged(types, nowMs)}.${answeredEarly ? ' It was answered before every registry was read.' : ''}</p>
<details><summary>${countOf(types.length, 'type')} asked for</summary>${typesTable(types, nowMs)}</details></li>
`;
}

/** The worst of all types. */
export function clientState({ types }: ClientRow): ClientState {
  if (types.some(hasRefused)) return { word: 'refused', tone: 'bad' };
  if (types.some(({ state }) => state === 'held')) return { word: 'held', tone: 'warn' };
  const lagMs = Math.max(0, ...types.map((type) => type.lagMs));
  if (lagMs > 0) return { word: `behind by ${duration(lagMs)}`, tone: 'warn' };
  if (types.some(({ state }) => state !== 'settled')) return { word: 'being told', tone: 'calm' };
  return types.length === 0 ? { word: 'asks for nothing', tone: 'calm' } : { word: 'up to date', tone: 'good' };
}

/** Its last word about the type was a refusal. */
export function hasRefused({ nacked, acked }: ClientType): boolean {
  return nacked !== undefined && nacked.atMs >= (acked?.atMs ?? 0);
}

/** Of what it holds; where it holds nothing, of anything. */
function lastAcknowledged(types: readonly ClientType[], nowMs: number): Html | string {
  const holding = types.filter(({ sent }) => (sent?.resources ?? 0) > 0);
  const times = (holding.length === 0 ? types : holding).flatMap(({ acked }) =>
    acked === undefined ? [] : [acked.atMs],
  );
  return times.length === 0 ? 'nothing yet' : since(Math.max(...times), nowMs);
}

function typesTable(types: readonly ClientType[], nowMs: number): Html {
  return html`<table>
<caption class="unseen">Types that it asked for</caption>
<thead><tr><th scope="col">Type</th><th scope="col">State</th><th scope="col" class="number">Sent</th><th scope="col">Acknowledged</th></tr></thead>
<tbody>${types.map((type) => typeRow(type, nowMs))}</tbody>
</table>
`;
}

const TYPE_STATES: Readonly<Record<ClientType['state'], ClientState>> = {
  settled: { word: 'settled', tone: 'good' },
  inFlight: { word: 'not acknowledged yet', tone: 'calm' },
  owed: { word: 'due', tone: 'calm' },
  held: { word: 'held', tone: 'warn' },
};

function typeRow(type: ClientType, nowMs: number): Html {
  const { typeUrl, names, sent, acked, nacked } = type;
  const state = hasRefused(type) ? { word: 'refused', tone: 'bad' as const } : TYPE_STATES[type.state];
  const refusal = hasRefused(type) && nacked !== undefined ? html`: ${nacked.message}` : '';
  return html`<tr data-key="${typeUrl}"><th scope="row">${breakable(typeUrl)}${names === undefined ? '' : html` <span class="soft">${countOf(names.length, 'name')}</span>`}</th><td data-label="State">${word(state.word, state.tone)}${refusal}</td><td data-label="Sent" class="number">${sent === undefined ? '' : grouped(sent.resources)}</td><td data-label="Acknowledged">${acked === undefined ? 'not yet' : since(acked.atMs, nowMs)}</td></tr>
`;
}
