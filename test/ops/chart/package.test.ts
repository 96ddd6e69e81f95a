// What `helm package` puts into the archive, and what the chart says of itself.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { parse } from 'yaml';
import { tempDir } from '../../fakes/temp-dir.ts';
import { needPeers } from '../../peers/build/peers.ts';
import { MINIMAL } from './cases.ts';
import { CHART, HELMS, helm, template } from './helm.ts';

describe('the package', await needPeers('helm4', 'helm3'), () => {
  for (const which of HELMS) {
    test(`by ${which} holds all that the chart renders, the dashboards through their link, and no more`, (t) => {
      const folder = tempDir(t);
      helm(['package', CHART, '--destination', folder], which);
      const [archive = ''] = readdirSync(folder);
      const listed = execFileSync('tar', ['-tzf', join(folder, archive)], { encoding: 'utf8' })
        .trim()
        .split('\n');
      const beside = listed
        .map((path) => path.replace(/^footbridge\//, ''))
        .filter((path) => !path.startsWith('templates/'));
      assert.deepEqual(beside.sort(), [
        '.helmignore',
        'CHANGELOG.md',
        'Chart.yaml',
        'README.md',
        'dashboards/footbridge-fleet.json',
        'dashboards/footbridge-namespace.json',
        'values-minimal.yaml',
        'values-production.yaml',
        'values.schema.json',
        'values.yaml',
      ]);
      const more = { values: { monitoring: { dashboards: { enabled: true } } }, files: [MINIMAL], helm: which };
      assert.equal(template({ ...more, chart: join(folder, archive) }), template(more));
    });
  }

  test('is made for this version of the program', () => {
    const chart = parse(readFileSync(`${CHART}/Chart.yaml`, 'utf8')) as Record<string, unknown>;
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
    assert.equal(chart['appVersion'], version);
  });
});
