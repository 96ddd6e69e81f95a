// The rules of docs/architecture.md that a program can check: who may import whom, and what every source file looks like.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, test } from 'node:test';

const SOURCES = 'src';
/** About 200 is what we aim at; what is longer is a table, or one state machine in one place. */
const LONGEST_FILE = 255;

/** Folder → what its files may import beside their own folder: whole folders, or single files that hold a contract. */
const MAY_IMPORT: Readonly<Record<string, readonly RegExp[]>> = {
  lib: [],
  model: [/^lib\//],
  observe: [/^lib\//],
  registry: [/^model\//, /^lib\//, /^observe\/log\.ts$/],
  config: [/^registry\/[a-z-]+\/options\.ts$/, /^registry\/scope\.ts$/, /^model\//, /^lib\//],
  persist: [
    /^guard\/(?:guarded|memory|memory-json|restored-memory)\.ts$/,
    /^model\//,
    /^registry\/(?:scope|registry)\.ts$/,
    /^lib\//,
  ],
  guard: [/^model\//, /^lib\//],
  convert: [/^model\//, /^guard\/guarded\.ts$/, /^snapshot\/resource\.ts$/, /^lib\//, /^proto\//],
  admit: [/^model\//, /^convert\/(?:entry|syntax)\.ts$/, /^lib\//],
  snapshot: [/^lib\//],
  serve: [/^snapshot\//, /^lib\//, /^observe\//, /^proto\//],
  probe: [/^proto\//, /^lib\//],
  fleet: [/^probe\//, /^lib\//],
  admin: [/^lib\//, /^observe\//],
  app: [/^(?!(?:cli|check)\/)/],
  check: [/^(?!cli\/)/],
  cli: [/^/],
  proto: [],
};

const FORBIDDEN: readonly (readonly [what: string, pattern: RegExp])[] = [
  ['`any`', /(?:[:<|&]|\bas|=>)\s*any\b|,\s*any\s*>|\bany\[\]/],
  ['a non-null assertion', /[\w)\]]!(?=[.,;:)\]}\s[(])(?!\s*=)/],
  ['a default export', /^export default\b/m],
];
const FORBIDDEN_IN_COMMENTS: readonly (readonly [what: string, pattern: RegExp])[] = [
  ['a silenced compiler', /@ts-(?:ignore|nocheck|expect-error)/],
  ['unfinished business', /\b(?:TODO|FIXME|XXX|HACK)\b/],
];

const IMPORT = /^(?:import|export)\b[^'";]*?\bfrom\s*'([^']+)'|^import\s*'([^']+)'|\bimport\('([^']+)'\)/gm;
const COMMENT_OR_TEXT = /\/\*[\s\S]*?\*\/|\/\/[^\n]*|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`/g;

interface SourceFile {
  /** From src/, with forward slashes. */
  readonly path: string;
  readonly text: string;
  /** What it imports of ours, as paths from src/. */
  readonly imports: readonly string[];
}

function readSources(): readonly SourceFile[] {
  return readdirSync(SOURCES, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.d.ts'))
    .sort()
    .map((path) => {
      const text = readFileSync(join(SOURCES, path), 'utf8');
      return { path, text, imports: importsOf(path, text) };
    });
}

function importsOf(path: string, text: string): string[] {
  return [...text.matchAll(IMPORT)]
    .map(([, from, bare, dynamic]) => from ?? bare ?? dynamic ?? '')
    .filter((target) => target.startsWith('.'))
    .map((target) => normalize(join(dirname(path), target)));
}

function folderOf(path: string): string {
  return path.split('/')[0] ?? '';
}

/** Groups of files that reach each other, each as its sorted paths joined by spaces. Tarjan's algorithm. */
function cyclesOf(sources: readonly SourceFile[]): string[] {
  const importsByPath = new Map(sources.map(({ path, imports }) => [path, imports]));
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const open: string[] = [];
  const cycles: string[] = [];
  function visit(path: string): number {
    const known = order.get(path);
    if (known !== undefined) return open.includes(path) ? known : Number.POSITIVE_INFINITY;
    const number = order.size;
    order.set(path, number);
    open.push(path);
    const reached = Math.min(number, ...(importsByPath.get(path) ?? []).map(visit));
    lowest.set(path, reached);
    if (reached === number) {
      const group = open.splice(open.indexOf(path));
      if (group.length > 1 || importsByPath.get(path)?.includes(path)) cycles.push(group.sort().join(' '));
    }
    return reached;
  }
  for (const { path } of sources) visit(path);
  return cycles;
}

const sources = readSources();

describe('imports', () => {
  test('every folder of src has its rule', () => {
    const folders = new Set(sources.map(({ path }) => folderOf(path)).filter((folder) => folder !== 'main.ts'));
    assert.deepEqual(
      [...folders].filter((folder) => MAY_IMPORT[folder] === undefined),
      [],
    );
  });

  test('no file imports what its place in the pipeline must not know', () => {
    const broken = sources.flatMap(({ path, imports }) => {
      const folder = folderOf(path);
      const allowed = folder === 'main.ts' ? [/^cli\//] : (MAY_IMPORT[folder] ?? []);
      return imports
        .filter(
          (target) =>
            !target.startsWith('../') && folderOf(target) !== folder && !allowed.some((rule) => rule.test(target)),
        )
        .map((target) => `${path} imports ${target}`);
    });
    assert.deepEqual(broken, []);
  });

  test('nothing outside src is imported but the package itself', () => {
    const outside = sources.flatMap(({ path, imports }) =>
      imports.filter((target) => target.startsWith('../')).map((target) => `${path} imports ${target}`),
    );
    assert.deepEqual(
      outside.filter((line) => !line.endsWith(' ../package.json')),
      [],
    );
  });

  test('no files import each other in a circle, not even types', () => {
    assert.deepEqual(cyclesOf(sources), []);
  });

  test('the checks themselves find what they look for', () => {
    const planted =
      "import type { A } from './a.ts';\nimport {\n  b,\n} from '../b.ts';\nexport { c } from './c.ts';\nimport './d.ts';\nawait import('./e.ts');";
    assert.deepEqual(importsOf('x/y.ts', planted), ['x/a.ts', 'b.ts', 'x/c.ts', 'x/d.ts', 'x/e.ts']);
    const file = (path: string, ...imports: string[]): SourceFile => ({ path, text: '', imports });
    assert.deepEqual(cyclesOf([file('a', 'b'), file('b', 'c'), file('c', 'b', 'd'), file('d')]), ['b c']);
    const [[, isAny], [, isAssertion]] = FORBIDDEN as [(typeof FORBIDDEN)[0], (typeof FORBIDDEN)[0]];
    for (const code of ['x: any', 'as any', 'Map<string, any>', 'any[]']) assert.match(code, isAny);
    for (const code of ['a!.b', 'f()!;', 'a[0]![1]']) assert.match(code, isAssertion);
    for (const code of ['a !== b', 'a != b', '!a', 'many: string']) {
      assert.doesNotMatch(code, isAny);
      assert.doesNotMatch(code, isAssertion);
    }
  });
});

describe('every source file', () => {
  function offenders(isWrong: (file: SourceFile) => boolean): string[] {
    return sources.filter(isWrong).map(({ path }) => path);
  }

  test(`has at most ${LONGEST_FILE} lines`, () => {
    assert.deepEqual(
      offenders(({ text }) => text.split('\n').length - 1 > LONGEST_FILE),
      [],
    );
  });

  test('begins with its licence', () => {
    const opening = /^(?:#![^\n]*\n)?\/\/ SPDX-License-Identifier: Apache-2\.0\n/;
    assert.deepEqual(
      offenders(({ text }) => !opening.test(text)),
      [],
    );
  });

  for (const [what, pattern] of FORBIDDEN) {
    test(`is free of ${what}`, () => {
      assert.deepEqual(
        offenders(({ text }) => pattern.test(text.replace(COMMENT_OR_TEXT, "''"))),
        [],
      );
    });
  }

  for (const [what, pattern] of FORBIDDEN_IN_COMMENTS) {
    test(`is free of ${what}`, () =>
      assert.deepEqual(
        offenders(({ text }) => pattern.test(text)),
        [],
      ));
  }

  test('is named in kebab-case', () => {
    assert.deepEqual(
      offenders(({ path }) => !/^(?:[a-z0-9-]+\/)*[a-z0-9-]+(?:\.gen)?\.ts$/.test(path)),
      [],
    );
  });
});
