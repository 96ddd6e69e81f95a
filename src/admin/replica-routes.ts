// SPDX-License-Identifier: Apache-2.0
// What the admin port tells the other replicas of this bridge, and nobody else: each needs the bearer token of `replicas.tokenFile`.
import { judgeToken } from '../lib/token-file.ts';
import { type Reply, textReply } from './reply.ts';

export interface ReplicaViews {
  /** undefined: nobody is taken for a replica. */
  readonly tokenFile: string | undefined;
  /** The state, as a state file holds it; undefined: there is none yet, or this process is about to end. */
  readonly state: () => string | undefined;
  /** How long ago a client was connected that may hold entries; undefined: none was. */
  readonly heldAgoMs: () => number | undefined;
}

export interface ReplicaRoute {
  readonly path: string;
  readonly tokenFile: string | undefined;
  readonly reply: () => Reply;
}

const JSON_TYPE = 'application/json; charset=utf-8';

export function createReplicaRoutes(views: ReplicaViews): readonly ReplicaRoute[] {
  const { tokenFile } = views;
  return [
    {
      path: '/replicas/state',
      tokenFile,
      reply: () => {
        const state = views.state();
        if (state === undefined) return textReply('no registry was read yet\n', 404);
        return { status: 200, contentType: 'text/plain; charset=utf-8', body: state };
      },
    },
    {
      path: '/replicas/clients',
      tokenFile,
      reply: () => {
        const heldAgoMs = views.heldAgoMs();
        return { status: 200, contentType: JSON_TYPE, body: `${JSON.stringify({ heldAgoMs: heldAgoMs ?? null })}\n` };
      },
    },
  ];
}

/** undefined: who sends this header is a replica. Whoever is not learns neither whether there is a token nor where. */
export async function refusedReplica(
  tokenFile: string | undefined,
  authorization: string | undefined,
): Promise<Reply | undefined> {
  const verdict = tokenFile === undefined ? undefined : await judgeToken(tokenFile, authorization);
  if (verdict?.kind === 'known') return undefined;
  return textReply('this is for the replicas of this bridge alone\n', 401);
}
