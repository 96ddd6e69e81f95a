// SPDX-License-Identifier: Apache-2.0
// Keeps the state file as new as what is served. What a turn of the pipeline changed is written before it is published: else a
// process that is killed in between would come back with less than istiod was told, and istiod would delete the rest. So the
// file may hold what nobody was told yet, never the other way round, unless the disk fails. A disk that fails or hangs costs
// nothing but the file: after a second, or a failure, nobody waits for it any more until a write succeeds again.
import type { Cancel, Clock } from '../lib/clock.ts';
import type { FileWritten } from '../lib/write-private-file.ts';
import { encodeState } from './encode-state.ts';
import type { BridgeName, SavedRegistry, SavedState } from './saved-state.ts';

export type SavedContent = Omit<SavedState, 'writtenAtMs'>;

/** `settled`: written, or not worth waiting for any longer. `superseded`: a newer one is written instead. */
export type Saving = 'settled' | 'superseded';

export type WriteOutcome =
  | { readonly kind: 'written'; readonly atMs: number; readonly bytes: number }
  | { readonly kind: 'too-large'; readonly bytes: number }
  | { readonly kind: 'failed'; readonly why: string };

export interface StateWriterDeps {
  readonly bridge: BridgeName;
  readonly maxBytes: number;
  /** How long the file may say of a registry that it was read earlier than it was. */
  readonly refreshMs: number;
  readonly clock: Clock;
  readonly write: (content: Uint8Array) => Promise<FileWritten>;
  /** Must not throw. */
  readonly onWrite: (outcome: WriteOutcome) => void;
}

const PATIENCE_MS = 1_000;
const RETRY_MS = 30_000;

interface Write {
  readonly content: SavedContent;
  readonly saving: Promise<Saving>;
  /** Only the first call counts. */
  readonly settle: (saving: Saving) => void;
}

export class StateWriter {
  readonly #deps: StateWriterDeps;
  #latest: SavedContent | undefined;
  #written: SavedContent | undefined;
  #startedAtMs = Number.NEGATIVE_INFINITY;
  #running: Write | undefined;
  #next: Write | undefined;
  #isTrusted = true;
  #cancelRetry: Cancel = () => {};
  #isClosed = false;

  constructor(deps: StateWriterDeps) {
    this.#deps = deps;
  }

  /**
   * `content` is to be in the file from now on. undefined: it is there, or nobody waits for it. When nothing but the times of
   * reading changed it is written now and then.
   */
  save(content: SavedContent): Promise<Saving> | undefined {
    if (this.#isClosed || content.registries.length === 0) return undefined;
    const former = this.#latest;
    this.#latest = content;
    const isNews = former === undefined || !saysTheSame(former, content);
    if (isNews && this.#running !== undefined) this.#queue(content);
    else if (isNews || this.#isOutdated()) this.#start(newWrite(content));
    return this.#isTrusted ? (this.#next ?? this.#running)?.saving : undefined;
  }

  /** Writes what is not written yet, and waits for the disk as long as ever. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#cancelRetry();
    this.#next?.settle('superseded');
    this.#next = undefined;
    await this.#running?.saving;
    if (this.#running !== undefined || this.#latest === undefined || this.#latest === this.#written) return;
    const last = newWrite(this.#latest);
    this.#start(last);
    await last.saving;
  }

  #isOutdated(): boolean {
    const { clock, refreshMs } = this.#deps;
    return this.#running === undefined && clock.now() >= this.#startedAtMs + refreshMs;
  }

  #queue(content: SavedContent): void {
    this.#next?.settle('superseded');
    this.#next = newWrite(content);
  }

  #start(write: Write): void {
    const { bridge, maxBytes, clock } = this.#deps;
    this.#cancelRetry();
    this.#running = write;
    const atMs = clock.now();
    this.#startedAtMs = atMs;
    const content = encodeState({ ...write.content, writtenAtMs: atMs }, bridge);
    const bytes = content.length;
    if (bytes > maxBytes) {
      this.#ended(write, { kind: 'too-large', bytes });
      return;
    }
    const cancelPatience = clock.after(PATIENCE_MS, () => this.#giveUp());
    void this.#deps.write(content).then((written) => {
      cancelPatience();
      this.#ended(write, written.kind === 'written' ? { kind: 'written', atMs, bytes } : written);
    });
  }

  /** It goes on, and may succeed yet. */
  #giveUp(): void {
    this.#isTrusted = false;
    this.#deps.onWrite({ kind: 'failed', why: `the disk has not answered for ${PATIENCE_MS / 1000} s` });
    this.#running?.settle('settled');
    this.#next?.settle('settled');
  }

  #ended(write: Write, outcome: WriteOutcome): void {
    this.#running = undefined;
    this.#isTrusted = outcome.kind === 'written';
    if (this.#isTrusted) this.#written = write.content;
    this.#deps.onWrite(outcome);
    write.settle('settled');
    if (this.#isClosed) return;
    const next = this.#next;
    this.#next = undefined;
    if (next !== undefined) this.#start(next);
    else if (outcome.kind === 'failed') this.#cancelRetry = this.#deps.clock.after(RETRY_MS, () => this.#retry());
  }

  #retry(): void {
    if (this.#latest !== undefined) this.#start(newWrite(this.#latest));
  }
}

function newWrite(content: SavedContent): Write {
  let settle: (saving: Saving) => void = () => {};
  const saving = new Promise<Saving>((resolve) => (settle = resolve));
  return { content, saving, settle };
}

function saysTheSame(a: SavedContent, b: SavedContent): boolean {
  return (
    a.seniority === b.seniority &&
    a.freezes === b.freezes &&
    a.registries.length === b.registries.length &&
    a.registries.every((one, index) => isSameRegistry(one, b.registries[index]))
  );
}

function isSameRegistry(a: SavedRegistry, b: SavedRegistry | undefined): boolean {
  return a.name === b?.name && a.kind === b.kind && a.scope === b.scope && a.memory === b.memory;
}
