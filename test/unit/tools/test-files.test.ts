import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { testFiles } from '../../../tools/test-files.ts';

const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Readonly<Record<string, string>> };

/** What a script of package.json gives to tools/run-tests.ts. */
function filesOf(script: string): readonly string[] {
  const places = /run-tests\.ts (.*)$/.exec(scripts[script] ?? '')?.[1];
  assert.ok(places !== undefined, script);
  return testFiles(places.split(' '));
}

describe('CI', () => {
  test('runs every test file, and none twice', () => {
    const suites = ['test:unit', 'test:e2e', 'test:peers', 'test:rendered', 'test:operated'];
    assert.deepEqual(suites.flatMap(filesOf).sort(), [...testFiles(readdirSync('test').filter(isSuite))].sort());
  });

  test('runs every suite of package.json', () => {
    const run = readFileSync('.ci/run', 'utf8');
    for (const command of ['npm test', 'npm run test:peers', 'npm run test:rendered', 'npm run test:operated'])
      assert.match(run, new RegExp(`^ *timed '${command}' .*${command.replace('npm run', '.*')}`, 'm'));
    assert.equal(scripts['test'], 'npm run --silent check && npm run --silent test:e2e');
    assert.match(scripts['check'] ?? '', /test:unit$/);
  });
});

/** A folder of test/ with test files in it. */
function isSuite(name: string): boolean {
  return !name.endsWith('.ts') && readdirSync(`test/${name}`, { recursive: true, encoding: 'utf8' }).some(isTest);
}

function isTest(path: string): boolean {
  return path.endsWith('.test.ts');
}

describe('the places that a command names', () => {
  test('are files and folders, without what is left out', () => {
    const files = testFiles(['ops/alerts', '!ops/alerts/real.test.ts']);
    assert.ok(files.includes('test/ops/alerts/rules.test.ts') && !files.includes('test/ops/alerts/real.test.ts'));
    assert.deepEqual(testFiles(['test/ops/metrics.test.ts']), ['test/ops/metrics.test.ts']);
  });

  test('must hold a test', () => {
    assert.throws(() => testFiles([]), /name at least one/);
    assert.throws(() => testFiles(['guards', '!guards']), /no test file under guards/);
  });
});
