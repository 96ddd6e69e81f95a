// `mesh-config` as people run it: the printed list, judged again, and running bridges read as istiod reads them.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { tempDir } from '../fakes/temp-dir.ts';
import { freePort } from '../peers/run/free-port.ts';
import { runBundle, serveBundle } from './bundle.ts';

interface Finding {
  readonly code: string;
  readonly subject: string;
}

interface Judged {
  readonly code: number | null;
  readonly findings: readonly Finding[];
  readonly bridges: readonly { readonly outcome: string; readonly owners?: readonly string[] }[];
}

async function judge(t: TestContext, sources: readonly string[], ...more: readonly string[]): Promise<Judged> {
  const path = join(tempDir(t), 'mesh.yaml');
  writeFileSync(path, JSON.stringify({ configSources: sources.map((address) => ({ address })) }));
  const child = runBundle(t, ['mesh-config', '--check', path, '--output', 'json', ...more]);
  const { code } = await child.ended();
  const { findings, bridges = [] } = JSON.parse(child.lines.join('\n')) as Judged;
  return { code, findings, bridges };
}

describe('mesh-config', () => {
  test('finds nothing in two bridges, and shows whose they are', async (t) => {
    const one = await serveBundle(t);
    const two = await serveBundle(t, undefined, '', ['--instance', 'other', '--namespace', 'pay']);
    const { code, findings, bridges } = await judge(t, ['k8s://', `xds://${one.grpc}`, `xds://${two.grpc}`], '--live');
    assert.deepEqual(findings, []);
    assert.equal(code, 0);
    assert.deepEqual(
      bridges.map(({ owners }) => owners),
      [['shop/test'], ['pay/other']],
    );
  });

  test('finds a bridge that is gone and two with one identity, with the owners', async (t) => {
    const one = await serveBundle(t);
    const two = await serveBundle(t);
    const gone = `xds://127.0.0.1:${await freePort()}`;
    const { code, findings } = await judge(t, ['k8s://', `xds://${one.grpc}`, `xds://${two.grpc}`, gone], '--live');
    assert.equal(code, 3);
    assert.deepEqual(
      findings.map((found) => found.code),
      ['BRIDGE_UNREACHABLE', 'IDENTITY_SHARED', 'NAME_CLAIMED_TWICE', 'HOST_JOINED'],
    );
    assert.equal(findings[0]?.subject, gone);
    assert.equal(findings[1]?.subject, `shop/test (xds://${one.grpc}, xds://${two.grpc})`);
  });

  test('without --live dials nobody', async (t) => {
    const { code, findings } = await judge(t, ['k8s://', `xds://127.0.0.1:${await freePort()}`]);
    assert.deepEqual([code, findings], [0, []]);
  });
});
