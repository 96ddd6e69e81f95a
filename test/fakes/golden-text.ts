// A text that a command prints, kept whole in test/golden/texts, so that a change of words is seen in a review.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const TEXTS = join(import.meta.dirname, '../golden/texts');

/** What the file of this name has to hold, byte for byte; with UPDATE_GOLDEN=1 it is written. */
export function golden(name: string, text: string): void {
  const path = join(TEXTS, name);
  if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(path, text);
  assert.equal(text, readFileSync(path, 'utf8'), `${name}: UPDATE_GOLDEN=1 writes it anew`);
}
