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
    ['password=hunter2', true],
    ['note, db.password: hunter2', true],
    ['password = hunter2', true],
    ["'password=hunter2'", true],
    ['orders (token=hunter2)', true],
    ['private_key=hunter2', true],
    ['x?signing-key=hunter2', true],
    ['Authorization: Basic x', true],
    ['connection-string=hunter2', true],
    ['Bearer hunter2', true],
    ['Basic cm9vdDpodW50ZXIy', true],
    ['orders:8080@vm-17', false],
    ['http://10.0.0.1:8080/', false],
    ['team@example.com', false],
    ['mailto:team@example.com', false],
    ['12:30@noon', false],
    ['registry/orders:1.2.3@sha256:abcd', false],
    ['a=b', false],
    ['max-tokens=4096', false],
    ['tokenizer=bpe', false],
    ['a token = ', false],
    ['10.0.0.1:8080', false],
    ['a:b', false],
    ['1.2.3-beta+4', false],
    ['Basic plan', false],
    ['com.acme.TokenService:1.0.0', false],
    ['{"name":"com.acme.PasswordService","port":8080}', false],
    ['getToken,setPassword', false],
    ['[{"port":20880,"protocol":"dubbo"}]', false],
  ];
  for (const [value, expected] of withParameter) {
    const what = expected
      ? 'that names a secret among its parameters is one'
      : 'without a secret among its parameters is none';
    test(`${what} (${value.slice(0, 24)})`, () => assert.equal(isSecret('url', value), expected));
  }
});
