import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { needPeers } from '../../peers/build/peers.ts';
import { CHART, HELMS, helm, render } from './helm.ts';

const MINIMAL = `${CHART}/values-minimal.yaml`;

describe('the chart', await needPeers('helm4', 'helm3'), () => {
  for (const which of HELMS) {
    test(`is fine for the linter of ${which}`, () => {
      assert.match(helm(['lint', '--strict', CHART, '--values', MINIMAL], which), /0 chart\(s\) failed/);
    });
  }

  test('renders the same by both Helms', () => {
    assert.deepEqual(render({ helm: 'helm3', files: [MINIMAL] }), render({ helm: 'helm4', files: [MINIMAL] }));
  });
});
