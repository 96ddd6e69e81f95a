import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseYamlDocument } from '../../../../src/registry/decoding/yaml-document.ts';
import { createDubboMask } from '../../../../src/registry/dubbo/dubbo-mask.ts';
import { compileDubboSecrets } from '../../../../src/registry/dubbo/records/parameters.ts';
import { decodeRuleDocument } from '../../../../src/registry/dubbo/rules/rule-document.ts';
import { consumerNode, encoded, FOO, foo, instanceData, metadataData } from './dubbo-fixtures.ts';

/** What is made of a text, and the keys of what was masked in it. */
function masked(how: 'name' | 'data', text: string): readonly [string, readonly string[]] {
  const keys: string[] = [];
  const mask = createDubboMask({ isSecret: compileDubboSecrets([]), onMasked: (key) => keys.push(key) });
  return [mask[how](text), keys];
}

describe('the name of a node', () => {
  const cases: [what: string, name: string, expected: string, keys: readonly string[]][] = [
    [
      'without secrets stays',
      foo('dubbo://10.0.0.1:1', { group: 'a b' }),
      foo('dubbo://10.0.0.1:1', { group: 'a b' }),
      [],
    ],
    [
      'loses their values',
      foo('dubbo://10.0.0.1:1', { token: 'hunter2', weight: '5', accesskey: 'hunter2', username: 'ann' }),
      foo('dubbo://10.0.0.1:1', { token: '***', weight: '5', accesskey: '***', username: '***' }),
      ['token', 'accesskey', 'username'],
    ],
    ['loses the user', foo('dubbo://ann:hunter2@10.0.0.1:1'), foo('dubbo://***@10.0.0.1:1'), ['user info']],
    [
      'keeps how it is written',
      'dubbo%3a%2f%2f10.0.0.1%3a1%2fx%3ftoken%3dhunter2%3ba%3d%zz',
      'dubbo%3a%2f%2f10.0.0.1%3a1%2fx%3ftoken%3d***%3ba%3d%zz',
      ['token'],
    ],
    [
      'of a consumer loses them too',
      consumerNode('shop', FOO, { token: 'hunter2' }),
      consumerNode('shop', FOO, { token: '***' }),
      ['token'],
    ],
    [
      'of a rule loses them too',
      encoded(`override://0.0.0.0/${FOO}?weight=5&token=hunter2`),
      encoded(`override://0.0.0.0/${FOO}?weight=5&token=***`),
      ['token'],
    ],
    [
      'loses a value that is a secret by its look',
      foo('dubbo://10.0.0.1:1', { jdbc: 'db://app:hunter2@db' }),
      foo('dubbo://10.0.0.1:1', { jdbc: '***://***:***@***' }),
      ['jdbc'],
    ],
    ['that is none of a URL stays', 'com.acme.TokenService', 'com.acme.TokenService', []],
    [
      'with a password that has a slash in it keeps no address',
      encoded('dubbo://ann:hun/ter2@10.0.0.1:1/x?a=1'),
      'dubbo%3A%2F%2F***:***%3Fa%3D1',
      ['user info'],
    ],
    [
      'with an at sign in its path stays',
      encoded('dubbo://10.0.0.1:1/a@b?a=1'),
      encoded('dubbo://10.0.0.1:1/a@b?a=1'),
      [],
    ],
    ['without parameters stays', encoded('dubbo://10.0.0.1:1/x'), encoded('dubbo://10.0.0.1:1/x'), []],
  ];
  for (const [what, name, expected, keys] of cases)
    test(what, () => assert.deepEqual(masked('name', name), [expected, keys]));
});

describe('the data of a node', () => {
  const same: [what: string, data: string][] = [
    ['an address', '127.0.0.1'],
    ['nothing', ''],
    ['a record without secrets', instanceData('10.0.0.1', { dubbo: 1 })],
    ['rules without secrets', 'scope: application\nkey: com.acme.TokenService\nconfigs: []\n'],
    [
      'metadata of a service that is called like a secret',
      metadataData({ 'com.acme.TokenService:dubbo': { weight: '5' } }),
    ],
  ];
  for (const [what, data] of same)
    test(`stays, where it is ${what}`, () => assert.deepEqual(masked('data', data), [data, []]));

  test('loses its comments, in which nobody can tell what stands', () => {
    const [document] = masked('data', 'key: orders # password=hunter2\nconfigs: []\n');
    assert.equal(document, 'key: orders\nconfigs: []\n');
    const [alone] = masked('data', '# password: hunter2\n');
    assert.doesNotMatch(alone, /hunter2/);
    for (const text of ['"password=hunter2"', '{"a":"password: hunter2"}'])
      assert.doesNotMatch(masked('data', text)[0], /hunter2/);
  });

  const hidden: [where: string, data: string][] = [
    ['under a key that is written twice', '{"token":"hunter2","token":null}'],
    ['in a value that is written twice', '{"a":"password=hunter2","a":"b"}'],
    ['beside the services of an application', '{"services":{"a":{"weight":"5"}},"note":"password=hunter2"}'],
    ['under a key beside them', '{"services":{"a":{"weight":"5"}},"password":"hunter2"}'],
    ['as a tag', 'key: !hunter2 orders\n'],
    ['as an anchor', 'key: &hunter2 orders\n'],
    ['as a directive', '%password hunter2\n---\nkey: orders\n'],
    ['behind the end of a document', 'key: orders\n... # password=hunter2\n'],
  ];
  for (const [where, data] of hidden)
    test(`loses a secret ${where}`, () => assert.doesNotMatch(masked('data', data)[0], /hunter2/));

  test('loses secrets of a record, also in texts that are JSON', () => {
    const record = (secret: string): string =>
      instanceData(
        '10.0.0.1',
        { dubbo: 1 },
        { token: secret, 'dubbo.metadata-service.url-params': `{"password":"${secret}","port":"1"}` },
      );
    assert.deepEqual(masked('data', record('hunter2')), [record('***'), ['token', 'password']]);
  });

  test('loses secrets of metadata', () => {
    const metadata = (secret: string): string =>
      metadataData({ 'com.acme.TokenService:dubbo': { accesskey: secret, weight: '5' } });
    assert.deepEqual(masked('data', metadata('hunter2')), [metadata('***'), ['accesskey']]);
  });

  test('loses secrets of rules, and means the same', () => {
    const rules = (secret: string): string =>
      `scope: application\nkey: orders\nenabled: true\nconfigs:\n  - side: provider\n    parameters: {weight: 5, token: ${secret}}\n`;
    const [text, keys] = masked('data', rules('hunter2'));
    assert.deepEqual(keys, ['token']);
    assert.doesNotMatch(text, /hunter2/);
    assert.deepEqual(parseYamlDocument(text), parseYamlDocument(rules("'***'")));
    assert.deepEqual(
      decodeRuleDocument(Buffer.from(text), 'x'),
      decodeRuleDocument(Buffer.from(rules('hunter2')), 'x'),
    );
  });

  test('loses secrets of rules that are URLs', () => {
    const rules = (secret: string): string => JSON.stringify([`override://0.0.0.0/${FOO}?token=${secret}&weight=5`]);
    assert.deepEqual(masked('data', rules('hunter2')), [rules('***'), ['token']]);
  });

  test('that cannot be read goes, and cannot be read afterwards', () => {
    const [text] = masked('data', 'token: {hunter2');
    assert.doesNotMatch(text, /hunter2/);
    assert.equal(decodeRuleDocument(Buffer.from(text), 'x').faults.length, 1);
  });
});
