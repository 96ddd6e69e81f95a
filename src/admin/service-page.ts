// SPDX-License-Identifier: Apache-2.0
// `/service`: the way of one service through every stage, or of all that a name stands for; where it stands for none, what is
// spelled alike.
import { html } from 'hono/html';
import { changesOf } from './changes.ts';
import type { ExplainedService, ExplainedStage, Explanation, MoreFound, NotFound } from './explanation.ts';
import { breakable, countOf, grouped, type Html, link, serviceLink, type Tone, withCode, word } from './markup.ts';
import { pageText, type Site } from './page.ts';
import { problemItem } from './services-section.ts';
import { STAGE_QUESTIONS, stageDetails, VERDICT_TONES } from './stage-details.ts';
import type { AdminViews, EventRow } from './views.ts';

export interface ServiceQuery {
  readonly name: string;
  /** Where given, the service of exactly that name in it. */
  readonly registry: string | undefined;
}

/** `isFound`: whether the page tells of a service. */
export function servicePage(
  { explain, events }: Pick<AdminViews, 'explain' | 'events'>,
  query: ServiceQuery,
  site: Site,
): { readonly isFound: boolean; readonly pieces: Iterable<string> } {
  const answers = explain(query.name)[Symbol.iterator]();
  const passed: Explanation[] = [];
  const first = firstAsked(answers, query, passed);
  const content =
    first === undefined
      ? [notFound(query, passed, site.nowMs)]
      : found(first, { [Symbol.iterator]: () => answers }, query, events(), site.nowMs);
  return { isFound: first !== undefined, pieces: pageText(site, { title: query.name }, content) };
}

/** `passed` gets what came before it. */
function firstAsked(
  answers: Iterator<Explanation>,
  query: ServiceQuery,
  passed: Explanation[],
): ExplainedService | undefined {
  for (let next = answers.next(); next.done !== true; next = answers.next()) {
    if (isAsked(next.value, query)) return next.value;
    passed.push(next.value);
  }
  return undefined;
}

function isAsked(answer: Explanation, { name, registry }: ServiceQuery): answer is ExplainedService {
  if (answer.kind !== 'service') return false;
  return registry === undefined || (answer.registry === registry && answer.service === name);
}

/** Each service is explained when those before it were sent. */
function* found(
  first: ExplainedService,
  others: Iterable<Explanation>,
  query: ServiceQuery,
  events: readonly EventRow[],
  nowMs: number,
): Iterable<Html> {
  yield* serviceSections(first, events, nowMs);
  for (const answer of others) {
    if (isAsked(answer, query)) yield* serviceSections(answer, events, nowMs);
    else if (answer.kind === 'more' && query.registry === undefined) yield moreSection(answer);
  }
}

function moreSection({ sentence, total, services }: MoreFound): Html {
  const [first, ...rest] = services;
  if (first === undefined) return html``;
  return html`<section data-key="more" id="more">
<h2>Others of ${grouped(total)}</h2>
<p>${sentence}</p>
<p>${nameLink(first)}${rest.map((one) => html`, ${nameLink(one)}`)}.</p>
</section>
`;
}

type ServiceName = NotFound['nearest'][number];

function nameLink({ registry, service }: ServiceName): Html {
  return html`<a href="${serviceLink(registry, service)}">${service}</a> <span class="soft">${registry}</span>`;
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
  const unknown = answers.find((answer) => answer.kind === 'not-found');
  const others = answers.flatMap((answer) => (answer.kind === 'service' ? [answer] : []));
  const sentence = unknown?.sentence ?? `Registry ${registry ?? ''} has no service of that name.`;
  const nearest = unknown?.nearest ?? others;
  return html`<section>
<h1>${breakable(name)} ${word('not found', 'bad')}</h1>
<p>${sentence}</p>
${nearest.length === 0 ? '' : html`<p>Did you mean: ${nearest.map((one, index) => html`${index === 0 ? '' : ', '}${nameLink(one)}`)}?</p>`}
<ol class="way">${(unknown?.registries ?? []).map((stage) => stageItem(stage, nowMs))}</ol>
${lookUpForm(name)}</section>
`;
}

const OUTCOMES: Readonly<Record<ExplainedService['outcome'], readonly [text: string, tone: Tone]>> = {
  'in-mesh': ['in the mesh', 'good'],
  offered: ['offered', 'good'],
  partly: ['partly in the mesh', 'warn'],
  stopped: ['not in the mesh', 'bad'],
};

const MATCHES: Readonly<Record<ExplainedService['matchedBy'], string>> = {
  name: '',
  host: ' Found by its host.',
  'virtual-ip': ' Found by its virtual IP.',
  instance: ' Found by an instance of it, which stands first below.',
};

function* serviceSections(explained: ExplainedService, events: readonly EventRow[], nowMs: number): Iterable<Html> {
  const { registry, service, matchedBy, outcome, sentence, stages } = explained;
  const [text, tone] = OUTCOMES[outcome];
  yield html`<section data-key="${registry}/${service}" class="headline ${tone}">
<div role="status"><h1>${breakable(service)} ${word(text, tone)}</h1>
<p>${sentence}${MATCHES[matchedBy]}</p></div>
<p class="soft">Registry ${registry} · ${rawLinks(explained)}</p>
</section>
<section data-key="${registry}/${service} way">
<h2>Its way, stage by stage</h2>
<ol class="way">`;
  for (const stage of stages) yield stageItem(stage, nowMs);
  yield html`</ol>
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
  return html`<a href="${link('/debug/registry', { registry, service, format: 'yaml' })}">as registered</a>${published} · <a href="${link('/debug/explain', { name: `${registry}/${service}` })}">this page as JSON</a>`;
}

function stageItem(stage: ExplainedStage, nowMs: number): Html {
  const { stage: name, verdict, sentence, problems } = stage;
  return html`<li data-key="${stage.stage === 'registry' ? stage.details.registry : name}" class="${verdict}"><p class="title"><b>${name}</b> ${word(verdict, VERDICT_TONES[verdict])} <span class="soft">${STAGE_QUESTIONS[name]}</span></p>
<p>${withCode(sentence)}</p>
${problemList(problems)}
${stageDetails(stage, nowMs)}</li>
`;
}

const MOST_PROBLEMS = 20;

/** Each of thousands of instances can have one. */
function problemList(problems: ExplainedStage['problems']): Html | string {
  if (problems.length === 0) return '';
  const more = problems.length - MOST_PROBLEMS;
  return html`<ul class="problems">${problems.slice(0, MOST_PROBLEMS).map(({ code, instance, sentence, remedy }) => problemItem(code, instance, `${sentence} ${remedy}`))}${more > 0 ? html`<li class="soft">${countOf(more, 'more problem')}, which the JSON of this page holds</li>` : ''}</ul>`;
}
