// What the pods run is what the program understands: their very arguments, with a file and an address of this machine.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { tempDir } from '../../fakes/temp-dir.ts';
import { needPeers } from '../../peers/build/peers.ts';
import { freePort } from '../../peers/run/free-port.ts';
import { MINIMAL } from './cases.ts';
import { render } from './helm.ts';
import { at, only } from './pick.ts';

const MOUNTED = '/etc/footbridge/config.yaml';

describe('the commands of the pods', await needPeers('helm4'), () => {
  const objects = render({ files: [MINIMAL] });
  const bridge = at(only(objects, 'Deployment'), 'spec.template.spec.containers.0.args') as readonly string[];
  const check = at(only(objects, 'Pod'), 'spec.containers.0.args') as readonly string[];

  test('are serve and check, over the file that is mounted, and the check asks the Service', () => {
    assert.deepEqual(bridge, ['serve', '--config', MOUNTED]);
    assert.deepEqual(check, ['check', '--config', MOUNTED, '--server', 'footbridge.payments.svc:9902']);
  });

  test('check reads the configuration, asks the registry and the bridge, and fails with 3 where they do not answer', async (t) => {
    const closed = `127.0.0.1:${await freePort()}`;
    const file = join(tempDir(t), 'config.yaml');
    const registries = { legacy: { kind: 'eureka', urls: [`http://${closed}/eureka`] } };
    writeFileSync(
      file,
      JSON.stringify({ namespace: 'a', instance: 'a', registries, serve: { port: 0 }, admin: { port: 0 } }),
    );
    const args = check.map((arg) => (arg === MOUNTED ? file : arg.endsWith(':9902') ? closed : arg));
    const { status, stdout } = spawnSync(process.execPath, ['dist/footbridge.mjs', ...args], { encoding: 'utf8' });
    assert.equal(status, 3, stdout);
    assert.match(stdout, /√ the configuration is valid/);
    assert.match(stdout, new RegExp(`× http://${closed}/eureka is reachable`));
    assert.match(stdout, new RegExp(`× ${closed} is reachable`));
  });

  test('serve refuses a file that is not there, by its name', () => {
    const args = bridge.map((arg) => (arg === MOUNTED ? '/nowhere/config.yaml' : arg));
    const { status, stderr } = spawnSync(process.execPath, ['dist/footbridge.mjs', ...args], { encoding: 'utf8' });
    assert.equal(status, 2);
    assert.match(stderr, /\/nowhere\/config\.yaml/);
  });
});
