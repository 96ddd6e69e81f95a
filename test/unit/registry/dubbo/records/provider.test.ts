import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { BAR, decoded, encoded, FOO, provider, providerNode, rule, scopeOf } from '../dubbo-fixtures.ts';

describe('a provider', () => {
  test('is read from a name that Dubbo 3.3.6 wrote', () => {
    const one = decoded(
      'tri%3A%2F%2F10.20.0.17%3A50051%2Fio.footbridge.test.Greeting%3Faccesskey%3DPLANTED-KEY%26application%3Dorders%26deprecated%3Dfalse%26dubbo%3D2.0.2%26dubbo.tag%3Dgray%26dynamic%3Dtrue%26environment%3Dprod%26generic%3Dfalse%26group%3Dg1%26interface%3Dio.footbridge.test.Greeting%26methods%3Dhello%26password%3DPLANTED-PASSWORD%26prefer.serialization%3Dhessian2%2Cfastjson2%26region%3Dhangzhou%26release%3D3.3.6%26revision%3D1%26service-name-mapping%3Dtrue%26side%3Dprovider%26timestamp%3D1795618112031%26token%3DPLANTED-TOKEN%26version%3D1.0.0%26weight%3D50',
      'io.footbridge.test.Greeting',
    );
    assert.ok(one.kind === 'provider');
    const { parameters, ...rest } = one.provider;
    assert.deepEqual(rest, {
      application: 'orders',
      interfaceName: 'io.footbridge.test.Greeting',
      group: 'g1',
      version: '1.0.0',
      scheme: 'tri',
      address: '10.20.0.17',
      port: 50051,
      isInScope: true,
      knownBy: 'registration',
      droppedSecrets: ['accesskey', 'password', 'token'],
      isPersistent: false,
      registeredAtMs: 1795618112031,
    });
    assert.deepEqual(Object.fromEntries(parameters), {
      application: 'orders',
      deprecated: 'false',
      dubbo: '2.0.2',
      'dubbo.tag': 'gray',
      dynamic: 'true',
      environment: 'prod',
      generic: 'false',
      group: 'g1',
      interface: 'io.footbridge.test.Greeting',
      'prefer.serialization': 'hessian2,fastjson2',
      region: 'hangzhou',
      release: '3.3.6',
      revision: '1',
      'service-name-mapping': 'true',
      side: 'provider',
      tag: 'gray',
      version: '1.0.0',
      weight: '50',
    });
  });

  test('is read from a simplified name that Dubbo 2.7.23 wrote', () => {
    const one = decoded(
      'dubbo%3A%2F%2F10.20.0.17%3A20880%2Fio.footbridge.test.Parting%3Fapplication%3Dorders%26deprecated%3Dfalse%26dubbo%3D2.0.2%26release%3D2.7.23%26timestamp%3D1795618940810%26version%3D2.0.0%26weight%3D0',
      'io.footbridge.test.Parting',
    );
    assert.ok(one.kind === 'provider');
    assert.equal(one.provider.interfaceName, 'io.footbridge.test.Parting');
    assert.equal(one.provider.version, '2.0.0');
  });

  const ports: [place: string, port: number][] = [
    ['dubbo://10.0.0.1', 20880],
    ['tri://10.0.0.1', 50051],
    ['rmi://10.0.0.1', 1099],
    ['rest://10.0.0.1', 80],
    ['odd://10.0.0.1', 0],
    ['dubbo://10.0.0.1:0', 0],
  ];
  for (const [place, port] of ports)
    test(`at ${place} has port ${port}`, () => assert.equal(provider(place).port, port));

  test('without a version and with 0.0.0 is of one service, and neither says that it has a version', () => {
    const one = provider('dubbo://10.0.0.1:1', FOO, { version: '0.0.0' });
    assert.equal(one.version, '');
    assert.equal(one.parameters.get('version'), undefined);
  });

  test('that says `dynamic=false` is persistent', () => {
    assert.equal(provider('dubbo://10.0.0.1:1', FOO, { dynamic: 'false' }).isPersistent, true);
    assert.equal(provider('dubbo://10.0.0.1:1', FOO, { dynamic: '' }).isPersistent, false);
  });

  for (const scheme of ['injvm', 'mock', 'registry', 'service-discovery-registry', 'empty', 'consumer', 'override'])
    test(`by ${scheme} is none`, () =>
      assert.deepEqual(decoded(providerNode(`${scheme}://10.0.0.1:1`, FOO)), { kind: 'unreachable' }));

  for (const parameters of [{ side: 'consumer' }, { category: 'consumers' }, { category: 'routers,configurators' }])
    test(`with ${JSON.stringify(parameters)} is none`, () =>
      assert.deepEqual(decoded(providerNode('dubbo://10.0.0.1:1', FOO, parameters)), { kind: 'unreachable' }));

  const unreadable: [node: string, why: string][] = [
    ['no URL', 'it is no URL'],
    [providerNode('dubbo://10.0.0.1:x', FOO), 'its host and port cannot be told'],
    [providerNode('dubbo://:20880', FOO), 'it names no address'],
    [providerNode('dubbo://0.0.0.0:20880', FOO), 'it names no address'],
    [encoded(`dubbo://10.0.0.1:20880/${FOO}?interface=${FOO}`), 'it names no application'],
    [providerNode('dubbo://10.0.0.1:1', BAR), 'it names another interface than the directory that it stands in'],
  ];
  for (const [node, why] of unreadable)
    test(`is unreadable where ${why}`, () => assert.deepEqual(decoded(node), { kind: 'unreadable', why }));
});

