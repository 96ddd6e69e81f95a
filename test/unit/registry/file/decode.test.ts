import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { problemSentence } from '../../../../src/model/problem.ts';
import { compileSecrets } from '../../../../src/registry/decoding/secrets.ts';
import { decodeFile } from '../../../../src/registry/file/decode.ts';

const decode = (text: string) => decodeFile(text, { registry: 'vms', isSecret: compileSecrets([]) });

function good(text: string) {
  const decoded = decode(text);
  assert.equal(decoded.kind, 'services', decoded.kind === 'unreadable' ? decoded.message : '');
  assert.ok(decoded.kind === 'services');
  return { services: [...decoded.services.values()], problems: decoded.problems };
}

/** The instances of a file with one service, whose instances are given as YAML. */
function instancesOf(yaml: string) {
  const { services, problems } = good(`services: [{name: orders, instances: [${yaml}]}]`);
  return { instances: services[0]?.instances ?? [], codes: problems.map(({ code }) => code), problems };
}

describe('a registry file', () => {
  test('gives services with all that is said of their instances', () => {
    const { services, problems } = good(`
services:
  - name: orders
    metadata: {team: payments, version: v0}
    instances:
      - {id: orders-1, address: 10.20.0.17, port: 8080, status: up, weight: 3, locality: eu/eu-1, metadata: {version: v1}}
      - {address: 10.20.0.18, ports: [{number: 8080}, {name: rpc, number: 9090, protocol: grpc}, {number: 8443, protocol: https}]}
`);
    assert.deepEqual(problems, []);
    const attributes = new Map([['service', ['orders']]]);
    assert.deepEqual(services, [
      {
        key: 'vms/orders',
        registry: 'vms',
        name: 'orders',
        instances: [
          {
            id: '10.20.0.18:8080',
            address: '10.20.0.18',
            ports: [
              { name: 'http', number: 8080, protocol: 'http', secure: false },
              { name: 'rpc', number: 9090, protocol: 'grpc', secure: false },
              { name: 'https', number: 8443, protocol: 'https', secure: true },
            ],
            status: 'up',
            weight: undefined,
            locality: undefined,
            metadata: new Map([
              ['team', 'payments'],
              ['version', 'v0'],
            ]),
            attributes,
          },
          {
            id: 'orders-1',
            address: '10.20.0.17',
            ports: [{ name: 'http', number: 8080, protocol: 'http', secure: false }],
            status: 'up',
            weight: 3,
            locality: 'eu/eu-1',
            metadata: new Map([
              ['team', 'payments'],
              ['version', 'v1'],
            ]),
            attributes,
          },
        ],
      },
    ]);
  });

  test('may be JSON', () => {
    const { services } = good(
      '{\n\t"services": [{"name": "caf\\u00e9\\/\\ud83d\\ude00", "instances": [{"address": "10.0.0.1", "port": 80}]}]}',
    );
    assert.equal(services[0]?.name, 'café/😀');
    assert.equal(services[0]?.instances[0]?.ports[0]?.number, 80);
  });

  test('keeps metadata as it is typed', () => {
    const { instances } = instancesOf(
      '{address: a, port: 1, metadata: {version: 1.10, on: yes, day: 2026-01-01, zip: 0123, none: , nil: null}}',
    );
    assert.deepEqual(
      instances[0]?.metadata,
      new Map(Object.entries({ version: '1.10', on: 'yes', day: '2026-01-01', zip: '0123' })),
    );
  });

  test('may name a service in several places', () => {
    const { services } = good(
      'services: [{name: a, instances: [{address: x, port: 1}]}, {name: a, instances: [{address: y, port: 1}]}]',
    );
    assert.deepEqual(
      services.map(({ instances }) => instances.map(({ id }) => id)),
      [['x:1', 'y:1']],
    );
  });

  test('may share parts by anchors', () => {
    const { services } = good(
      'services: [{name: a, metadata: &shared {team: x}}, {name: b, metadata: *shared, instances: [{address: y, port: 1}]}]',
    );
    assert.deepEqual(services[1]?.instances[0]?.metadata, new Map([['team', 'x']]));
  });

  test('may list no service, when it says so', () => {
    assert.deepEqual(good('services: []'), { services: [], problems: [] });
  });

  test('orders instances by id, however they are listed', () => {
    const { instances } = instancesOf(
      '{id: b, address: x, port: 1}, {id: B, address: x, port: 2}, {id: a, address: x, port: 3}',
    );
    assert.deepEqual(
      instances.map(({ id }) => id),
      ['B', 'a', 'b'],
    );
  });

  test('is safe with names that objects have of themselves', () => {
    const { services } = good(
      'services: [{name: __proto__, instances: [{id: constructor, address: x, port: 1, metadata: {__proto__: y}}]}]',
    );
    assert.equal(services[0]?.name, '__proto__');
    assert.deepEqual(services[0]?.instances[0]?.metadata, new Map([['__proto__', 'y']]));
    assert.equal(Reflect.get({}, 'y'), undefined);
  });
});

