// docs/faults.md claims no test that is not there, and leaves no cell without one or a reason.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { type Cell, FAULT_TABLE } from '../peers/fault-table.ts';

const PEERS = 'test/peers';
const FILES = readdirSync(PEERS);
const FAULTS_OF_EUREKA = readFileSync(join(PEERS, 'run/eureka-misbehaviour.ts'), 'utf8');
const CELLS = FAULT_TABLE.flatMap(({ fault, eureka, zookeeper }) => [
  { fault, registry: 'Eureka', cell: eureka },
  { fault, registry: 'ZooKeeper', cell: zookeeper },
]);

for (const { fault, registry, cell } of CELLS) {
  test(`${registry} that ${fault}: ${cell.kind === 'missing' ? 'a reason is given' : 'the test is there'}`, () =>
    judge(cell));
}

function judge(cell: Cell): void {
  switch (cell.kind) {
    case 'proven':
      assert.ok(cell.tests.length > 0);
      for (const [suite, name] of cell.tests) assert.ok(names(sourceOf(suite), name), `${suite}: ${name}`);
      return;
    case 'elsewhere':
      assert.ok(names(readFileSync(cell.file, 'utf8'), cell.test), `${cell.file}: ${cell.test}`);
      return;
    case 'missing':
      assert.ok(cell.why.length > 20);
  }
}

/** Whether a literal begins with it: a comment that speaks of it is no test. */
function names(source: string, name: string): boolean {
  return source
    .split('\n')
    .some(
      (line) =>
        !/^\s*(?:\/\/|\/?\*)/.test(line) &&
        [`'${name}`, `\`${name}`, `} ${name}`, `}, ${name}`].some((start) => line.includes(start)),
    );
}

/** Of the suite, with the faults that it goes through. */
function sourceOf(suite: number): string {
  const file = FILES.find((name) => name.startsWith(`${String(suite).padStart(2, '0')}-`));
  assert.ok(file !== undefined, `there is no suite ${suite}`);
  return readFileSync(join(PEERS, file), 'utf8') + (suite === 35 ? FAULTS_OF_EUREKA : '');
}

test('what is shown with real peers is shown with istiod', () => {
  const suites = new Set(
    CELLS.flatMap(({ cell }) => (cell.kind === 'proven' ? cell.tests.map(([suite]) => suite) : [])),
  );
  for (const suite of suites) assert.match(sourceOf(suite), /needPeers\('istiod'/, `${suite}`);
});

test('at least forty cases are shown with real peers', () => {
  const cases = new Set(CELLS.flatMap(({ cell }) => (cell.kind === 'proven' ? cell.tests.map(String) : [])));
  assert.ok(cases.size >= 40, `${cases.size}`);
});
