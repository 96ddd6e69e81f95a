import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { headline } from '../../../src/admin/headline.ts';
import { NOW_MS } from '../../fakes/fake-views.ts';
import { registry, situation } from '../../fakes/situation.ts';

const LAST_ERROR = { code: 'X', message: 'no', atMs: NOW_MS };

describe('the state in a word', () => {
  for (const [expected, given, why, remedy] of [
    ['Live', situation('live'), /^The registry is read well, and 2 services are served\.$/, undefined],
    ['Live', situation('live', [registry(), registry()]), /^All 2 registries are read well/, undefined],
    [
      'Stale',
      situation('stale', [registry(), registry({ name: 'zk', state: 'stale' })]),
      /^Registry zk is not readable/,
      /error stands/,
    ],
    [
      'Held',
      situation('held', [registry()], ['It is held until later.']),
      /^It is held until later\.$/,
      /If it is meant, wait/,
    ],
    ['Empty', situation('empty', [registry({ state: 'waiting' })]), /^Registry legacy is not read yet/, /^Wait/],
    [
      'Empty',
      situation('empty', [registry({ state: 'waiting', lastError: LAST_ERROR })]),
      /not read yet/,
      /error stands/,
    ],
    ['Empty', situation('empty', []), /^Nothing was published yet/, /^Wait/],
  ] as const) {
    test(`is ${expected}: ${why.source}`, () => {
      const said = headline(given);
      assert.equal(said.word, expected);
      assert.match(said.why.join(' '), why);
      if (remedy === undefined) assert.equal(said.remedy, undefined);
      else assert.match(said.remedy ?? '', remedy);
    });
  }

  test('counts as served what has an endpoint, and nothing that is empty', () => {
    const { overview, ...rest } = situation('live');
    const services = { served: 1, empty: 2, skipped: 3, refused: 4 };
    assert.match(headline({ ...rest, overview: { ...overview, services } }).why.join(), /, and 1 service is served\.$/);
  });

  test('is Leaving while it drains and Not ready while istiod cannot be answered, whatever the registries do', () => {
    const missing = (name: string) => ({ conditions: [{ name, isMet: false }], information: [] });
    assert.equal(headline({ ...situation('live'), readiness: missing('not draining') }).word, 'Leaving');
    const said = headline({ ...situation('held'), readiness: missing('listening') });
    assert.equal(said.word, 'Not ready');
    assert.match(said.why.join(), /listening is missing/);
  });

  test('is good only where nothing is to be done', () => {
    for (const state of ['live', 'stale', 'held', 'empty']) {
      const said = headline(situation(state));
      assert.equal(said.tone === 'good', said.remedy === undefined, state);
    }
  });
});
