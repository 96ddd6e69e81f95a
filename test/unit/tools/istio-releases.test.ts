import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { describe, test } from 'node:test';
import { takesVersions } from '../../../src/serve/client-identity.ts';
import { istioRange, neverWaits } from '../../../src/serve/istio-range.ts';
import { readsOldForm } from '../../../src/serve/old-form.ts';
import { receiveLimit } from '../../../src/serve/receive-limit.ts';
import { describeIstioReleases, ISTIO_RELEASES, type IstioRelease } from '../../../tools/istio-releases.ts';
import { typesOf } from '../../fakes/istiod-release.ts';
import { collectionsOf } from '../../fakes/legacy-collections.ts';

/** A client of the release as the streams know it when it has asked for everything. */
function streamOf({ minor, speaks }: IstioRelease) {
  const nodeId = speaks === 'sotw' ? `sidecar~10.0.0.9~${minor <= 11 ? 'test-1.default' : 'istiod-0.a'}~x` : '';
  const topics = speaks === 'sotw' ? typesOf(minor) : collectionsOf(minor);
  const identity = { nodeId, revision: minor >= 13 && speaks === 'sotw' ? 'r' : undefined, process: undefined };
  return {
    protocol: speaks,
    identity,
    legacyMinor: 8,
    subscriptions: new Map(topics.map((topic) => [topic, {}])),
  } as const;
}

const says = ({ quirks }: IstioRelease, pattern: RegExp) => quirks.some((quirk) => pattern.test(quirk));

describe('the table of Istio releases', () => {
  test('has a row for every minor release of 1.0 to 1.31, once, in order', () => {
    assert.deepEqual(
      ISTIO_RELEASES.map(({ minor }) => minor),
      Array.from({ length: 32 }, (_, minor) => minor),
    );
  });

  for (const release of ISTIO_RELEASES.filter(({ minor }) => minor > 0)) {
    const { minor, speaks, asksFor } = release;
    test(`says of 1.${minor} what the code does for such a client`, () => {
      const stream = streamOf(release);
      const topics = [...stream.subscriptions.keys()];
      assert.ok(topics.includes(asksFor), `it asks for ${asksFor}`);
      assert.equal(says(release, /^drops IPv6/), readsOldForm(stream), 'old form');
      assert.equal(says(release, /reads 4 MiB/), receiveLimit(stream) !== undefined, 'limit');
      if (speaks !== 'sotw') return;
      assert.equal(says(release, /no versions are sent/), !takesVersions(stream.identity), 'versions');
      const range = istioRange(stream.identity, topics);
      assert.ok((range?.min ?? 0) <= minor && minor <= (range?.max ?? 99), 'taken for what it is');
      if (neverWaits(range)) assert.ok(says(release, /^is ready without our answer/), 'never waits');
    });
  }

  test('says of each release that reads our protocols what becomes of TLS with it', () => {
    for (const release of ISTIO_RELEASES.filter(({ minor }) => minor > 0)) {
      const { minor } = release;
      assert.equal(says(release, /^TLS: mode MUTUAL/), minor <= 8, `1.${minor}`);
      assert.equal(says(release, /^speaks plaintext whatever/), minor >= 9 && minor <= 25, `1.${minor}`);
      assert.equal(says(release, /^TLS: mode SIMPLE/), minor >= 26, `1.${minor}`);
    }
  });

  test('names tests that exist', () => {
    const named = [...describeIstioReleases().matchAll(/`(test\/[^`]+)`/g)].map(([, path]) => path ?? '');
    assert.ok(named.length > 5);
    for (const path of named) assert.ok(existsSync(path), path);
  });
});
