// SPDX-License-Identifier: Apache-2.0
// Reading the configuration file: the only access to files here beside watch-config.ts. What the text says is load.ts's.
import { open } from 'node:fs/promises';
import type { ConfigProblem } from './problem.ts';

export interface ConfigFile {
  readonly path: string;
  readonly text: string;
}

export type FileReading =
  | { readonly kind: 'file'; readonly file: ConfigFile }
  | { readonly kind: 'unreadable'; readonly problem: ConfigProblem };

/** No configuration is that large: a wrong path (a log, a dump, /dev/zero) must not fill the memory. */
const MOST_BYTES = 1024 ** 2;

const SENTENCES: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist',
  EACCES: 'may not be read by this user',
  EISDIR: 'is a directory',
};

/** Never rejects. */
export async function readConfigFile(path: string): Promise<FileReading> {
  try {
    const text = await readAtMost(path, MOST_BYTES);
    return text === undefined ? unreadable(path, 'is larger than 1 MiB') : { kind: 'file', file: { path, text } };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    return unreadable(path, SENTENCES[code] ?? `cannot be read (${code})`);
  }
}

async function readAtMost(path: string, mostBytes: number): Promise<string | undefined> {
  const file = await open(path, 'r');
  try {
    const buffer = Buffer.alloc(mostBytes + 1);
    let length = 0;
    while (length < buffer.length) {
      const { bytesRead } = await file.read(buffer, length, buffer.length - length, null);
      if (bytesRead === 0) return buffer.toString('utf8', 0, length);
      length += bytesRead;
    }
    return undefined;
  } finally {
    await file.close();
  }
}

function unreadable(path: string, rule: string): FileReading {
  const origin = { kind: 'file', path, line: undefined } as const;
  const problem = { code: 'FILE_UNREADABLE', key: '', value: undefined, rule, origin, nearest: undefined } as const;
  return { kind: 'unreadable', problem };
}
