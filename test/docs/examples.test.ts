// What a reader may copy out of a page works: configurations are accepted, registry files are read, commands and keys exist.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { parse } from 'yaml';
import { runCommandLine } from '../../src/cli/program.ts';
import { loadConfig } from '../../src/config/load.ts';
import { METRICS } from '../../src/observe/metric-table.ts';
import { compileSecrets } from '../../src/registry/decoding/secrets.ts';
import { decodeFile } from '../../src/registry/file/decode.ts';
import { readAccessList } from '../../src/serve/access/access-list.ts';
import { schemaProblems } from '../unit/config/schema-check.ts';
import { BLOCKS, PAGES } from './pages.ts';

const SOURCES = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => readFileSync(join('src', name), 'utf8'));
const CHART_SCHEMA: unknown = JSON.parse(readFileSync('charts/footbridge/values.schema.json', 'utf8'));
const CONFIGURATION = readFileSync('docs/configuration.md', 'utf8');

describe('every yaml example', () => {
  // Pieces of golden cases are compared with them, in golden-pieces.test.ts.
  const examples = BLOCKS.filter(({ language, words }) => language === 'yaml' && !words[0]?.startsWith('golden='));
  test('is found', () => assert.ok(examples.length >= 6));
  for (const { place, text } of examples) {
    test(`of ${place} is accepted by what reads it`, () => accepted(text));
  }
});

/** A block of any other kind fails: say here what reads it. */
function accepted(text: string): void {
  const document = parse(text) as Record<string, unknown>;
  if ('image' in document) {
    // Values of the chart; test/ops/docs renders them too.
    assert.deepEqual(schemaProblems(CHART_SCHEMA, document), []);
  } else if ('registries' in document) {
    const result = loadConfig({ file: { path: 'example', text }, env: {}, flags: {} });
    assert.deepEqual(result.kind === 'ok' ? [] : result.problems, []);
  } else if ('state' in document || 'replicas' in document) {
    // A few keys of a configuration, with what every configuration needs beside it.
    const whole = `namespace: payments\ninstance: bridge\nregistries: { estate: { kind: file, path: estate.yaml } }\n${text}`;
    const result = loadConfig({ file: { path: 'example', text: whole }, env: {}, flags: {} });
    assert.deepEqual(result.kind === 'ok' ? [] : result.problems, []);
  } else if ('services' in document) {
    const decoded = decodeFile(text, { registry: 'example', isSecret: compileSecrets([]) });
    assert.deepEqual(decoded.kind === 'services' ? decoded.problems : decoded.message, []);
  } else if ('allow' in document || 'deny' in document) {
    assert.equal(readAccessList(text).kind, 'list');
  } else {
    const sources = document['configSources'] as readonly { readonly address: string }[];
    assert.equal(sources[0]?.address, 'k8s://', 'without it istiod reads nothing of Kubernetes');
    for (const { address } of sources) assert.doesNotThrow(() => new URL(address));
  }
}

describe('every command that a page names', () => {
  const lines = PAGES.flatMap(({ path, text }) =>
    [...text.matchAll(/`((?:footbridge|npm start --) [^`\n]+)`/g)].map(([, line = '']) => ({ path, line })),
  );
  const inBlocks = BLOCKS.filter(({ language }) => language === 'console').flatMap(({ page, text }) =>
    // Also behind a pipe, and behind `kubectl exec ... --`.
    [...text.replaceAll(/\\\n */g, '').matchAll(/(?:^|\| |-- )((?:footbridge|npm start --) [^|>\n]+)/gm)].map(
      ([, line = '']) => ({ path: page, line: line.trim() }),
    ),
  );
  test('is found', () => assert.ok(lines.length >= 8 && inBlocks.length >= 8));
  for (const { path, line } of [...lines, ...inBlocks]) {
    test(`exists, with its options: ${line} (${path})`, async () => {
      const words = line.replace(/^(?:footbridge|npm start --) /, '').split(' ');
      const { command, help } = await helpOf(words);
      assert.ok(command.length > 0 || words[0] === '--version', `${words[0]} is no command`);
      // Every key of the configuration is an option of every command that reads it.
      for (const option of words.filter((word) => /^--\w/.test(word)).map((word) => word.replace(/=.*/, '')))
        assert.ok(
          option === '--version' || help.includes(` ${option} `) || CONFIGURATION.includes(`\`${option}\``),
          option,
        );
    });
  }
});