describe('what is kept of the parameters', () => {
  function kept(parameters: Readonly<Record<string, string>>, secretKeys: readonly string[] = []): string {
    const one = decoded(providerNode('dubbo://10.0.0.1:1', FOO, parameters), FOO, undefined, secretKeys);
    assert.ok(one.kind === 'provider');
    const shown = [...one.provider.parameters].filter(([key]) => key !== 'application' && key !== 'interface');
    return [...shown.map(([key, value]) => `${key}=${value}`), ...one.provider.droppedSecrets.map((key) => `!${key}`)]
      .sort()
      .join(' ');
  }

  const cases: [what: string, parameters: Readonly<Record<string, string>>, expected: string][] = [
    ['what every registration sets anew goes', { timestamp: '1', pid: '2', 'bind.ip': '3', 'bind.port': '4' }, ''],
    ['what is of the process goes', { anyhost: 'true', 'qos.port': '1', 'qos.enable': 'true', threads: '200' }, ''],
    ['what Dubbo hides goes', { '.token': 'x' }, ''],
    ['methods and what is said of them go', { methods: 'a,b', 'a.timeout': '1', 'b.0.callback': 'true' }, ''],
    ['a dotted key that is of no method stays', { methods: 'a', 'c.timeout': '1' }, 'c.timeout=1'],
    [
      'secrets go, and are named',
      { token: 'x', accesskey: 'x', accessKeyId: 'x', secretAccessKey: 'x', password: 'x', username: 'x' },
      '!accessKeyId !accesskey !password !secretAccessKey !token !username',
    ],
    ['a value that holds a password goes', { jdbc: 'db://app:hunter2@db/x' }, '!jdbc'],
    ['the tag of later releases is the tag', { 'dubbo.tag': 'gray' }, 'dubbo.tag=gray tag=gray'],
    ['a tag of its own stays', { 'dubbo.tag': 'gray', tag: 'blue' }, 'dubbo.tag=gray tag=blue'],
    ['all else stays', { owner: 'ann', zone: 'z1', revision: '1' }, 'owner=ann revision=1 zone=z1'],
  ];
  for (const [what, parameters, expected] of cases) test(what, () => assert.equal(kept(parameters), expected));

  test('configured globs are secrets too', () =>
    assert.equal(kept({ 'x-internal': '1' }, ['*-internal']), '!x-internal'));

  test('the user of the URL goes, and is named', () => {
    const one = decoded(providerNode('dubbo://ann:hunter2@10.0.0.1:1', FOO));
    assert.ok(one.kind === 'provider');
    assert.deepEqual(one.provider.droppedSecrets, ['user info']);
    assert.doesNotMatch(JSON.stringify([one.provider, ...one.provider.parameters]), /hunter2|ann/);
  });

  test('a registration with another timestamp and process says the same', () => {
    const one = (timestamp: string, pid: string) =>
      provider('dubbo://10.0.0.1:1', FOO, { timestamp, pid, weight: '5' });
    const { registeredAtMs: before, ...former } = one('1', '1');
    const { registeredAtMs: after, ...fresh } = one('2', '2');
    assert.deepEqual(fresh, former);
    assert.deepEqual([before, after], [1, 2]);
  });
});

describe('the scope of a provider', () => {
  const node = providerNode('dubbo://10.0.0.1:20880', FOO, {
    group: 'prod',
    version: '1.0.0',
    environment: 'live',
    owner: 'ann',
    token: 'x',
    timestamp: '5',
  });
  const cases: [what: string, asked: ReturnType<typeof rule>, isInScope: boolean][] = [
    ['its application', rule({ application: ['ord*'] }), true],
    ['its interface', rule({ interface: ['com.acme.*'] }), true],
    ['its group', rule({ group: ['prod'] }), true],
    ['its version', rule({ version: ['1.*'] }), true],
    ['its environment', rule({ environment: ['live'] }), true],
    ['any parameter', rule({}, { owner: ['ann', 'bob'] }), true],
    ['two of them', rule({ group: ['prod'], version: ['2.*'] }), false],
    ['another group', rule({ group: ['test'] }), false],
    ['no secret', rule({}, { token: ['x'] }), false],
  ];
  for (const [what, asked, isInScope] of cases) {
    test(`asks for ${what}`, () => {
      const one = decoded(node, FOO, scopeOf(asked));
      assert.ok(one.kind === 'provider');
      assert.equal(one.provider.isInScope, isInScope);
    });
  }

  test('outside of it only the place is kept', () => {
    const one = decoded(node, FOO, scopeOf(rule({ group: ['test'] })));
    assert.ok(one.kind === 'provider');
    assert.deepEqual([one.provider.parameters.size, one.provider.droppedSecrets], [0, []]);
    assert.deepEqual([one.provider.address, one.provider.application], ['10.0.0.1', 'orders']);
  });
});
