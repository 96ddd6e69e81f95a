// Which test files a command asks for.
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Files under `places`, which are files and folders of test/, without those under a place that is written with a `!`. */
export function testFiles(places: readonly string[]): readonly string[] {
  const leftOut = places.filter((place) => place.startsWith('!')).flatMap((place) => under(place.slice(1)));
  const named = places.filter((place) => !place.startsWith('!'));
  if (named.length === 0) throw new Error('name at least one folder or file under test/');
  const files = named.flatMap(under).filter((file) => !leftOut.includes(file));
  if (files.length === 0) throw new Error(`no test file under ${named.join(', ')}`);
  return files;
}

function under(place: string): readonly string[] {
  const path = join('test', place.replace(/^test\//, ''));
  if (statSync(path).isFile()) return [path];
  return readdirSync(path, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts') && !name.includes('node_modules'))
    .map((name) => join(path, name))
    .sort();
}
