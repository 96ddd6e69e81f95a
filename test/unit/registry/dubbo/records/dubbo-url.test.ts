import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { decodeDubboUrl, decodePercent } from '../../../../../src/registry/dubbo/records/dubbo-url.ts';
import { encoded } from '../dubbo-fixtures.ts';

function read(text: string) {
  const parsed = decodeDubboUrl(text);
  assert.ok(parsed.kind === 'url', JSON.stringify(parsed));
  return parsed.url;
}

function parametersOf(query: string): Readonly<Record<string, string>> {
  return Object.fromEntries(read(encoded(`dubbo://10.0.0.1:20880/com.acme.Foo?${query}`)).parameters);
}

describe('percent decoding', () => {
  const cases: [text: string, expected: string][] = [
    ['a+b', 'a b'],
    ['a%2Bb', 'a+b'],
    ['%e4%B8%ad', '中'],
    ['a%', 'a%'],
    ['a%2', 'a%2'],
    ['a%zz%2F', 'a%zz/'],
    ['%2F%ff%2F', '/�/'],
    ['%E4%B8%AD%zz', '中%zz'],
    ['%2525', '%25'],
    ['', ''],
  ];
  for (const [text, expected] of cases)
    test(`makes ${JSON.stringify(expected)} of ${JSON.stringify(text)}`, () =>
      assert.equal(decodePercent(text), expected));
});

describe('the host and port', () => {
  const cases: [place: string, host: string, port: number | undefined][] = [
    ['10.0.0.1:20880', '10.0.0.1', 20880],
    ['10.0.0.1', '10.0.0.1', undefined],
    ['10.0.0.1:', '10.0.0.1', undefined],
    ['vm-17.dc1.example:20880', 'vm-17.dc1.example', 20880],
    ['10.0.0.1:0', '10.0.0.1', 0],
    ['10.0.0.1:70000', '10.0.0.1', 70000],
    ['[2001:db8::1]:20880', '2001:db8::1', 20880],
    ['[2001:db8::1]', '2001:db8::1', undefined],
    ['[fe80::1%en0]:20880', 'fe80::1%en0', 20880],
    ['2001:db8:0:0:0:0:0:1:20880', '2001:db8:0:0:0:0:0:1', 20880],
    ['fe80:0:0:0:894:aeec:f37d:23e1%en0:20880', 'fe80:0:0:0:894:aeec:f37d:23e1%en0', 20880],
    ['fe80:0:0:0:894:aeec:f37d:23e1%en0', 'fe80:0:0:0:894:aeec:f37d:23e1%en0', undefined],
    ['2001:db8:0:0:0:0:0:1', '2001:db8:0:0:0:0:0:1', undefined],
    ['user:secret@10.0.0.1:20880', '10.0.0.1', 20880],
    ['user@10.0.0.1:20880', '10.0.0.1', 20880],
    ['a@b:c@10.0.0.1:20880', '10.0.0.1', 20880],
    ['', '', undefined],
  ];
  for (const [place, host, port] of cases) {
    test(`of ${JSON.stringify(place)} are ${JSON.stringify([host, port])}`, () => {
      const url = read(encoded(`dubbo://${place}/com.acme.Foo?application=orders`));
      assert.deepEqual([url.host, url.port], [host, port]);
      assert.equal(url.hasUserInfo, place.includes('@'));
      assert.equal(url.path, 'com.acme.Foo');
    });
  }

  for (const place of [
    '10.0.0.1:port',
    '10.0.0.1:-1',
    '10.0.0.1:1234567890',
    '[::1',
    '[::1]20880',
    'a:b:20880',
    '::1::2',
  ]) {
    test(`of ${place} cannot be told`, () => {
      const parsed = decodeDubboUrl(encoded(`dubbo://${place}/com.acme.Foo`));
      assert.deepEqual(parsed, { kind: 'unreadable', why: 'its host and port cannot be told' });
    });
  }
});

describe('the parameters', () => {
  const cases: [what: string, query: string, expected: Readonly<Record<string, string>>][] = [
    ['stand between ampersands', 'a=1&b=2', { a: '1', b: '2' }],
    ['stand between semicolons', 'a=1;b=2', { a: '1', b: '2' }],
    ['may be empty', 'a=&b', { a: '', b: 'b' }],
    ['may hold an equals sign', 'a=1=2', { a: '1=2' }],
    ['of one key: the last counts', 'a=1&a=2', { a: '2' }],
    ['without a key are dropped', '=1&&a=2', { a: '2' }],
    ['fall back to defaults', 'default.weight=5&default.a=1&a=2', { weight: '5', a: '2' }],
    ['that are empty fall back to defaults', 'weight=&default.weight=5', { weight: '5' }],
    ['are not taken for defaults of nothing', 'default.=1', { 'default.': '1' }],
    ['may hold a question mark', 'a=1?2', { a: '1?2' }],
    ['hold what was encoded once', 'a=%26b', { a: '%26b' }],
  ];
  for (const [what, query, expected] of cases) test(what, () => assert.deepEqual(parametersOf(query), expected));

  test('may have names that objects have of themselves', () => {
    const { parameters } = read(encoded('dubbo://10.0.0.1:1/x?__proto__=1&constructor=2'));
    assert.deepEqual(
      [...parameters],
      [
        ['__proto__', '1'],
        ['constructor', '2'],
      ],
    );
  });
});

describe('a URL', () => {
  test('is told apart from other names', () => {
    for (const name of ['', 'com.acme.Foo', '://x', '10.0.0.1:20880', '1a://x'])
      assert.deepEqual(decodeDubboUrl(name), { kind: 'unreadable', why: 'it is no URL' });
  });

  test('is read whether its name is encoded or not, in hexadecimal digits of either case', () => {
    const plain = read('dubbo://10.0.0.1:20880/com.acme.Foo?group=a');
    assert.deepEqual(read('dubbo%3a%2f%2f10.0.0.1%3a20880%2fcom.acme.Foo%3fgroup%3da'), plain);
    assert.deepEqual(read('dubbo%3A%2F%2F10.0.0.1%3A20880%2Fcom.acme.Foo%3Fgroup%3Da'), plain);
  });

  test('has a scheme in lower case, and a path that may be of several parts', () => {
    const url = read(encoded('Dubbo://10.0.0.1:20880/ctx/com.acme.Foo?a=/b'));
    assert.deepEqual([url.protocol, url.path], ['dubbo', 'ctx/com.acme.Foo']);
  });

  test('needs neither path nor parameters', () => {
    const url = read('dubbo://10.0.0.1:20880');
    assert.deepEqual([url.host, url.path, url.parameters.size], ['10.0.0.1', '', 0]);
  });
});
