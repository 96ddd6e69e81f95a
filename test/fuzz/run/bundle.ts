// The program of the workers: decoders, targets and all libraries that decode for us, in one file with a counter in it. Built anew
// for every run, which takes a second; the sources of the program are never changed.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { countWork } from '../counting/count-work.ts';

// As in tools/build.ts: CommonJS inside an ES module. The generator of cases stays outside: its work is not the decoders'.
const BANNER =
  "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);";

export interface Bundle {
  readonly path: string;
  remove(): void;
}

export async function buildBundle(): Promise<Bundle> {
  const folder = resolve('.cache/fuzz');
  const path = join(folder, `worker-${process.pid}-${Date.now()}.mjs`);
  const { outputFiles } = await build({
    entryPoints: [resolve(import.meta.dirname, 'worker-program.ts')],
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20.19',
    banner: { js: BANNER },
    external: ['fast-check'],
    define: { 'import.meta.dirname': JSON.stringify(resolve('test/fuzz')) },
    outfile: path,
    sourcemap: 'inline',
    write: false,
    logLevel: 'warning',
  });
  mkdirSync(folder, { recursive: true });
  writeFileSync(path, countWork(outputFiles[0]?.text ?? ''));
  return { path, remove: () => rmSync(path, { force: true }) };
}
