// SPDX-License-Identifier: Apache-2.0
// `/service`: the way of one service through every stage, or of all that a name stands for; where it stands for none, what is
// spelled alike.
import { html } from 'hono/html';
import { changesOf } from './changes.ts';
import type { ExplainedService, ExplainedStage, Explanation, NotFound } from './explanation.ts';
import { breakable, type Html, link, serviceLink, type Tone, withCode, word } from './markup.ts';
import { pageText, type Site } from './page.ts';
import { problemItem } from './services-section.ts';
import { STAGE_QUESTIONS, stageDetails, VERDICT_TONES } from './stage-details.ts';
import type { AdminViews, EventRow } from './views.ts';

export interface ServiceQuery {
  readonly name: string;
  /** Where given, the service of exactly that name in it. */
  readonly registry: string | undefined;
}

export function servicePage(
  { explain, events }: Pick<AdminViews, 'explain' | 'events'>,
  { name, registry }: ServiceQuery,
  site: Site,
): Iterable<string> {
  const { nowMs } = site;
  const answers = explain(name);
  const services = answers.filter((answer) => answer.kind === 'service');
  const asked = services.filter((one) => registry === undefined || (one.registry === registry && one.service === name));
  if (asked.length === 0) return pageText(site, { title: name }, [notFound({ name, registry }, answers, nowMs)]);
  const all = events();
  return pageText(
    site,
    { title: name },
    asked.map((one) => serviceSection(one, all, nowMs)),
  );
}

/** Where no name is given. */
export function lookUpPage(site: Site): Iterable<string> {
  return pageText(site, { title: 'Look up' }, [
    html`<section>\n<h1>Look up a service</h1>\n${lookUpForm('')}</section>\n`,
  ]);
}

function lookUpForm(name: string): Html {
  return html`<form method="get" action="/service" role="search">
<label for="look-up">Service, host, instance or address</label>
<input id="look-up" name="name" type="search" value="${name}" required autocomplete="off" spellcheck="false" maxlength="200">
<button type="submit">Look up</button>
</form>
`;
}

function notFound({ name, registry }: ServiceQuery, answers: readonly Explanation[], nowMs: number): Html {
  const unknown = answers.find((answer): answer is NotFound => answer.kind === 'not-found');
  const sentence = unknown?.sentence ?? `Registry ${registry ?? ''} has no service of that name.`;
  const nearest = unknown?.nearest ?? answers.filter((answer) => answer.kind === 'service');
  return html`<section>
<h1>${breakable(name)} ${word('not found', 'bad')}</h1>
<p>${sentence}</p>
${nearest.length === 0 ? '' : html`<p>Did you mean: ${nearest.map((one, index) => html`${index === 0 ? '' : ', '}<a href="${serviceLink(one.registry, one.service)}">${one.service}</a> <span class="soft">${one.registry}</span>`)}?</p>`}
<ol class="way">${(unknown?.registries ?? []).map((stage) => stageItem(stage, nowMs))}</ol>
${lookUpForm(name)}</section>
`;
}

const OUTCOMES: Readonly<Record<ExplainedService['outcome'], readonly [text: string, tone: Tone]>> = {
  'in-mesh': ['in the mesh', 'good'],
  partly: ['partly in the mesh', 'warn'],
  stopped: ['not in the mesh', 'bad'],
};

const MATCHES: Readonly<Record<ExplainedService['matchedBy'], string>> = {
  name: '',
  host: ' Found by its host.',
  'virtual-ip': ' Found by its virtual IP.',
  instance: ' Found by one of its instances.',
};

function serviceSection(explained: ExplainedService, events: readonly EventRow[], nowMs: number): Html {
  const { registry, service, matchedBy, outcome, sentence, stages } = explained;
  const [text, tone] = OUTCOMES[outcome];
  return html`<section data-key="${registry}/${service}" class="headline ${tone}">
<div role="status"><h1>${breakable(service)} ${word(text, tone)}</h1>
<p>${sentence}${MATCHES[matchedBy]}</p></div>
<p class="soft">Registry ${registry} · ${rawLinks(explained)}</p>
</section>
<section data-key="${registry}/${service} way">
<h2>Its way, stage by stage</h2>
<ol class="way">${stages.map((stage) => stageItem(stage, nowMs))}</ol>
</section>
<section data-key="${registry}/${service} changes">
<h2>Its recent changes</h2>
${changesOf({ registry, service }, events, nowMs)}</section>
`;
}

function rawLinks({ registry, service, stages }: ExplainedService): Html {
  const entry = stages.find((stage) => stage.stage === 'entry');
  const published =
    entry === undefined || entry.details.name === ''
      ? ''
      : html` · <a href="${link('/debug/snapshot', { name: entry.details.name })}">as published (YAML)</a>`;
  return html`<a href="${link('/debug/registry', { registry, service, format: 'yaml' })}">as registered</a>${published} · <a href="${link('/debug/explain', { name: service })}">this page as JSON</a>`;
}

function stageItem(stage: ExplainedStage, nowMs: number): Html {
  const { stage: name, verdict, sentence, problems } = stage;
  return html`<li data-key="${stage.stage === 'registry' ? stage.details.registry : name}" class="${verdict}"><p class="title"><b>${name}</b> ${word(verdict, VERDICT_TONES[verdict])} <span class="soft">${STAGE_QUESTIONS[name]}</span></p>
<p>${withCode(sentence)}</p>
${problems.length === 0 ? '' : html`<ul class="problems">${problems.map(({ code, instance, sentence: what, remedy }) => problemItem(code, instance, `${what} ${remedy}`))}</ul>`}
${stageDetails(stage, nowMs)}</li>
`;
}
