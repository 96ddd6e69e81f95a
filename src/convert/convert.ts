// SPDX-License-Identifier: Apache-2.0
// Conversion of all that the guard lets through. It owns the caches, and they only save work: whatever was converted before,
// the answer is the one that a new converter would give.
import type { Guarded } from '../guard/guarded.ts';
import { sameItems } from '../lib/same-objects.ts';
import type { Service, ServiceKey } from '../model/service.ts';
import { compileEndpointRules } from './endpoint-rules.ts';
import type { Converted } from './entry.ts';
import { createNamer, type NameOutcome, type Names, type Naming } from './names.ts';
import type { ConvertOptions } from './options.ts';
import { convertUnit, type Joined } from './service-entry.ts';

/** Told of work that was really done: for metrics, and for tests that prove how little it is. */
export interface ConvertObserver {
  readonly onConvert?: () => void;
  readonly onEncode?: () => void;
}

export interface Converter {
  /**
   * One Converted for each host, and one for each service that got no host, in code unit order of their first services.
   * An unchanged unit is the same object as before; when nothing changed, so is the whole answer.
   */
  convert(guarded: Pick<Guarded, 'services' | 'seniority'>): readonly Converted[];
}

type Refused = Extract<NameOutcome, { readonly kind: 'refused' }>;

/** A converter for one set of options; other options need a new one. */
export function createConverter(options: ConvertOptions, observer: ConvertObserver = {}): Converter {
  const nameServices = createNamer(options);
  const traitsOf = compileEndpointRules(options.endpointRules);
  const done = new WeakMap<Naming, { readonly services: Joined; readonly converted: Converted }>();
  const refused = new WeakMap<NameOutcome, Converted>();
  let last: { readonly services: unknown; readonly names: Names; readonly answer: readonly Converted[] } | undefined;

  function convertOnce(naming: Naming, services: Joined): Converted {
    const before = done.get(naming);
    if (before !== undefined && sameItems(before.services, services)) return before.converted;
    observer.onConvert?.();
    const converted = convertUnit(naming, services, options, traitsOf);
    done.set(naming, { services, converted });
    return converted;
  }

  function refuseOnce(key: ServiceKey, outcome: Refused): Converted {
    const before = refused.get(outcome);
    if (before !== undefined) return before;
    const converted: Converted = { services: [key], entry: undefined, problems: [outcome.problem] };
    refused.set(outcome, converted);
    return converted;
  }

  return {
    convert({ services, seniority }) {
      const names = nameServices(seniority);
      if (last?.services === services && last.names === names) return last.answer;
      const answer = unitsOf(names, services).map((unit) =>
        unit.kind === 'refused' ? refuseOnce(unit.key, unit.outcome) : convertOnce(unit.naming, unit.services),
      );
      last = { services, names, answer };
      return answer;
    },
  };
}

type Unit =
  | { readonly kind: 'refused'; readonly key: ServiceKey; readonly outcome: Refused }
  | { readonly kind: 'named'; readonly naming: Naming; readonly services: Joined };

/** What is to be converted together. A joined host stands where the first of its present services stands. */
function unitsOf(names: Names, services: ReadonlyMap<ServiceKey, Service>): readonly Unit[] {
  const units: Unit[] = [];
  const seen = new Set<Naming>();
  for (const [key, outcome] of names) {
    if (!services.has(key)) continue;
    if (outcome.kind === 'refused') {
      units.push({ kind: 'refused', key, outcome });
      continue;
    }
    const { naming } = outcome;
    const [first, ...others] = naming.services.flatMap((one) => services.get(one) ?? []);
    if (first === undefined || seen.has(naming)) continue;
    seen.add(naming);
    units.push({ kind: 'named', naming, services: [first, ...others] });
  }
  return units;
}
