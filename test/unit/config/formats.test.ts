import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { FORMATS, formatOf } from '../../../src/config/formats.ts';
import { FORMAT_TABLES } from './format-tables.ts';
import { toDocument } from './samples.ts';

const RUBBISH = [undefined, Number.NaN, 1.5, {}, new Date(0), Symbol('x'), () => 1];

describe('configuration formats', () => {
  for (const [name, table] of Object.entries(FORMAT_TABLES)) {
    const format = formatOf({ format: name });
    test(`${name} reads what it should, from a document and from a text`, () => {
      for (const [written, expected] of table.accepts) {
        assertValue(format.read(toDocument(written)), expected, `${name} of ${JSON.stringify(written)}`);
      }
      for (const [text, expected] of table.texts ?? []) {
        assertValue(format.read(format.fromText(text)), expected, `${name} of the text ${text}`);
      }
    });
    test(`${name} refuses everything else with a sentence that repeats nothing of it`, () => {
      const written = [
        ...table.refuses.map(toDocument),
        ...RUBBISH,
        ...(table.refusesTexts ?? []).map((text) => format.fromText(text)),
      ];
      for (const each of written) {
        const reading = format.read(each);
        assert.equal(reading.kind, 'refused', `${name} must refuse ${String(JSON.stringify(each))}`);
        if (reading.kind === 'refused') assert.match(reading.rule, /must|may only/);
      }
    });
    test(`${name} names the nearest right value where one is near`, () => {
      for (const [written, expected] of table.nearest ?? []) {
        const reading = format.read(toDocument(written));
        assert.equal(
          reading.kind === 'refused' ? reading.nearest : 'accepted',
          expected,
          `${name} of ${JSON.stringify(written)}`,
        );
      }
    });
  }

  test('a nearest right value is itself accepted', () => {
    for (const [name, table] of Object.entries(FORMAT_TABLES)) {
      for (const [written, near] of table.nearest ?? []) {
        if (Array.isArray(written) || typeof written === 'object') continue;
        assert.equal(formatOf({ format: name }).read(near).kind, 'value', `${name}: ${near}`);
      }
    }
  });

  test('scope rules know the attributes of the kind and suggest the right one', () => {
    const format = formatOf({ format: 'scope-rules', attributes: ['app', 'vip'] });
    const rules = toDocument([{ app: ['ORDERS', 'PAY-*'], metadata: { team: ['payments'] } }, { vip: 'orders' }]);
    assertValue(format.read(rules), [
      { attributes: { app: ['ORDERS', 'PAY-*'] }, metadata: { team: ['payments'] } },
      { attributes: { vip: ['orders'] }, metadata: {} },
    ]);
    const wrong = format.read(toDocument([{ app: 'A' }, { ap: 'B' }]));
    assert.deepEqual(wrong, {
      kind: 'refused',
      rule: '(rule 2) must use only the keys `app`, `vip`, `metadata`',
      nearest: 'app',
    });
  });

  test('mappings have no prototype, so that a key such as constructor is only there when it was written', () => {
    const labels = formatOf({ format: 'labels-map' }).read(toDocument({ a: 'b' }));
    assert.equal(prototypeOf(labels), null);
    const rules = formatOf({ format: 'scope-rules', attributes: ['app'] }).read(toDocument([{ app: 'X' }]));
    const [rule] = rules.kind === 'value' && Array.isArray(rules.value) ? rules.value : [];
    assert.deepEqual([rule?.attributes, rule?.metadata].map(Object.getPrototypeOf), [null, null]);
    const proto = formatOf({ format: 'scope-rules' }).read([new Map([['metadata', new Map([['__proto__', 'x']])]])]);
    assert.deepEqual(
      JSON.stringify(proto.kind === 'value' && proto.value),
      '[{"attributes":{},"metadata":{"__proto__":["x"]}}]',
    );
  });

  test('an enumeration takes its words exactly', () => {
    const format = formatOf({ format: ['app', 'vip'] });
    assertValue(format.read('app'), 'app');
    assert.deepEqual(format.read('APP'), { kind: 'refused', rule: 'must be `app` or `vip`', nearest: 'app' });
    assert.equal(format.read(1).kind, 'refused');
  });

  test('an undeclared format is a defect that shows at once', () => {
    assert.throws(() => formatOf({ format: 'int' }), /no configuration format/);
    assert.throws(() => formatOf({ format: 'toString' }), /no configuration format/);
  });

  test('no text and no document value makes a format throw', () => {
    const anything = fc.anything({ maxDepth: 3, withMap: true, withBigInt: false });
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(FORMATS)), anything, fc.string(), (name, written, text) => {
        const format = formatOf({ format: name });
        format.read(written);
        format.read(format.fromText(text));
      }),
      { numRuns: 2000 },
    );
  });
});

function assertValue(reading: unknown, expected: unknown, about = ''): void {
  assert.deepEqual(
    JSON.parse(JSON.stringify(reading)),
    JSON.parse(JSON.stringify({ kind: 'value', value: expected })),
    about,
  );
}

function prototypeOf(reading: ReturnType<ReturnType<typeof formatOf>['read']>): unknown {
  return reading.kind === 'value' ? Object.getPrototypeOf(reading.value) : 'refused';
}
