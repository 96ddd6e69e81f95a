// SPDX-License-Identifier: Apache-2.0
// A file that only its owner may read, whole or not at all: whoever reads it never sees half of it, and a failure leaves
// what was there. Written by ourselves: write-file-atomic 7 takes a write that a full disk cut short for a whole one, and puts it
// in place of the file that was whole (its one call of fs.write may write less than it was given, which is no error).
import { randomBytes } from 'node:crypto';
import { open, realpath, rename, rm, stat } from 'node:fs/promises';
import { errorCode } from './error-code.ts';

export type FileWritten =
  | { readonly kind: 'written' }
  /** `why` is a code of the system, or a few words. */
  | { readonly kind: 'failed'; readonly why: string };

/** What a process that was killed while it wrote leaves beside the file, behind the name of it. */
export const UNFINISHED = /^\.[0-9a-f]{12}\.unfinished$/;

/** Replaces a regular file, and nothing else: renaming over a device would take it away from everybody. */
export async function writePrivateFile(path: string, content: string | Uint8Array): Promise<FileWritten> {
  try {
    if (await isTakenBySomethingElse(path)) return { kind: 'failed', why: 'it is no regular file' };
    await replaceFile(await realpath(path).catch(() => path), content);
    return { kind: 'written' };
  } catch (error) {
    const why = errorCode(error);
    // What is no error of the system is a defect.
    if (why === '') throw error;
    return { kind: 'failed', why };
  }
}

async function replaceFile(path: string, content: string | Uint8Array): Promise<void> {
  const unfinished = `${path}.${randomBytes(6).toString('hex')}.unfinished`;
  try {
    const file = await open(unfinished, 'wx', 0o600);
    try {
      await file.writeFile(content);
      // Otherwise a crash of the machine may leave the new name with nothing behind it.
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true }).catch(() => {});
    throw error;
  }
}

async function isTakenBySomethingElse(path: string): Promise<boolean> {
  try {
    return !(await stat(path)).isFile();
  } catch {
    return false;
  }
}
