import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { golden } from '../../fakes/golden-text.ts';
import { tempDir } from '../../fakes/temp-dir.ts';
import { findsCauses } from './cause.ts';
import { LOCAL_CAUSES } from './local-causes.ts';
import { judge, runCheck, writeConfig } from './run-check.ts';

describe('footbridge check on a machine', () => {
  findsCauses(LOCAL_CAUSES);

  test('is content where all is well', async (t) => {
    const { code, checks, stderr } = await judge(['--config', writeConfig(tempDir(t))]);
    assert.equal(code, 0);
    assert.deepEqual(new Set(checks.map(({ verdict }) => verdict)), new Set(['passed']));
    assert.equal(stderr, '');
  });

  test('prints a line for each check and a sum, without colours where no terminal is', async (t) => {
    const { code, stdout } = await runCheck(['--config', writeConfig(tempDir(t))]);
    assert.equal(code, 0);
    assert.match(stdout, /^√ the scope matches something: no scope: all of 1$/m);
    assert.match(stdout, /\n\n\d+ checks: 0 failed, 0 warnings, \d+ passed\n$/);
    assert.ok(!stdout.includes('\u001b'));
  });

  test('skips what depends on a failed check, and says on which', async (t) => {
    const path = writeConfig(tempDir(t), { registries: { file: { kind: 'file', path: '/does/not/exist' } } });
    const { code, checks } = await judge(['--config', path]);
    assert.equal(code, 3);
    const skipped = checks.filter(({ verdict }) => verdict === 'skipped');
    assert.deepEqual(
      skipped.map(({ id, why }) => [id, why]),
      [
        ['registry-allowed', 'it needs that /does/not/exist is reachable'],
        ['registry-listed', 'it needs that /does/not/exist is reachable'],
        ['registry-decoded', 'it needs that /does/not/exist is reachable'],
        ['registry-scope', 'it needs that /does/not/exist is reachable'],
        ['publish-complete', 'no registry was read'],
      ],
    );
  });

  test('prints causes, remedies and places to read on, as the golden text has them', async (t) => {
    const folder = tempDir(t);
    const path = writeConfig(folder, {
      registries: {
        file: { kind: 'file', path: join(folder, 'registry.yaml'), scope: { include: [{ service: ['ordres'] }] } },
        gone: { kind: 'file', path: join(folder, 'none.yaml') },
      },
      admin: { address: '192.0.2.1' },
    });
    const { code, stdout } = await runCheck(['--config', path, '--server', '127.0.0.1:1']);
    assert.equal(code, 3);
    golden('check-run.txt', stdout.replaceAll(folder, '/etc/footbridge'));
  });

  for (const [what, args] of [
    ['a server without a port', ['--server', 'bridge']],
    ['an istiod that is no URL', ['--istiod', 'grpc://istiod:15014']],
    ['an unknown form of output', ['--output', 'yaml']],
  ] as const) {
    test(`ends with 2 for ${what}`, async () => {
      const { code, stdout, stderr } = await runCheck(args);
      assert.deepEqual([code, stdout], [2, '']);
      assert.match(stderr, /^error: option .* is invalid\./);
    });
  }
});
