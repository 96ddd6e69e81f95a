// SPDX-License-Identifier: Apache-2.0
// Every change that the admin port takes, once, like the table of pages in routes.ts. None takes a body. Each needs the bearer
// token of `admin.tokenFile`, which a browser sends for no page of a stranger.
import { judgeToken } from '../lib/token-file.ts';
import type { AdminActions } from './actions.ts';
import { type Reply, textReply } from './reply.ts';

export interface WriteRoute {
  readonly method: 'POST';
  /** `:name` stands for a part that is handed to `act`. */
  readonly path: string;
  readonly sentence: string;
  readonly act: (parts: Readonly<Record<string, string>>, by: string) => Reply;
}

export function createWriteRoutes(actions: AdminActions): readonly WriteRoute[] {
  return [
    {
      method: 'POST',
      path: '/debug/holds/:id/release',
      sentence: 'ends a hold: what it holds is removed like anything else that is gone',
      act: ({ id = '' }, by) =>
        actions.release(id, by)
          ? textReply('released: what is still missing is removed after the debounce\n')
          : textReply('there is no hold of this name (any more); /debug/holds lists those there are\n', 404),
    },
  ];
}

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
