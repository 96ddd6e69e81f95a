// SPDX-License-Identifier: Apache-2.0
// Configuration → the state file: restored when the process starts, written with every turn. Says what became of it; the metrics
// and pages that show it ask here.
import type { Config } from '../config/config.ts';
import { byIdentity } from '../lib/by-identity.ts';
import type { Clock } from '../lib/clock.ts';
import { NowAndThen } from '../lib/now-and-then.ts';
import type { Log } from '../observe/log.ts';
import { encodeState } from '../persist/encode-state.ts';
import type { StateRefusal } from '../persist/refusal.ts';
import type { SavedRegistry, SavedState } from '../persist/saved-state.ts';
import { StateFile } from '../persist/state-file.ts';
import { type SavedContent, type Saving, StateWriter, type WriteOutcome } from '../persist/state-writer.ts';
import { scopeDigest } from '../registry/scope.ts';
import type { Turn } from './turn.ts';

/** What is to be told of the state file. */
export interface StateView {
  readonly file: string;
  /** undefined: not by this process. */
  readonly writtenAtMs: number | undefined;
  readonly bytes: number | undefined;
  /** Why the last attempt to write it failed; undefined: it did not. */
  readonly failure: string | undefined;
}

export interface StateKeeping {
  /** Once, before the first turn is saved. undefined: there is nothing to begin with. Never rejects because of the file. */
  read(): Promise<SavedState | undefined>;
  /** As the pipeline asks it. */
  save(turn: Turn): Promise<Saving> | undefined;
  view(): StateView;
  close(): Promise<void>;
}

export interface StateDeps {
  readonly clock: Clock;
  readonly log: Log;
  readonly onWrite: (outcome: WriteOutcome) => void;
  /** The file is not restored. */
  readonly onRefused: (refusals: readonly StateRefusal[]) => void;
}

/** So often at most the log says that it cannot be written. */
const COMPLAINT_MS = 600_000;
const LONGEST_REFRESH_MS = 300_000;

const digestOf = byIdentity(scopeDigest);

/** `config` gives the configuration that holds now. undefined: no state is kept. */
export function createStateKeeping(config: () => Config, deps: StateDeps): StateKeeping | undefined {
  const { namespace, instance, state } = config();
  const { file: path, maxAgeMs, maxBytes } = state;
  if (path === undefined) return undefined;
  const { clock, log } = deps;
  const bridge = { namespace, instance };
  const file = new StateFile(path);
  const writer = new StateWriter({
    bridge,
    maxBytes,
    refreshMs: Math.min(LONGEST_REFRESH_MS, (maxAgeMs ?? Number.POSITIVE_INFINITY) / 4),
    clock,
    write: (content) => file.write(content),
    onWrite,
  });
  const complaints = new NowAndThen(COMPLAINT_MS, clock);
  let view: StateView = { file: path, writtenAtMs: undefined, bytes: undefined, failure: undefined };

  function onWrite(outcome: WriteOutcome): void {
    deps.onWrite(outcome);
    if (outcome.kind === 'written') {
      if (view.failure !== undefined) log.info('state.written_again', { file: path });
      view = { ...view, writtenAtMs: outcome.atMs, bytes: outcome.bytes, failure: undefined };
      return;
    }
    const failure = failureText(outcome, maxBytes);
    const times = complaints.count();
    if (times !== undefined) log.warn('state.not_written', { file: path, why: failure, times, effect: NOT_WRITTEN });
    view = { ...view, failure };
  }

  return {
    async read() {
      const found = await file.read(maxBytes, bridge, clock);
      if (found.kind === 'none') log.info('state.none', { file: path });
      if (found.kind === 'refused') deps.onRefused([found.refusal]);
      return found.kind === 'state' ? found.state : undefined;
    },
    save: (turn) => writer.save(savedContent(turn, config())),
    view: () => view,
    close: () => writer.close(),
  };
}

const NOT_WRITTEN = 'serving goes on; a restart begins with what was written last';

function failureText(outcome: Exclude<WriteOutcome, { kind: 'written' }>, maxBytes: number): string {
  if (outcome.kind === 'failed') return outcome.why;
  return `${outcome.bytes} bytes, which is more than \`state.maxBytes\` (${maxBytes})`;
}

/** What another replica is given: as a state file would hold it now. undefined: nothing was read yet. */
export function stateText(turn: Turn | undefined, config: Config, nowMs: number): string | undefined {
  const content = turn === undefined ? undefined : savedContent(turn, config);
  if (content === undefined || content.registries.length === 0) return undefined;
  return encodeState({ ...content, writtenAtMs: nowMs }, config).toString();
}

/** Everything that has been read, by this process or another one. */
function savedContent({ slices, memory }: Turn, { registries }: Config): SavedContent {
  const saved = slices.flatMap(({ registry: name, kind, reading }): SavedRegistry[] => {
    const remembered = memory.registries.get(name);
    const options = registries[name];
    if (reading.kind === 'waiting' || remembered === undefined || options === undefined) return [];
    return [{ name, kind, scope: digestOf(options.scope), readAtMs: reading.content.readAtMs, memory: remembered }];
  });
  return { registries: saved, seniority: memory.seniority, freezes: memory.freezes };
}
