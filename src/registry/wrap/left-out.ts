// SPDX-License-Identifier: Apache-2.0
// What a scope leaves out of slices that hold more than belongs to this bridge. Asked by people alone, so nothing of it is kept.
import { type Service, serviceKey } from '../../model/service.ts';
import type { LeftOutOfService, Outside } from '../outside.ts';
import type { Slice } from '../registry.ts';
import { judgeScope, type ScopeOptions } from '../scope.ts';

/** `inner` is what the registry of `slices` left out itself. */
export function leftOutBy(scope: ScopeOptions, slices: readonly Slice[], inner: Outside): Outside {
  const judge = judgeScope(scope);
  const leftOutOf = ({ instances }: Service): LeftOutOfService | undefined => {
    const leftOut = instances.map(judge).filter((verdict) => verdict.kind !== 'in-scope');
    const isWithin = leftOut.length === 0 && instances.length > 0;
    return isWithin ? undefined : { instances: leftOut.length, because: leftOut[0] };
  };
  return {
    reach: inner.reach,
    scope,
    leftOut(name) {
      const [service] = slices.flatMap((slice) => servicesOf(slice)?.get(serviceKey(slice.registry, name)) ?? []);
      return inner.leftOut(name) ?? (service === undefined ? undefined : leftOutOf(service));
    },
    *names() {
      yield* inner.names();
      for (const slice of slices) {
        for (const service of servicesOf(slice)?.values() ?? [])
          if (leftOutOf(service) !== undefined) yield service.name;
      }
    },
  };
}

function servicesOf({ reading }: Slice) {
  return reading.kind === 'waiting' ? undefined : reading.content.services;
}
