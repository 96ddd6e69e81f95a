// SPDX-License-Identifier: Apache-2.0
// All that Eureka lists, keyed by application and instance id, and how full reads, deltas and reads of single applications
// change it; of what is outside the scope only that it is there. Pure: a delta that turns out wrong is thrown away by keeping
// the former estate. What stayed equal keeps its object: the estate, an application, an instance.
import { sameEntries, sameItems } from '../../lib/same-objects.ts';
import { sameInstance } from '../../model/equality.ts';
import { type Problem, problem } from '../../model/problem.ts';
import { sameProblems } from '../same-problems.ts';
import type { LeftOut } from '../scope.ts';
import type { Listing } from './decode.ts';
import { EUREKA_STATUSES, type EurekaStatus, type InstanceRecord, type UnreadableInstance } from './decode-instance.ts';
import { type InstanceRules, leftOutBecause, outsideServices, type Translated, toInstance } from './to-instance.ts';

/** Of what is outside the scope no more is kept than the reconcile hash, the count of services and `explain` need. */
export interface Listed extends Translated {
  readonly status: EurekaStatus;
  /** What the scope says against it; undefined: it is in scope. One object for all that is left out for one reason. */
  readonly leftOut: LeftOut | undefined;
}

/** Instances of one application by id. */
export type Application = ReadonlyMap<string, Listed>;

export interface Estate {
  /** By name in upper case; none is empty. */
  readonly applications: ReadonlyMap<string, Application>;
  /** Of the last full read. The server counts them in its hash, so we do. */
  readonly unreadable: readonly UnreadableInstance[];
  /** Found while reading and not about an instance that is listed. */
  readonly problems: readonly Problem[];
}

export const EMPTY_ESTATE: Estate = { applications: new Map(), unreadable: [], problems: [] };

/** Everything anew. Of two records with one identity the newer counts, the later one where they are of one age. */
export function applyFull(former: Estate, listing: Listing, rules: InstanceRules): Estate {
  const newest = new Map<string, Map<string, InstanceRecord>>();
  const problems = listing.unreadable.map((unreadable) => malformed(unreadable, rules));
  for (const record of listing.records) {
    const application = newest.get(record.app) ?? new Map<string, InstanceRecord>();
    newest.set(record.app, application);
    const twin = application.get(record.id);
    if (twin !== undefined) {
      problems.push(
        problem(
          'INSTANCE_DUPLICATE',
          { registry: rules.registry, service: record.app, instance: record.id },
          record.id,
        ),
      );
    }
    if (twin === undefined || twin.dirtyStamp <= record.dirtyStamp) application.set(record.id, record);
  }
  const applications = new Map<string, Application>();
  for (const [app, records] of newest) {
    const formerApplication = former.applications.get(app);
    const application = new Map<string, Listed>();
    let sibling: Listed | undefined;
    for (const [id, record] of records) {
      // Outside the scope the instances of an application are mostly alike, and then one object stands for all.
      sibling = list(record, formerApplication?.get(id) ?? sibling, rules);
      application.set(id, sibling);
    }
    applications.set(app, keepApplication(formerApplication, application));
  }
  return keepEstate(former, { applications, unreadable: listing.unreadable, problems });
}

/**
 * Upserts and removals in the order sent. Servers repeat what happened in the last three minutes, so most of it is known.
 * Unreadable ones are left to the hash: if they are new, it disagrees, and a full read counts them.
 */
export function applyDelta(former: Estate, delta: Listing, rules: InstanceRules): Estate {
  const touched = new Map<string, Map<string, Listed>>();
  for (const record of delta.records) {
    const application = touched.get(record.app) ?? new Map(former.applications.get(record.app));
    touched.set(record.app, application);
    if (record.deleted) application.delete(record.id);
    else application.set(record.id, list(record, application.get(record.id), rules));
  }
  const applications = new Map(former.applications);
  for (const [app, application] of touched) {
    if (application.size === 0) applications.delete(app);
    else applications.set(app, keepApplication(former.applications.get(app), application));
  }
  return keepEstate(former, { ...former, applications });
}

/** What reads of single applications said: a listing each, or `absent`. Nothing else is listed afterwards. */
export function applyApplications(
  former: Estate,
  answers: ReadonlyMap<string, Listing | 'absent'>,
  rules: InstanceRules,
): Estate {
  const listings = [...answers.values()].filter((answer) => answer !== 'absent');
  const whole: Listing = {
    kind: 'listing',
    hash: undefined,
    records: listings.flatMap((listing) => listing.records),
    unreadable: listings.flatMap((listing) => listing.unreadable),
  };
  return applyFull(former, whole, rules);
}

/**
 * Eureka's reconcile hash: instances counted by status, all statuses, ordered by name: `DOWN_2_STARTING_1_UP_40_`. It
 * holds no identity, so equal hashes do not prove equal content.
 */
export function reconcileHash(estate: Estate): string {
  const counts = new Map<EurekaStatus, number>();
  const count = (status: EurekaStatus): void => {
    counts.set(status, (counts.get(status) ?? 0) + 1);
  };
  for (const application of estate.applications.values())
    for (const listed of application.values()) count(listed.status);
  for (const unreadable of estate.unreadable) count(unreadable.status);
  return [...EUREKA_STATUSES]
    .sort()
    .filter((status) => counts.has(status))
    .map((status) => `${status}_${counts.get(status)}_`)
    .join('');
}

function list(record: InstanceRecord, former: Listed | undefined, rules: InstanceRules): Listed {
  const leftOut = leftOutBecause(record, rules);
  const fresh =
    leftOut === undefined
      ? { ...toInstance(record, rules), leftOut, status: record.status }
      : { ...OUTSIDE, leftOut, services: outsideServices(record, rules), status: record.status };
  return former !== undefined && sameListed(former, fresh) ? former : fresh;
}

const OUTSIDE = { instance: undefined, problems: [] } as const;

function sameListed(a: Listed, b: Listed): boolean {
  const sameInstances =
    a.instance === undefined || b.instance === undefined
      ? a.instance === b.instance
      : sameInstance(a.instance, b.instance);
  const sameRest = a.status === b.status && a.leftOut === b.leftOut && sameItems(a.services, b.services);
  return sameInstances && sameRest && sameProblems(a.problems, b.problems);
}

function keepApplication(former: Application | undefined, fresh: Application): Application {
  return former !== undefined && sameEntries(former, fresh) ? former : fresh;
}

function keepEstate(former: Estate, fresh: Estate): Estate {
  const sameApplications = sameEntries(former.applications, fresh.applications);
  const sameStatuses =
    former.unreadable === fresh.unreadable || (former.unreadable.length === 0 && fresh.unreadable.length === 0);
  return sameApplications && sameStatuses && sameProblems(former.problems, fresh.problems) ? former : fresh;
}

function malformed(unreadable: UnreadableInstance, rules: InstanceRules): Problem {
  return problem('INSTANCE_MALFORMED', { registry: rules.registry, service: unreadable.app }, unreadable.why);
}
