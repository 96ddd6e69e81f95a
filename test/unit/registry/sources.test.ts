import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { loadConfig } from '../../../src/config/load.ts';
import { configuredRegistry } from '../../../src/registry/table.ts';

function registry(text: string) {
  const file = { path: 'footbridge.yaml', text: `namespace: shop\ninstance: test\nregistries: { it: ${text} }\n` };
  const loaded = loadConfig({ file, env: {}, flags: {} });
  const options = loaded.kind === 'ok' ? loaded.config.registries['it'] : undefined;
  if (options === undefined) throw new Error(JSON.stringify(loaded));
  return configuredRegistry('it', options);
}

const namesOf = (of: ReturnType<typeof registry>) => of.sources.map(({ name }) => name);

describe('the sources of a registry', () => {
  const cases = [
    [
      'eureka',
      "{ kind: eureka, urls: ['http://a:8761/eureka/', 'https://b/v2'] }",
      ['http://a:8761/eureka', 'https://b/v2'],
    ],
    ['dubbo', "{ kind: dubbo, servers: ['a:2181', 'b:2182'] }", ['a:2181', 'b:2182']],
    ['spring-cloud-zookeeper', "{ kind: spring-cloud-zookeeper, servers: ['a:2181', 'b:2182'] }", ['a:2181', 'b:2182']],
  ] as const;
  for (const [kind, text, names] of cases) {
    test(`of kind ${kind} are its servers, and it can be read from some of them alone`, () => {
      const all = registry(text);
      assert.deepEqual(namesOf(all), names);
      assert.deepEqual(namesOf(all.readFrom(new Set([names[1]]))), [names[1]]);
    });
  }

  test('of kind file are the file', () =>
    assert.deepEqual(namesOf(registry("{ kind: file, path: '/etc/services.yaml' }")), ['/etc/services.yaml']));
});

test('a code that a kind does not know is told as a failure to list, never as a success of what comes before', () => {
  for (const text of ["{ kind: eureka, urls: ['http://a'] }", "{ kind: dubbo, servers: ['a:2181'] }"])
    assert.equal(registry(text).stepOf('READ_TOO_SLOW'), 'list');
});
