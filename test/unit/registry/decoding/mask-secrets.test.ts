import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { holdsSecret, maskSecrets, maskText } from '../../../../src/registry/decoding/mask-secrets.ts';
import { compileSecrets } from '../../../../src/registry/decoding/secrets.ts';

const isSecret = compileSecrets(['internal-*']);

function mask(value: unknown, key?: string): { readonly value: unknown; readonly masked: readonly string[] } {
  const masked: string[] = [];
  const masking = { isSecret, onMasked: (name: string) => void masked.push(name) };
  return { value: maskSecrets(value, masking, key), masked };
}

const DEEP = Array.from({ length: 70 }).reduce<unknown>((inner) => [inner], 'hunter2');

const TABLE: readonly (readonly [what: string, value: unknown, expected: unknown, masked: readonly string[]])[] = [
  ['a value under a secret key', { password: 'hunter2', zone: 'a' }, { password: '***', zone: 'a' }, ['password']],
  ['a value under a configured key', { 'internal-id': 17 }, { 'internal-id': '***' }, ['internal-id']],
  ['an empty value under a secret key', { token: '' }, { token: '***' }, ['token']],
  [
    'a number or a flag',
    { pwd: 1234, secret: true, port: 80 },
    { pwd: '***', secret: '***', port: 80 },
    ['pwd', 'secret'],
  ],
  ['a URL with a password as a whole', { jdbc: 'x://a:hunter2@b/c' }, { jdbc: '***://***:***@***' }, ['jdbc']],
  ['a list under a secret key', { tokens: ['hunter2', 'b'] }, { tokens: ['***', '***'] }, ['tokens', 'tokens']],
  ['a URL in a list', { urls: ['x://a:hunter2@b', 'x://b'] }, { urls: ['***://***:***@***', 'x://b'] }, ['urls']],
  [
    'all below a secret key',
    { credentials: { user: 'a', at: ['b'] } },
    { credentials: { user: '***', at: ['***'] } },
    ['user', 'at'],
  ],
  ['nothing where there is nothing', { password: null, list: [] }, { password: null, list: [] }, []],
  ['JSON in a text', { params: '{"token":"hunter2","port":1}' }, { params: '{"token":"***","port":1}' }, ['token']],
  [
    'what only begins like JSON by its look alone',
    { a: '{not json', b: '[1, 2 ]' },
    { a: '{not json', b: '[1, 2 ]' },
    [],
  ],
  [
    'a Map with its keys',
    new Map([
      ['token', 'hunter2'],
      ['a', 'b'],
    ]),
    new Map([
      ['token', '***'],
      ['a', 'b'],
    ]),
    ['token'],
  ],
  [
    'keys that are maps',
    new Map([[new Map([['token', 'hunter2']]), 'a']]),
    new Map([[new Map([['token', '***']]), 'a']]),
    ['token'],
  ],
  [
    'an own member `__proto__`',
    JSON.parse('{"__proto__":{"token":"hunter2"}}'),
    JSON.parse('{"__proto__":{"token":"***"}}'),
    ['token'],
  ],
];

describe('masking secrets masks', () => {
  for (const [what, value, expected, masked] of TABLE)
    test(what, () => assert.deepEqual(mask(value), { value: expected, masked }));

  test('what lies deeper than anybody looks', () => {
    assert.doesNotMatch(JSON.stringify(mask(DEEP).value), /hunter2/);
    const text = JSON.stringify({ a: JSON.stringify(DEEP) });
    assert.doesNotMatch(JSON.stringify(mask({ text }).value), /hunter2/);
  });

  test('a value by the key that it is said to stand under', () => {
    assert.deepEqual(mask('hunter2', 'token').value, '***');
    assert.deepEqual(mask({ a: 'hunter2' }, 'token').value, { a: '***' });
  });
});

test('what was a secret is one when it is masked, and nothing else is touched', () => {
  const key = fc.oneof(fc.string(), fc.constantFrom('password', 'internal-x', 'jdbc'));
  const value = fc.oneof(fc.string(), fc.constantFrom('x://u:p@h', 'x?token=a', 'a=b&password=c'));
  fc.assert(
    fc.property(key, value, (name, text) => {
      const masked = maskText(name, text, { isSecret, onMasked() {} });
      assert.equal(isSecret(name, masked), isSecret(name, text));
      if (!isSecret(name, text)) assert.equal(masked, text);
      else assert.match(masked, /^[*:/@]+$/);
    }),
  );
});

test('masking twice gives what masking once gave', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const once = mask({ token: value, other: value }).value;
      assert.deepEqual(mask(once).value, once);
    }),
  );
});

test('a value that is JSON holds a secret where one stands under any of its keys', () => {
  const cases: [text: string, expected: boolean][] = [
    ['{"token":"hunter2"}', true],
    ['[{"a":{"db.password":"hunter2"}}]', true],
    ['{"jdbc":"db://app:hunter2@db"}', true],
    ['{"token":"***"}', true],
    ['{"port":20880,"protocol":"dubbo"}', false],
    ['{"broken', false],
    ['token', false],
  ];
  for (const [text, expected] of cases) assert.equal(holdsSecret(text, isSecret), expected, text);
});
