// A text that a command prints, kept as a file: byte for byte.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const TEXTS = join(import.meta.dirname, 'texts');

/** What the file `name` has to hold; with UPDATE_GOLDEN=1 it is written. */
export function goldenText(name: string, text: string): void {
  const path = join(TEXTS, name);
  if (process.env['UPDATE_GOLDEN'] === '1') {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  assert.equal(text, readFileSync(path, 'utf8'), `${name}: UPDATE_GOLDEN=1 writes it anew`);
}
