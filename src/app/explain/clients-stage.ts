// SPDX-License-Identifier: Apache-2.0
// Which client was sent an entry and acknowledged it. State of the world: a response carries the whole type and has one
// version, so what a client holds is told by the version of the response that it acknowledged, or by when that was sent.
import type {
  ClientsStage,
  EntryStage,
  ExplainedClient,
  SnapshotStage,
  StageVerdict,
} from '../../admin/explanation.ts';
import { ago } from '../../lib/ago.ts';
import { counted } from '../../lib/counted.ts';
import { printable } from '../../lib/printable.ts';
import { isLookingOnly } from '../../serve/client-identity.ts';
import type { ClientView, TypeView } from '../../serve/client-view.ts';
import type { Served } from './input.ts';

export function clientsStage(
  { details: { kind, name } }: EntryStage,
  snapshot: SnapshotStage,
  { clients }: Served,
  nowMs: number,
): ClientsStage {
  const explained = clients.flatMap((client) => explainClient(client, { kind, name }, snapshot, nowMs));
  const takers = explained.filter(({ isOnlooker }) => !isOnlooker);
  const passed = takers.filter(({ verdict }) => verdict === 'passed').length;
  const details = { clients: explained };
  // An istiod connects to one replica of a bridge, so a replica without a client is an everyday sight.
  if (takers.length === 0) {
    const who = explained.length === 0 ? 'No client' : 'No client that takes entries';
    const sentence = `${who} is connected to this replica; the others know whom they told.`;
    return { stage: 'clients', verdict: 'unknown', sentence, details, problems: [] };
  }
  const sentence = `${passed} of ${counted(takers.length, 'client')} acknowledged it, which says that it was received.`;
  return { stage: 'clients', verdict: gravest(takers, passed), sentence, details, problems: [] };
}

function gravest(clients: readonly ExplainedClient[], passed: number): StageVerdict {
  if (passed === clients.length) return 'passed';
  return passed === 0 && clients.some(({ verdict }) => verdict === 'stopped') ? 'stopped' : 'noted';
}

function explainClient(
  { nodeId, peer, types }: ClientView,
  { kind, name }: { readonly kind: string; readonly name: string },
  snapshot: SnapshotStage,
  nowMs: number,
): readonly ExplainedClient[] {
  const ofKind = types.filter((type) => type.kind === kind);
  const asked = ofKind.filter(({ names }) => names === undefined || names.includes(name));
  const about = { client: printable(nodeId ?? peer), peer };
  if (asked.length === 0) {
    const what = ofKind.length === 0 ? 'did not ask for this type' : 'asked for others of this type by name';
    const sentence = `It is connected and ${what}.`;
    const nothing = { typeUrl: '', sent: undefined, acknowledged: undefined };
    return [{ ...about, ...nothing, isOnlooker: true, verdict: 'noted', sentence }];
  }
  const isOnlooker = nodeId !== undefined && isLookingOnly({ nodeId });
  return asked.map((type) => {
    const { sent, acked } = type;
    const versions = {
      sent: sent && { version: sent.version, atMs: sent.atMs },
      acknowledged: acked && { version: acked.version, atMs: acked.atMs },
    };
    const { verdict, sentence } = judge(type, snapshot, nowMs);
    const told = isOnlooker ? `${sentence} It only looks on.` : sentence;
    return { ...about, typeUrl: type.typeUrl, isOnlooker, verdict, sentence: told, ...versions };
  });
}

function judge(
  type: TypeView,
  { details: { since } }: SnapshotStage,
  nowMs: number,
): { readonly verdict: StageVerdict; readonly sentence: string } {
  const { sent, acked, nacked, state, currentVersion } = type;
  if (state === 'held')
    return { verdict: 'stopped', sentence: 'It waits for its first answer until every registry is known.' };
  if (acked?.version === currentVersion)
    return { verdict: 'passed', sentence: `Acknowledged response ${acked.version} ${ago(acked.atMs, nowMs)}.` };
  // The refused version may be older than what is served now: that one is offered as soon as it differs.
  if (nacked !== undefined && nacked.version === currentVersion) {
    const message = printable(nacked.message, LONGEST_MESSAGE);
    return {
      verdict: 'stopped',
      sentence: `Refused response ${nacked.version} ${ago(nacked.atMs, nowMs)}: ${message}.`,
    };
  }
  if (acked !== undefined && since !== undefined && acked.snapshotCreatedAtMs >= since.atMs) {
    const sentence = `Acknowledged response ${acked.version}, which held it as it is, ${ago(acked.atMs, nowMs)}; a newer one is on its way.`;
    return { verdict: 'passed', sentence };
  }
  if (sent?.version === currentVersion)
    return {
      verdict: 'noted',
      sentence: `Was sent response ${sent.version} ${ago(sent.atMs, nowMs)} and has not acknowledged it.`,
    };
  if (acked !== undefined)
    return {
      verdict: 'noted',
      sentence: `Holds response ${acked.version}, acknowledged ${ago(acked.atMs, nowMs)}; a newer one is due.`,
    };
  return { verdict: 'noted', sentence: 'Was sent nothing yet.' };
}

const LONGEST_MESSAGE = 300;
