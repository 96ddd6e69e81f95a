// A dump holds what the living registry with the same scope publishes, and no secret, whatever was registered.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Problem } from '../../src/model/problem.ts';
import type { Instance, Service } from '../../src/model/service.ts';
import { compileSecrets } from '../../src/registry/decoding/secrets.ts';
import { answerForDump } from '../../src/registry/eureka/answer-for-dump.ts';
import { decodeFull } from '../../src/registry/eureka/decode.ts';
import { readEurekaDump } from '../../src/registry/eureka/dump.ts';
import { applyFull, EMPTY_ESTATE } from '../../src/registry/eureka/estate.ts';
import { NOTHING_PUBLISHED, publish } from '../../src/registry/eureka/published.ts';
import { decodeFile } from '../../src/registry/file/decode.ts';
import { fileForDump } from '../../src/registry/file/file-for-dump.ts';
import { judgeScope, type ScopeOptions, type ScopeRule } from '../../src/registry/scope.ts';
import { eurekaOptions } from '../fakes/eureka-options.ts';
import { rawInstance } from '../fakes/fake-eureka-registry.ts';

const PLANTED = 'hunter2';

const rule: fc.Arbitrary<ScopeRule> = fc.record({
  attributes: fc.constantFrom({}, { app: ['orders'] }, { app: ['p*'] }, { vip: ['stock'] }),
  metadata: fc.constantFrom({}, { team: ['us'] }),
});
const scope: fc.Arbitrary<ScopeOptions> = fc.record({
  include: fc.array(rule, { maxLength: 2 }),
  exclude: fc.array(rule, { maxLength: 1 }),
});

const metadata = fc.record(
  {
    team: fc.constantFrom('us', 'them'),
    zone: fc.string(),
    weight: fc.oneof(fc.nat(), fc.string()),
    password: fc.constantFrom(PLANTED, 1234, [PLANTED], { a: PLANTED }, null),
    'tenant-id': fc.constant(PLANTED),
    jdbc: fc.constantFrom(`x://me:${PLANTED}@db`, `x://db?token=${PLANTED}`, 'x://db'),
    params: fc.constantFrom(`{"api-key":"${PLANTED}"}`, '{"port":1}', '{'),
    '@class': fc.constant('java.util.Collections$EmptyMap'),
  },
  { requiredKeys: [] },
);

test('the dump of an estate of Eureka publishes what the estate does, and holds no secret', () => {
  const instance = fc.record(
    {
      instanceId: fc.constantFrom('a', 'b', 'constructor', ''),
      app: fc.constantFrom('ORDERS', 'pay', '__proto__'),
      status: fc.constantFrom('UP', 'DOWN', 'ODD'),
      ipAddr: fc.constantFrom('10.0.0.1', 'unknown'),
      hostName: fc.constantFrom('vm-1', 'unknown'),
      vipAddress: fc.constantFrom('Shop', 'shop,stock', ''),
      homePageUrl: fc.constant(`http://me:${PLANTED}@10.0.0.1/`),
      metadata: fc.oneof(metadata, fc.constant(null), fc.constant(PLANTED.length)),
    },
    { requiredKeys: ['homePageUrl'] },
  );
  const raw = fc.oneof(
    { weight: 8, arbitrary: instance.map((fields) => ({ ...rawInstance('orders', 'x'), ...fields })) },
    instance,
    fc.constantFrom('odd', null),
  );
  const application = fc.record({
    name: fc.constantFrom('ORDERS', 'PAY'),
    instance: fc.oneof(fc.array(raw, { maxLength: 4 }), raw),
  });
  const answer = fc.record({
    applications: fc.record({
      apps__hashcode: fc.constantFrom('', 'UP_3_'),
      application: fc.oneof(fc.array(application, { maxLength: 4 }), application),
    }),
  });
  fc.assert(
    fc.property(answer, scope, fc.constantFrom('app' as const, 'vip' as const), (document, wanted, serviceKey) => {
      const options = eurekaOptions({ secretKeys: ['tenant-*'], serviceKey });
      const isSecret = compileSecrets(options.secretKeys);
      const rules = { ...options, registry: 'legacy', judge: judgeScope(wanted) };
      const listing = decodeFull(document, isSecret);
      // Where the living registry learns nothing there is no dump.
      fc.pre(listing.kind === 'listing');
      if (listing.kind !== 'listing') return;
      const living = publish(applyFull(EMPTY_ESTATE, listing, rules), 'legacy', NOTHING_PUBLISHED);
      const saved = JSON.stringify(answerForDump([document], rules, wanted, { isSecret, onMasked() {} }));
      assert.ok(!saved.includes(PLANTED), saved);
      const read = readEurekaDump(saved, 'legacy', options, wanted);
      if (read.kind === 'unreadable') throw new Error(read.message);
      // Nothing depends on the order, which is that of whoever is listed first, in scope or not.
      assert.deepEqual([...read.services.keys()].sort(), [...living.services.keys()].sort());
      for (const [key, service] of living.services) assert.deepEqual(shown(read.services.get(key)), shown(service));
      // Of what nobody can read nothing is said where nothing else is in scope.
      if (living.services.size > 0) assert.deepEqual(told(read.problems), told(living.problems));
    }),
  );
});

/** Without twins, which may both be outside the scope: Eureka itself never lists two. */
function told(problems: readonly Problem[]): readonly string[] {
  return problems
    .filter(({ code }) => code !== 'INSTANCE_DUPLICATE')
    .map((found) => JSON.stringify(found))
    .sort();
}

/** Without the one thing that a decoder keeps and a dump does not show: a secret within JSON within metadata. */
function shown(service: Service | undefined): unknown {
  const without = (instance: Instance) => ({ ...instance, metadata: new Map([...instance.metadata, ['params', '']]) });
  return service === undefined ? undefined : { ...service, instances: service.instances.map(without) };
}

test('the dump of a registry file says what the file says, and holds no secret', () => {
  const text = fc.oneof(
    fc.string(),
    fc.constantFrom('1.10', '010', 'true', 'null', '~', '', ' ', '*a', '&a', '#', '- a', 'a: b', 'a\nb'),
  );
  const fileMetadata = fc.dictionary(text, text, { maxKeys: 4 });
  const secret = fc.constantFrom({}, { password: PLANTED }, { jdbc: `x://me:${PLANTED}@db` }, { tokens: [PLANTED] });
  const instance = fc.record(
    {
      id: text,
      address: fc.constantFrom('10.0.0.1', 'vm-1', ''),
      port: fc.constantFrom('80', '8080', 'x'),
      weight: fc.constantFrom('1', '1.5', 'x'),
      metadata: fc.tuple(fileMetadata, secret).map(([a, b]) => ({ ...a, ...b })),
    },
    { requiredKeys: ['address', 'port'] },
  );
  const service = fc.record(
    { name: text, metadata: secret, instances: fc.array(instance, { maxLength: 3 }), comment: secret },
    { requiredKeys: ['name', 'instances'] },
  );
  const file = fc.record({ services: fc.array(service, { maxLength: 4 }) });
  fc.assert(
    fc.property(file, (document) => {
      const json = JSON.stringify(document);
      const living = decodeFile(json, { registry: 'legacy', isSecret: compileSecrets([]) });
      const saved = fileForDump(json, 'legacy', { include: [], exclude: [] });
      if (living.kind === 'unreadable' || saved.kind === 'failed') throw new Error('it is readable');
      assert.ok(!String(saved.raw).includes(PLANTED), String(saved.raw));
      assert.deepEqual(decodeFile(String(saved.raw), { registry: 'legacy', isSecret: compileSecrets([]) }), living);
    }),
  );
});
