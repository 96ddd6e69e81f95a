// What the README of the chart shows can be copied.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { parse } from 'yaml';
import { needPeers } from '../../peers/build/peers.ts';
import { MINIMAL } from './cases.ts';
import { CHART, notes, render } from './helm.ts';
import { at, only } from './pick.ts';

describe('the README of the chart', await needPeers('helm4'), () => {
  const text = readFileSync(`${CHART}/README.md`, 'utf8');
  const [values, sources] = [...text.matchAll(/^( *)```yaml\n([\s\S]*?)^\1```$/gm)].map(
    ([, indent = '', block = '']) => parse(block.replaceAll(new RegExp(`^${indent}`, 'gm'), '')) as unknown,
  );

  test('shows values that can be installed', () => {
    assert.equal(at(only(render({ values }), 'Deployment'), 'spec.replicas'), 2);
  });

  test('shows the list for istiod that the notes print for the release of its commands', () => {
    const addresses = (at(sources, 'configSources') as readonly unknown[]).map((one) => at(one, 'address'));
    assert.deepEqual(addresses, ['k8s://', 'xds://footbridge.payments.svc:9902']);
    for (const address of addresses) assert.equal(notes({ files: [MINIMAL] }).includes(String(address)), true);
  });

  test('shows references to Secrets that the schema takes and the program understands', () => {
    const references = [
      ...text.matchAll(/\| `((?:auth|tls)\.\w+(?:, `tls\.\w+)?)[^|]*\| `(\w+\.\w+|\w+): (\{[^|`]*\}+)`/g),
    ];
    assert.equal(references.length >= 5, true, 'the table is found');
    for (const [, file = '', place = '', reference = ''] of references) {
      const [section = '', source = ''] = place.split('.');
      const registry = { legacy: { [section]: { [source]: parse(reference) as unknown } } };
      const config = at(only(render({ files: [MINIMAL], values: { registries: registry } }), 'ConfigMap'), [
        'data',
        'config.yaml',
      ]);
      assert.notEqual(at(parse(String(config)), `registries.legacy.${file}`), undefined, file);
    }
  });
});
