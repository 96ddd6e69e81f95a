// SPDX-License-Identifier: Apache-2.0
// The services of a turn as the admin pages show them: whole for `/debug/services`, in short for the list of the status page.
// A turn never changes, so the short list and the counts of problems are made once for each.
import type { OwnProblems, ProblemCount, ServiceRow, ServiceView } from '../admin/views.ts';
import { byIdentity } from '../lib/by-identity.ts';
import { compareTexts } from '../lib/compare-texts.ts';
import { groupBy } from '../lib/group-by.ts';
import { type Problem, problemSentence } from '../model/problem.ts';
import { CATALOGUE, type Loss } from '../model/problem-catalogue.ts';
import { splitServiceKey } from '../model/service.ts';
import { problemsOf } from './problems.ts';
import { isLoss, registryProblems, type ShownService, shownServices } from './shown-services.ts';
import type { Turn } from './turn.ts';

export function* serviceViews(turn: Turn | undefined): Generator<ServiceView> {
  if (turn === undefined) return;
  for (const { key, service, unit, state, problems } of shownServices(turn)) {
    yield {
      ...splitServiceKey(key),
      state,
      host: unit?.entry?.spec.hosts[0],
      virtualIps: unit?.entry?.spec.addresses ?? [],
      instances: service?.instances ?? [],
      endpoints: unit?.entry?.spec.endpoints.length ?? 0,
      problems: problems.map(problemView),
    };
  }
}

const NO_ROWS: readonly ServiceRow[] = [];

export function serviceRows(turn: Turn | undefined): readonly ServiceRow[] {
  return turn === undefined ? NO_ROWS : rowsOf(turn);
}

const rowsOf = byIdentity((turn: Turn): readonly ServiceRow[] => shownServices(turn).map(rowOf));

function rowOf({ key, service, unit, state, problems }: ShownService): ServiceRow {
  const { registry, name } = service ?? splitServiceKey(key);
  const spec = unit?.entry?.spec;
  return {
    registry,
    name,
    state,
    host: spec?.hosts[0],
    virtualIps: spec?.addresses ?? [],
    ports: spec?.ports ?? [],
    instances: service?.instances ?? [],
    codes: problems.length === 0 ? [] : [...new Set(problems.map(({ code }) => code))],
    problems: () => problems.map(problemView),
  };
}

/** That many are told in full; of a registry that is unreadable record by record there may be thousands. */
const MOST_OWN_PROBLEMS = 20;

/** What is wrong with a registry that cannot be told of any of its services. */
export function ownProblems(turn: Turn | undefined, registry: string): OwnProblems {
  const own = (turn === undefined ? undefined : registryProblems(turn).get(registry)) ?? [];
  return {
    count: own.length,
    losses: own.filter(isLoss).length,
    first: own.slice(0, MOST_OWN_PROBLEMS).map(problemView),
  };
}

/** From what costs most to what costs nothing. */
const LOSSES: readonly Loss[] = ['service', 'instance', 'endpoint', 'port', 'label', 'none'];

export function problemCounts(turn: Turn | undefined): readonly ProblemCount[] {
  return turn === undefined ? [] : countsOf(turn);
}

const countsOf = byIdentity((turn: Turn): readonly ProblemCount[] =>
  [...groupBy(problemsOf(turn), ({ code }) => code)]
    .map(([code, { length: count }]) => {
      const { loss, sentence, remedy } = CATALOGUE[code];
      return { code, count, loss, sentence: sentence.replaceAll('{value}', '…'), remedy };
    })
    .sort(
      (a, b) => LOSSES.indexOf(a.loss) - LOSSES.indexOf(b.loss) || b.count - a.count || compareTexts(a.code, b.code),
    ),
);

function problemView(found: Problem): ServiceView['problems'][number] {
  return { code: found.code, instance: found.instance, sentence: problemSentence(found) };
}
