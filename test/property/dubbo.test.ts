// Whatever stands in a tree of Dubbo, in whatever order it came and in however many pieces: the services are those of one fresh
// reading, what did not change keeps its object, and no text of a stranger does more than be refused.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { sameService } from '../../src/model/equality.ts';
import type { Service } from '../../src/model/service.ts';
import { createDubboMask } from '../../src/registry/dubbo/dubbo-mask.ts';
import { decodeConsumer } from '../../src/registry/dubbo/records/consumer.ts';
import { decodeDubboUrl } from '../../src/registry/dubbo/records/dubbo-url.ts';
import { compileDubboSecrets } from '../../src/registry/dubbo/records/parameters.ts';
import {
  identityOf,
  interfaceServiceName,
  parseServiceKey,
  readInterfaceServiceName,
  serviceKeyText,
} from '../../src/registry/dubbo/records/service-identity.ts';
import { decodeOverrides } from '../../src/registry/dubbo/rules/override-rules.ts';
import { applyRules } from '../../src/registry/dubbo/rules/rule.ts';
import { decodeRuleDocument } from '../../src/registry/dubbo/rules/rule-document.ts';
import type { ScopeOptions } from '../../src/registry/scope.ts';
import type { Projected } from '../../src/registry/zookeeper/tree-plan.ts';
import {
  type Change,
  consumerNode,
  decoded,
  encoded,
  encodeUrl,
  FakeTree,
  instanceData,
  metadataData,
  options,
  provider,
  providerNode,
  rule,
  TreeReading,
  WHOLE,
} from '../unit/registry/dubbo/dubbo-fixtures.ts';

const address = fc.constantFrom('10.0.0.1', '10.0.0.2', '2001:db8::1');
const interfaceName = fc.constantFrom('com.acme.Foo', 'com.acme.Bar', 'com.v-1');
const application = fc.constantFrom('orders', 'carts', '__proto__');
const place = fc
  .tuple(fc.constantFrom('dubbo', 'tri', 'rest', 'odd'), address, fc.constantFrom(1, 2, 3))
  .map(([scheme, host, port]) => `${scheme}://${host.includes(':') ? `[${host}]` : host}:${port}`);
const said = fc.record(
  {
    group: fc.constantFrom('a', 'b'),
    version: fc.constantFrom('1', '0.0.0'),
    weight: fc.constantFrom('5', '7', 'x'),
    disabled: fc.constantFrom('true', 'false'),
    timestamp: fc.constantFrom('1', '2'),
    zone: fc.constantFrom('z1', 'z2'),
    'ext.protocol': fc.constantFrom('tri', 'dubbo'),
    dynamic: fc.constantFrom('true', 'false'),
    token: fc.constant('hunter2'),
  },
  { requiredKeys: [] },
);

type Step =
  | { readonly kind: 'set'; readonly path: string; readonly content: readonly string[] | string }
  | { readonly kind: 'delete'; readonly path: string };

const providers = fc
  .tuple(interfaceName, fc.array(fc.tuple(place, application, said), { maxLength: 4 }))
  .map(([name, nodes]): Step => {
    const content = nodes.map(([at, app, parameters]) => providerNode(at, name, { application: app, ...parameters }));
    return { kind: 'set', path: `/dubbo/${encoded(name)}/providers`, content: [...new Set(content)] };
  });
const beside = fc.tuple(interfaceName, fc.constantFrom('5', '9'), address).chain(([name, weight, host]) =>
  fc.constantFrom<Step>(
    {
      kind: 'set',
      path: `/dubbo/${encoded(name)}/configurators`,
      content: [
        encoded(`override://0.0.0.0/${name}?weight=${weight}&timeout=1`),
        encoded(`override://${host}:1/${name}?disabled=true`),
        'nonsense',
      ],
    },
    {
      kind: 'set',
      path: `/dubbo/${encoded(name)}/consumers`,
      content: [consumerNode('shop', name, { timestamp: weight })],
    },
  ),
);
const rules = fc
  .tuple(
    application,
    fc.constantFrom('scope: application\nkey: orders\nconfigs: [{side: provider, parameters: {weight: 3}}]', '{'),
  )
  .map(([app, content]): Step => ({ kind: 'set', path: `/dubbo/config/dubbo/${app}.configurators`, content }));
const record = fc
  .tuple(
    application,
    address,
    fc.constantFrom({ dubbo: 1 }, { tri: 2, dubbo: 1 }, { dubbo: 3 }, {}),
    fc.constantFrom('r1', 'r2', '0'),
  )
  .map(([app, host, endpoints, revision]): Step => {
    const [port = 0] = Object.values(endpoints);
    const content = instanceData(host, endpoints, { 'dubbo.metadata.revision': revision });
    return { kind: 'set', path: `/services/${app}/${host}:${port}`, content };
  });
