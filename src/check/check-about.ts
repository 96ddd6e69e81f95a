// SPDX-License-Identifier: Apache-2.0
// What a check is about, as docs/checks.md tells it.

export interface CheckAbout {
  /** Said of the thing when all is well; `{subject}` is what the check is about where there are several. */
  readonly sentence: string;
  /** What not holding means for the exit code; `either`: it depends on what was found. */
  readonly severity: 'failure' | 'warning' | 'either';
  readonly looksAt: string;
  readonly means: string;
  readonly remedy: string;
}
