// SPDX-License-Identifier: Apache-2.0
// What a command may use of the process: handed in, so that tests run commands without one.
import type { ExitCode } from './exit-codes.ts';
import type { Output } from './output.ts';
import type { Paint } from './paint.ts';

/** What every command is given. */
export interface CommandContext {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Configuration keys that were given as flags. */
  readonly flags: ReadonlyMap<string, string>;
  readonly output: Output;
  /** For data; colourless where it goes to no terminal. */
  readonly paint: Paint;
  /** A command reports how it ended here. */
  readonly exit: (code: ExitCode) => void;
}
