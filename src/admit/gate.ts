// SPDX-License-Identifier: Apache-2.0
// The last gate before the snapshot: whatever a registry says and whatever conversion made of it, nothing leaves the scope of
// this bridge. It knows entries and its options, no registry and no rule of conversion, and it only ever takes away: a
// label, an endpoint, or the entry.
import type { Converted, Entry } from '../convert/entry.ts';
import { byIdentity } from '../lib/by-identity.ts';
import { sameItems } from '../lib/same-objects.ts';
import { type Problem, problem } from '../model/problem.ts';
import { type ServiceKey, splitServiceKey } from '../model/service.ts';
import { endpointScope } from './endpoint-scope.ts';
import { entryScope } from './entry-scope.ts';
import { labelGate } from './labels.ts';
import { type PresentSince, refuseSecondOwners } from './one-owner.ts';
import type { AdmitOptions } from './options.ts';
import type { Refusal } from './refusal.ts';

export interface Gate {
  /**
   * What may be published of `units`, each in its place: the same object when nothing had to go, else a new one with the reasons
   * added to its problems. A unit gets the same answer object again, for as long as both are in use and nobody else claims
   * what it claims.
   */
  admit(units: readonly Converted[], presentSince: PresentSince): readonly Converted[];
}

/** Throws a TypeError on options that the configuration would have refused (a range that is no CIDR block). */
export function createGate(options: AdmitOptions): Gate {
  const admitOne = byIdentity(createJudge(options));
  /** What was looked at last and claims nothing twice: most turns bring the same. */
  let distinct: readonly Converted[] = [];
  return {
    admit(units, presentSince) {
      const admitted = units.map((unit) => admitOne(unit));
      if (sameItems(admitted, distinct)) return admitted;
      const refused = refuseSecondOwners(admitted, presentSince);
      if (refused.size === 0) {
        distinct = admitted;
        return admitted;
      }
      return admitted.map((unit) => {
        const refusal = refused.get(unit);
        return refusal === undefined ? unit : withoutEntry(unit, [refusal]);
      });
    },
  };
}

function createJudge(options: AdmitOptions): (unit: Converted) => Converted {
  const refuseEntry = entryScope(options);
  const labels = labelGate(options);
  const scopeEndpoints = endpointScope(options, labels.endpoint);

  function scopeMetadata(entry: Entry): { readonly entry: Entry; readonly refusals: readonly Refusal[] } {
    const ofLabels = labels.entry(entry.labels);
    const ofAnnotations = labels.entry(entry.annotations);
    const refusals = [...ofLabels.refusals, ...ofAnnotations.refusals];
    if (refusals.length === 0) return { entry, refusals };
    return { entry: { ...entry, labels: ofLabels.kept, annotations: ofAnnotations.kept }, refusals };
  }

  return (unit) => {
    if (unit.entry === undefined) return unit;
    const refusals = refuseEntry(unit.entry);
    if (refusals.length > 0) return withoutEntry(unit, refusals);
    const { spec, refusals: ofEndpoints } = scopeEndpoints(unit.entry.spec);
    const { entry, refusals: ofMetadata } = scopeMetadata(unit.entry);
    if (ofEndpoints.length + ofMetadata.length === 0) return unit;
    // Which of the joined services an endpoint came from is not known here; the first one stands for the entry.
    const problems = forEach(unit.services.slice(0, 1), [...ofMetadata, ...ofEndpoints]);
    return { ...unit, entry: { ...entry, spec }, problems: [...unit.problems, ...problems] };
  };
}

function withoutEntry(unit: Converted, refusals: readonly Refusal[]): Converted {
  return { ...unit, entry: undefined, problems: [...unit.problems, ...forEach(unit.services, refusals)] };
}

function forEach(services: readonly ServiceKey[], refusals: readonly Refusal[]): Problem[] {
  return services.flatMap((key) => {
    const { registry, name: service } = splitServiceKey(key);
    return refusals.map(({ code, value }) => problem(code, { registry, service }, value));
  });
}
