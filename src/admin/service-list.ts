// SPDX-License-Identifier: Apache-2.0
// Which services the status page lists: filter, order and page, as the address of the page asks for them. Pure, but for giving
// the event loop a turn between pieces: ten thousand services with their instances are looked through on every look at the page.
import { setImmediate as nextTurn } from 'node:timers/promises';
import { byIdentity } from '../lib/by-identity.ts';
import { compareTexts } from '../lib/compare-texts.ts';
import { compileGlobs } from '../lib/globs.ts';
import { link } from './markup.ts';
import { SERVICE_STATES, type ServiceRow, type ServiceState } from './views.ts';

export const ROWS_PER_PAGE = 100;

export const LIST_PARAMETERS = ['filter', 'state', 'problem', 'sort', 'page'] as const;
type ListParameter = (typeof LIST_PARAMETERS)[number];

export interface ListQuery {
  /** Words that must all be found, or a glob for the name or host. */
  readonly filter: string;
  readonly state: ServiceState | 'problems' | undefined;
  /** Code of a problem that it must have. */
  readonly problem: string | undefined;
  /** worst: by state, then those with problems, then by name. */
  readonly sort: 'worst' | 'name';
  /** From 1. */
  readonly page: number;
}

export interface ListedServices {
  readonly rows: readonly ServiceRow[];
  /** How many match, on all pages. */
  readonly matching: number;
  /** The one that is shown: the last one where a later one was asked for. */
  readonly page: number;
  readonly pages: number;
  readonly total: number;
  /** Of all services, whatever the filter. */
  readonly states: ReadonlyMap<ServiceState, number>;
}

/** What is not understood is as if it was not given: an address that somebody kept shows something still. */
export function readListQuery(get: (parameter: ListParameter) => string | undefined): ListQuery {
  const state = get('state');
  const page = Number(get('page'));
  return {
    filter: (get('filter') ?? '').trim().slice(0, 200),
    state: state === 'problems' ? state : SERVICE_STATES.find((known) => known === state),
    problem: get('problem'),
    sort: get('sort') === 'name' ? 'name' : 'worst',
    page: Number.isSafeInteger(page) && page > 1 ? page : 1,
  };
}

/** The address of the page that `changed` leads to; another filter begins at its first page. */
export function listLink(query: ListQuery, changed: Partial<ListQuery>): string {
  const { filter, state, problem, sort, page } = { ...query, page: 1, ...changed };
  const parameters = { filter, state, problem, sort: sort === 'name' ? sort : undefined };
  return link('/', { ...parameters, page: page > 1 ? String(page) : undefined }, 'services');
}

const ROWS_A_TURN = 1000;

export async function listServices(rows: readonly ServiceRow[], query: ListQuery): Promise<ListedServices> {
  const isAsked = rowFilter(query);
  const matching: ServiceRow[] = [];
  for (let from = 0; from < rows.length; from += ROWS_A_TURN) {
    if (from > 0) await nextTurn();
    for (const row of rows.slice(from, from + ROWS_A_TURN)) if (isAsked(row)) matching.push(row);
  }
  matching.sort(query.sort === 'name' ? byName : byBadness);
  const pages = Math.max(1, Math.ceil(matching.length / ROWS_PER_PAGE));
  const page = Math.min(query.page, pages);
  return {
    rows: matching.slice((page - 1) * ROWS_PER_PAGE, page * ROWS_PER_PAGE),
    matching: matching.length,
    page,
    pages,
    total: rows.length,
    states: statesOf(rows),
  };
}

const statesOf = byIdentity((rows: readonly ServiceRow[]): ReadonlyMap<ServiceState, number> => {
  const states = new Map<ServiceState, number>();
  for (const { state } of rows) states.set(state, (states.get(state) ?? 0) + 1);
  return states;
});

function rowFilter({ filter, state, problem }: ListQuery): (row: ServiceRow) => boolean {
  const isFound = textFilter(filter);
  return (row) => {
    if (state === 'problems' ? row.codes.length === 0 : state !== undefined && row.state !== state) return false;
    if (problem !== undefined && !row.codes.includes(problem)) return false;
    return isFound(row);
  };
}

function textFilter(filter: string): (row: ServiceRow) => boolean {
  if (filter === '') return () => true;
  if (/[*?]/.test(filter)) {
    const isGlobbed = compileGlobs([filter]);
    return ({ name, host }) => isGlobbed(name) || (host !== undefined && isGlobbed(host));
  }
  const words = filter.toLowerCase().split(/\s+/);
  return (row) => words.every((word) => rowText(row).includes(word) || instancesText(row.instances).includes(word));
}

const rowText = byIdentity(({ registry, name, host = '', virtualIps, codes }: ServiceRow) =>
  [registry, name, host, ...virtualIps, ...codes].join('\n').toLowerCase(),
);

const instancesText = byIdentity((instances: ServiceRow['instances']) =>
  instances
    .map(({ id, address }) => `${id}\n${address}`)
    .join('\n')
    .toLowerCase(),
);

function byName(a: ServiceRow, b: ServiceRow): number {
  return compareTexts(a.name, b.name) || compareTexts(a.registry, b.registry);
}

function byBadness(a: ServiceRow, b: ServiceRow): number {
  return badness(a) - badness(b) || byName(a, b);
}

/** The lower the worse; a served service with a problem is worse than one without. */
function badness({ state, codes }: ServiceRow): number {
  return SERVICE_STATES.indexOf(state) * 2 + (state === 'served' && codes.length === 0 ? 1 : 0);
}
