// Completes package-lock.json with the builds for other platforms that some development tools name as optional dependencies.
// npm leaves out of the lockfile what a registry mirror does not carry, and `npm ci` then refuses the lockfile everywhere,
// although it would install none of them here. Run after `npm install`: `npm run lockfile`.
import { readFileSync, writeFileSync } from 'node:fs';

const LOCKFILE = 'package-lock.json';
const SYSTEMS = ['android', 'darwin', 'freebsd', 'linux', 'openharmony', 'win32'];

interface LockedPackage {
  readonly license?: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

interface Lockfile {
  readonly packages: Readonly<Record<string, LockedPackage>>;
}

/** The builds that a package names and the lockfile lacks. */
export function missingBuilds({ packages }: Lockfile): readonly (readonly [place: string, build: object])[] {
  return Object.entries(packages).flatMap(([place, { optionalDependencies = {}, license }]) =>
    Object.entries(optionalDependencies)
      .filter(([name]) => !(`${place}/node_modules/${name}` in packages) && !(`node_modules/${name}` in packages))
      .map(([name, version]) => [`node_modules/${name}`, describeBuild(name, version, license)] as const),
  );
}

/** `@oxlint/binding-linux-x64-musl` → for which system, processor and C library it is, as npm's own entries say it. */
function describeBuild(name: string, version: string, license: string | undefined): object {
  const parts = name.slice(name.indexOf('/') + 1).split('-');
  const at = parts.findIndex((part) => SYSTEMS.includes(part));
  const [system = '', processor = ''] = parts.slice(at);
  const isMusl = parts.at(-1)?.startsWith('musl') === true;
  const libc = system === 'linux' && parts.length > at + 2 ? { libc: [isMusl ? 'musl' : 'glibc'] } : {};
  return { version, cpu: [processor], dev: true, ...libc, license, optional: true, os: [system] };
}

export function readLockfile(): Lockfile {
  return JSON.parse(readFileSync(LOCKFILE, 'utf8')) as Lockfile;
}

if (process.argv[1]?.endsWith('complete-lockfile.ts') === true) {
  const lockfile = readLockfile();
  const added = missingBuilds(lockfile);
  const packages = Object.entries({ ...lockfile.packages, ...Object.fromEntries(added) });
  const sorted = packages.sort(([a], [b]) => a.localeCompare(b, 'en'));
  writeFileSync(LOCKFILE, `${JSON.stringify({ ...lockfile, packages: Object.fromEntries(sorted) }, undefined, 2)}\n`);
  console.log(`${added.length} builds for other platforms added to ${LOCKFILE}`);
}
