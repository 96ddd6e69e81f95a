// The real tools that this suite judges with are there and are what they are taken for.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { describe, test } from 'node:test';
import { needPeers, needTools, peerPath } from '../peers/build/peers.ts';
import { CHROMIUM, PROMETHEUS, PROMTOOL } from '../peers/build/tool.ts';

describe('Both Helms answer with the version that they are named for', await needPeers('helm4', 'helm3'), () => {
  for (const [name, version] of [
    ['helm4', /^v4\./],
    ['helm3', /^v3\./],
  ] as const) {
    test(name, () => {
      const said = execFileSync(peerPath(name), ['version', '--template', '{{.Version}}'], { encoding: 'utf8' });
      assert.match(said, version);
    });
  }
});

test('Prometheus, promtool and Chromium can be started', needTools(PROMETHEUS, PROMTOOL, CHROMIUM), () => {
  for (const { command } of [PROMETHEUS, PROMTOOL, CHROMIUM]) {
    assert.match(
      execFileSync(command, ['--version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }),
      /\d+\.\d+/,
    );
  }
});

test(
  'the schemas of Kubernetes accept a Service and refuse a misspelt one',
  await needPeers('kubernetesValidate'),
  () => {
    const judge = (text: string) =>
      execFileSync(peerPath('kubernetesValidate'), ['-m', 'kubernetes_validate', '--strict', '-'], {
        input: text,
        encoding: 'utf8',
        stdio: 'pipe',
      });
    const service = 'apiVersion: v1\nkind: Service\nmetadata: { name: a }\nspec: { ports: [{ port: 80 }] }\n';
    judge(service);
    assert.throws(() => judge(service.replace('ports', 'porst')));
  },
);
