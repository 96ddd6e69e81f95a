import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ISTIOD_TYPE_URLS } from '../../../src/probe/istiod-types.ts';
import { needPeers } from '../../peers/build/peers.ts';
import { Envoy } from '../../peers/run/envoy.ts';
import { scratchFolder } from '../../peers/run/scratch.ts';
import { Teardown } from '../../peers/run/teardown.ts';
import { findsCauses } from './cause.ts';
import { ISTIOD_CAUSES } from './istiod-causes.ts';
import { istiodScene } from './istiod-scene.ts';
import { judge } from './run-check.ts';

describe('footbridge check of istiod', await needPeers('istiod', 'envoy'), () => {
  findsCauses(ISTIOD_CAUSES);

  test('is content with an istiod that is set up as it should be, sidecars included', async (t) => {
    const teardown = new Teardown();
    t.after(() => teardown.run());
    const scene = { folder: scratchFolder(teardown, 'check'), teardown };
    const mesh = { defaultConfig: { proxyMetadata: { ISTIO_META_DNS_CAPTURE: 'true' } } };
    const { istiod, args } = await istiodScene(scene, ({ address }) => ({ sources: ['k8s://', address], mesh }));
    await Envoy.start(teardown, istiod, { metadata: { DNS_CAPTURE: 'true' } });
    const { code, checks, stdout } = await judge(args);
    assert.equal(code, 0, stdout);
    const others = checks.filter(({ verdict }) => verdict !== 'passed').map(({ id, verdict }) => [id, verdict]);
    // This build of istiod says no version of itself.
    assert.deepEqual(others, [['istiod-version', 'skipped']]);
  });

  test('asks a bridge for exactly what a real istiod asks for, in its order', async (t) => {
    const teardown = new Teardown();
    t.after(() => teardown.run());
    const { bridge } = await istiodScene({ folder: scratchFolder(teardown, 'check'), teardown });
    const [client] = await bridge.clients();
    assert.deepEqual(
      client?.types.map(({ typeUrl }) => typeUrl),
      ISTIOD_TYPE_URLS,
    );
  });
});
