import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { countWork } from './counting/count-work.ts';

interface Counted {
  readonly value: unknown;
  readonly steps: number;
}

/** What `run(n)` of a module gives, and how many steps it takes. */
async function counted(source: string, n: number): Promise<Counted> {
  const text = `${countWork(source)}\nexport const counter = globalThis.footbridgeFuzzWork;`;
  const module: { run: (n: number) => unknown; counter: { done: number } } = await import(
    `data:text/javascript,${encodeURIComponent(text)}`
  );
  const before = module.counter.done;
  const value = module.run(n);
  return { value, steps: module.counter.done - before };
}

describe('a counted program does what it did, and counts', () => {
  const cases: readonly (readonly [about: string, source: string, value: unknown, steps: number])[] = [
    ['a call', 'export function run(n) { return n }', 10, 1],
    ['calls of arrows', 'export const run = (n) => [1, 2, 3].map((it) => it * n)', [10, 20, 30], 4],
    ['an arrow that gives an object', 'export const run = (n) => ({ n })', { n: 10 }, 1],
    [
      'methods and accessors',
      'class A { get a() { return 1 } b() { return this.a } }\nexport const run = () => new A().b()',
      1,
      3,
    ],
    ['turns of a loop', 'export function run(n) { let s = 0; for (let i = 0; i < n; i++) s += i; return s }', 45, 11],
    [
      'of loops in a loop',
      'export function run(n) { let s = 0; for (const a of [1, 2]) for (const b in [1, 2]) s++; return s }',
      4,
      7,
    ],
    ['while and do', 'export function run(n) { while (n > 5) n--; do n--; while (n > 3); return n }', 3, 8],
    [
      'a loop whose body is an arrow',
      'export function run(n) { let f; for (;;) { for (const x of [1]) f = () => x\nbreak } return f() }',
      1,
      4,
    ],
    ['items that are spread', 'export const run = (n) => [...Array(n).keys(), ...[1, 2]].length', 12, 3],
    ['members that are spread', 'export const run = (n) => ({ ...{ a: 1, b: 2 }, n })', { a: 1, b: 2, n: 10 }, 3],
    ['what collections are made of', 'export const run = () => new Set([1, 2, 3]).size', 3, 4],
    ['generators', 'function* g(n) { while (n-- > 0) yield n }\nexport const run = (n) => [...g(n)].length', 10, 12],
  ];
  for (const [about, source, value, steps] of cases)
    test(about, async () => assert.deepEqual(await counted(source, 10), { value, steps }));

  test('a length that is no number is no length', async () => {
    const { steps } = await counted('export const run = () => ({ ...{ length: "x" } })', 1);
    assert.equal(steps, 2);
  });

  test('a directive stays one', async () => {
    const source =
      'const f = Function("return this"); export function run() { return (function () { "use strict"; return this })() }';
    assert.equal((await counted(source, 1)).value, undefined);
  });

  test('no line moves', () => {
    const source = 'export function run(n) {\n  for (;;)\n    n++;\n}\n';
    assert.equal(countWork(source).split('\n').length, source.split('\n').length);
  });
});
