// SPDX-License-Identifier: Apache-2.0
// Where a command writes: data to stdout, talk to stderr. Handed in, so that tests read what a command says.

export interface Output {
  /** Data: what a script reads. A newline is added. */
  readonly data: (text: string) => void;
  /** Talk: what a person reads. A newline is added. */
  readonly talk: (text: string) => void;
  /** Whether data goes to a terminal, where a person looks at it; absent: no. */
  readonly isTerminal?: boolean;
}

/** Whoever read us has enough (`footbridge convert ... | head`): that is no failure of ours, and nothing is left to do. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

export const processOutput: Output = {
  data: (text) => void process.stdout.write(`${text}\n`),
  talk: (text) => void process.stderr.write(`${text}\n`),
  isTerminal: process.stdout.isTTY === true,
};
