import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { documentDefault } from '../../../src/config/convict-layers.ts';
import { configTree, envName, leavesOf } from '../../../src/config/field-tree.ts';
import { formatOf } from '../../../src/config/formats.ts';

const TREE = configTree(
  new Map([
    ['legacy', 'eureka'],
    ['rpc', 'dubbo'],
    ['spring', 'spring-cloud-zookeeper'],
    ['vm', 'file'],
  ] as const),
);

describe('the declared keys', () => {
  test('have known formats and defaults that their own format accepts', () => {
    for (const { path, field } of leavesOf(TREE)) {
      if (field.required === true) continue;
      assert.equal(formatOf(field).read(documentDefault(field)).kind, 'value', path);
    }
  });

  test('have one environment variable each, by one rule', () => {
    const names = leavesOf(TREE).map(({ env }) => env);
    assert.equal(new Set(names).size, names.length);
    assert.equal(envName('hostTemplate'), 'FOOTBRIDGE_HOST_TEMPLATE');
    assert.equal(envName('virtualIps.rangeV6'), 'FOOTBRIDGE_VIRTUAL_IPS_RANGE_V6');
    assert.equal(envName('registries.legacy.auth.passwordFile'), 'FOOTBRIDGE_REGISTRIES_LEGACY_AUTH_PASSWORD_FILE');
  });

  test('say what they are for in a sentence', () => {
    for (const { path, field } of leavesOf(TREE)) assert.match(field.doc, /^[A-Z`].*[.)]$/s, path);
  });
});
