import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { identifyDump, printDump } from '../../../src/registry/dump.ts';

describe('a dump', () => {
  for (const raw of [{ applications: { application: [] } }, 'services: []\n', { '/dubbo': { children: ['a'] } }, '']) {
    test(`that holds ${JSON.stringify(raw)} is read as it was printed`, () => {
      const text = printDump({ kind: 'eureka', registry: 'east', capturedAtMs: Date.UTC(2026, 0, 2), raw });
      assert.equal(JSON.parse(text).capturedAt, '2026-01-02T00:00:00.000Z');
      const expected = typeof raw === 'string' ? raw : JSON.stringify(raw);
      assert.deepEqual(identifyDump(text), { kind: 'dump', dump: { kind: 'eureka', registry: 'east', raw: expected } });
    });
  }

  const refused: readonly (readonly [what: string, text: string, message: RegExp])[] = [
    ['of another format', '{"footbridgeDump":2,"kind":"file","raw":""}', /another format/],
    ['without a kind', '{"footbridgeDump":1,"raw":""}', /lacks `kind`/],
    ['without content', '{"footbridgeDump":1,"kind":"file"}', /lacks .*`raw`/],
    ['that is an empty file', ' \n', /is empty/],
  ];
  for (const [what, text, message] of refused) {
    test(`${what} is refused with a sentence`, () => {
      const identified = identifyDump(text);
      assert.equal(identified.kind, 'unreadable');
      assert.match(identified.kind === 'unreadable' ? identified.message : '', message);
    });
  }

  const bare: readonly (readonly [what: string, text: string, kind: string])[] = [
    ['an answer of Eureka', '{"applications":{}}', 'eureka'],
    ['an answer of Eureka in XML', '<applications/>', 'eureka'],
    ['a registry file in YAML', 'services: []', 'file'],
    ['a registry file in JSON', '{"services":[]}', 'file'],
    ['anything else', 'null', 'file'],
  ];
  for (const [what, text, kind] of bare) {
    test(`can also be ${what}, bare`, () => {
      assert.deepEqual(identifyDump(text), { kind: 'dump', dump: { kind, registry: undefined, raw: text } });
    });
  }
});
