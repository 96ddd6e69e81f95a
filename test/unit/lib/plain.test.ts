import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { parse, parseAllDocuments } from 'yaml';
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
