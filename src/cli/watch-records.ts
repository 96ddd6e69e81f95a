// SPDX-License-Identifier: Apache-2.0
// What `footbridge watch --output json` prints: one object for each line, with field names that scripts may rely on. Pure.
import type { Change } from '../probe/changes.ts';
import type { ProbeAnswer } from '../probe/config-source.ts';

/** A line for each change, then one for the answer itself. */
export function answerRecords({ typeUrl, version, resources, changes }: ProbeAnswer, atMs: number): readonly string[] {
  const at = timeText(atMs);
  return [
    ...changes.map((change) => JSON.stringify({ at, ...changeRecord(change, typeUrl) })),
    JSON.stringify({ at, kind: 'answered', typeUrl, version, resources: resources.size }),
  ];
}

export function disconnectedRecord(
  about: { readonly reason: string; readonly retryInMs: number },
  atMs: number,
): string {
  const { reason, retryInMs } = about;
  return JSON.stringify({ at: timeText(atMs), kind: 'disconnected', reason, retryInMs });
}

function changeRecord(change: Change, typeUrl: string): object {
  if (change.kind === 'removed') return { kind: change.kind, typeUrl, name: change.former.name };
  const { name, version, labels, annotations, spec } = change.resource;
  return { kind: change.kind, typeUrl, name, version, labels, annotations, spec };
}

function timeText(atMs: number): string {
  return new Date(atMs).toISOString();
}
