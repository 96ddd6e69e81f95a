import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type CuratorInstance, decodeCurator } from '../../../../src/registry/zookeeper/curator.ts';
import { curatorRecord, DUBBO_CLASS, SPRING_CLASS, springRecord } from '../../../fakes/curator-records.ts';

function decode(text: string): CuratorInstance {
  const decoded = decodeCurator(Buffer.from(text));
  assert.ok(decoded !== undefined);
  return decoded;
}

test('a record of Curator 5 is read as written', () => {
  assert.deepEqual(decode(springRecord({}, { instance_status: 'UP' })), {
    name: 'orders',
    id: 'one',
    address: 'vm-17.dc1.example',
    port: 8080,
    sslPort: undefined,
    registeredAtMs: 1_763_859_000_123,
    serviceType: 'DYNAMIC',
    enabled: true,
    scheme: undefined,
    payloadClass: SPRING_CLASS,
    payload: { id: 'application-1', name: 'orders', metadata: { instance_status: 'UP' } },
  });
});

test('a record of other writers may lack almost everything, in any order', () => {
  assert.deepEqual(decode('{"serviceType":"dynamic_sequential","tag":"gray","port":"20880","address":" 10.0.0.1 "}'), {
    name: undefined,
    id: undefined,
    address: '10.0.0.1',
    port: 20880,
    sslPort: undefined,
    registeredAtMs: undefined,
    serviceType: 'DYNAMIC_SEQUENTIAL',
    enabled: true,
    scheme: undefined,
    payloadClass: '',
    payload: {},
  });
});

describe('what is no record', () => {
  const cases: [what: string, data: string | Buffer][] = [
    ['no data', ''],
    ['the address that Curator writes into directories', '10.20.0.17'],
    ['a number', '17'],
    ['null', 'null'],
    ['a list', '[{"address":"10.0.0.1"}]'],
    ['other JSON', '{"configVersion":"v3.0","enabled":true}'],
    ['an empty object', '{}'],
    ['members that every object inherits', '{"toString":1}'],
    ['half a record', springRecord().slice(0, 60)],
    ['bytes that are no text', Buffer.from([0xff, 0xfe, 0x00, 0x7b])],
    ['more than a node can hold', `{"address":"10.0.0.1"}${' '.repeat(1024 * 1024)}`],
    ['brackets without an end', '['.repeat(100_000)],
  ];
  for (const [what, data] of cases) test(`is ${what}`, () => assert.equal(decodeCurator(Buffer.from(data)), undefined));
});

describe('the payload', () => {
  const metadata = { zone: 'a' };
  const cases: [what: string, payload: unknown, payloadClass: string, members: unknown][] = [
    ['names its class in a member', { '@class': SPRING_CLASS, metadata }, SPRING_CLASS, { metadata }],
    ['is wrapped with the name of its class', [DUBBO_CLASS, { metadata }], DUBBO_CLASS, { metadata }],
    ['is wrapped and no object', ['java.util.UUID', '8f0c'], 'java.util.UUID', {}],
    ['is null', null, '', {}],
    ['is missing', undefined, '', {}],
    ['is a text', 'v1', '', {}],
    ['is a number', 7, '', {}],
    ['is a list', [1, 2, 3], '', {}],
    ['names no class', { metadata }, '', { metadata }],
    ['names its class by no text', { '@class': { a: 1 }, metadata }, '', { metadata }],
  ];
  for (const [what, raw, payloadClass, members] of cases) {
    test(what, () => {
      const decoded = decode(curatorRecord({ payload: raw }));
      assert.equal(decoded.payloadClass, payloadClass);
      assert.deepEqual(decoded.payload, members);
    });
  }
});

describe('a port', () => {
  const cases: [json: string, expected: number | undefined][] = [
    ['8080', 8080],
    ['"8080"', 8080],
    ['8080.0', 8080],
    ['0', 0],
    ['-1', -1],
    ['70000', 70000],
    ['null', undefined],
    ['""', undefined],
    ['8080.5', undefined],
    ['1e400', undefined],
    ['99999999999999999999999', undefined],
    ['"0x50"', undefined],
    ['true', undefined],
    ['[8080]', undefined],
    ['{"$":8080}', undefined],
  ];
  for (const [json, expected] of cases) {
    test(`of ${json} is ${expected}`, () => {
      const decoded = decode(`{"address":"10.0.0.1","port":${json},"sslPort":${json}}`);
      assert.deepEqual([decoded.port, decoded.sslPort], [expected, expected]);
    });
  }
});

describe('an instance', () => {
  const cases: [json: string, enabled: boolean][] = [
    ['true', true],
    ['false', false],
    ['"False"', false],
    ['null', true],
    ['0', true],
    ['{"toString":1}', true],
    ['[false]', true],
  ];
  for (const [json, enabled] of cases) {
    test(`whose \`enabled\` is ${json} is ${enabled ? 'enabled' : 'disabled'}`, () =>
      assert.equal(decode(`{"address":"10.0.0.1","enabled":${json}}`).enabled, enabled));
  }
});

describe('the scheme', () => {
  const fixed = (value: unknown) => ({
    parts: [
      { value, variable: false },
      { value: 'address', variable: true },
    ],
  });
  const cases: [what: string, uriSpec: unknown, expected: string | undefined][] = [
    ['a fixed scheme with what follows it', fixed('https://'), 'https'],
    ['a fixed scheme alone', fixed('GRPC'), 'grpc'],
    ['a fixed scheme with more behind it', fixed('http://api.'), 'http'],
    ['a variable', { parts: [{ value: 'scheme', variable: true }] }, undefined],
    ['a part that does not say whether it is one', { parts: [{ value: 'https' }] }, undefined],
    ['a fixed text that is no scheme', fixed('//'), undefined],
    ['a fixed path', fixed('api/v1'), undefined],
    ['a text without an end', fixed('a'.repeat(100_000)), undefined],
    ['no text', fixed({}), undefined],
    ['no parts', { parts: [] }, undefined],
    ['parts that are no list', { parts: 'https' }, undefined],
    ['null', null, undefined],
  ];
  for (const [what, uriSpec, expected] of cases)
    test(`of ${what} is ${expected}`, () => assert.equal(decode(curatorRecord({ uriSpec })).scheme, expected));
});

describe('hostile JSON', () => {
  test('cannot reach the prototype of anything', () => {
    const text = `{"address":"10.0.0.1","__proto__":{"port":1},"payload":{"@class":"a.B","__proto__":{"metadata":{}}}}`;
    const decoded = decode(text);
    assert.equal(decoded.port, undefined);
    assert.equal(decoded.payload['metadata'], undefined);
    assert.deepEqual(Object.keys(decoded.payload), ['__proto__']);
  });
  test('that is nested deeply is read as far as it is asked', () => {
    const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;
    assert.equal(decode(`{"address":"10.0.0.1","payload":${deep},"uriSpec":${deep}}`).address, '10.0.0.1');
  });
  test('that says a thing twice means the last', () => {
    assert.equal(decode('{"address":"10.0.0.1","address":"10.0.0.2"}').address, '10.0.0.2');
  });
});
