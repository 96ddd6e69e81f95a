// SPDX-License-Identifier: Apache-2.0
// Which Istio releases a client can be. None says so (its ISTIO_VERSION is the constant 65536.65536.65536), but the node id,
// the node's metadata and the list of types narrow it down. For people, and to know who does not wait for an answer.
import { type ClientIdentity, clientKind, hasFixedNodeId } from './client-identity.ts';
import { kindOf } from './type-url.ts';

/** Minor releases of Istio 1, both ends included; undefined: open. */
export interface IstioRange {
  readonly min: number | undefined;
  readonly max: number | undefined;
}

interface Clue {
  readonly min?: number;
  readonly max?: number;
  readonly fits: (client: Facts) => boolean;
}

interface Facts {
  readonly identity: ClientIdentity;
  readonly typeUrls: readonly string[];
  /** Place of each kind in the order of asking. */
  readonly kinds: ReadonlyMap<string, number>;
}

/** Presence is proof: a release before `min` (after `max`) never asks so. */
const PRESENT: readonly Clue[] = [
  { max: 11, fits: ({ identity }) => hasFixedNodeId(identity) },
  { min: 12, fits: ({ identity }) => !hasFixedNodeId(identity) },
  { min: 13, fits: ({ identity }) => identity.revision !== undefined },
  { max: 7, fits: ({ kinds }) => kinds.has('config.istio.io/QuotaSpec') },
  { min: 8, fits: ({ kinds }) => kinds.has('networking.istio.io/WorkloadGroup') },
  { min: 10, fits: ({ kinds }) => kinds.has('telemetry.istio.io/Telemetry') },
  { min: 12, fits: ({ kinds }) => kinds.has('extensions.istio.io/WasmPlugin') },
  { min: 13, fits: ({ kinds }) => kinds.has('networking.istio.io/ProxyConfig') },
  { max: 23, fits: ({ typeUrls }) => typeUrls.includes('networking.istio.io/v1alpha3/ServiceEntry') },
  { min: 24, fits: ({ typeUrls }) => typeUrls.includes('networking.istio.io/v1/ServiceEntry') },
  { min: 30, fits: ({ kinds }) => kinds.has('extensions.istio.io/TrafficExtension') },
  { min: 18, fits: ({ kinds }) => isAlphabetical(kinds) === true },
  { max: 17, fits: ({ kinds }) => isAlphabetical(kinds) === false },
];

/** Absence proves less (a later release may stop asking), so it only counts where it contradicts nothing. */
const ABSENT: readonly Clue[] = [
  { max: 9, fits: ({ kinds }) => !kinds.has('telemetry.istio.io/Telemetry') },
  { max: 11, fits: ({ kinds }) => !kinds.has('extensions.istio.io/WasmPlugin') },
  { max: 12, fits: ({ kinds }) => !kinds.has('networking.istio.io/ProxyConfig') },
  { max: 29, fits: ({ kinds }) => !kinds.has('extensions.istio.io/TrafficExtension') },
];

/**
 * `typeUrls` in the order of asking; while a client is still asking the result may be too low, never too high. Undefined:
 * not an istiod as far as can be seen.
 */
export function istioRange(identity: ClientIdentity | undefined, typeUrls: readonly string[]): IstioRange | undefined {
  if (identity === undefined || clientKind(identity.nodeId, 'sotw') !== 'istiod') return undefined;
  const kinds = new Map(typeUrls.map((typeUrl, place) => [kindOf(typeUrl) ?? typeUrl, place]));
  const facts = { identity, typeUrls, kinds };
  const proven = PRESENT.filter((clue) => clue.fits(facts)).reduce(narrow, { min: undefined, max: undefined });
  return ABSENT.filter((clue) => clue.fits(facts) && (clue.max ?? 0) >= (proven.min ?? 0)).reduce(narrow, proven);
}

/** `1.24–1.29`, `≤ 1.11`, `≥ 1.30`, `1.12`, or `?`. */
export function rangeText(range: IstioRange | undefined): string {
  if (range === undefined || (range.min === undefined && range.max === undefined)) return '?';
  if (range.max === undefined) return `≥ 1.${range.min}`;
  if (range.min === undefined) return `≤ 1.${range.max}`;
  return range.min === range.max ? `1.${range.min}` : `1.${range.min}–1.${range.max}`;
}

/** Over xDS, Istio up to 1.15 is ready before its config sources answered: to it a late answer costs nothing. */
export function neverWaits(range: IstioRange | undefined): boolean {
  return range?.max !== undefined && range.max <= 15;
}

function narrow(range: IstioRange, { min, max }: Clue): IstioRange {
  return { min: larger(range.min, min), max: smaller(range.max, max) };
}

/** Up to 1.17 the types come in the order of their collections (networking before security), later by kind. */
function isAlphabetical(kinds: ReadonlyMap<string, number>): boolean | undefined {
  const policy = kinds.get('security.istio.io/AuthorizationPolicy');
  const rule = kinds.get('networking.istio.io/DestinationRule');
  return policy === undefined || rule === undefined ? undefined : policy < rule;
}

function larger(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? (a ?? b) : Math.max(a, b);
}

function smaller(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? (a ?? b) : Math.min(a, b);
}
