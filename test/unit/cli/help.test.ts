// What every command says of itself: examples that can be typed, and the exit codes that scripts rely on.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Command } from 'commander';
import { splitConfigFlags } from '../../../src/cli/config-flags.ts';
import { createProgram, runCommandLine } from '../../../src/cli/program.ts';
import { commandsOf, pathOf } from '../../../tools/describe-commands.ts';

function quietProgram(): { readonly program: Command; readonly said: string[] } {
  const said: string[] = [];
  const output = { data: (text: string) => void said.push(text), talk: (text: string) => void said.push(text) };
  const paint = (_colour: string, text: string) => text;
  return { program: createProgram({ env: {}, flags: new Map(), output, paint, exit() {} }), said };
}

async function helpOf(words: readonly string[]): Promise<string> {
  const said: string[] = [];
  const output = { data: (text: string) => void said.push(text), talk: (text: string) => void said.push(text) };
  assert.equal(await runCommandLine([...words, '--help'], {}, output), 0);
  return said.join('\n');
}

/** An example is copied and a record of JSON compared, so they stay in one line. */
function isTooWide(line: string): boolean {
  return line.length > (/^ {2}(?:footbridge |curl |FOOTBRIDGE_|\{)/.test(line) ? 120 : 80);
}

/** Each command of a line: without its comment, without the environment before it, and each side of a pipe. */
function examplesIn(help: string): readonly (readonly string[])[] {
  const block = /^Examples:\n((?: {2}.*\n?)+)/m.exec(help)?.[1] ?? '';
  return block
    .split('\n')
    .map((line) =>
      line
        .trim()
        .replace(/ {2,}.*$/, '')
        .replace(/ > \S+$/, ''),
    )
    .flatMap((line) => line.split(' | '))
    .map((line) => line.replace(/^(?:[A-Z_]+=\S+ )+/, ''))
    .filter((line) => line.startsWith('footbridge '))
    .map((line) => wordsOf(line).slice(1));
}

/** As a shell parts them: what stands in quotes is one word. */
function wordsOf(line: string): readonly string[] {
  return [...line.matchAll(/"([^"]*)"|'([^']*)'|\S+/g)].map(([word, double, single]) => double ?? single ?? word);
}

/** Which command a line runs, with nothing done; throws where the line is wrong. */
async function commandOf(words: readonly string[]): Promise<string> {
  const { program, said } = quietProgram();
  let ran = '';
  for (const command of commandsOf(program)) {
    if (command === program) continue;
    command.action(() => {
      ran = pathOf(command).join(' ');
    });
  }
  const { rest, lacksValue } = splitConfigFlags(words);
  assert.equal(lacksValue, undefined);
  await program.parseAsync(rest, { from: 'user' }).catch((error: unknown) => {
    throw new Error(said.join('\n') || String(error));
  });
  return ran;
}

for (const path of commandsOf(quietProgram().program).map(pathOf)) {
  const name = ['footbridge', ...path].join(' ');
  describe(`the help of ${name}`, () => {
    test('ends with examples of it that parse, and with its exit codes', async () => {
      const help = await helpOf(path);
      const examples = examplesIn(help);
      assert.ok(examples.length > 0, 'there are examples');
      const ran = await Promise.all(examples.map(commandOf));
      assert.ok(path.length === 0 || ran.includes(path.join(' ')), `none of them runs ${name}`);
      assert.match(help, /^Exit codes?: 0/m);
      assert.ok(help.indexOf('Examples:') > help.indexOf('Options:'));
    });

    test('fits a terminal and a page', async () => {
      const lines = (await helpOf(path)).split('\n');
      assert.deepEqual(lines.filter(isTooWide), []);
    });
  });
}

test('the exit codes of all commands are listed at the top', async () => {
  const help = await helpOf([]);
  for (const code of [0, 1, 2, 3]) assert.match(help, new RegExp(`Exit codes:[^]*\\b${code} [a-z]`));
});

describe('a misspelt word', () => {
  const rows: readonly (readonly [line: string, meant: string])[] = [
    ['explian ORDERS', 'explain'],
    ['explain ORDERS --sevrer http://127.0.0.1:9903', '--server'],
    ['explain ORDERS --ouput json', '--output'],
    ['convert dump.json --fromat json', '--format'],
    ['convert dump.json --dif before.json', '--diff'],
    ['watch 127.0.0.1:9902 --onec', '--once'],
    ['dump --whoel', '--whole'],
    ['check --istoid http://127.0.0.1:15014', '--istiod'],
    ['config prnit', 'print'],
  ];
  for (const [line, meant] of rows) {
    test(`is answered with the nearest right one: ${line}`, async () => {
      const said: string[] = [];
      const output = { data: () => assert.fail('no data'), talk: (text: string) => void said.push(text) };
      assert.equal(await runCommandLine(line.split(' '), {}, output), 2);
      assert.match(said.join('\n'), new RegExp(`Did you mean ${meant}\\?`));
    });
  }

  test('that is a value is answered with the right ones', async () => {
    const said: string[] = [];
    const output = { data: () => assert.fail('no data'), talk: (text: string) => void said.push(text) };
    assert.equal(await runCommandLine(['watch', 'x:1', '-o', 'jsno'], {}, output), 2);
    assert.match(said.join('\n'), /Allowed choices are text, json/);
  });
});
