// Builds dist/footbridge.mjs: the whole program in one file that runs on plain Node. It is what the image carries and what
// every test of the program as a whole runs.
import { mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { build } from 'esbuild';

const OUTPUT = 'dist/footbridge.mjs';

// Some libraries are CommonJS: they call require() at run time, or ask for their file name. An ES module has neither until it
// makes them.
const BANNER = `import { createRequire as __createRequire } from 'node:module';
import { fileURLToPath as __fileURLToPath } from 'node:url';
const require = __createRequire(import.meta.url);
const __filename = __fileURLToPath(import.meta.url);`;

const { outputFiles } = await build({
  entryPoints: ['src/main.ts'],
  outfile: OUTPUT,
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20.19',
  banner: { js: BANNER },
  legalComments: 'linked',
  sourcemap: 'linked',
  minify: false,
  logLevel: 'warning',
  write: false,
});
await mkdir(dirname(OUTPUT), { recursive: true });
// At once: suites that run beside each other build the same, and start it meanwhile.
for (const { path, contents } of outputFiles) {
  const written = `${path}.${process.pid}`;
  await writeFile(written, contents, { mode: path.endsWith('.mjs') ? 0o755 : 0o644 });
  await rename(written, path);
}
const { size } = await stat(OUTPUT);
const { version } = JSON.parse(await readFile('package.json', 'utf8')) as { version: string };
console.log(`${OUTPUT}: footbridge ${version}, ${(size / 1024 / 1024).toFixed(1)} MiB`);