describe('an instance', () => {
  for (const [spelled, status] of [
    ['UP', 'up'],
    ['OUT_OF_SERVICE', 'out-of-service'],
    ['starting', 'starting'],
  ] as const) {
    test(`may spell its status ${spelled}`, () => {
      assert.equal(instancesOf(`{address: x, port: 1, status: ${spelled}}`).instances[0]?.status, status);
    });
  }

  const refused: readonly (readonly [why: string, yaml: string, said: string])[] = [
    ['is no map', 'nonsense', 'must be a map'],
    ['has no address', '{port: 80}', '`address` is missing'],
    ['has an address of 2,000 characters', `{address: ${'x'.repeat(2000)}, port: 80}`, '`address` is missing'],
    ['has no port', '{address: x}', '`port` must be a port number'],
    ['has a port that is no number', '{address: x, port: http}', '`port` must be a port number'],
    ['has a negative port', '{address: x, port: -1}', '`port` must be a port number'],
    ['has an empty list of ports', '{address: x, ports: []}', '`ports` is empty'],
    ['has ports that are no list', '{address: x, ports: 80}', '`ports` must be a list'],
    ['has a port without a number', '{address: x, ports: [{name: http}]}', '`number` must be a port number'],
    ['has both forms of ports', '{address: x, port: 1, ports: [{number: 1}]}', 'exclude each other'],
    ['has two ports of one name', '{address: x, ports: [{number: 1}, {number: 2}]}', 'two ports are called http'],
    ['has an unknown protocol', '{address: x, port: 1, protocol: gopher}', '`protocol` must be one of http'],
    ['has an unknown status', '{address: x, port: 1, status: gone}', '`status` must be one of up'],
    ['has a secure flag that is none', '{address: x, port: 1, secure: maybe}', '`secure` must be one of true'],
    ['has an id that is a list', '{address: x, port: 1, id: [a]}', '`id` must be a short text'],
  ];
  for (const [why, yaml, said] of refused) {
    test(`that ${why} costs itself alone, with the reason`, () => {
      const { instances, codes, problems } = instancesOf(`${yaml}, {id: good, address: x, port: 1}`);
      assert.deepEqual(
        instances.map(({ id }) => id),
        ['good'],
      );
      assert.deepEqual(codes, ['INSTANCE_MALFORMED']);
      assert.ok(problems[0]?.value.includes(said), problems[0]?.value);
      assert.equal(problems[0]?.service, 'orders');
    });
  }

  test('with a port out of range is left to conversion', () => {
    assert.equal(instancesOf('{address: x, port: 70000}').instances[0]?.ports[0]?.number, 70000);
  });

  test('with a wrong weight is kept without it', () => {
    const { instances, codes } = instancesOf('{address: x, port: 1, weight: heavy}');
    assert.equal(instances[0]?.weight, undefined);
    assert.deepEqual(codes, ['WEIGHT_INVALID']);
  });

  test('with a secret in its metadata is kept without it, and the secret is nowhere', () => {
    const decoded = instancesOf(
      '{address: x, port: 1, metadata: {db.password: hunter2, url: "http://u:hunter2@h/", zone: z}}',
    );
    assert.deepEqual(decoded.instances[0]?.metadata, new Map([['zone', 'z']]));
    assert.deepEqual(decoded.codes, ['METADATA_SECRET_DROPPED', 'METADATA_SECRET_DROPPED']);
    assert.ok(!JSON.stringify(decoded.problems.map(problemSentence)).includes('hunter2'));
  });

  test('with keys and values that nobody reads is kept, and they are named', () => {
    const { instances, problems } = instancesOf('{address: x, port: 1, wieght: 3, metadata: {a: [1], b: "2"}}');
    assert.deepEqual(instances[0]?.metadata, new Map([['b', '2']]));
    assert.deepEqual(
      problems.map(({ code }) => code),
      ['FIELD_IGNORED', 'FIELD_IGNORED'],
    );
    assert.ok(problems.some(({ value }) => value.includes('wieght')));
    assert.ok(problems.every(({ instance }) => instance === 'x:1'));
  });

  test('that is listed twice counts as it stands last', () => {
    const { instances, codes } = instancesOf('{id: a, address: x, port: 1}, {id: a, address: y, port: 1}');
    assert.deepEqual(
      instances.map(({ address }) => address),
      ['y'],
    );
    assert.deepEqual(codes, ['INSTANCE_DUPLICATE']);
  });
});

