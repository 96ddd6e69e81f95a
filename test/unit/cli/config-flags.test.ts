import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { splitConfigFlags } from '../../../src/cli/config-flags.ts';

function split(line: string) {
  const { rest, flags, lacksValue } = splitConfigFlags(line.split(' '));
  return { rest, flags: Object.fromEntries(flags), lacksValue };
}

const TABLE: readonly (readonly [string, string, readonly string[], Readonly<Record<string, string>>])[] = [
  ['a dotted key with its value behind it', 'serve --serve.port 9902', ['serve'], { 'serve.port': '9902' }],
  ['a dotted key with its value behind =', 'serve --serve.port=9902', ['serve'], { 'serve.port': '9902' }],
  ['a key of the top level', '--namespace shop serve', ['serve'], { namespace: 'shop' }],
  ['an unknown dotted key, for the configuration to judge', '--serve.prot 1', [], { 'serve.prot': '1' }],
  ['a value that holds =', '--owner.team=a=b', [], { 'owner.team': 'a=b' }],
  ['an empty value', '--owner.team=', [], { 'owner.team': '' }],
  ['the last one of a key', '--namespace a --namespace b', [], { namespace: 'b' }],
];

describe('splitConfigFlags()', () => {
  for (const [what, line, rest, flags] of TABLE) {
    test(`takes ${what}`, () => assert.deepEqual(split(line), { rest, flags, lacksValue: undefined }));
  }

  for (const line of ['serve --config footbridge.yaml', 'watch 127.0.0.1:9902 -t a/v1/B', '--version', 'convert -']) {
    test(`leaves \`${line}\` to the command`, () => assert.deepEqual(split(line).rest, line.split(' ')));
  }

  test('leaves everything behind -- alone', () => {
    assert.deepEqual(split('convert -- --serve.port 1').rest, ['convert', '--', '--serve.port', '1']);
  });

  for (const line of ['--serve.port', '--serve.port --admin.port 1']) {
    test(`says which flag lacks its value: \`${line}\``, () => assert.equal(split(line).lacksValue, '--serve.port'));
  }
});
