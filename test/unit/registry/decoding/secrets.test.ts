import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { compileSecrets } from '../../../../src/registry/decoding/secrets.ts';

describe('metadata', () => {
  const isSecret = compileSecrets(['internal-*']);
  const secret = [
    'password',
    'DB.Password',
    'api-key',
    'API_KEY',
    'x-auth-token',
    'clientSecret',
    'Authorization',
    'INTERNAL-x',
  ];
  for (const key of secret) test(`under ${key} is a secret`, () => assert.equal(isSecret(key, 'x'), true));

  for (const key of ['version', 'zone', 'team', 'management.port', '__proto__', '']) {
    test(`under ${JSON.stringify(key)} is no secret`, () => assert.equal(isSecret(key, 'x'), false));
  }

  test('that is a URL with a password is a secret under any key', () => {
    assert.equal(isSecret('jdbc', 'postgres://app:hunter2@db:5432/orders'), true);
    assert.equal(isSecret('jdbc', 'postgres://app@db:5432/orders'), false);
  });

  const withParameter: [value: string, expected: boolean][] = [
    ['jdbc:postgresql://db:5432/orders?user=app&password=hunter2', true],
    ['jdbc:sqlserver://db:1433;databaseName=orders;Password=hunter2;', true],
    ['https://hooks.example/x?access_token=hunter2', true],
    ['https://store.example/x?AccountKey=a&api-key=hunter2', true],
    ['https://store.example/x?token=&page=2', false],
    ['https://store.example/tokens?page=2', false],
    ['zone=a', false],
  ];
  for (const [value, expected] of withParameter) {
    const what = expected
      ? 'that names a secret among its parameters is one'
      : 'without a secret among its parameters is none';
    test(`${what} (${value.slice(0, 24)})`, () => assert.equal(isSecret('url', value), expected));
  }
});
