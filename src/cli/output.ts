// SPDX-License-Identifier: Apache-2.0
// Where a command writes: data to stdout, talk to stderr. Handed in, so that tests read what a command says.

export interface Output {
  /** Data: what a script reads. A newline is added. */
  readonly data: (text: string) => void;
  /** Talk: what a person reads. A newline is added. */
  readonly talk: (text: string) => void;
  /** What is worked on, for a person who waits: gone with the next line of data or talk. Absent where nobody looks. */
  readonly progress?: (text: string) => void;
  /** Whether data goes to a terminal, where a person looks at it; absent: no. */
  readonly isTerminal?: boolean;
  /** How wide the help may be; absent: 80. */
  readonly columns?: number;
}

/** Nobody listens to what we say beside the data: that is no reason to end, and there is nobody to tell. */
process.stderr.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

/** Whoever read us has enough (`footbridge convert ... | head`): that is no failure of ours, and nothing is left to do. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

export const processOutput: Output = createProcessOutput();

function createProcessOutput(): Output {
  const { stdout, stderr } = process;
  let isShowing = false;
  const clear = () => {
    if (isShowing) stderr.write('\r\u001b[K');
    isShowing = false;
  };
  const line = (stream: NodeJS.WriteStream) => (text: string) => {
    clear();
    stream.write(`${text}\n`);
  };
  const about = stdout.isTTY === true ? { isTerminal: true, columns: stdout.columns } : { isTerminal: false };
  const plain = { data: line(stdout), talk: line(stderr), ...about };
  if (stderr.isTTY !== true || process.env['TERM'] === 'dumb') return plain;
  const progress = (text: string) => {
    clear();
    // A line that wraps could not be taken back.
    stderr.write(text.slice(0, (stderr.columns || 80) - 1));
    isShowing = true;
  };
  return { ...plain, progress };
}
