// SPDX-License-Identifier: Apache-2.0
// Every change that the admin port takes, once, like the table of pages in routes.ts. Each needs the bearer token of
// `admin.tokenFile`, which a browser sends for no page of a stranger.
import { judgeToken } from '../lib/token-file.ts';
import type { AdminActions } from './actions.ts';
import { freezeRequest } from './freeze-request.ts';
import { dataReply, type Reply, textReply } from './reply.ts';

export interface WriteRoute {
  readonly method: 'POST' | 'DELETE';
  /** `:name` stands for a part that is handed to `act`. */
  readonly path: string;
  readonly sentence: string;
  /** JSON of at most so many bytes; undefined: it takes no body. */
  readonly mostBodyBytes?: number;
  readonly act: (request: WriteRequest) => Reply;
}

export interface WriteRequest {
  readonly parts: Readonly<Record<string, string>>;
  /** The address of who asks. */
  readonly by: string;
  /** '' where it takes none. */
  readonly body: string;
}

export function createWriteRoutes(actions: AdminActions): readonly WriteRoute[] {
  return [
    {
      method: 'POST',
      path: '/debug/holds/:id/release',
      sentence: 'ends a hold: what it holds is removed like anything else that is gone',
      act: ({ parts: { id = '' }, by }) =>
        actions.release(id, by)
          ? textReply('released: what is still missing is removed after the debounce\n')
          : textReply('there is no hold of this name (any more); /debug/holds lists those there are\n', 404),
    },
    {
      method: 'POST',
      path: '/debug/freezes',
      sentence:
        'freezes what JSON says: `target` (`*`, a registry, or `<registry>/<service>`), `reason`, and `until` when, if it shall end by itself',
      mostBodyBytes: 4096,
      act: ({ body, by }) => freezeReply(actions, body, by),
    },
    {
      method: 'DELETE',
      path: '/debug/freezes/:id',
      sentence: 'ends a freeze that was made by hand: what changed meanwhile is taken in',
      act: ({ parts: { id = '' }, by }) => THAW_REPLIES[actions.thaw(id, by)],
    },
  ];
}

function freezeReply(actions: AdminActions, body: string, by: string): Reply {
  const request = freezeRequest(body);
  if (typeof request === 'string') return textReply(`${request}\n`, 400);
  const outcome = actions.freeze(request, by);
  if (outcome.kind === 'refused') return textReply(`${outcome.why}\n`, 400);
  const { sinceMs, untilMs, ...freeze } = outcome.freeze;
  const times = {
    since: new Date(sinceMs).toISOString(),
    ...(untilMs === undefined ? {} : { until: new Date(untilMs).toISOString() }),
  };
  return dataReply([`${JSON.stringify({ ...freeze, ...times }, null, 2)}\n`], 'json');
}

const THAW_REPLIES: Readonly<Record<ReturnType<AdminActions['thaw']>, Reply>> = {
  ended: textReply('ended: what changed meanwhile is taken in\n'),
  configured: textReply('this freeze stands in the configuration: take it out of `freeze` there\n', 409),
  unknown: textReply('there is no freeze of this name (any more); /debug/freezes lists those there are\n', 404),
};

/** undefined: who sends this header may change something. */
export async function refusedWriter(
  tokenFile: string | undefined,
  authorization: string | undefined,
): Promise<Reply | undefined> {
  if (tokenFile === undefined) {
    return textReply('nothing can be changed here: the configuration names no `admin.tokenFile`\n', 403);
  }
  const verdict = await judgeToken(tokenFile, authorization);
  switch (verdict.kind) {
    case 'known':
      return undefined;
    case 'unknown':
      return textReply(
        'the token is missing or wrong: send `Authorization: Bearer TOKEN` with that of `admin.tokenFile`\n',
        401,
      );
    case 'unusable':
      return textReply(`nobody can be let in: ${verdict.why}\n`, 503);
  }
}
