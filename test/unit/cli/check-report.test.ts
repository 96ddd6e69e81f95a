import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { type Check, check, failed, PASSED, passed, skipped, type Verdict, warned } from '../../../src/check/check.ts';
import type { CheckedCategory } from '../../../src/check/run-checks.ts';
import { checkedLines, checkJson, summaryLine, titleLines } from '../../../src/cli/check-report.ts';
import { painter } from '../../../src/cli/paint.ts';
import { golden } from '../../fakes/golden-text.ts';

function checked(one: Check, verdict: Verdict) {
  return { check: one, verdict };
}

const run = () => PASSED;
/** One of each verdict, and what strangers may put into texts. */
const DONE: readonly CheckedCategory[] = [
  {
    title: 'configuration',
    checked: [checked(check('config-valid', run), passed('namespace shop, instance test, registries east'))],
  },
  {
    title: 'registry east (eureka)',
    checked: [
      checked(check('registry-reachable', run, { subject: 'http://eureka-1:8761/eureka' }), PASSED),
      checked(
        check('registry-reachable', run, { subject: 'http://eureka-2:8761/eureka' }),
        warned(
          'EUREKA_UNREACHABLE: http://eureka-2:8761/eureka cannot be reached (ECONNREFUSED). Check the URL, name resolution and network policies.',
        ),
      ),
      checked(
        check('registry-allowed', run),
        failed('EUREKA_UNAUTHORIZED: \u001b[2Jhttp://eureka-1:8761/eureka answers 401.\nCheck the credentials.'),
      ),
      checked(check('registry-listed', run), skipped('it needs that reading is allowed')),
      checked(check('registry-decoded', run), warned('a'.repeat(1000))),
    ],
  },
];

function textOf(isTerminal: boolean): string {
  const paint = painter(isTerminal, {});
  const lines = DONE.flatMap(({ title, checked: all }) => [
    ...titleLines(title),
    ...all.flatMap((one) => checkedLines(one, paint)),
    '',
  ]);
  return `${[...lines, summaryLine(DONE, paint)].join('\n')}\n`;
}

test('a check is a line with its sign; what is wrong has causes, a remedy and a place to read on', () =>
  golden('check.txt', textOf(false)));

test('signs have colours on a terminal', () => {
  assert.ok(textOf(true).includes('\u001b[32m√\u001b[0m the configuration is valid'));
  assert.ok(textOf(true).includes('\u001b[31m×\u001b[0m reading is allowed'));
});

test('the same as JSON, with fields that scripts rely on', () => golden('check-json.txt', `${checkJson(DONE)}\n`));

test('no control character of a stranger comes through, in either form', () => {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is the point
  assert.doesNotMatch(textOf(false), /\u001b|[\u0000-\u0009]/);
  assert.doesNotMatch(checkJson(DONE), /\\u001b/);
});

test('every field of the JSON is explained in docs/checks.md', () => {
  const page = readFileSync('docs/checks.md', 'utf8');
  const fields = new Set([...checkJson(DONE).matchAll(/"(\w+)":/g)].map(([, field = '']) => field));
  assert.ok(fields.size > 10);
  for (const field of fields) assert.match(page, new RegExp(`^\\|.*\\b${field}\\b`, 'm'), field);
});
