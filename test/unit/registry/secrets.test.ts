import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { compileSecrets } from '../../../src/registry/secrets.ts';

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
});
