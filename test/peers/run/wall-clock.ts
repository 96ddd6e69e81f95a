// The clock on the wall, as a test sets it for one program and for those that are started in its place. The time that passes is
// what it is, as on a machine whose clock is set: libfaketime changes what is said of the date alone.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Tool } from '../build/tool.ts';
import { scratchFolder } from './scratch.ts';
import type { Teardown } from './teardown.ts';

export const FAKETIME: Tool = {
  command: 'faketime',
  versionArguments: ['--version'],
  purpose: 'libfaketime sets the clock of one program',
};

/** What `faketime` itself has loaded into a program with threads: the place differs from one system to the other. */
const LIBRARY_ASKED = ['-m', '-f', '+0', 'printenv', 'LD_PRELOAD'];

export class WallClock {
  readonly #file: string;

  constructor(teardown: Teardown) {
    this.#file = join(scratchFolder(teardown, 'clock'), 'offset');
    this.set(0);
  }

  /** For the programs that have this clock. */
  get env(): Readonly<Record<string, string>> {
    return {
      LD_PRELOAD: execFileSync('faketime', LIBRARY_ASKED, { encoding: 'utf8' }).trim(),
      FAKETIME_TIMESTAMP_FILE: this.#file,
      FAKETIME_NO_CACHE: '1',
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
      NO_FAKE_STAT: '1',
    };
  }

  /** From now on it is so many hours ahead of the true time. */
  set(hoursAhead: number): void {
    writeFileSync(this.#file, `${hoursAhead < 0 ? '' : '+'}${hoursAhead * 3_600}\n`);
  }
}
