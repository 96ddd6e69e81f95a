// Runs the test files under the folders of test/ that are named, but those behind a `!`, in one process: Node 20 expands no globs, and
// one process starts sixty files in a second where sixty processes need a minute. Every suite frees what it opens, so sharing is safe.
import { pathToFileURL } from 'node:url';
import fc from 'fast-check';
import { SEED } from '../test/seed.ts';
import { testFiles } from './test-files.ts';

const files = testFiles(process.argv.slice(2));
// Not to the output, which is the reporter's.
console.error(`SEED=${SEED}`);
fc.configureGlobal({ seed: SEED });
for (const file of files) await import(pathToFileURL(file).href);
