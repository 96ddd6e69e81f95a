// SPDX-License-Identifier: Apache-2.0
// Files that are followed while the program runs: read again when they change, so that a renewal needs no restart. What cannot be
// used is refused, and what was used before stays.
import type { Cancel, Clock } from '../../lib/clock.ts';
import { UnusableFile } from '../../lib/secret-files.ts';
import { watchFiles } from '../../lib/watch-files.ts';

export interface FollowedOptions<Content> {
  readonly paths: readonly string[];
  /** Rejects with an UnusableFile. */
  readonly read: () => Promise<Content>;
  readonly isSame: (one: Content, other: Content) => boolean;
  readonly clock: Clock;
  /** Other content, from now on in use. */
  readonly onChange: (content: Content) => void;
  /** Told once for each reason until the files can be used again; `why` is a sentence without its full stop. */
  readonly onRefused: (why: string) => void;
}

export class FollowedFiles<Content> {
  readonly #options: FollowedOptions<Content>;
  #content: Content;
  #refused: string | undefined;
  #endWatch: Cancel = () => {};
  #isClosed = false;

  private constructor(options: FollowedOptions<Content>, content: Content) {
    this.#options = options;
    this.#content = content;
  }

  /** Reads the files and follows them until it is closed. Rejects with an UnusableFile. */
  static async open<Content>(options: FollowedOptions<Content>): Promise<FollowedFiles<Content>> {
    const followed = new FollowedFiles(options, await options.read());
    const { paths, clock } = options;
    followed.#endWatch = watchFiles({ paths, clock, look: () => followed.#look() });
    return followed;
  }

  get content(): Content {
    return this.#content;
  }

  /** Why what the files hold now is not in use; undefined: it is. */
  get refused(): string | undefined {
    return this.#refused;
  }

  close(): void {
    this.#isClosed = true;
    this.#endWatch();
  }

  async #look(): Promise<void> {
    const read = await this.#tryRead();
    if (this.#isClosed) return;
    if (read.kind === 'refused') return this.#refuse(read.why);
    this.#refused = undefined;
    if (this.#options.isSame(read.content, this.#content)) return;
    this.#content = read.content;
    this.#options.onChange(read.content);
  }

  #refuse(why: string): void {
    const isNews = why !== this.#refused;
    this.#refused = why;
    if (isNews) this.#options.onRefused(why);
  }

  async #tryRead() {
    try {
      return { kind: 'read', content: await this.#options.read() } as const;
    } catch (thrown) {
      if (!(thrown instanceof UnusableFile)) throw thrown;
      return { kind: 'refused', why: thrown.message } as const;
    }
  }
}
