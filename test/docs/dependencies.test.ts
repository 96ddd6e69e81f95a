import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { missingBuilds, readLockfile } from '../../tools/complete-lockfile.ts';

interface LockedPackage {
  readonly version?: string;
  readonly license?: string;
  readonly link?: boolean;
  readonly resolved?: string;
}

const lockfile = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
  packages: Record<string, LockedPackage & { dependencies?: object; devDependencies?: object }>;
};

function lockedPackage(name: string): LockedPackage {
  const found = lockfile.packages[`node_modules/${name}`];
  assert.ok(found, `${name} is in the lockfile`);
  return found.link === true ? (lockfile.packages[found.resolved ?? ''] ?? found) : found;
}

function documented(): string[] {
  const rows = readFileSync('docs/dependencies.md', 'utf8').match(/^\| [^|]+ \| [^|]+ \| [^|]+ \|/gm) ?? [];
  return rows.filter((row) => /\| \d/.test(row)).sort();
}

test('docs/dependencies.md lists every direct dependency with its locked version and licence, and no other', () => {
  const root = lockfile.packages[''];
  const direct = [...Object.keys(root?.dependencies ?? {}), ...Object.keys(root?.devDependencies ?? {})];
  const expected = direct.map((name) => {
    const { version, license } = lockedPackage(name);
    return `| ${name} | ${version} | ${license} |`;
  });
  assert.deepEqual(documented(), expected.sort());
});

test('the lockfile names no download address', () => {
  const addresses = Object.values(lockfile.packages).filter(({ resolved }) => resolved?.includes('://'));
  assert.deepEqual(addresses, []);
});

test('every direct dependency has an exact version', () => {
  const root = lockfile.packages[''];
  const ranges = Object.values({ ...root?.dependencies, ...root?.devDependencies }) as string[];
  assert.deepEqual(
    ranges.filter((range) => !/^\d|^file:/.test(range)),
    [],
  );
});

test('the lockfile names the builds of every platform, so that `npm ci` takes it anywhere', () => {
  const missing = missingBuilds(readLockfile()).map(([place]) => place);
  assert.deepEqual(missing, [], 'run npm run lockfile');
});
