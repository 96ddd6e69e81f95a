import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { configTree, leavesOf } from '../../../src/config/field-tree.ts';
import { configProblemSentence } from '../../../src/config/problem.ts';
import { load, loaded, problemsOf, SMALLEST } from './samples.ts';

const TREE = configTree(
  new Map([
    ['legacy', 'eureka'],
    ['vm', 'file'],
  ] as const),
);

describe('problems of a configuration', () => {
  test('are all listed, each with key, value, rule, place and what was probably meant', () => {
    const file = `${SMALLEST}gaurd: {}\nremovalDebounce: 5s\nserve: {prot: 1, port: 99999, address: 127.0.0.1}\n`;
    const env = { FOOTBRIDGE_LOG_LEVEL: 'INFO', FOOTBRIDGE_SERVER_PORT: '1' };
    assert.deepEqual(sentences(file, { env, flags: { 'serv.port': '1', 'admin.port': '0x10' } }), [
      'gaurd is not a key (footbridge.yaml:7). Did you mean `guard`?',
      'removalDebounce is not a key (footbridge.yaml:8). Did you mean `guard.removalDebounce`?',
      'serve.prot is not a key (footbridge.yaml:9). Did you mean `serve.port`?',
      'FOOTBRIDGE_SERVER_PORT means nothing to Footbridge, and every variable that begins with FOOTBRIDGE_ must. Did you mean `FOOTBRIDGE_SERVE_PORT`?',
      'serv.port is not a key (flag --serv.port). Did you mean `serve.port`?',
      'serve.port = 99999 must be a port number from 1 to 65535 (0: any free one) (footbridge.yaml:9).',
      'log.level = INFO must be `debug`, `info`, `warn` or `error` (environment FOOTBRIDGE_LOG_LEVEL). Did you mean `info`?',
      'admin.port = 0x10 must be a port number from 1 to 65535 (0: any free one), in plain digits and without quotes (flag --admin.port).',
    ]);
  });

  const single: readonly (readonly [about: string, text: string, expected: RegExp])[] = [
    [
      'a wrong value in a lower layer, although a higher one overrides it',
      `${SMALLEST}serve: {port: "80"}\n`,
      /serve.port = 80 must be/,
    ],
    [
      'a text where a section belongs',
      `${SMALLEST}guard: 5s\n`,
      /^guard must be a section with removalDebounce, removalShare, removalMinimum, removalWindow, emptyGrace, drain \(/,
    ],
    [
      'a list where the registries belong',
      'namespace: a\ninstance: b\nregistries: [x]\n',
      /registries must be a mapping of names/,
    ],
    ['a list where the whole belongs', '- a\n', /must be a mapping of keys to values/],
    [
      'a mapping where a list belongs',
      `${SMALLEST}exportTo: {a: 1}\n`,
      /exportTo = \{"a":1\} must be a list of texts, not a mapping/,
    ],
    [
      'a comma-separated text in the file',
      `${SMALLEST}exportTo: a,b\n`,
      /exportTo = a,b must be a list of texts, not a single text/,
    ],
    ['a key without a value', `${SMALLEST}hostTemplate:\n`, /hostTemplate = null must be a template.*not empty/],
    ['a dotted key', `${SMALLEST}serve.port: 1\n`, /serve.port must be nested/],
    [
      'the same key twice',
      `${SMALLEST}log: {level: info}\nlog: {level: warn}\n`,
      /holds the same key twice \(footbridge.yaml:8\)/,
    ],
    ['a number in another notation', `${SMALLEST}serve: {port: 0x10}\n`, /serve.port = 0x10 must be/],
    ['a number with an exponent', `${SMALLEST}serve: {port: 1e3}\n`, /serve.port = 1e3 must be/],
    [
      'a registry without a kind',
      'namespace: a\ninstance: b\nregistries: {x: {urls: []}}\n',
      /registries.x.kind must be `eureka`, `dubbo`, `spring-cloud-zookeeper` or `file`/,
    ],
    [
      'a registry of an unknown kind',
      'namespace: a\ninstance: b\nregistries: {x: {kind: Eureka}}\n',
      /registries.x.kind = Eureka .*Did you mean `eureka`/,
    ],
    [
      'a registry with a wrong name',
      'namespace: a\ninstance: b\nregistries: {Old_1: {kind: file}}\n',
      /registries.Old_1 is not a registry name.*Did you mean `old1`/,
    ],
    [
      'a registry with a name that objects have',
      'namespace: a\ninstance: b\nregistries: {constructor: {kind: file, path: x}}\n',
      /registries.constructor is not a registry name/,
    ],
    ['a key of another kind', `${SMALLEST}    path: x\n`, /registries.legacy.path is not a key/],
    [
      'an attribute of another kind',
      `${SMALLEST}    scope: {include: [{service: X}]}\n`,
      /scope.include = .* \(rule 1\) must use only the keys `app`, `vip`, `group`, `metadata`/,
    ],
  ];
  for (const [about, text, expected] of single) {
    test(`${about} is one problem, and nothing follows from it`, () => {
      const found = sentences(text).filter((sentence) => !/^(?:namespace|instance) must be given/.test(sentence));
      assert.equal(found.length, 1, found.join('\n'));
      assert.match(found[0] ?? '', expected);
    });
  }

  test('required keys are named with every way to give them', () => {
    assert.deepEqual(
      problemsOf('').map(({ code, key }) => [code, key]),
      [
        ['MISSING_VALUE', 'namespace'],
        ['MISSING_VALUE', 'instance'],
        ['RULE_BROKEN', 'registries'],
      ],
    );
    assert.match(sentences('')[0] ?? '', /in the file, as FOOTBRIDGE_NAMESPACE or as --namespace/);
  });

  test('more registries than a hundred are one problem', () => {
    const registries = (count: number) =>
      Array.from({ length: count }, (_, index) => `  r${index}: {kind: file, path: /x}\n`).join('');
    assert.deepEqual(sentences(SMALLEST + registries(99)), []);
    assert.deepEqual(sentences(SMALLEST + registries(200)), [
      'registries must hold at most 100 registries (footbridge.yaml:4).',
    ]);
  });

  test('of very many unknown keys the first twenty are answered with what was meant', () => {
    const many = Array.from({ length: 150 }, (_, index) => `namespac${index}: a\n`).join('');
    const meant = problemsOf(SMALLEST + many).filter(({ nearest }) => nearest === 'namespace');
    assert.equal(meant.length, 20);
  });

  test('a misspelled registry in a variable is answered with the right one', () => {
    const [sentence] = sentences(SMALLEST, { env: { FOOTBRIDGE_REGISTRIES_LEGCY_POLL_INTERVAL: '5s' } });
    assert.match(sentence ?? '', /Did you mean `FOOTBRIDGE_REGISTRIES_LEGACY_POLL_INTERVAL`/);
  });

  test('whatever else is said of a registry without a right kind is passed over', () => {
    const env = { FOOTBRIDGE_REGISTRIES_OLD_URLS: 'http://e/' };
    const flags = { 'registries.old.pollInterval': '5s' };
    const found = problemsOf(`${SMALLEST}  old: {kind: nacos, root: /x}\n`, { env, flags });
    assert.deepEqual(
      found.map(({ key }) => key),
      ['registries.old.kind'],
    );
  });

  test('a wrong key of a registry is answered with a key of that registry', () => {
    const [sentence] = sentences(
      `${SMALLEST}  vm: {kind: file, path: /x, pathh: /y}\n  old: {kind: file, path: /x, maxByte: 5}\n`,
    );
    assert.match(sentence ?? '', /Did you mean `registries.vm.path`/);
    const near = SMALLEST.replace('legacy', 'a');
    const [wrong] = sentences(`${near}  b: {kind: file, path: /x, urls: /y}\n`);
    assert.match(wrong ?? '', /^registries.b.urls is not a key/);
    assert.doesNotMatch(wrong ?? '', /registries.a/);
  });

  test('variables that Kubernetes sets for Services break nothing', () => {
    const env = {
      FOOTBRIDGE_SERVICE_HOST: '10.0.0.1',
      FOOTBRIDGE_SERVICE_PORT: '9902',
      FOOTBRIDGE_SERVICE_PORT_GRPC_XDS: '9902',
      FOOTBRIDGE_PORT: 'tcp://10.0.0.1:9902',
      FOOTBRIDGE_PORT_9902_TCP: 'tcp://10.0.0.1:9902',
      FOOTBRIDGE_PORT_9902_TCP_PROTO: 'tcp',
      FOOTBRIDGE_PORT_9902_TCP_PORT: '9902',
      FOOTBRIDGE_PORT_9902_TCP_ADDR: 'fd00::1',
      FOOTBRIDGE_PAYMENTS_SERVICE_HOST: '10.0.0.2',
      // A Service called footbridge-admin: the name is a key of ours, the value is not.
      FOOTBRIDGE_ADMIN_PORT: 'tcp://10.0.0.2:9903',
      FOOTBRIDGE_SERVE_PORT: 'tcp://[fd00::2]:9903',
    };
    const { config } = loaded(SMALLEST, { env });
    assert.deepEqual([config.serve.port, config.admin.port], [9902, 9903]);
  });

  test('a variable that only looks like one of Kubernetes is still an error', () => {
    for (const env of [
      { FOOTBRIDGE_SERV_PORT: '9902' },
      { FOOTBRIDGE_SERVICE_HOST: 'a b' },
      { FOOTBRIDGE_PORT: '9902' },
    ]) {
      assert.deepEqual(
        problemsOf(SMALLEST, { env }).map(({ code }) => code),
        ['UNKNOWN_VARIABLE'],
        JSON.stringify(env),
      );
    }
  });

  const published = [
    'namespace: "a\\ud800"',
    'instance: "a\\ud800"',
    'hostTemplate: "{service}.\\ud800"',
    'hosts: {"a.\\ud800": [legacy/PAY]}',
    'hosts: {a.b: ["legacy/\\ud800"]}',
    'exportTo: ["a\\ud800"]',
    'endpointLabels: ["a\\ud800"]',
    'endpointRules: [{network: "a\\ud800"}]',
    'endpointRules: [{serviceAccount: "a\\ud800"}]',
    'freeze: [{target: legacy, reason: "a\\ud800"}]',
    'labelPrefix: "a\\ud800"',
    'owner: {team: "a\\ud800"}',
    'owner: {partOf: "a\\udfff"}',
    'owner: {labels: {"a\\ud800": b}}',
    'owner: {labels: {a: "b\\ud800"}}',
    'owner: {annotations: {"a\\ud800": b}}',
    'owner: {annotations: {a: "b\\ud800"}}',
  ];
  for (const line of published) {
    test(`half a surrogate pair reaches no entry, over which istiod would drop it: ${line}`, () => {
      const key = line.slice(0, line.indexOf(':'));
      const rest = SMALLEST.replace(new RegExp(`^${key}:.*\n`, 'm'), '');
      const found = problemsOf(`${rest}${line}\n`);
      assert.deepEqual(
        found.map((problem) => [problem.code, problem.key.split('.')[0]]),
        [['WRONG_VALUE', key]],
      );
    });
  }

  test('control characters of a key or a value do not reach the terminal', () => {
    const text = `${SMALLEST}"a\\u001b[31m": 1\nlog: {level: "\\u001b[31m"}\n`;
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what must not be there
    for (const sentence of sentences(text)) assert.doesNotMatch(sentence, /\u001b/);
  });

  test('whatever the environment and the file hold, loading answers', () => {
    const names = fc.constantFrom(
      ...leavesOf(TREE).map(({ env }) => env),
      'FOOTBRIDGE_',
      'FOOTBRIDGE_REGISTRIES__KIND',
    );
    const flags = fc.dictionary(
      fc.constantFrom(...leavesOf(TREE).map(({ path }) => path), '', '.', '__proto__'),
      fc.string(),
    );
    fc.assert(
      fc.property(
        fc.dictionary(names, fc.string()),
        flags,
        fc.oneof(fc.constant(SMALLEST), fc.json(), fc.string()),
        (env, given, text) => {
          const result = load(text, { env, flags: given });
          if (result.kind === 'invalid')
            assert.ok(result.problems.every((problem) => configProblemSentence(problem) !== ''));
        },
      ),
      { numRuns: 300 },
    );
  });
});

function sentences(text?: string, layers?: Parameters<typeof problemsOf>[1]): readonly string[] {
  return problemsOf(text, layers).map(configProblemSentence);
}
