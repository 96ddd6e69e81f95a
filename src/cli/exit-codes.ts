// SPDX-License-Identifier: Apache-2.0
// The exit codes of every command. Scripts rely on them: a code keeps its meaning for ever.

export const EXIT = {
  /** Done. */
  ok: 0,
  /** It was tried and failed, or a service could not be converted. */
  failed: 1,
  /** Wrong usage or wrong configuration: nothing was tried. */
  usage: 2,
  /** A command that judges found something: `check` a failed check, a comparison a difference. */
  found: 3,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
