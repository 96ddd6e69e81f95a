// SPDX-License-Identifier: Apache-2.0
// THE LIMITS of what registries may bring, between them and the guard. What is too much is refused and told; what is there
// stays, for a registry that is flooded must not cost what was good before.
//
//   the registry lists                       what is taken in
//   --------------------------------------   ----------------------------------------------------------------------------
//   no more services than the limit          all of them
//   more, and some of them are there         those that are there, as they are now; then further ones in byte order while
//                                            there is room; the others are refused
//   more, and none of them is there          nothing, as if it had not been read: which of them istiod holds from before is
//                                            not known, and it deletes what it is not sent
//
// It remembers nothing: what is there is what the guard remembers, so that a restored guard decides as the former one did.
import { compareTexts } from '../../lib/compare-texts.ts';
import { sameEntries } from '../../lib/same-objects.ts';
import { type Problem, problem } from '../../model/problem.ts';
import type { Service, ServiceKey } from '../../model/service.ts';
import type { Services } from '../identity.ts';
import type { Content, Slice } from '../registry.ts';
import { addedUp, type Excess, excessOf, NO_EXCESS } from './excess.ts';
import { createServiceLimit, type LimitedService, type LimitService } from './limit-service.ts';
import type { LimitOptions } from './options.ts';

export interface LimitedSlices {
  /** Each the very slice where all of it is taken in. */
  readonly slices: readonly Slice[];
  /** By registry; those of which all is taken in are not among them. */
  readonly excess: ReadonlyMap<string, Excess>;
}

/** What is already there of a registry. */
export interface Known {
  /** As the last good read listed it, limited. */
  readonly listed: Services;
  /** As it is shown: with what was listed before and is kept. */
  readonly shown: Services;
}

export type KnownOf = (registry: string) => Known | undefined;

/** Limits slices. `knownOf`: undefined for a registry that was not read before. */
export type LimitSlices = (slices: readonly Slice[], knownOf: KnownOf) => LimitedSlices;

const NOTHING: Known = { listed: new Map(), shown: new Map() };

/** Problems of refused services are told of so many; the count of all stands in the metric. */
const MOST_TOLD = 1_000;

export function createSliceLimit(options: LimitOptions): LimitSlices {
  const limitService = createServiceLimit(options);
  return (slices, knownOf) => {
    const limited = slices.map((slice) => limitSlice(slice, knownOf(slice.registry) ?? NOTHING, options, limitService));
    const isWhole = limited.every(({ slice }, at) => slice === slices[at]);
    return {
      slices: isWhole ? slices : limited.map(({ slice }) => slice),
      excess: new Map(
        limited.flatMap(({ slice, excess }) => (excess === NO_EXCESS ? [] : [[slice.registry, excess] as const])),
      ),
    };
  };
}

interface LimitedSlice {
  readonly slice: Slice;
  readonly excess: Excess;
}

function limitSlice(slice: Slice, known: Known, options: LimitOptions, limitService: LimitService): LimitedSlice {
  const { reading } = slice;
  if (reading.kind === 'waiting') return { slice, excess: NO_EXCESS };
  const { content } = reading;
  const chosen = chooseServices(content.services, known.shown, options.services);
  if (chosen.kind === 'none') return notBelieved(slice, content, chosen.listed, options.services);
  const parts = chosen.services.map((service) => {
    return limitService(service, { listed: known.listed.get(service.key), shown: known.shown.get(service.key) });
  });
  const excess = addedUp([...parts.map((part) => part.excess), excessOf({ services: chosen.refused.length })]);
  if (excess === NO_EXCESS && chosen.services.length === content.services.size) return { slice, excess };
  const services = servicesFrom(parts, known.listed);
  const refused = chosen.refused.slice(0, MOST_TOLD).map((service) => refusal(service, options.services));
  const problems = [...content.problems, ...refused, ...parts.flatMap((part) => part.problems)];
  return { slice: { ...slice, reading: { ...reading, content: { ...content, services, problems } } }, excess };
}

type Chosen =
  | { readonly kind: 'some'; readonly services: readonly Service[]; readonly refused: readonly Service[] }
  | { readonly kind: 'none'; readonly listed: number };

/** A service without instances is nothing to publish: it is taken in while there is room, and nobody misses it. */
function chooseServices(services: Services, shown: Services, most: number): Chosen {
  const all = [...services.values()];
  if (all.length <= most) return { kind: 'some', services: all, refused: [] };
  const filled = all.filter(({ instances }) => instances.length > 0);
  if (filled.length <= most) {
    const empty = all.filter(({ instances }) => instances.length === 0);
    const further = [...empty].sort(byKey).slice(0, most - filled.length);
    return { kind: 'some', services: [...filled, ...further], refused: [] };
  }
  const present = filled.filter(({ key }) => shown.has(key));
  if (present.length === 0) return { kind: 'none', listed: filled.length };
  const further = filled.filter(({ key }) => !shown.has(key)).sort(byKey);
  const room = Math.max(0, most - present.length);
  return { kind: 'some', services: [...present, ...further.slice(0, room)], refused: further.slice(room) };
}

function notBelieved(slice: Slice, { readAtMs }: Content, listed: number, most: number): LimitedSlice {
  const message = `Registry ${slice.registry} lists ${listed} services in scope, and \`limits.services\` is ${most}: nothing of it is taken in, and istiod keeps what it has. Raise the limit, or narrow the scope.`;
  const lastError = { code: 'SERVICES_OVER_LIMIT', message, atMs: readAtMs };
  return {
    slice: { ...slice, reading: { kind: 'waiting', sinceMs: readAtMs, lastError } },
    excess: excessOf({ services: listed }),
  };
}

/** The known map where it holds the very same. */
function servicesFrom(parts: readonly LimitedService[], listed: Services): Services {
  const services = new Map<ServiceKey, Service>();
  for (const { service } of parts) if (service !== undefined) services.set(service.key, service);
  return sameEntries(listed, services) ? listed : services;
}

function refusal({ registry, name }: Service, most: number): Problem {
  return problem('SERVICE_OVER_LIMIT', { registry, service: name }, `\`limits.services\` is ${most}`);
}

function byKey(a: Service, b: Service): number {
  return compareTexts(a.key, b.key);
}
