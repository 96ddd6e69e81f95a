// SPDX-License-Identifier: Apache-2.0
// What is known of a registry beside the services of its slices: names, and why the scope leaves them out. Nothing else of
// what is outside is kept, so nothing else can be told. For people alone: no decision looks here.
import type { LeftOut, ScopeOptions } from './scope.ts';

export interface Outside {
  readonly reach: Reach;
  /** The rules by which what is listed was judged; undefined: by none here, whoever looks at it selects. */
  readonly scope: ScopeOptions | undefined;
  /** What is left out of the service of this name, as the registry spells it; undefined: nothing that is known. */
  readonly leftOut: (name: string) => LeftOutOfService | undefined;
  /** Every name of which something is left out, once or more often. Made while it is walked: who walks pays. */
  readonly names: () => Iterable<string>;
}

/** Whether a name that is found neither in the slice nor outside is known not to be there. */
export type Reach =
  /** All that the registry lists was looked at. */
  | { readonly kind: 'everything' }
  /** The registry was asked for these names alone; `what` says what they name: `applications`. */
  | { readonly kind: 'asked-for'; readonly what: string; readonly names: readonly string[] }
  /** What was read is a part, and which part is not known. */
  | { readonly kind: 'unknown' };

export interface LeftOutOfService {
  /** How many instances; undefined: they were not read. 0: it is listed without any, so that no rule could be asked. */
  readonly instances: number | undefined;
  /** Of one of them; undefined: not known. */
  readonly because: LeftOut | undefined;
}

/** Of a registry whose slices hold all that it lists. */
export const NOTHING_OUTSIDE: Outside = {
  reach: { kind: 'everything' },
  scope: undefined,
  leftOut: () => undefined,
  names: () => [],
};

/** Where nobody can tell. */
export const OUTSIDE_UNKNOWN: Outside = { ...NOTHING_OUTSIDE, reach: { kind: 'unknown' } };
