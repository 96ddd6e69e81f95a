// SPDX-License-Identifier: Apache-2.0
// A file that only its owner may read, whole or not at all: whoever reads it never sees half of it, and a failure leaves
// what was there.
import { open, rename, rm, stat } from 'node:fs/promises';
import { errorCode } from './error-code.ts';

export type FileWritten =
  | { readonly kind: 'written' }
  /** `why` is a code of the system, or a few words. */
  | { readonly kind: 'failed'; readonly why: string };

/** Replaces a regular file, and nothing else: renaming over a device would take it away from everybody. */
export async function writePrivateFile(path: string, text: string): Promise<FileWritten> {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    if (await isTakenBySomethingElse(path)) return { kind: 'failed', why: 'it is no regular file' };
    const file = await open(temporary, 'wx', 0o600);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
    return { kind: 'written' };
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {});
    return { kind: 'failed', why: errorCode(error) };
  }
}

async function isTakenBySomethingElse(path: string): Promise<boolean> {
  try {
    return !(await stat(path)).isFile();
  } catch {
    return false;
  }
}
