// SPDX-License-Identifier: Apache-2.0
// Is an entry among what clients are offered, and since when?
import type { EntryStage, SnapshotStage } from '../../admin/explanation.ts';
import { ago } from '../../lib/ago.ts';
import { emptySet } from '../../snapshot/snapshot.ts';
import type { ExplainInput, Served } from './input.ts';

export function snapshotStage(
  { details: { kind, name, version } }: EntryStage,
  { snapshot, since }: Served,
  input: ExplainInput,
): SnapshotStage {
  const set = snapshot.kinds.get(kind) ?? emptySet(kind);
  const isServed = set.resources.get(name)?.version === version;
  const servedSince = isServed ? since(name) : undefined;
  const { serial, fingerprint } = snapshot;
  const details = { serial, fingerprint, since: servedSince, responseVersion: set.version };
  const stage = (verdict: SnapshotStage['verdict'], sentence: string): SnapshotStage => {
    return { stage: 'snapshot', verdict, sentence, details, problems: [] };
  };
  if (!isServed) {
    const holds = set.resources.has(name) ? 'holds a former version of it' : 'does not hold it';
    return stage('noted', `Snapshot ${serial}, which is served now, ${holds}; the next one will hold it as it is.`);
  }
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
