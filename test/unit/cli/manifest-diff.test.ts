import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { diffJson, diffLines, diffSummary } from '../../../src/cli/diff-report.ts';
import { type Difference, diffManifests } from '../../../src/cli/manifest-diff.ts';
import { painter } from '../../../src/cli/paint.ts';
import type { JsonObject } from '../../../src/lib/json-value.ts';
import { goldenText } from '../../golden/golden-text.ts';

const ONE = { address: '10.0.0.1', ports: { http: 8080 }, labels: { version: 'v1' } };
const TWO = { address: '10.0.0.2', ports: { http: 8080, grpc: 9090 }, weight: 5 };
const ENTRY = {
  apiVersion: 'networking.istio.io/v1',
  kind: 'ServiceEntry',
  metadata: { name: 'main.vms.orders', namespace: 'shop', labels: { 'app.kubernetes.io/name': 'orders' } },
  spec: {
    hosts: ['orders.shop.vms'],
    ports: [{ number: 80, protocol: 'HTTP', name: 'http' }],
    endpoints: [ONE, TWO],
  },
};

const withSpec = (spec: JsonObject): JsonObject => ({ ...ENTRY, spec: { ...ENTRY.spec, ...spec } });

/** As `path: before → after`; `-` where it is not there. */
function changes(before: JsonObject, after: JsonObject): readonly string[] {
  const differences = diffManifests(new Map([['shop/a', before]]), new Map([['shop/a', after]]));
  return differences.flatMap((one) =>
    one.kind === 'changed'
      ? one.fields.map(({ path, ...of }) => `${path}: ${of.before ?? '-'} → ${of.after ?? '-'}`)
      : [one.kind],
  );
}

describe('what differs between two entries', () => {
  const rows: readonly (readonly [what: string, after: JsonObject, expected: readonly string[]])[] = [
    ['nothing', structuredClone(ENTRY), []],
    ['nothing where endpoints stand in another order', withSpec({ endpoints: [TWO, ONE] }), []],
    ['a host', withSpec({ hosts: ['other.shop.vms'] }), ['spec.hosts: orders.shop.vms → other.shop.vms']],
    ['a list that came', withSpec({ exportTo: ['.', 'x'] }), ['spec.exportTo: - → ., x']],
    [
      'a service port, by its name',
      withSpec({ ports: [{ number: 81, protocol: 'HTTP', name: 'http' }] }),
      ['spec.ports[http].number: 80 → 81'],
    ],
    [
      'an endpoint that left, in one line',
      withSpec({ endpoints: [TWO] }),
      ['spec.endpoints[10.0.0.1 http 8080]: there → -'],
    ],
    [
      'an endpoint that came, in one line',
      withSpec({ endpoints: [ONE, TWO, { address: '::1', ports: { http: 1 }, labels: { a: 'b' } }] }),
      ['spec.endpoints[::1 http 1]: - → there'],
    ],
    [
      'a port of an endpoint, which is another endpoint then',
      withSpec({ endpoints: [{ ...ONE, ports: { http: 8081 } }, TWO] }),
      ['spec.endpoints[10.0.0.1 http 8080]: there → -', 'spec.endpoints[10.0.0.1 http 8081]: - → there'],
    ],
    [
      'a label and a weight of endpoints that stay',
      withSpec({
        endpoints: [
          { ...ONE, labels: { version: 'v2' } },
          { ...TWO, weight: 6 },
        ],
      }),
      [
        'spec.endpoints[10.0.0.1 http 8080].labels.version: v1 → v2',
        'spec.endpoints[10.0.0.2 grpc 9090 http 8080].weight: 5 → 6',
      ],
    ],
    [
      'a label of the entry',
      { ...ENTRY, metadata: { ...ENTRY.metadata, labels: {} } },
      ['metadata.labels.app.kubernetes.io/name: orders → -'],
    ],
    [
      'all endpoints',
      withSpec({ endpoints: [] }),
      ['spec.endpoints[10.0.0.1 http 8080]: there → -', 'spec.endpoints[10.0.0.2 grpc 9090 http 8080]: there → -'],
    ],
  ];
  for (const [what, after, expected] of rows)
    test(`is ${what}`, () => assert.deepEqual(changes(ENTRY, after), expected));

  test('is told by name: what came, what left, and what changed', () => {
    const former = new Map([
      ['shop/b', ENTRY],
      ['shop/c', ENTRY],
    ]);
    const next = new Map([
      ['shop/a', ENTRY],
      ['shop/c', withSpec({ hosts: [] })],
    ]);
    assert.deepEqual(
      diffManifests(former, next).map(({ kind, name }) => `${kind} ${name}`),
      ['added shop/a', 'removed shop/b', 'changed shop/c'],
    );
  });
});

describe('the text of differences', () => {
  const differences: readonly Difference[] = [
    ...diffManifests(new Map([['shop/gone', ENTRY]]), new Map([['shop/new\u001b[2J', ENTRY]])),
    ...diffManifests(
      new Map<string, JsonObject>([['shop/orders', ENTRY]]),
      new Map([
        [
          'shop/orders',
          withSpec({ endpoints: [{ ...ONE, labels: { version: 'v2', zone: 'a' } }], resolution: 'STATIC' }),
        ],
      ]),
    ),
  ];

  test('is as it was', () => {
    const lines = diffLines(differences, painter(false, {}));
    goldenText('diff.txt', `${lines.join('\n')}\n${diffSummary(differences)}\n`);
  });

  test('is JSON for scripts', () => {
    const { footbridgeDiff, isEqual, differences: told } = JSON.parse(diffJson(differences));
    assert.deepEqual([footbridgeDiff, isEqual, told.length], [1, false, 3]);
    assert.equal(JSON.parse(diffJson([])).isEqual, true);
  });
});
