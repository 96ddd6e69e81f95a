// SPDX-License-Identifier: Apache-2.0
// What of the directories is outside the scope: instances that were read and judged, and nodes that were left alone unread.
import type { LeftOutOfService, Outside } from '../outside.ts';
import { judgeScope, type LeftOut, leftOutByAttribute, type ScopeOptions } from '../scope.ts';
import type { Member } from './service-members.ts';

/** What is looked at of one directory. */
export interface LookedAt {
  readonly leftAlone: readonly string[];
  readonly members: ReadonlyMap<string, Member>;
}

/** `directories` by path below the root; they are read when something is asked. */
export function outsideOf(directories: ReadonlyMap<string, LookedAt>, scope: ScopeOptions): Outside {
  const judge = judgeScope(scope);
  const leftAloneBecause = leftOutByAttribute(scope, 'service');

  function judged(members: ReadonlyMap<string, Member> | undefined): readonly LeftOut[] {
    return [...(members?.values() ?? [])].flatMap((member) => {
      if (member.kind !== 'registration' || !member.registration.isOutside) return [];
      const { instance } = member.registration;
      const verdict = instance === undefined ? undefined : judge(instance);
      return verdict === undefined || verdict.kind === 'in-scope' ? [] : [verdict];
    });
  }

  function* leftAlone(): Iterable<string> {
    for (const [path, directory] of directories) {
      yield* directory.leftAlone;
      for (const [node, { kind }] of directory.members) if (kind === 'left-alone') yield `${path}/${node}`;
    }
  }

  function leftOut(name: string): LeftOutOfService | undefined {
    const verdicts = judged(directories.get(name)?.members);
    if (verdicts.length > 0) return { instances: verdicts.length, because: verdicts[0] };
    for (const path of leftAlone()) if (path === name) return { instances: undefined, because: leftAloneBecause(name) };
    return undefined;
  }

  return {
    reach: { kind: 'everything' },
    scope,
    leftOut,
    *names() {
      yield* leftAlone();
      for (const [path, { members }] of directories) if (judged(members).length > 0) yield path;
    },
  };
}
