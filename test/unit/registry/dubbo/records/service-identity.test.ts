import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { hostByTemplate } from '../../../../../src/convert/host.ts';
import {
  identityOf,
  interfaceServiceName,
  parseServiceKey,
  readInterfaceServiceName,
  serviceKeyText,
} from '../../../../../src/registry/dubbo/records/service-identity.ts';

describe('the name of a service by interface', () => {
  const cases: [interfaceName: string, group: string, version: string, name: string][] = [
    ['com.acme.Foo', '', '', 'com.acme.Foo'],
    ['com.acme.Foo', '', '0.0.0', 'com.acme.Foo'],
    ['com.acme.Foo', '', '1.0.0', 'com.acme.Foo.v-1-0-0'],
    ['com.acme.Foo', 'prod', '', 'com.acme.Foo.g-prod'],
    ['com.acme.Foo', 'prod', '1.0.0', 'com.acme.Foo.v-1-0-0.g-prod'],
    ['com.acme.Foo', 'A_b', '1.0-RC', 'com.acme.Foo.v-1-0--2d--52--43.g---41--5fb'],
    ['com.acme.Foo', '.a.', '1..2', 'com.acme.Foo.v-1--2e--2e2.g---2ea--2e'],
    ['com.acme.Foo', 'é', '', 'com.acme.Foo.g---c3--a9'],
    ['com.acme.Foo$Bar', '', '2', 'com.acme.Foo$Bar.v-2'],
    ['com.v-1', '', '', 'com.v-1.v-0-0-0'],
    ['com.G_a', '', '', 'com.G_a.v-0-0-0'],
    ['com.g_a', 'x', '', 'com.g_a.v-0-0-0.g-x'],
    ['com.Value', '', '', 'com.Value'],
  ];
  for (const [interfaceName, group, version, name] of cases) {
    test(`of ${JSON.stringify([interfaceName, group, version])} is ${name}, and reads back`, () => {
      const identity = identityOf(interfaceName, group, version);
      assert.equal(interfaceServiceName(identity), name);
      assert.deepEqual(readInterfaceServiceName(name), identity);
    });
  }

  test('becomes a host that reads back, but for the case of the interface', () => {
    const template = { hostTemplate: '{service}.shop.dubbo', namespace: 'shop', instance: 'a' };
    for (const [interfaceName, group, version, name] of cases.filter(([text]) => !/[$_]/.test(text))) {
      const { host } = hostByTemplate('dubbo', name, template);
      assert.ok(host !== undefined);
      const read = readInterfaceServiceName(host.slice(0, -'.shop.dubbo'.length));
      assert.deepEqual(read, identityOf(interfaceName.toLowerCase(), group, version));
    }
  });

  test('of no such form is an interface', () => {
    for (const name of ['com.acme.v-A', 'com.acme.g-', 'com.acme.v---4', 'v-1', 'g-a', ''])
      assert.deepEqual(readInterfaceServiceName(name), identityOf(name, '', ''));
  });
});

describe("Dubbo's own spelling", () => {
  const cases: [text: string, interfaceName: string, group: string, version: string][] = [
    ['com.acme.Foo', 'com.acme.Foo', '', ''],
    ['prod/com.acme.Foo', 'com.acme.Foo', 'prod', ''],
    ['com.acme.Foo:1.0.0', 'com.acme.Foo', '', '1.0.0'],
    ['prod/com.acme.Foo:1.0.0', 'com.acme.Foo', 'prod', '1.0.0'],
  ];
  for (const [text, interfaceName, group, version] of cases) {
    test(`${text} is read and written`, () => {
      const identity = identityOf(interfaceName, group, version);
      assert.deepEqual(parseServiceKey(text), identity);
      assert.equal(serviceKeyText(identity), text);
    });
  }

  test('knows 0.0.0 as no version', () => {
    assert.deepEqual(parseServiceKey('com.acme.Foo:0.0.0'), identityOf('com.acme.Foo', '', ''));
  });
});
