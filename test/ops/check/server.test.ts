import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { parse } from 'yaml';
import { createAuthority } from '../../fakes/authority.ts';
import { Bridge, bridgeConfig } from '../../peers/run/bridge.ts';
import { scratchFolder } from '../../peers/run/scratch.ts';
import { Teardown } from '../../peers/run/teardown.ts';
import { findsCauses } from './cause.ts';
import { judge, runCheck, writeConfig } from './run-check.ts';
import { SERVER_CAUSES } from './server-causes.ts';

describe('footbridge check of a running bridge', () => {
  findsCauses(SERVER_CAUSES);

  test('is content with a bridge that serves, also on the ports that it holds', async (t) => {
    const teardown = new Teardown();
    t.after(() => teardown.run());
    const folder = scratchFolder(teardown, 'check');
    const { registries } = parse(readFileSync(writeConfig(folder), 'utf8')) as { registries: object };
    const running = await Bridge.start(
      teardown,
      bridgeConfig([], { registries, admit: { addresses: ['10.0.0.0/8'] } }),
    );
    const args = ['--config', running.configFile, '--server', `xds://127.0.0.1:${running.port}`];
    const { code, checks } = await judge(args);
    assert.equal(code, 0);
    assert.deepEqual(new Set(checks.map(({ verdict }) => verdict)), new Set(['passed']));
    const ports = checks.filter(({ id }) => id === 'port-free');
    assert.deepEqual(
      ports.map(({ note }) => note),
      ['the bridge of this configuration does already', 'the bridge of this configuration does already'],
    );
    const others = writeConfig(folder, {
      instance: 'other',
      serve: { port: running.port },
      admin: { port: running.adminPort },
    });
    const stranger = await judge(['--config', others, '--server', `xds://127.0.0.1:${running.port}`]);
    const taken = stranger.checks.filter(({ id }) => id === 'port-free').map(({ verdict }) => verdict);
    assert.deepEqual(taken, ['warned', 'warned'], 'of another bridge the ports are not ours');
    assert.match((await runCheck(args)).stdout, /^√ every type that istiod asks for is answered: 15 types$/m);
  });

  test('is content with a bridge that serves over mutual TLS, asked as a client that it lets in', async (t) => {
    const teardown = new Teardown();
    t.after(() => teardown.run());
    const folder = scratchFolder(teardown, 'check');
    const { registries } = parse(readFileSync(writeConfig(folder), 'utf8')) as { registries: object };
    const authority = createAuthority(folder);
    const shown = authority.issue('server', ['DNS:localhost']);
    const client = authority.issue('client', ['DNS:check.example']);
    const accessListFile = join(folder, 'list.yaml');
    writeFileSync(accessListFile, 'allow: [check.example]\n');
    const tls = { mode: 'mtls', certificateFile: shown.certFile, keyFile: shown.keyFile, caFile: authority.caFile };
    const config = bridgeConfig([], {
      registries,
      admit: { addresses: ['10.0.0.0/8'] },
      serve: { tls, accessListFile },
    });
    const running = await Bridge.start(teardown, config);
    const args = ['--config', running.configFile, '--server', `localhost:${running.port}`, '--ca', authority.caFile];
    const { code, checks } = await judge([...args, '--cert', client.certFile, '--key', client.keyFile]);
    assert.equal(code, 0, JSON.stringify(checks.filter(({ verdict }) => verdict !== 'passed')));
    const notes = new Map(checks.map(({ id, note }) => [id, note]));
    assert.equal(notes.get('server-plaintext'), 'gRPC over TLS');
    assert.equal(notes.get('access-list'), '1 name allowed, 0 denied');
    const nameless = await judge(args);
    const [found] = nameless.checks.filter(({ id }) => id === 'server-plaintext');
    assert.equal(found?.verdict, 'failed');
  });
});
