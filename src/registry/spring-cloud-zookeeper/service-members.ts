// SPDX-License-Identifier: Apache-2.0
// What the nodes of one directory mean together: a service, and what is to be said about it.
import { compareTexts } from '../../lib/compare-texts.ts';
import { counted } from '../../lib/counted.ts';
import { type Problem, problem } from '../../model/problem.ts';
import { type Instance, type Service, serviceKey } from '../../model/service.ts';
import type { Registration } from './to-registration.ts';

/** One node of a directory, where something is to be said of it: nothing is of what Dubbo wrote, and of directories. */
export type Member =
  | { readonly kind: 'registration'; readonly registration: Registration }
  /** A record of another user of Curator. */
  | { readonly kind: 'foreign'; readonly payloadClass: string }
  /** No record, and too deep to be looked into. */
  | { readonly kind: 'too-deep' }
  /** No record, and left alone because of the scope. */
  | { readonly kind: 'left-alone' };

export interface ServiceName {
  readonly registry: string;
  /** Path of the directory below the root. */
  readonly service: string;
}

export interface Gathered {
  /** undefined where nothing in it is in scope. */
  readonly service: Service | undefined;
  /** Whether it is a service at all, in scope or outside. */
  readonly isService: boolean;
  readonly problems: readonly Problem[];
}

/** What claims one id. */
interface Claim {
  readonly newest: Reachable;
  readonly isDisputed: boolean;
}

type Reachable = Registration & { readonly instance: Instance };

/** The same for the same members, in whatever order they came. `members` by node name. */
export function gather(about: ServiceName, members: ReadonlyMap<string, Member>): Gathered {
  const ordered = [...members].sort(([a], [b]) => compareTexts(a, b)).map(([, member]) => member);
  const registrations = ordered.flatMap((member) => (member.kind === 'registration' ? [member.registration] : []));
  const claims = [...claimsById(registrations).values()];
  const inScope = claims.filter(({ newest }) => !newest.isOutside);
  return {
    service: serviceOf(about, inScope),
    isService: claims.length > 0,
    problems: [
      ...registrations.flatMap(({ problems }) => problems),
      ...inScope.flatMap((claim) => disputes(about, claim)),
      ...skipped(about, ordered),
    ],
  };
}

/** What nothing can be sent to claims nothing. */
function claimsById(registrations: readonly Registration[]): ReadonlyMap<string, Claim> {
  const claims = new Map<string, Claim>();
  for (const registration of registrations.filter(isReachable)) {
    const { id } = registration.instance;
    const former = claims.get(id)?.newest;
    claims.set(id, { newest: newerOf(former ?? registration, registration), isDisputed: former !== undefined });
  }
  return claims;
}

function isReachable(registration: Registration): registration is Reachable {
  return registration.instance !== undefined;
}

/** Of equally old ones `later`, the one with the later node name: a sequence number at its end only rises. */
function newerOf(earlier: Reachable, later: Reachable): Reachable {
  return earlier.registeredAtMs > later.registeredAtMs ? earlier : later;
}

function disputes(about: ServiceName, { newest, isDisputed }: Claim): readonly Problem[] {
  const { id } = newest.instance;
  return isDisputed ? [problem('INSTANCE_DUPLICATE', { ...about, instance: id }, id)] : [];
}

function serviceOf({ registry, service: name }: ServiceName, claims: readonly Claim[]): Service | undefined {
  if (claims.length === 0) return undefined;
  const instances = claims.map(({ newest }) => newest.instance).sort((a, b) => compareTexts(a.id, b.id));
  return { key: serviceKey(registry, name), registry, name, instances };
}

/** Told of each service and not of the registry as a whole: who misses one looks for its name. */
function skipped(about: ServiceName, members: readonly Member[]): readonly Problem[] {
  const classes = members.flatMap((member) => (member.kind === 'foreign' ? [member.payloadClass] : []));
  const tooDeep = members.filter(({ kind }) => kind === 'too-deep').length;
  const parts: string[] = [];
  if (classes.length > 0)
    parts.push(`${counted(classes.length, 'record')} of other writers (payload class: ${namesOf(classes)})`);
  if (tooDeep > 0) parts.push(`${counted(tooDeep, 'node')} too deep in the tree`);
  return parts.length === 0 ? [] : [problem('RECORDS_SKIPPED', about, parts.join(', '))];
}

const CLASS_NAME = /^[\w$.]{1,100}$/;

function namesOf(classes: readonly string[]): string {
  const names = classes.map((name) => (CLASS_NAME.test(name) ? name : 'none'));
  return [...new Set(names)].sort(compareTexts).join(', ');
}
