// SPDX-License-Identifier: Apache-2.0
// What a stage of an explanation knows beside its sentence, where that is worth a table or a list.
import { html } from 'hono/html';
import { clientName } from './clients-section.ts';
import type { ExplainedClient, ExplainedInstance, ExplainedStage, StageName, StageVerdict } from './explanation.ts';
import { breakable, countOf, type Html, since, type Tone, units, withCode, word } from './markup.ts';

export const VERDICT_TONES: Readonly<Record<StageVerdict, Tone>> = {
  passed: 'good',
  noted: 'warn',
  stopped: 'bad',
  unknown: 'calm',
};

/** What each stage answers. */
export const STAGE_QUESTIONS: Readonly<Record<StageName, string>> = {
  registry: 'Is it listed, and how good is that knowledge?',
  scope: 'Does it belong to this bridge?',
  instances: 'What is registered, and what becomes of each?',
  guard: 'Is anything kept although it is no longer listed?',
  host: 'Under which name is it called?',
  ports: 'What can it be called on?',
  validation: 'Would Istio take it?',
  admission: 'May this bridge publish it?',
  entry: 'What was made of it?',
  snapshot: 'Is that what clients are offered?',
  clients: 'Who was told?',
};

export function stageDetails(stage: ExplainedStage, nowMs: number): Html | string {
  switch (stage.stage) {
    case 'instances':
      return stage.details.instances.length === 0 ? '' : instancesTable(stage.details.instances);
    case 'host':
      return html`${serviceNames('Joined under this host', stage.details.joined)}${stage.details.rivals.length === 0 ? '' : html`<ul class="problems">${stage.details.rivals.map(({ service, keepsHost, because }) => html`<li><b>${breakable(service)}</b> ${keepsHost ? 'has the host' : 'wants it too'}: ${withCode(because)}</li>`)}${stage.details.otherRivals > 0 ? html`<li class="soft">${stage.details.otherRivals} more want it too</li>` : ''}</ul>`}`;
    case 'ports':
      return serviceNames('Lack a published port', stage.details.lacking);
    case 'clients':
      return stage.details.clients.length === 0 ? '' : clientsTable(stage.details.clients, nowMs);
    default:
      return '';
  }
}

function serviceNames(what: string, names: readonly string[]): Html | string {
  if (names.length === 0) return '';
  const more = names.length - MOST_NAMES;
  return html`<p class="soft">${what}: ${names.slice(0, MOST_NAMES).join(', ')}${more > 0 ? ` and ${more} more` : ''}</p>`;
}

const MOST_NAMES = 20;
const MOST_ROWS = 100;

/** What `rows` begins with when what was asked for comes first, and then the gravest verdict. */
function gravest<Row extends { readonly verdict: StageVerdict; readonly isAsked?: boolean }>(
  rows: readonly Row[],
): readonly Row[] {
  if (rows.length <= MOST_ROWS) return rows;
  const asked = rows.filter(({ isAsked }) => isAsked === true);
  const others = rows.filter(({ isAsked }) => isAsked !== true);
  return [...asked, ...VERDICTS.flatMap((verdict) => others.filter((row) => row.verdict === verdict))].slice(
    0,
    MOST_ROWS,
  );
}

const VERDICTS: readonly StageVerdict[] = ['stopped', 'unknown', 'noted', 'passed'];

function omitted(count: number, what: string): Html | string {
  const more = count - MOST_ROWS;
  return more > 0 ? html`<p class="soft">${countOf(more, `more ${what}`)}: the JSON of this page holds all.</p>` : '';
}

function instancesTable(all: readonly ExplainedInstance[]): Html {
  const instances = gravest(all);
  const hasMore = instances.some((instance) => moreOf(instance) !== '');
  return html`<table>
<caption class="unseen">Instances</caption>
<thead><tr><th scope="col">Instance</th><th scope="col">Address</th><th scope="col">Status</th><th scope="col">Ports</th>${hasMore ? html`<th scope="col">Weight, locality, labels</th>` : ''}<th scope="col">What became of it</th></tr></thead>
<tbody>${instances.map((instance) => instanceRow(instance, hasMore))}</tbody>
</table>
${omitted(all.length, 'instance')}
`;
}

function moreOf({ weight, locality, labels }: ExplainedInstance): string {
  return [
    ...(weight === undefined ? [] : [`weight ${weight}`]),
    ...(locality === undefined ? [] : [locality]),
    ...Object.entries(labels).map(([name, value]) => `${name}=${value}`),
  ].join(', ');
}

function instanceRow(instance: ExplainedInstance, hasMore: boolean): Html {
  const { id, address, status, ports, verdict, sentence } = instance;
  return html`<tr data-key="${id}"><th scope="row">${breakable(id)}</th><td data-label="Address" class="address">${address}</td><td data-label="Status" class="unit">${status}</td><td data-label="Ports" class="ports">${units(ports.map(({ name, number }) => `${name} ${number}`))}</td>${hasMore ? html`<td data-label="Weight, locality, labels" class="labels">${moreOf(instance)}</td>` : ''}<td data-label="What became of it" class="found">${word(verdict, VERDICT_TONES[verdict])} ${withCode(sentence)}</td></tr>
`;
}

function clientsTable(all: readonly ExplainedClient[], nowMs: number): Html {
  const clients = gravest(all);
  return html`<table>
<caption class="unseen">Clients</caption>
<thead><tr><th scope="col">Client</th><th scope="col">Sent</th><th scope="col">Acknowledged</th><th scope="col">What it knows</th></tr></thead>
<tbody>${clients.map(({ client, peer, sent, acknowledged, verdict, sentence }) => html`<tr data-key="${client} ${peer}"><th scope="row">${breakable(clientName({ nodeId: client, peer }))} <span class="soft">${peer}</span></th><td data-label="Sent">${sent === undefined ? 'nothing' : since(sent.atMs, nowMs)}</td><td data-label="Acknowledged">${acknowledged === undefined ? 'nothing' : since(acknowledged.atMs, nowMs)}</td><td data-label="What it knows">${word(verdict, VERDICT_TONES[verdict])} ${withCode(sentence)}</td></tr>`)}</tbody>
</table>
${omitted(all.length, 'client')}
`;
}
