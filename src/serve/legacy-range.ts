// SPDX-License-Identifier: Apache-2.0
// Which Istio releases a client of legacy MCP can be: each release of 1.1 to 1.8 asks for other collections, in no fixed order.
import type { IstioRange } from './istio-range.ts';

interface Clue {
  readonly min: number;
  readonly max: number;
  readonly collection: RegExp;
}

/** Only releases from `min` to `max` ask for such a collection. */
const PRESENT: readonly Clue[] = [
  { min: 1, max: 5, collection: /^istio\/authentication\/v1alpha1\// },
  { min: 1, max: 6, collection: /^istio\/rbac\/v1alpha1\// },
  { min: 2, max: 2, collection: /^istio\/rbac\/v1alpha1\/authorizationpolicies$/ },
  { min: 1, max: 7, collection: /^istio\/(?:config\/v1alpha2|mixer\/v1\/config\/client)\// },
  { min: 4, max: 8, collection: /^istio\/security\/v1beta1\/authorizationpolicies$/ },
  { min: 5, max: 8, collection: /^istio\/security\/v1beta1\/(?:peer|request)authentications$/ },
  { min: 4, max: 5, collection: /^istio\/networking\/v1alpha3\/synthetic\// },
  { min: 6, max: 8, collection: /^istio\/networking\/v1alpha3\/workloadentries$/ },
  { min: 8, max: 8, collection: /^istio\/networking\/v1alpha3\/workloadgroups$/ },
];

/** What a release from `min` on always asks for: once a client asked for `among` collections without it, it is an older one. */
const ABSENT: readonly { readonly max: number; readonly among: number; readonly collection: RegExp }[] = [
  { max: 3, among: 16, collection: /^istio\/security\/v1beta1\/authorizationpolicies$/ },
  { max: 4, among: 16, collection: /^istio\/security\/v1beta1\/(?:peer|request)authentications$/ },
  { max: 5, among: 18, collection: /^istio\/networking\/v1alpha3\/workloadentries$/ },
  { max: 7, among: 14, collection: /^istio\/networking\/v1alpha3\/workloadgroups$/ },
];

/** While a client is still asking the result may be too low by what it has not asked for yet; it mends itself. */
export function legacyRange(collections: readonly string[]): IstioRange {
  const asksFor = (collection: RegExp) => collections.some((asked) => collection.test(asked));
  const proven = PRESENT.filter(({ collection }) => asksFor(collection)).reduce(
    (range, clue) => ({ min: Math.max(range.min, clue.min), max: Math.min(range.max, clue.max) }),
    { min: 1, max: 8 },
  );
  const absent = ABSENT.filter(
    ({ max, among, collection }) => max >= proven.min && collections.length >= among && !asksFor(collection),
  );
  return { min: proven.min, max: Math.min(proven.max, ...absent.map(({ max }) => max)) };
}
