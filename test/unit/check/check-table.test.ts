import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CheckAbout } from '../../../src/check/check-about.ts';
import { CHECKS } from '../../../src/check/check-table.ts';

const all = Object.entries<CheckAbout>(CHECKS);

test('ids are anchors that a page of Markdown gives to their headings', () => {
  for (const [id] of all) assert.match(id, /^[a-z]+(?:-[a-z]+)+$/);
});

test('everything that is said of a check is whole sentences, what it asserts excepted', () => {
  for (const [id, { sentence, looksAt, means, remedy }] of all) {
    assert.match(sentence, /^(?:[a-z{]|ServiceEntries ).*[^.]$/, id);
    for (const text of [looksAt, means, remedy]) assert.match(text, /^(?:[A-Z`]|istiod ).*\.$/, id);
  }
});
