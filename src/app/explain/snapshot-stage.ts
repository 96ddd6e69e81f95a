// SPDX-License-Identifier: Apache-2.0
// Since when is an entry among what clients are offered? What a turn makes is published before anything else can be asked, so
// an entry of the last turn is in the snapshot that is served.
import type { EntryStage, SnapshotStage } from '../../admin/explanation.ts';
import { ago } from '../../lib/ago.ts';
import { resourceKey } from '../../snapshot/resource.ts';
import { emptySet } from '../../snapshot/snapshot.ts';
import type { ExplainInput, Served } from './input.ts';

export function snapshotStage(
  { details: { kind, name } }: EntryStage,
  { snapshot, since }: Served,
  input: ExplainInput,
): SnapshotStage {
  const set = snapshot.kinds.get(kind) ?? emptySet(kind);
  const servedSince = since(resourceKey({ kind, name }));
  const { serial, fingerprint } = snapshot;
  const details = { serial, fingerprint, since: servedSince, responseVersion: set.version };
  const stage = (verdict: SnapshotStage['verdict'], sentence: string): SnapshotStage => {
    return { stage: 'snapshot', verdict, sentence, details, problems: [] };
  };
  if (!snapshot.complete) {
    const waiting = input.slices.filter(({ reading }) => reading.kind === 'waiting').map(({ registry }) => registry);
    const whom = waiting.length === 0 ? 'a registry that listed nothing at first' : waiting.join(', ');
    return stage(
      'stopped',
      `In snapshot ${serial}, which is held back until every registry is known: waiting for ${whom}.`,
    );
  }
  const when =
    servedSince === undefined
      ? ''
      : `, as it is now since snapshot ${servedSince.serial} (${ago(servedSince.atMs, input.nowMs)})`;
  return stage('passed', `Served in snapshot ${serial}${when}.`);
}
