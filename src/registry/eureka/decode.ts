// SPDX-License-Identifier: Apache-2.0
// Eureka's JSON documents → listings, or "no information". An emptied registry and an answer that says nothing look much
// alike, and taking one for the other would delete a team's services: the table below decides.
import { type JsonObject, objectOf, textOf } from '../../lib/json-value.ts';
import type { IsSecret } from '../decoding/secrets.ts';
import { decodeInstance, type InstanceRecord, type UnreadableInstance } from './decode-instance.ts';

export interface Listing {
  readonly kind: 'listing';
  /** `apps__hashcode`: count by status, `DOWN_2_UP_40_`; '' for none; undefined where the server sends none. */
  readonly hash: string | undefined;
  readonly records: readonly InstanceRecord[];
  readonly unreadable: readonly UnreadableInstance[];
}

export interface NoInformation {
  readonly kind: 'no-information';
  readonly why: string;
}

/**
 * The full list. What counts as an empty registry:
 *
 *   applications          apps__hashcode     instances read  meaning
 *   missing, null, []     any                -               no information (also `{}`, `null`, `{"applications": {}}`)
 *   object                any                some            the registry; unreadable ones lose only themselves
 *   object                '' (sent)          none, none bad  empty: the server itself says that it counts nobody;
 *                                                            `application` may then be [], null, '' or missing
 *   object                'UP_3_'            none            no information: it counts instances that it does not list
 *   object                missing            none            no information: nothing confirms the emptiness
 *   object                any                none, some bad  no information: a format that we cannot read
 */
export function decodeFull(document: unknown, isSecret: IsSecret): Listing | NoInformation {
  const applications = objectOf(objectOf(document)?.['applications']);
  if (applications === undefined) return noInformation('it holds no `applications`');
  const listing = decodeListing(applications, isSecret);
  if (listing.records.length > 0) return listing;
  if (listing.unreadable.length > 0) return noInformation('not one of its instances can be read');
  if (listing.hash === '') return listing;
  return noInformation(
    listing.hash === undefined
      ? 'it is empty and has no hash to confirm it'
      : 'it is empty, but its hash counts instances',
  );
}

/** What changed. Empty is normal here; but without a hash it cannot be checked, and then it says nothing. */
export function decodeDelta(document: unknown, isSecret: IsSecret): Listing | NoInformation {
  const applications = objectOf(objectOf(document)?.['applications']);
  if (applications === undefined) return noInformation('it holds no `applications`');
  const listing = decodeListing(applications, isSecret);
  return listing.hash === undefined ? noInformation('it has no hash to check it with') : listing;
}

/**
 * The answer to a read of the one application `app` (in upper case). Servers answer 404 for an application without
 * instances, so an answer that lists none says nothing. Instances of another application are not believed here.
 */
export function decodeApplication(document: unknown, app: string, isSecret: IsSecret): Listing | NoInformation {
  const application = objectOf(objectOf(document)?.['application']);
  if (application === undefined) return noInformation('it holds no `application`');
  const listing = decodeListing({ application }, isSecret);
  const records = listing.records.filter((record) => record.app === app);
  return records.length === 0 ? noInformation(`it lists no instance of ${app}`) : { ...listing, records };
}

function decodeListing(applications: JsonObject, isSecret: IsSecret): Listing {
  const records: InstanceRecord[] = [];
  const unreadable: UnreadableInstance[] = [];
  for (const rawApplication of listOf(applications['application'])) {
    const application = objectOf(rawApplication);
    const appName = textOf(application?.['name'])?.toUpperCase();
    // An application that is no object stands for at least one instance that cannot be read.
    for (const rawInstance of application === undefined ? [rawApplication] : listOf(application['instance'])) {
      const decoded = decodeInstance(rawInstance, appName, isSecret);
      if (decoded.kind === 'instance') records.push(decoded.record);
      else unreadable.push(decoded.unreadable);
    }
  }
  return { kind: 'listing', hash: hashOf(applications), records, unreadable };
}

/** Older serialisers send a single element bare instead of as a list of one, and '' or null for none. */
export function listOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  return value === undefined || value === null || value === '' ? [] : [value];
}

/** `__` is how the server's serialiser escapes one underscore; servers can be configured not to. */
function hashOf(applications: JsonObject): string | undefined {
  const hash = applications['apps__hashcode'] ?? applications['apps_hashcode'];
  return typeof hash === 'string' ? hash : undefined;
}

function noInformation(why: string): NoInformation {
  return { kind: 'no-information', why };
}
