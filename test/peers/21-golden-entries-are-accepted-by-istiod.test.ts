// What the golden cases promise is worth what istiod makes of it: every entry of every case is given to Istio's own validation and
// to a real istiod, as the bytes that the bridge would send.
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { encodeEntry } from '../../src/convert/encode.ts';
import type { Entry, ResourceName } from '../../src/convert/entry.ts';
import { toYaml } from '../../src/convert/to-yaml.ts';
import { goldenCaseNames, loadGoldenCase, runGoldenCase } from '../golden/golden-case.ts';
import { needPeers } from './build/peers.ts';
import { comparable, comparableFromYaml } from './run/comparable.ts';
import { Istiod } from './run/istiod.ts';
import { askIstio } from './run/oracle.ts';
import { RawSource } from './run/raw-source.ts';
import { Teardown } from './run/teardown.ts';
import { waitFor } from './run/wait-for.ts';

/** Every case has entries of its own namespace: many use the same hosts. */
const ENTRIES: readonly Entry[] = goldenCaseNames().flatMap((name, index) =>
  runGoldenCase(loadGoldenCase(name)).entries.map((entry) => inNamespace(entry, `case-${index}`)),
);

describe('21. Golden entries are accepted by istiod', await needPeers('istiod', 'oracle'), () => {
  const teardown = new Teardown();
  after(() => teardown.run());

  test('Istio’s validation takes each of them', async () => {
    const refusals = await askIstio(ENTRIES.map(({ spec }) => spec));
    const refused = ENTRIES.flatMap(({ name }, index) =>
      refusals[index] === '' ? [] : [`${name}: ${refusals[index]}`],
    );
    assert.deepEqual(refused, []);
  });

  test('istiod stores each of them as it is written down, and complains of none', async (t) => {
    const source = await RawSource.start(teardown);
    const resources = ENTRIES.map(encodeEntry);
    source.setServiceEntries(resources.map(({ bytes }) => bytes));
    const istiod = await Istiod.start(teardown, { sources: [source.address] });
    await istiod.untilReady();
    const stored = await waitFor(async () => {
      const entries = await istiod.serviceEntries();
      return entries.size >= ENTRIES.length && entries;
    }, `istiod stores ${ENTRIES.length} entries`);
    assert.deepEqual(comparable(stored.values()), comparableFromYaml(toYaml(ENTRIES)));
    const sent = resources.map(({ name, version }) => `${name} ${version}`);
    const kept = [...stored].map(([name, { metadata }]) => `${name} ${metadata.resourceVersion}`);
    assert.deepEqual(kept.sort(), sent.sort());
    assert.deepEqual(await istiod.complaints(), []);
    t.diagnostic(`${ENTRIES.length} entries of ${goldenCaseNames().length} cases`);
  });
});

function inNamespace(entry: Entry, namespace: string): Entry {
  const name = `${namespace}${entry.name.slice(entry.name.indexOf('/'))}` as ResourceName;
  return { ...entry, name, spec: { ...entry.spec, exportTo: ['.'] } };
}
