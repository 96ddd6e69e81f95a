import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { loadConfig } from '../../../src/config/load.ts';
import { silentLog } from '../../../src/observe/log.ts';
import { configuredRegistry, REGISTRY_KINDS } from '../../../src/registry/table.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';

const SMALLEST: Readonly<Record<keyof typeof REGISTRY_KINDS, string>> = {
  eureka: "{ kind: eureka, urls: ['http://a:8761/eureka'] }",
  dubbo: "{ kind: dubbo, servers: ['a:2181'] }",
  'spring-cloud-zookeeper': "{ kind: spring-cloud-zookeeper, servers: ['a:2181'] }",
  file: '{ kind: file, path: /etc/services.yaml }',
};

function registry(text: string) {
  const file = { path: 'footbridge.yaml', text: `namespace: shop\ninstance: test\nregistries: { it: ${text} }\n` };
  const loaded = loadConfig({ file, env: {}, flags: {} });
  const options = loaded.kind === 'ok' ? loaded.config.registries['it'] : undefined;
  if (options === undefined) throw new Error(JSON.stringify(loaded));
  const context = { clock: new FakeClock(), log: silentLog, random: () => 0.5, onRead() {}, onDrift() {} };
  return configuredRegistry('it', options).create(options.scope, context);
}

describe('a registry of each kind tells of a session from the start where its kind says that there is one, and else of none', () => {
  for (const [kind, { hasSession }] of Object.entries(REGISTRY_KINDS)) {
    test(`${kind}: ${hasSession ? 'lost until the first connection' : 'none'}`, () => {
      const session = registry(SMALLEST[kind as keyof typeof SMALLEST]).session?.();
      assert.equal(session?.state, hasSession ? 'lost' : undefined);
      assert.equal(session?.watches, hasSession ? 0 : undefined);
    });
  }
});
