// SPDX-License-Identifier: Apache-2.0
// The file itself, and what is done about files that are not what we would write. What is refused is not lost: the first write
// moves it aside, so that it can be looked at, and there is one such place, so that nothing fills up.
import { readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Clock } from '../lib/clock.ts';
import { errorCode } from '../lib/error-code.ts';
import { type FileWritten, UNFINISHED, writePrivateFile } from '../lib/write-private-file.ts';
import { decodeState } from './decode-state.ts';
import { readStateFile } from './read-state-file.ts';
import type { StateRefusal } from './refusal.ts';
import type { BridgeName, SavedState } from './saved-state.ts';

export type FoundState =
  | { readonly kind: 'none' }
  | { readonly kind: 'state'; readonly state: SavedState }
  | { readonly kind: 'refused'; readonly refusal: StateRefusal };

export class StateFile {
  readonly #path: string;
  /** What stands there is not ours to replace. */
  #isForeign = false;
  #movesAside = false;
  #isTidy = false;

  constructor(path: string) {
    this.#path = path;
  }

  /** Where the first write moves a file that was refused. */
  get asidePath(): string {
    return `${this.#path}.refused`;
  }

  /** Once, before the first write. Never rejects because of the file. */
  async read(maxBytes: number, bridge: BridgeName, clock: Clock): Promise<FoundState> {
    const reading = await readStateFile(this.#path, maxBytes, clock);
    if (reading.kind === 'none') return reading;
    const found = reading.kind === 'refused' ? reading : decodeState(reading.bytes, bridge);
    if (found.kind === 'refused') {
      this.#isForeign = found.refusal.code === 'STATE_FOREIGN';
      this.#movesAside = !this.#isForeign;
    }
    return found;
  }

  /** Whole or not at all. Not called again before it has ended. */
  async write(content: Uint8Array): Promise<FileWritten> {
    if (this.#isForeign) return { kind: 'failed', why: 'what stands there is no state file' };
    if (this.#movesAside) {
      const why = await this.#moveAside();
      if (why !== undefined) return { kind: 'failed', why };
    }
    if (!this.#isTidy) await this.#tidy();
    return await writePrivateFile(this.#path, content);
  }

  async #moveAside(): Promise<string | undefined> {
    try {
      // A folder or a device that is named by mistake belongs to somebody.
      if (!(await stat(this.#path)).isFile()) return 'it is no regular file';
      await rename(this.#path, this.asidePath);
    } catch (error) {
      const code = errorCode(error);
      if (code === '') throw error;
      if (code !== 'ENOENT') return code;
    }
    this.#movesAside = false;
    return undefined;
  }

  /** A process that is killed while it writes leaves a file behind; without this a crash loop would fill the volume. */
  async #tidy(): Promise<void> {
    this.#isTidy = true;
    const [directory, name] = [dirname(this.#path), basename(this.#path)];
    const beside = await readdir(directory).catch(() => []);
    const left = beside.filter((one) => one.startsWith(name) && UNFINISHED.test(one.slice(name.length)));
    await Promise.all(left.map((one) => rm(join(directory, one), { force: true }).catch(() => {})));
  }
}
