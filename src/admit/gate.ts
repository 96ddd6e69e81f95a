// SPDX-License-Identifier: Apache-2.0
// The last gate before the snapshot: whatever a registry says and whatever conversion made of it, nothing leaves the scope of
// this bridge. It knows entries and its options, no registry and no rule of conversion, and it only ever takes away: a
// label, an endpoint, or the entry.
import type { Converted, Entry } from '../convert/entry.ts';
import { byIdentity } from '../lib/by-identity.ts';
import { type Problem, problem } from '../model/problem.ts';
import { type ServiceKey, splitServiceKey } from '../model/service.ts';
import { endpointScope } from './endpoint-scope.ts';
import { entryScope, type Refusal } from './entry-scope.ts';
import { labelGate } from './labels.ts';
import type { AdmitOptions } from './options.ts';

export interface Gate {
  /**
   * What may be published of `unit`: the same object when nothing had to go, else a new one with the reasons added to its
   * problems. The same unit gets the same answer object again, for as long as both are in use.
   */
  admit(unit: Converted): Converted;
}

/** Throws a TypeError on options that the configuration would have refused (a range that is no CIDR block). */
export function createGate(options: AdmitOptions): Gate {
  return { admit: byIdentity(createJudge(options)) };
}

function createJudge(options: AdmitOptions): (unit: Converted) => Converted {
  const refuseEntry = entryScope(options);
  const labels = labelGate(options.labelPrefix, options.ownerKeys ?? []);
  const scopeEndpoints = endpointScope(options, labels.endpoint);

  function scopeMetadata(entry: Entry): { readonly entry: Entry; readonly refusals: readonly Refusal[] } {
    const kept = labels.entry(entry.labels);
    const keptAnnotations = labels.entry(entry.annotations);
    const dropped = [...kept.dropped, ...keptAnnotations.dropped];
    if (dropped.length === 0) return { entry, refusals: [] };
    const refusals = dropped.map((key): Refusal => ({ code: 'LABEL_RESERVED', value: key }));
    return { entry: { ...entry, labels: kept.kept, annotations: keptAnnotations.kept }, refusals };
  }

  return (unit) => {
    if (unit.entry === undefined) return unit;
    const refusals = refuseEntry(unit.entry);
    if (refusals.length > 0)
      return { ...unit, entry: undefined, problems: [...unit.problems, ...forEach(unit.services, refusals)] };
    const { spec, refusals: ofEndpoints } = scopeEndpoints(unit.entry.spec);
    const { entry, refusals: ofMetadata } = scopeMetadata(unit.entry);
    if (ofEndpoints.length + ofMetadata.length === 0) return unit;
    // Which of the joined services an endpoint came from is not known here; the first one stands for the entry.
    const problems = forEach(unit.services.slice(0, 1), [...ofMetadata, ...ofEndpoints]);
    return { ...unit, entry: { ...entry, spec }, problems: [...unit.problems, ...problems] };
  };
}

function forEach(services: readonly ServiceKey[], refusals: readonly Refusal[]): Problem[] {
  return services.flatMap((key) => {
    const { registry, name: service } = splitServiceKey(key);
    return refusals.map(({ code, value }) => problem(code, { registry, service }, value));
  });
}