const metadata = fc.tuple(application, fc.constantFrom('r1', 'r2'), said).map(
  ([app, revision, parameters]): Step => ({
    kind: 'set',
    path: `/dubbo/metadata/${app}/${revision}`,
    content: metadataData({ 'com.acme.Foo:dubbo': parameters, 'a/com.acme.Bar:1:tri': {} }),
  }),
);
const departure = fc
  .oneof(
    fc
      .tuple(interfaceName, fc.constantFrom('', '/providers', '/configurators'))
      .map(([name, below]) => `/dubbo/${encoded(name)}${below}`),
    application.map((app) => `/services/${app}`),
    fc.constantFrom('/dubbo', '/services', '/dubbo/config', '/dubbo/metadata/orders'),
  )
  .map((path): Step => ({ kind: 'delete', path }));
const step = fc.oneof(
  { weight: 4, arbitrary: providers },
  { weight: 3, arbitrary: record },
  beside,
  rules,
  metadata,
  departure,
);

const scope: fc.Arbitrary<ScopeOptions> = fc.constantFrom<ScopeOptions>(
  WHOLE,
  { include: [rule({ application: ['orders'] })], exclude: [] },
  { include: [rule({ interface: ['com.acme.*'] }), rule({}, { zone: ['z1'] })], exclude: [] },
  { include: [], exclude: [rule({ group: ['a'] }), rule({ interface: ['*Bar'] })] },
);
const services = fc.constantFrom('application' as const, 'interface' as const);

function shown({ services: found, problems, ofServices }: Projected): readonly unknown[] {
  return [[...found.values()].sort(byName), problems, ofServices];
}

function byName(a: Service, b: Service): number {
  return a.name < b.name ? -1 : 1;
}

/** In another order, and cut into several calls. */
function projectInPieces(reading: TreeReading, changes: readonly Change[], seed: number): Projected {
  const shuffled = changes
    .map((change, index) => ({ change, key: (Math.imul(index + 1, seed | 1) >>> 0) % 97 }))
    .sort((a, b) => a.key - b.key)
    .map(({ change }) => change);
  const cut = changes.length === 0 ? 0 : seed % changes.length;
  reading.projection.project(shuffled.slice(0, cut));
  return reading.projection.project(shuffled.slice(cut));
}

function take(tree: FakeTree, one: Step): void {
  if (one.kind === 'set') tree.set(one.path, one.content);
  else tree.delete(one.path);
}

test('changes in any order and in any pieces end in the services and problems of one fresh reading', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(step, fc.nat(1000)), { maxLength: 12 }), scope, services, (steps, wanted, by) => {
      const settings = options({ services: by });
      const tree = new FakeTree();
      const reading = new TreeReading(settings, wanted);
      let last = reading.read(tree);
      for (const [one, seed] of steps) {
        take(tree, one);
        last = projectInPieces(reading, reading.changes(tree), seed);
      }
      assert.deepEqual(shown(last), shown(new TreeReading(settings, wanted).read(tree)));
    }),
    { numRuns: 300 },
  );
});

test('what says the same as before keeps its object', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 12 }), services, (steps, by) => {
      const tree = new FakeTree();
      const reading = new TreeReading(options({ services: by }));
      let before = reading.read(tree);
      for (const one of steps) {
        take(tree, one);
        const after = reading.read(tree);
        const changed = [...after.services].filter(([key, service]) => before.services.get(key) !== service);
        for (const [key, service] of changed) {
          const former = before.services.get(key);
          assert.ok(former === undefined || !sameService(former, service), service.name);
        }
        if (changed.length === 0 && after.services.size === before.services.size)
          assert.equal(after.services, before.services);
        before = after;
      }
    }),
    { numRuns: 150 },
  );
});

test('a process that is registered at both levels is one instance, with the ports of its record', () => {
  const ports = fc.uniqueArray(fc.constantFrom('dubbo', 'tri', 'rest'), { minLength: 1 });
  fc.assert(
    fc.property(ports, fc.array(interfaceName, { minLength: 1, maxLength: 3 }), address, (schemes, names, host) => {
      const endpoints = Object.fromEntries(schemes.map((scheme, index) => [scheme, 100 + index]));
      const tree = new FakeTree({ [`/services/orders/${host}:100`]: instanceData(host, endpoints) });
      const [alone] = new TreeReading().read(tree).services.values();
      for (const name of names) {
        const nodes = Object.entries(endpoints).map(([scheme, port]) =>
          providerNode(`${scheme}://[${host}]:${port}`, name),
        );
        tree.set(`/dubbo/${encoded(name)}/providers`, nodes);
      }
      const [both] = new TreeReading().read(tree).services.values();
      const placed = (service: Service | undefined): unknown =>
        service?.instances.map(({ id, address: at, ports: offered }) => ({ id, at, offered }));
      assert.equal(both?.instances.length, 1);
      assert.deepEqual(placed(both), placed(alone));
    }),
  );
});

