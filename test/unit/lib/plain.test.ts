import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { parse, parseAllDocuments, stringify } from 'yaml';
import { listText, manifestText, toPlain } from '../../../src/lib/plain.ts';

const joined = (pieces: Iterable<string>) => [...pieces].join('');

describe('data on a page', () => {
  test('shows Maps as objects, moments as ISO times and durations as they are', () => {
    const value = {
      readAtMs: 0,
      sinceMs: undefined,
      untilMs: 1000,
      lagMs: 5,
      all: new Map([['a', [{ atMs: 3 }]]]),
      nothing: null,
    };
    assert.equal(
      JSON.stringify(toPlain(value)),
      '{"readAt":"1970-01-01T00:00:00.000Z","until":"1970-01-01T00:00:01.000Z","lagMs":5,"all":{"a":[{"at":"1970-01-01T00:00:00.003Z"}]},"nothing":null}',
    );
  });

  test('shows a moment that is no time as it is', () => {
    assert.deepEqual(
      { ...Object(toPlain({ readAtMs: 1e300, sinceMs: 'x', untilMs: Number.NaN })) },
      { readAtMs: 1e300, sinceMs: 'x', untilMs: Number.NaN },
    );
  });

  test('is safe with keys that objects have of themselves', () => {
    const text = JSON.stringify(
      toPlain(
        new Map([
          ['__proto__', 'a'],
          ['constructor', 'b'],
        ]),
      ),
    );
    assert.equal(text, '{"__proto__":"a","constructor":"b"}');
  });

  test('is one JSON array or one YAML sequence, also with nothing in it', () => {
    assert.deepEqual(JSON.parse(joined(listText([], 'json'))), []);
    assert.deepEqual(parse(joined(listText([], 'yaml'))), []);
    fc.assert(
      fc.property(fc.array(fc.dictionary(fc.string(), fc.string())), (items) => {
        assert.deepEqual(JSON.parse(joined(listText(items, 'json'))), JSON.parse(JSON.stringify(items)));
        assert.equal(JSON.stringify(parse(joined(listText(items, 'yaml')))), JSON.stringify(items));
      }),
      { numRuns: 300 },
    );
  });

  test('has the text that it would have as a whole, however it is taken apart', () => {
    const options = { compat: 'yaml-1.1', lineWidth: 0, aliasDuplicateObjects: false } as const;
    fc.assert(
      fc.property(fc.array(fc.jsonValue({ maxDepth: 8, stringUnit: 'binary' })), (items) => {
        const plain = items.map(toPlain);
        const json = joined(listText(items, 'json'));
        assert.equal(
          json,
          plain.length === 0 ? '[]\n' : `[\n${plain.map((one) => JSON.stringify(one, null, 2)).join(',\n')}\n]\n`,
        );
        assert.equal(joined(listText(items, 'yaml')), stringify(plain, options));
      }),
      { numRuns: 500 },
    );
  });

  test('is made in small pieces, also where one value has ten thousand in it', () => {
    const instances = Array.from({ length: 10_000 }, (_, at) => ({ id: `instance-${at}`, ports: [{ number: at }] }));
    const service = { kind: 'service', stages: [{ stage: 'instances', details: { instances } }] };
    for (const text of [listText([service], 'json'), listText([service], 'yaml'), manifestText([service], 'yaml')]) {
      const lengths = [...text].map(({ length }) => length);
      assert.ok(Math.max(...lengths) < 200, `a piece of ${Math.max(...lengths)}`);
    }
  });

  test('that is objects is a stream of YAML documents, or one list in JSON', () => {
    const manifests = [{ kind: 'A' }, { kind: 'B' }];
    assert.deepEqual(
      parseAllDocuments(joined(manifestText(manifests, 'yaml'))).map((one) => one.toJS()),
      manifests,
    );
    assert.deepEqual(JSON.parse(joined(manifestText(manifests, 'json'))), {
      apiVersion: 'v1',
      kind: 'List',
      items: manifests,
    });
    assert.deepEqual(JSON.parse(joined(manifestText([], 'json'))), { apiVersion: 'v1', kind: 'List', items: [] });
    assert.equal(parse(joined(manifestText([], 'yaml'))), null);
  });

  test('keeps texts texts for readers of YAML 1.1, as kubectl is', () => {
    const labels = { a: 'yes', b: 'on', c: '0x1f', d: '1:30', e: '010', f: '~', g: '1e3', h: '2026-01-01' };
    const text = joined(manifestText([{ labels }], 'yaml'));
    assert.deepEqual(parse(text, { version: '1.1' }), { labels });
  });
});
