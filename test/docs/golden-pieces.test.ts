// What a page shows of a golden case (```yaml golden=<case>/<file>) stands in that file, line for line.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { CASES } from '../golden/golden-case.ts';
import { BLOCKS } from './pages.ts';

/** A line of its own that stands for any lines. */
const LEFT_OUT = '\n# …\n';

const pieces = BLOCKS.flatMap(({ place, words, text }) => {
  const file = /^golden=(.+)$/.exec(words[0] ?? '')?.[1];
  return file === undefined ? [] : [{ place, file, text }];
});

describe('every piece of a golden case', () => {
  test('is found', () => assert.ok(pieces.length >= 10));

  for (const { place, file, text } of pieces)
    test(`of ${place} stands in ${file}`, () => {
      let rest = `\n${readFileSync(join(CASES, file), 'utf8')}`;
      for (const run of `\n${text}`.split(LEFT_OUT)) {
        const lines = `\n${run.replace(/^\n/, '')}`.replace(/\n?$/, '\n');
        const index = rest.indexOf(lines);
        assert.ok(index >= 0, `not in ${file}, or not in this order:${lines}`);
        rest = rest.slice(index + lines.length - 1);
      }
    });
});

test('the hosts in the table of names are those of the golden case', () => {
  const page = readFileSync('docs/conversion.md', 'utf8');
  const expected = readFileSync(join(CASES, 'hosts-are-made-of-any-name/expected.yaml'), 'utf8');
  const rows = [...page.matchAll(/^ *\| `([^`]+)` \| `([^`]+\.shop\.legacy)` \|$/gm)];
  assert.ok(rows.length >= 4);
  for (const [, name = '', host = ''] of rows) {
    const entry = expected.split('---\n').find((text) => text.includes(`- ${host}\n`)) ?? '';
    assert.ok(entry.includes(`: ${name}\n`) || entry.includes(`service: "${name}"\n`), `${name} becomes ${host}`);
  }
});

test('the ports in the table of protocols are the defaults of the configuration', () => {
  const page = readFileSync('docs/conversion.md', 'utf8');
  const configuration = readFileSync('docs/configuration.md', 'utf8');
  const rows = [...page.matchAll(/^\| `(\w+)` \| [A-Z0-9]+ \| `[\w-]+` \| (\d+) \|$/gm)];
  assert.equal(rows.length, 9);
  for (const [, protocol = '', number = ''] of rows) {
    const key = configuration.slice(configuration.indexOf(`**\`ports.numbers.${protocol}\`**`));
    assert.equal(/Default: `(\d+)`/.exec(key)?.[1], number, protocol);
  }
});
