// SPDX-License-Identifier: Apache-2.0
// A bearer token that stands in a file. The file is read for every question, so that a rotated token holds at once.
import { createHash, timingSafeEqual } from 'node:crypto';
import { secretFrom, UnusableFile } from './secret-files.ts';

/** A shorter one can be guessed. */
export const SHORTEST_TOKEN = 16;

export type TokenVerdict =
  | { readonly kind: 'known' }
  | { readonly kind: 'unknown' }
  /** Nobody is known until the file is mended. `why` is a sentence without its full stop, and names the file. */
  | { readonly kind: 'unusable'; readonly why: string };

/**
 * Judges the value of an `Authorization` header, which must be `Bearer TOKEN` with the content of the file (without a line end
 * behind it). Takes as long for a token that is nearly right as for any other. Never rejects.
 */
export async function judgeToken(file: string, authorization: string | undefined): Promise<TokenVerdict> {
  let token: string;
  try {
    token = await tokenFrom(file);
  } catch (error) {
    if (error instanceof UnusableFile) return { kind: 'unusable', why: error.message };
    throw error;
  }
  const given = /^bearer +(\S+) *$/i.exec(authorization ?? '')?.[1] ?? '';
  return { kind: timingSafeEqual(digest(given), digest(token)) ? 'known' : 'unknown' };
}

/** Rejects with an UnusableFile, also where the token is too short or could not stand in a header. */
export async function tokenFrom(file: string): Promise<string> {
  const token = await secretFrom(file);
  if (!/^[\x21-\x7e]*$/.test(token)) throw new UnusableFile(`File ${file} holds more than one word of ASCII`);
  if (token.length < SHORTEST_TOKEN) {
    throw new UnusableFile(`File ${file} holds a token of less than ${SHORTEST_TOKEN} characters`);
  }
  return token;
}

/** Of one length, which is what the comparison needs. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
