// SPDX-License-Identifier: Apache-2.0
// The bytes of a regular file of bounded size, or the reason why there are none. Never throws.
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';

export type FileRead =
  | { readonly kind: 'bytes'; readonly bytes: Buffer }
  | {
      readonly kind: 'failed';
      readonly code: 'FILE_MISSING' | 'FILE_UNREADABLE' | 'FILE_TOO_LARGE';
      readonly message: string;
    };

/** Follows symbolic links. A pipe or device is refused before it is opened: reading one could last for ever. */
export async function readBoundedFile(path: string, maxBytes: number): Promise<FileRead> {
  try {
    if (!(await stat(path)).isFile()) return failed('FILE_UNREADABLE', `${path} is no regular file`);
    const chunks: Buffer[] = [];
    // `end` is inclusive: at most one byte more than allowed, even when the file grows while it is read.
    for await (const chunk of createReadStream(path, { end: maxBytes })) chunks.push(chunk);
    const bytes = Buffer.concat(chunks);
    if (bytes.length > maxBytes) return failed('FILE_TOO_LARGE', `${path} is larger than \`maxBytes\` (${maxBytes})`);
    return { kind: 'bytes', bytes };
  } catch (cause) {
    return describe(path, cause);
  }
}

function describe(path: string, cause: unknown): FileRead {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown error';
  if (code === 'ENOENT' || code === 'ENOTDIR') return failed('FILE_MISSING', `${path} does not exist`);
  return failed('FILE_UNREADABLE', `${path} cannot be read (${code})`);
}

function failed(code: 'FILE_MISSING' | 'FILE_UNREADABLE' | 'FILE_TOO_LARGE', message: string): FileRead {
  return { kind: 'failed', code, message };
}