/** The longest beginning of `words` that is a command, and what it says of itself. */
async function helpOf(words: readonly string[]): Promise<{ readonly command: string; readonly help: string }> {
  let known = { command: '', help: '' };
  for (const [index, word] of words.entries()) {
    if (!/^[a-z][a-z-]*$/.test(word)) break;
    const command = words.slice(0, index + 1).join(' ');
    const said: string[] = [];
    const output = { data: (text: string) => void said.push(text), talk: () => {} };
    await runCommandLine([...command.split(' '), '--help'], {}, output);
    const help = said.join('\n');
    if (!help.startsWith(`Usage: footbridge ${command} `)) break;
    known = { command, help };
  }
  return known;
}

test('every key in the README’s table of keys is a key of the configuration', () => {
  const readme = readFileSync('README.md', 'utf8');
  const table = /^## Configure\n[\s\S]*?^## /m.exec(readme)?.[0] ?? '';
  const keys = [...table.matchAll(/^\| (`[^|]+) \|/gm)].flatMap(([, cell = '']) =>
    [...cell.matchAll(/`([^`]+)`/g)].map(([, key = '']) => key),
  );
  assert.ok(keys.length >= 8);
  assert.deepEqual(
    keys.filter((key) => !CONFIGURATION.includes(`\`${key}\``)),
    [],
  );
});

test('every environment variable that a page names is one of the configuration', () => {
  const named = PAGES.filter(({ path }) => path !== join('docs', 'configuration.md')).flatMap(({ text }) =>
    [...text.matchAll(/`(FOOTBRIDGE_[A-Z_]+)/g)].map(([, name = '']) => name),
  );
  assert.ok(named.length > 0);
  assert.deepEqual(
    named.filter((name) => !CONFIGURATION.includes(`\`${name}\``)),
    [],
  );
});

test('every metric that a page names exists', () => {
  const known = new Set<string>(Object.values(METRICS).map(({ name }) => name));
  const named = PAGES.flatMap(({ text }) => [...text.matchAll(/`(footbridge_\w+)/g)].map(([, name = '']) => name));
  assert.ok(named.length > 0);
  assert.deepEqual(
    named.filter((name) => !known.has(name)),
    [],
  );
});

test('every key of the configuration that a page names exists', () => {
  const sections = [...CONFIGURATION.matchAll(/^- \*\*`([a-z]\w+)\./gm)].map(([, section = '']) => section);
  const key = new RegExp(`\`((?:${[...new Set(sections)].join('|')})\\.[\\w.<>]+)\``, 'g');
  const named = PAGES.flatMap(({ path, text }) => [...text.matchAll(key)].map(([, name = '']) => ({ path, name })));
  assert.ok(named.length > 20);
  const unknown = named.filter(({ name }) => !isKey(name) && !isLogEvent(name) && !isChartValue(name));
  assert.deepEqual(unknown, []);
});

/** A key, or a section of keys. */
function isKey(name: string): boolean {
  return [`\`${name}\``, `\`${name}.`].some((written) => CONFIGURATION.includes(written));
}

/** Values of the chart have sections of the same names: `admin.existingSecret`. */
function isChartValue(name: string): boolean {
  const below = (schema: unknown, key: string) => Object(Object(Object(schema).properties)[key]);
  const found = name.split('.').reduce<unknown>(below, CHART_SCHEMA);
  return Object.keys(Object(found)).length > 0;
}

/** Events of the log are written in the same way: `config.reloaded`. */
function isLogEvent(name: string): boolean {
  return SOURCES.some((text) => text.includes(`'${name}'`));
}
