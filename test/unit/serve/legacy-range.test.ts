import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { rangeText } from '../../../src/serve/istio-range.ts';
import { legacyRange } from '../../../src/serve/legacy-range.ts';
import { collectionsOf } from '../../fakes/legacy-collections.ts';

describe('legacyRange()', () => {
  const rows: readonly (readonly [minor: number, range: string])[] = [
    [1, '1.1–1.3'],
    [2, '1.2'],
    [3, '1.1–1.3'],
    [4, '1.4'],
    [5, '1.5'],
    [6, '1.6'],
    [7, '1.6–1.7'],
    [8, '1.8'],
  ];
  for (const [minor, range] of rows) {
    test(`takes all collections of 1.${minor} for ${range}`, () => {
      assert.equal(rangeText(legacyRange(collectionsOf(minor))), range);
    });
  }

  test('never excludes the right release for long: the lower end is right from the first request on', () => {
    for (const [minor] of rows) {
      const asked = collectionsOf(minor);
      asked.forEach((_, count) => {
        for (const part of [asked.slice(0, count), asked.toReversed().slice(0, count)]) {
          assert.ok((legacyRange(part).min ?? 0) <= minor, `1.${minor} after ${count}`);
        }
      });
    }
  });

  test('takes whoever asked for nothing that tells for any release of legacy MCP', () => {
    assert.equal(rangeText(legacyRange([])), '1.1–1.8');
    assert.equal(rangeText(legacyRange(['istio/networking/v1alpha3/synthetic/serviceentries'])), '1.4–1.5');
  });
});
