// Every block of a page is of a kind that a test looks after: nothing that a reader may copy is only prose.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { describe, test } from 'node:test';
import { consoleWish, isOutput } from './console-block.ts';
import { BLOCKS } from './pages.ts';

/** Language → what looks after its blocks. */
const LANGUAGES: Readonly<Record<string, string>> = {
  console: 'commands: test/e2e/docs.test.ts runs them, test/ops/docs what needs real tools',
  yaml: 'files: test/docs/examples.test.ts',
  json: 'data: parsed below',
  text: 'pictures, and what commands print',
  promql: 'expressions: parsed with the dashboards',
};

describe('every block', () => {
  test('is of a language that a test looks after', () => {
    const unknown = BLOCKS.filter(({ language }) => !Object.hasOwn(LANGUAGES, language));
    assert.deepEqual(
      unknown.map(({ place, language }) => `${place}: \`${language}\` is none of ${Object.keys(LANGUAGES).join(', ')}`),
      [],
    );
  });

  test('of commands says how it is meant in words that mean something', () => {
    for (const block of BLOCKS) consoleWish(block);
  });

  test('of output belongs to commands that are run', () => {
    const lost = BLOCKS.filter((block, index) => {
      const former = BLOCKS[index - 1];
      if (!isOutput(block)) return false;
      const wish = former?.page === block.page ? consoleWish(former) : undefined;
      return wish === undefined || wish === 'cluster';
    });
    assert.deepEqual(
      lost.map(({ place }) => place),
      [],
    );
  });

  test('of commands has no prompt, so that it can be copied, and no line that only a shell in its place could read', () => {
    const prompted = BLOCKS.filter(({ language, text }) => language === 'console' && /^[$#>] /m.test(text));
    assert.deepEqual(
      prompted.map(({ place }) => place),
      [],
    );
  });

  test('of commands that need a cluster or Docker says so', () => {
    const needy = BLOCKS.filter(
      (block) => typeof consoleWish(block) === 'number' && /^(?:kubectl|helm|istioctl|docker) /m.test(block.text),
    );
    assert.deepEqual(
      needy.map(({ place }) => `${place}: write \`console cluster\``),
      [],
    );
  });

  for (const { place, text } of BLOCKS.filter(({ language }) => language === 'console'))
    test(`of ${place} is one that a shell understands`, () => {
      execFileSync('bash', ['-n'], { input: text, stdio: ['pipe', 'ignore', 'pipe'] });
    });

  for (const { place, text } of BLOCKS.filter(({ language }) => language === 'json'))
    test(`of ${place} is JSON`, () => void JSON.parse(text));
});
