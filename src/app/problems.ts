// SPDX-License-Identifier: Apache-2.0
// Every problem of a turn, from every stage. A turn never changes, so both lists are made once for each, however many ask: the
// counts of the metrics, the rows of the page, an explanation.
import { byIdentity } from '../lib/by-identity.ts';
import { type Group, groupBy } from '../lib/group-by.ts';
import type { Problem } from '../model/problem.ts';
import { type ServiceKey, serviceKey } from '../model/service.ts';
import type { Turn } from './turn.ts';

/** In the order of the pipeline. */
export const problemsOf = byIdentity(({ slices, converted }: Turn): readonly Problem[] => {
  const decoded = slices.flatMap(({ reading }) => (reading.kind === 'waiting' ? [] : reading.content.problems));
  return [...decoded, ...converted.flatMap(({ problems }) => problems)];
});

/** By the service that each is about; those of a registry itself stand under the service of no name. */
export const problemsByService = byIdentity(
  (turn: Turn): ReadonlyMap<ServiceKey, Group<Problem>> =>
    groupBy(problemsOf(turn), ({ registry, service }) => serviceKey(registry, service)),
);
