// SPDX-License-Identifier: Apache-2.0
// The services of a turn as the admin pages show them: whole for `/debug/services`, in short for the list of the status page.
// A turn never changes, so the short list and the counts of problems are made once for each.
import type { ProblemCount, ServiceRow, ServiceState, ServiceView } from '../admin/views.ts';
import type { Converted } from '../convert/entry.ts';
import { byIdentity } from '../lib/by-identity.ts';
import { compareTexts } from '../lib/compare-texts.ts';
import { groupBy } from '../lib/group-by.ts';
import { type Problem, problemSentence } from '../model/problem.ts';
import { CATALOGUE, type Loss } from '../model/problem-catalogue.ts';
import { type Service, type ServiceKey, serviceKey, splitServiceKey } from '../model/service.ts';
import { outcomeOf } from './figures.ts';
import { problemsOf } from './problems.ts';
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
      problems: problems.map(problemView),
    };
  }
}

const NO_ROWS: readonly ServiceRow[] = [];

export function serviceRows(turn: Turn | undefined): readonly ServiceRow[] {
  return turn === undefined ? NO_ROWS : rowsOf(turn);
}

const rowsOf = byIdentity((turn: Turn): readonly ServiceRow[] => Array.from(shownServices(turn), rowOf));

function rowOf({ key, service, unit, state, problems }: Shown): ServiceRow {
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

interface Shown {
  readonly key: ServiceKey;
  /** undefined: nothing of it could be read. */
  readonly service: Service | undefined;
  readonly unit: Converted | undefined;
  readonly state: ServiceState;
  readonly problems: readonly Problem[];
}

/** What is published or refused, and then what only problems tell of. */
function* shownServices(turn: Turn): Generator<Shown> {
  const problems = groupBy(problemsOf(turn), ({ registry, service }) => serviceKey(registry, service));
  const stateOf = createStates(turn);
  const shown = new Set<ServiceKey>();
  for (const unit of turn.converted) {
    for (const key of unit.services) {
      const service = turn.guarded.services.get(key);
      if (service === undefined) continue;
      shown.add(key);
      yield { key, service, unit, state: stateOf(service, unit), problems: problems.get(key) ?? [] };
    }
  }
  for (const [key, found] of problems) {
    if (!shown.has(key)) yield { key, service: undefined, unit: undefined, state: 'refused', problems: found };
  }
}

function createStates({ slices, guarded }: Turn): (service: Service, unit: Converted) => ServiceState {
  const graces = new Set(guarded.graces.map(({ key }) => key));
  const holding = new Set(guarded.holds.map(({ registry }) => registry));
  const listed = new Map(
    slices.map(({ registry, reading }) => [
      registry,
      reading.kind === 'waiting' ? undefined : reading.content.services,
    ]),
  );
  return ({ key, registry }, unit) => {
    if (graces.has(key)) return 'grace';
    const outcome = outcomeOf(unit);
    const isHeld = holding.has(registry) && listed.get(registry)?.has(key) !== true;
    return isHeld && outcome === 'served' ? 'held' : outcome;
  };
}

function problemView(found: Problem): ServiceView['problems'][number] {
  return { code: found.code, instance: found.instance, sentence: problemSentence(found) };
}
