import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { shortHash } from '../../../src/convert/dns-name.ts';
import { hostByTemplate, isPublishableHost } from '../../../src/convert/host.ts';
import { resourceName } from '../../../src/convert/resource-name.ts';
import { convertOptions } from '../../fakes/convert-values.ts';

describe('the template decides the host', () => {
  const rows: readonly (readonly [template: string, name: string, host: string | undefined])[] = [
    ['{service}.{namespace}.{registry}', 'ORDERS', 'orders.shop.eureka'],
    ['{service}.{instance}.mesh', 'ORDERS', 'orders.bridge.mesh'],
    ['{registry}.{service}', '42', `eureka.42-${shortHash('42')}`],
    ['{registry}.{service}', '10.0.0.1', 'eureka.10-0-0-1'],
    ['eu-{service}-v1.mesh', 'a.b', 'eu-a.b-v1.mesh'],
    ['{service}', 'orders', undefined],
    ['{service}.42', 'orders', undefined],
    ['{service}.UPPER', 'orders', undefined],
    ['{service}.{unknown}.mesh', 'orders', undefined],
    ['{service}.{service}.mesh', 'orders', 'orders.orders.mesh'],
  ];
  for (const [hostTemplate, name, host] of rows) {
    test(`${hostTemplate} and ${name} give ${host ?? 'no valid host'}`, () => {
      assert.equal(hostByTemplate('eureka', name, convertOptions({ hostTemplate })).host, host);
    });
  }

  test('characters of the template that share a label with the name count against its 63', () => {
    const { host } = hostByTemplate('eureka', 'z'.repeat(63), convertOptions({ hostTemplate: 'eu-{service}-v1.mesh' }));
    assert.equal(host?.split('.')[0]?.length, 63);
  });

  test('the whole host stays within 253 characters', () => {
    const name = Array.from({ length: 60 }, () => 'abcdefgh').join('.');
    assert.ok((hostByTemplate('eureka', name, convertOptions()).host?.length ?? 999) <= 253);
  });

  test('what was tried is told where it is not valid', () => {
    assert.equal(hostByTemplate('eureka', 'Orders', convertOptions({ hostTemplate: '{service}' })).tried, 'orders');
  });
});

describe('a publishable host', () => {
  const rows: readonly (readonly [host: string, isGood: boolean])[] = [
    ['orders.shop', true],
    ['orders', false],
    ['*.shop', false],
    ['Orders.shop', false],
    ['or_ders.shop', false],
    ['10.0.0.1', false],
    ['orders.shop.', false],
    [`orders.${'9'.repeat(30)}`, false],
    [`${'a'.repeat(64)}.shop`, false],
    ['', false],
  ];
  for (const [host, isGood] of rows) {
    test(`${JSON.stringify(host)} is ${isGood ? 'one' : 'none'}`, () => assert.equal(isPublishableHost(host), isGood));
  }
});

describe('resource names', () => {
  test('are namespace/instance.registry.service', () => {
    assert.equal(resourceName('eureka', 'ORDERS', convertOptions(), false), 'shop/bridge.eureka.orders');
  });
  test('are cut to 253 characters with a hash', () => {
    const raw = Array.from({ length: 60 }, () => 'abcdefgh').join('.');
    const name = resourceName('eureka', raw, convertOptions(), false).slice('shop/'.length);
    assert.ok(name.length <= 253);
    assert.ok(name.endsWith(`-${shortHash(raw)}`));
  });
  test('of mapped services carry the hash of a name that had to be rewritten', () => {
    assert.equal(resourceName('eureka', 'A_B', convertOptions(), true), `shop/bridge.eureka.a-b-${shortHash('A_B')}`);
    assert.equal(resourceName('eureka', 'AB', convertOptions(), true), 'shop/bridge.eureka.ab');
  });
});