describe('a service', () => {
  for (const [why, yaml] of [
    ['is no map', 'nonsense'],
    ['has no name', '{instances: []}'],
    ['has a name that is a list', '{name: [a]}'],
    ['has instances that are no list', '{name: a, instances: {x: y}}'],
  ] as const) {
    test(`that ${why} costs itself alone`, () => {
      const { services, problems } = good(`services: [${yaml}, {name: good, instances: [{address: x, port: 1}]}]`);
      assert.deepEqual(
        services.map(({ name }) => name),
        ['good'],
      );
      assert.deepEqual(
        problems.map(({ code }) => code),
        ['SERVICE_MALFORMED'],
      );
    });
  }

  test('with unknown keys is kept, and so is the file', () => {
    const { services, problems } = good(
      'extra: 1\nservices: [{name: a, owner: me, instances: [{address: x, port: 1}]}]',
    );
    assert.equal(services.length, 1);
    assert.deepEqual(
      problems.map(({ code, value }) => [code, value]),
      [
        ['FIELD_IGNORED', 'unknown key extra'],
        ['FIELD_IGNORED', 'unknown key owner'],
      ],
    );
  });
});

describe('a file that tells nothing for certain is an error as a whole', () => {
  const rows: readonly (readonly [what: string, text: string, code: string])[] = [
    ['empty', '', 'FILE_EMPTY'],
    ['only a comment', '# soon\n', 'FILE_EMPTY'],
    ['cut after its first word', 'services:\n', 'FILE_EMPTY'],
    ['cut inside a JSON list', '{"services": [{"name": "a"', 'FILE_SYNTAX'],
    ['cut inside a quoted text', 'services: [{name: "a', 'FILE_SYNTAX'],
    ['with a key given twice', 'services: []\nservices: []', 'FILE_SYNTAX'],
    ['with several documents', 'services: []\n---\nservices: []', 'FILE_SYNTAX'],
    ['with an unknown alias', 'services: *nowhere', 'FILE_SYNTAX'],
    ['nested deeper than the stack', '['.repeat(200_000), 'FILE_SYNTAX'],
    ['nested by dashes deeper than the stack', '- '.repeat(100_000), 'FILE_SYNTAX'],
    [
      'nested by indentation',
      Array.from({ length: 300 }, (_, depth) => `${' '.repeat(depth)}a:\n`).join(''),
      'FILE_SYNTAX',
    ],
    ['that grows by its aliases', bomb(), 'FILE_SYNTAX'],
    ['a list', '[]', 'FILE_LAYOUT'],
    ['a web page', '<html><body>Sign in</body></html>', 'FILE_LAYOUT'],
    ['without services', 'service: []', 'FILE_LAYOUT'],
    ['with services that are a map', 'services: {orders: {}}', 'FILE_LAYOUT'],
  ];
  for (const [what, text, code] of rows) {
    test(what, () => {
      const decoded = decode(text);
      assert.equal(decoded.kind === 'unreadable' ? decoded.code : decoded.kind, code);
    });
  }

  test('and says where', () => {
    const decoded = decode('services:\n  - name: a\n   oops: b\n');
    assert.match(decoded.kind === 'unreadable' ? decoded.message : '', /line 3, column/);
  });

  test('whatever it holds, decoding throws nothing', () => {
    const piece = fc.constantFrom(
      'services:',
      '\n',
      '  ',
      '- ',
      'name: a',
      '{',
      '}',
      '[',
      ']',
      'instances:',
      '&a',
      '*a',
      '"',
      "'",
      '|',
      ': ',
      '? ',
      'port: 1',
      '\t',
      '\0',
      '!!map ',
      '<<: ',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), fc.string(), (pieces, text) => {
        decode(pieces.join(''));
        decode(`services: [{name: a, instances: [${text}]}]`);
      }),
      { numRuns: 1000 },
    );
  });
});

function bomb(): string {
  const lines = ['a0: &a0 [x,x,x,x,x,x,x,x,x]'];
  for (let at = 1; at < 20; at++)
    lines.push(
      `a${at}: &a${at} [${Array(9)
        .fill(`*a${at - 1}`)
        .join(',')}]`,
    );
  return lines.join('\n');
}
