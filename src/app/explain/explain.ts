// SPDX-License-Identifier: Apache-2.0
// The way of one service, stage by stage, from its registry to the clients that acknowledged it. Pure: it reads what every
// stage left behind and decides nothing, so asking changes nothing and costs the pipeline nothing.
import type {
  ExplainedService,
  ExplainedStage,
  Explanation,
  MoreFound,
  StageVerdict,
} from '../../admin/explanation.ts';
import { printable } from '../../lib/printable.ts';
import { clientsStage } from './clients-stage.ts';
import { admissionStage, entryStage, portsStage, validationStage } from './entry-stages.ts';
import { type Found, findServices } from './find.ts';
import { guardStage } from './guard-stage.ts';
import { hostStage } from './host-stage.ts';
import { type ExplainInput, slicesOf } from './input.ts';
import { instancesStage } from './instances-stage.ts';
import { notFound } from './not-found.ts';
import { registryStage } from './registry-stage.ts';
import { scopeStage } from './scope-stage.ts';
import { snapshotStage } from './snapshot-stage.ts';
import { type Subject, subjectOf } from './subject.ts';
import { indexTurn } from './turn-index.ts';

/** One address can stand for every service of an estate. */
const MOST_EXPLAINED = 20;
const MOST_NAMED = 100;

/**
 * `asked`: see `findServices`. Never empty: what is not found is answered with what is known instead. Each service is explained
 * when it is asked for, so that who sends the answer can do something else in between.
 */
export function* explain(asked: string, input: ExplainInput): Generator<Explanation> {
  const index = input.turn === undefined ? undefined : indexTurn(input.turn, input.config);
  const registries = new Set(slicesOf(input).map(({ registry }) => registry));
  const found = findServices(asked, input, index).filter(({ registry }) => registries.has(registry));
  for (const one of found.slice(0, MOST_EXPLAINED)) {
    const subject = subjectOf(one, input, index);
    if (subject !== undefined) yield explainService(subject, one.matchedBy);
  }
  if (found.length === 0) yield notFound(asked, input, index);
  if (found.length > MOST_EXPLAINED) yield moreFound(asked, found);
}

function moreFound(asked: string, found: readonly Found[]): MoreFound {
  const named = found.slice(MOST_EXPLAINED, MOST_EXPLAINED + MOST_NAMED);
  return {
    kind: 'more',
    asked,
    sentence: `The first ${MOST_EXPLAINED} of ${found.length} services that bear ${printable(asked)} are explained: to see another one, name one.`,
    total: found.length,
    services: named.map(({ registry, name }) => ({ registry, service: name })),
  };
}

function explainService(subject: Subject, matchedBy: Found['matchedBy']): ExplainedService {
  const { registry, name } = subject;
  const stages = stagesOf(subject);
  const outcome = outcomeOf(stages);
  return {
    kind: 'service',
    registry,
    service: name,
    matchedBy,
    outcome,
    sentence: sentenceOf(outcome, stages, subject.input.served === undefined),
    stages,
  };
}

/** A stage that stops the service is the last one, but for what its registry says. */
function stagesOf(subject: Subject): readonly ExplainedStage[] {
  const before = [registryStage(subject), scopeStage(subject)].filter((stage) => stage !== undefined);
  if (before.some((stage) => stage.stage === 'scope' && stage.verdict === 'stopped')) return before;
  const { listed, leftOut, guarded, problems } = subject;
  const isKnown = [listed, leftOut, guarded, problems[0]].some((one) => one !== undefined);
  const made = [
    isKnown ? instancesStage(subject) : undefined,
    guardStage(subject),
    hostStage(subject),
    portsStage(subject),
    validationStage(subject),
    admissionStage(subject),
  ].filter((stage) => stage !== undefined);
  return [...before, ...made, ...servedStages(subject)];
}

function servedStages(subject: Subject): readonly ExplainedStage[] {
  const { input } = subject;
  const entry = entryStage(subject);
  if (entry === undefined) return [];
  if (input.served === undefined) return [entry];
  const snapshot = snapshotStage(entry, input.served, input);
  return [entry, snapshot, clientsStage(entry, snapshot, input.served, input.nowMs)];
}

/** Whether all that is registered arrived. What is merely worth knowing (a stale read, an instance that is down) costs nothing. */
function outcomeOf(stages: readonly ExplainedStage[]): ExplainedService['outcome'] {
  const isStopped = stages.some(({ verdict }) => verdict === 'stopped');
  if (isStopped || !stages.some(({ stage }) => stage === 'entry')) return 'stopped';
  const clients = clientsVerdict(stages);
  if (isLossy(stages) || clients === 'noted' || hasNoEndpoint(stages)) return 'partly';
  return clients === 'unknown' ? 'offered' : 'in-mesh';
}

function isLossy(stages: readonly ExplainedStage[]): boolean {
  return stages.some(({ problems }) => problems.some(({ code, loss }) => loss !== 'none' && !MEANT.has(code)));
}

function clientsVerdict(stages: readonly ExplainedStage[]): StageVerdict {
  return stages.find(({ stage }) => stage === 'clients')?.verdict ?? 'passed';
}

function hasNoEndpoint(stages: readonly ExplainedStage[]): boolean {
  return stages.some((stage) => stage.stage === 'entry' && stage.details.endpoints === 0);
}

/** Whoever registers a weight of 0 asks for no traffic. */
const MEANT: ReadonlySet<string> = new Set(['WEIGHT_ZERO']);
const OF_NOW: ReadonlySet<string> = new Set(['registry', 'guard']);

function sentenceOf(outcome: ExplainedService['outcome'], stages: readonly ExplainedStage[], isDump: boolean): string {
  const is = isDump ? 'would be' : 'is';
  switch (outcome) {
    case 'in-mesh':
      return `It ${is} published as it ${registeredText(stages)}.`;
    case 'offered':
      return `It is offered as it ${registeredText(stages)}, and nobody is connected to this replica who takes it: ask the others who has it.`;
    case 'partly':
      return `It ${is} ${partlyBecause(stages)}.`;
    case 'stopped': {
      const stop = stages.find(({ verdict }) => verdict === 'stopped') ?? stages.at(-1);
      return `It ${isDump ? 'would not be' : 'is not'} in the mesh. ${stop?.sentence ?? ''}`.trimEnd();
    }
  }
}

/** What the guard keeps is published although the registry no longer says so. */
function registeredText(stages: readonly ExplainedStage[]): string {
  const isNow = stages.every(({ stage, verdict }) => !OF_NOW.has(stage) || verdict === 'passed');
  return isNow ? 'is registered' : 'was registered last';
}

function partlyBecause(stages: readonly ExplainedStage[]): string {
  if (hasNoEndpoint(stages)) return 'published without an endpoint: callers are answered with 503';
  const lost = isLossy(stages) ? ['not all of it'] : [];
  const late = clientsVerdict(stages) === 'noted' ? ['not everybody was told yet'] : [];
  return `published, but ${[...lost, ...late].join(', and ')}`;
}
