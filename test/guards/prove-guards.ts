// `npm run prove-guards`: takes the guard of every promise away, one after the other, in a copy of the program, and looks whether the
// test that is named for it fails. Says which promise nothing holds: the test passes all the same, or nothing loads any more.
import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { transform } from 'esbuild';
import { GUARD_TABLE, type GuardRow } from './guard-table.ts';
import { judgeOutcomes, type Outcome, withoutGuard } from './judge-guard.ts';

const AT_ONCE = 2;
/** For what hangs without its guard; a busy machine is slow. */
const LONGEST_RUN_MS = 600_000;
const COPIED = ['src', 'test', 'tools', 'proto', 'docs', 'package.json', 'tsconfig.json'];

/** A copy whose source may be spoilt. */
function copyProgram(): string {
  const folder = mkdtempSync(join(tmpdir(), 'footbridge-guards-'));
  for (const path of COPIED) {
    cpSync(path, join(folder, path), {
      recursive: true,
      filter: (from) => !/node_modules|test\/peers\/(?:go|java)/.test(from),
    });
  }
  symlinkSync(join(process.cwd(), 'node_modules'), join(folder, 'node_modules'));
  mkdirSync(join(folder, '.cache'));
  return folder;
}

function run(folder: string, suites: readonly string[]): Promise<readonly Outcome[]> {
  const args = [
    '--test-reporter=./test/guards/outcome-reporter.mjs',
    '--import',
    'tsx',
    'tools/run-tests.ts',
    ...suites,
  ];
  return new Promise((resolve) => {
    execFile(process.execPath, args, { cwd: folder, timeout: LONGEST_RUN_MS, maxBuffer: 2 ** 26 }, (_, stdout) => {
      const lines = stdout.split('\n').filter((line) => line.startsWith('{'));
      resolve(lines.map((line) => JSON.parse(line) as Outcome));
    });
  });
}

/** undefined: the guard is proven. */
async function judge(folder: string, row: GuardRow): Promise<string | undefined> {
  const path = join(folder, row.file);
  const whole = readFileSync(path, 'utf8');
  const spoilt = withoutGuard(whole, row);
  if (spoilt === undefined) return 'the guard does not stand there once, or taking it away changes nothing';
  try {
    await transform(spoilt, { loader: 'ts' });
  } catch (error) {
    return `without it the file is no program: ${String(error)}`;
  }
  writeFileSync(path, spoilt);
  try {
    return judgeOutcomes(row, await run(folder, [row.suite]));
  } finally {
    writeFileSync(path, whole);
  }
}

async function prove(): Promise<number> {
  const folders = Array.from({ length: AT_ONCE }, copyProgram);
  const [first = ''] = folders;
  try {
    const before = await run(first, [...new Set(GUARD_TABLE.map(({ suite }) => suite))]);
    const passing = new Set(before.filter(({ passed }) => passed).map(({ name }) => name));
    const failing = new Set(before.filter(({ passed }) => !passed).map(({ name }) => name));
    const rows = [...GUARD_TABLE];
    let unproven = 0;
    await Promise.all(
      folders.map(async (folder) => {
        for (let row = rows.shift(); row !== undefined; row = rows.shift()) {
          const holds = passing.has(row.test) && !failing.has(row.test);
          const why = holds ? await judge(folder, row) : 'with it the test does not pass, or there is no such test';
          if (why !== undefined) unproven++;
          const said = why === undefined ? `“${row.test}” fails without it` : why;
          process.stdout.write(`${why === undefined ? '√' : '×'} ${row.promise}: ${row.file}: ${said}\n`);
        }
      }),
    );
    process.stdout.write(`${GUARD_TABLE.length - unproven} of ${GUARD_TABLE.length} guards are proven\n`);
    return unproven === 0 ? 0 : 1;
  } finally {
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  }
}

process.exitCode = await prove();