test('a rule takes effect whatever stands before or behind it', () => {
  const url = fc
    .tuple(
      fc.constantFrom('override', 'absent'),
      fc.constantFrom('0.0.0.0', '10.0.0.1:1', '10.0.0.2:1'),
      fc.constantFrom('1', '2'),
      fc.constantFrom('weight', 'disabled'),
      fc.nat(3),
    )
    .map(([scheme, host, value, key, priority]) =>
      encoded(`${scheme}://${host}/com.acme.Foo?${key}=${value}&priority=${priority}`),
    );
  const one = provider('dubbo://10.0.0.1:1');
  fc.assert(
    fc.property(fc.uniqueArray(url, { maxLength: 8 }), fc.nat(), (urls, seed) => {
      const turned = [...urls.slice(seed % (urls.length + 1)), ...urls.slice(0, seed % (urls.length + 1))];
      const effectOf = (names: readonly string[]) => applyRules(one, [decodeOverrides(names, 'x')]);
      assert.deepEqual(effectOf(turned), effectOf(urls));
    }),
  );
});

const word = fc.stringMatching(/^[a-z][a-z0-9.-]{0,8}$/);
const value = fc.string({ unit: 'binary', maxLength: 12 }).map((text) => text.replace(/[&;]/g, ''));
const anyUrl = fc.record({
  protocol: fc.constantFrom('dubbo', 'tri', 'consumer', 'native-thrift'),
  host: fc.constantFrom('10.0.0.1', 'vm.example', '2001:db8::1', 'fe80::1%en0'),
  port: fc.option(fc.nat(99_999), { nil: undefined }),
  path: word,
  parameters: fc
    .dictionary(
      word.filter((key) => !key.startsWith('default.')),
      value,
    )
    .map((entries) => new Map(Object.entries(entries))),
});

test('a URL that is encoded decodes to itself', () => {
  fc.assert(
    fc.property(anyUrl, (url) => {
      assert.deepEqual(decodeDubboUrl(encodeUrl(url)), { kind: 'url', url: { ...url, hasUserInfo: false } });
    }),
  );
});

/** Texts that look like URLs more often than chance would have it. */
const hostile = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc
    .array(
      fc.constantFrom(
        'dubbo',
        '://',
        '%3A%2F%2F',
        '[',
        ']',
        ':',
        '1',
        '@',
        '/',
        '?',
        '=',
        '&',
        ';',
        '%',
        '%zz',
        '+',
        'default.',
        '__proto__',
        'application',
        'methods',
      ),
      { maxLength: 30 },
    )
    .map((parts) => parts.join('')),
);

test('no text makes a decoder throw, and no name of a parameter touches an object', () => {
  fc.assert(
    fc.property(hostile, (text) => {
      const one = decoded(text);
      assert.ok(one.kind !== 'unreadable' || one.why !== '');
      decodeConsumer(text);
      decodeOverrides([text], 'x');
      decodeRuleDocument(Buffer.from(text), 'x');
      decodeRuleDocument(Buffer.from(JSON.stringify([text, { toString: text }, [text]])), 'x');
      assert.equal(Object.keys(Object.prototype).length, 0);
    }),
    { numRuns: 1000 },
  );
});

test('time grows with the length of a text and no faster', () => {
  for (const part of ['default.', '%zz', '%ff', '&', ':', '@', '[', 'a=1;', '%2525', 'ext.protocol=a,'])
    for (const head of ['', 'dubbo://', 'dubbo://h:1/p?', 'dubbo://h:1/p?application=a&'])
      decoded(`${head}${part.repeat(100_000)}`);
});

test('the name of a service by interface reads back', () => {
  const text = fc.string({ unit: 'binary', maxLength: 8 });
  const part = fc.oneof(text, word, fc.constantFrom('1.0.0', 'v-1', 'g-a', '0-0', '..'));
  const name = fc.oneof(
    fc.array(part, { minLength: 1, maxLength: 3 }).map((parts) => `x.${parts.join('.')}`),
    word,
  );
  fc.assert(
    fc.property(name, part, part, (interfaceOf, group, version) => {
      const identity = identityOf(interfaceOf, group, version);
      assert.deepEqual(readInterfaceServiceName(interfaceServiceName(identity)), identity);
    }),
    { numRuns: 1000 },
  );
  fc.assert(
    fc.property(word, word, word, (interfaceOf, group, version) => {
      const identity = identityOf(interfaceOf, group, version);
      assert.deepEqual(parseServiceKey(serviceKeyText(identity)), identity);
    }),
  );
});

test('a masked name decodes to what the name decodes to, and holds no secret', () => {
  const secret = 'hunter2';
  const keys = fc.constantFrom('token', 'accesskey', 'password', 'username', 'my-secret', 'api_key');
  const mask = createDubboMask({ isSecret: compileDubboSecrets([]), onMasked() {} });
  const userInfo = fc.constantFrom('', `${secret}@`, `user:${secret}@`, `${secret}:x@y@`);
  fc.assert(
    fc.property(
      userInfo,
      fc.array(keys, { maxLength: 3 }),
      said,
      fc.boolean(),
      (user, secrets, parameters, isPlain) => {
        const hidden = Object.fromEntries(secrets.map((key) => [key, secret]));
        const name = providerNode(`dubbo://${user}10.0.0.1:1`, 'com.acme.Foo', { ...parameters, ...hidden });
        const text = isPlain ? decodeURIComponent(name) : name;
        const masked = mask.name(text);
        assert.ok(!masked.includes(secret));
        assert.deepEqual(decoded(masked), decoded(text));
        assert.equal(mask.name(masked), masked);
      },
    ),
  );
});
