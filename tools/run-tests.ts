// Runs the test files under the folders of test/ that are named, in one process: Node 20 expands no globs, and one process
// starts sixty files in a second where sixty processes need a minute. Every suite frees what it opens, so sharing is safe.
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import fc from 'fast-check';
import { SEED } from '../test/seed.ts';

function testFilesUnder(path: string): string[] {
  if (statSync(path).isFile()) return [path];
  return readdirSync(path, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts') && !name.includes('node_modules'))
    .map((name) => join(path, name))
    .sort();
}

const places = process.argv.slice(2);
if (places.length === 0) throw new Error('name at least one folder or file under test/');
const files = places.flatMap((place) => testFilesUnder(join('test', place.replace(/^test\//, ''))));
if (files.length === 0) throw new Error(`no test file under ${places.join(', ')}`);
// Not to the output, which is the reporter's.
console.error(`SEED=${SEED}`);
fc.configureGlobal({ seed: SEED });
for (const file of files) await import(pathToFileURL(file).href);
