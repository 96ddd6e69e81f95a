import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { GUARD_TABLE } from '../guards/guard-table.ts';
import { judgeOutcomes, withoutGuard } from '../guards/judge-guard.ts';

/** Heading of the third level → what stands below it. */
function sectionsOf(page: string): ReadonlyMap<string, string> {
  const [, promises = ''] = page.split('\n## The promises\n');
  const [own = ''] = promises.split(/\n## /);
  return new Map(
    own
      .split(/\n### /)
      .slice(1)
      .map((section) => [section.split('\n')[0] ?? '', section]),
  );
}

const SECTIONS = sectionsOf(readFileSync('docs/reliability.md', 'utf8'));

describe('docs/reliability.md', () => {
  test('has a guard in the table for every promise, and a promise for every guard', () => {
    assert.ok(SECTIONS.size > 10);
    assert.deepEqual([...SECTIONS.keys()].sort(), [...new Set(GUARD_TABLE.map(({ promise }) => promise))].sort());
  });

  for (const { promise, file, guard, without, suite, test: name } of GUARD_TABLE) {
    test(`${promise}: ${file} holds it in one place, and ${suite} says so`, () => {
      assert.ok(
        withoutGuard(readFileSync(file, 'utf8'), { guard, without }) !== undefined,
        `once in ${file}: ${guard}`,
      );
      assert.ok(readFileSync(`test/${suite}`, 'utf8').includes(`'${name}'`), `no test in ${suite} is called: ${name}`);
      const section = (SECTIONS.get(promise) ?? '').replaceAll(/\s+/g, ' ');
      assert.ok(section.includes(`\`test/${suite}\``), `${promise} does not name test/${suite}`);
    });
  }
});

describe('a guard is proven by', () => {
  const row = { test: 'holds' };
  const cases = [
    ['a test that fails', [{ name: 'holds', passed: false, kind: 'ERR_ASSERTION' }], undefined],
    ['no test that passes all the same', [{ name: 'holds', passed: true }], /passes all the same/],
    ['no other test', [{ name: 'other', passed: false, kind: 'ERR_ASSERTION' }], /does not run/],
    ['no program that does not load', [], /nothing loads/],
    ['no name that is missing', [{ name: 'holds', passed: false, kind: 'ReferenceError' }], /only breaks/],
  ] as const;
  for (const [what, outcomes, expected] of cases) {
    test(what, () => {
      const judged = judgeOutcomes(row, outcomes);
      if (expected === undefined) assert.equal(judged, undefined);
      else assert.match(judged ?? '', expected);
    });
  }

  test('no text that stands twice, or nowhere, or that nothing changes', () => {
    assert.equal(withoutGuard('a b a', { guard: 'a', without: '' }), undefined);
    assert.equal(withoutGuard('b', { guard: 'a', without: '' }), undefined);
    assert.equal(withoutGuard('a b', { guard: 'a', without: 'a' }), undefined);
    assert.equal(withoutGuard('a b', { guard: 'a', without: '$&' }), '$& b');
  });
});
