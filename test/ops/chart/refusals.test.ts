import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { needPeers } from '../../peers/build/peers.ts';
import { CHART, refusal } from './helm.ts';

describe('values that cannot work', await needPeers('helm4'), () => {
  test('both monitors are refused with a sentence', () => {
    const values = { monitoring: { serviceMonitor: { enabled: true }, podMonitor: { enabled: true } } };
    const said = refusal({ files: [`${CHART}/values-minimal.yaml`], values });
    assert.match(said, /serviceMonitor and podMonitor are both on, and every pod would be scraped twice: turn one off/);
  });
});
