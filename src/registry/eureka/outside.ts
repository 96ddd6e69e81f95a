// SPDX-License-Identifier: Apache-2.0
// What an estate holds of services that are outside the scope, wholly or in part.
import type { LeftOutOfService, Outside, Reach } from '../outside.ts';
import type { LeftOut } from '../scope.ts';
import type { Estate } from './estate.ts';

/** `askedFor`: the applications that were read, where it was not the whole list. */
export function outsideOf({ applications }: Estate, askedFor: readonly string[] | undefined): Outside {
  function* leftOut(): Iterable<{ readonly services: readonly string[]; readonly because: LeftOut }> {
    for (const application of applications.values()) {
      for (const { leftOut: because, services } of application.values())
        if (because !== undefined) yield { services, because };
    }
  }
  return {
    reach: reachOf(askedFor),
    // What is in scope here is selected once more, by the rules that hold now.
    scope: undefined,
    leftOut: (name) => ofService(name, leftOut()),
    *names() {
      for (const { services } of leftOut()) yield* services;
    },
  };
}

function reachOf(askedFor: readonly string[] | undefined): Reach {
  return askedFor === undefined ? { kind: 'everything' } : { kind: 'asked-for', what: 'applications', names: askedFor };
}

function ofService(
  name: string,
  leftOut: Iterable<{ readonly services: readonly string[]; readonly because: LeftOut }>,
): LeftOutOfService | undefined {
  let found: { instances: number; readonly because: LeftOut } | undefined;
  for (const { services, because } of leftOut) {
    if (!services.includes(name)) continue;
    found ??= { instances: 0, because };
    found.instances++;
  }
  return found;
}
