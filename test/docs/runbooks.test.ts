// Every runbook has the same four parts, and queries that find something. That each alert has one, and no other is there, is
// tested with the alerts as Helm renders them.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { checkExpression } from '../../tools/promql/check-expression.ts';

const FOLDER = join('docs', 'runbooks');
const runbooks = readdirSync(FOLDER).filter((name) => name !== 'README.md');
const index = readFileSync(join(FOLDER, 'README.md'), 'utf8');

describe('a runbook', () => {
  for (const name of runbooks) {
    const text = readFileSync(join(FOLDER, name), 'utf8');

    test(`has its title and the four parts: ${name}`, () => {
      assert.deepEqual(
        [...text.matchAll(/^#+ .*/gm)].map(([heading]) => heading),
        [`# ${name.replace('.md', '')}`, '## Meaning', '## Impact', '## Diagnosis', '## Mitigation'],
      );
    });

    test(`has something to copy: ${name}`, () => {
      assert.match(text, /```(?:console cluster|promql)\n/);
    });

    test(`is in the index: ${name}`, () => {
      assert.ok(index.includes(`\n| [${name.replace('.md', '')}](${name}) | `));
    });
  }
});

describe('a query for people', () => {
  const pages = [...runbooks.map((name) => join(FOLDER, name)), join('docs', 'operations.md')];
  const queries = pages.flatMap((path) =>
    [...readFileSync(path, 'utf8').matchAll(/^( *)```promql\n([\s\S]*?)^\1```$/gm)].map(([, , query = '']) => ({
      path,
      query,
    })),
  );
  test('is found', () => assert.ok(queries.length > 20));
  for (const { path, query } of queries) {
    test(`asks for series that exist, in ways that they allow: ${query.trim()} (${path})`, () => {
      assert.deepEqual(checkExpression(query.trim()).faults, []);
    });
  }
});
