// SPDX-License-Identifier: Apache-2.0
// What of the tree is outside the scope: services of providers that were read and judged, and names below a root that were left
// alone unread. Of a service that is in scope in part nothing is told: its parts are interfaces, and no instances of it.
import { serviceKey } from '../../model/service.ts';
import type { Services } from '../identity.ts';
import type { LeftOutOfService, Outside } from '../outside.ts';
import { leftOutByAttribute, type ScopeOptions } from '../scope.ts';
import type { Provider } from './records/provider.ts';
import type { LeftAlone } from './tree-content.ts';

export interface LookedAt {
  readonly registry: string;
  readonly scope: ScopeOptions;
  /** What a service is. */
  readonly counted: 'applications' | 'interfaces';
  readonly services: Services;
  readonly leftAlone: readonly LeftAlone[];
  /** By application: the names of all services that it is in, in scope or not. */
  readonly listed: ReadonlyMap<string, ReadonlySet<string>>;
  readonly providersOf: (application: string) => readonly Provider[];
  readonly serviceOf: (provider: Provider) => string;
}

/** A registration that strayed below a root: its parameters can hold secrets, and it names no service. */
const URL_NAME = /:\/\/|%3A%2F%2F/i;

export function outsideOf(looked: LookedAt): Outside {
  const { registry, services, listed, counted } = looked;
  const attribute = counted === 'applications' ? 'application' : 'interface';
  const leftAloneBecause = leftOutByAttribute(looked.scope, attribute);

  function* judged(): Iterable<readonly [application: string, name: string]> {
    for (const [application, names] of listed) {
      for (const name of names) if (!services.has(serviceKey(registry, name))) yield [application, name];
    }
  }

  function* leftAlone(): Iterable<string> {
    for (const { holds, names } of looked.leftAlone) {
      if (holds === 'both' || holds === counted) yield* names.filter((name) => !URL_NAME.test(name));
    }
  }

  function leftOut(name: string): LeftOutOfService | undefined {
    for (const [application, one] of judged()) {
      if (one !== name) continue;
      const provider = looked
        .providersOf(application)
        .find((candidate) => candidate.leftOut !== undefined && looked.serviceOf(candidate) === name);
      return { instances: undefined, because: provider?.leftOut };
    }
    for (const one of leftAlone()) if (one === name) return { instances: undefined, because: leftAloneBecause(name) };
    return undefined;
  }

  return {
    reach: { kind: 'everything' },
    scope: looked.scope,
    leftOut,
    *names() {
      yield* leftAlone();
      for (const [, name] of judged()) yield name;
    },
  };
}
