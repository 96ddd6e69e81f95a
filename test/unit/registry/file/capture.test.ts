import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { captureFile } from '../../../../src/registry/file/capture.ts';
import type { ScopeOptions } from '../../../../src/registry/scope.ts';
import { tempDir } from '../../../fakes/temp-dir.ts';

const WHOLE: ScopeOptions = { include: [], exclude: [] };

function capture(t: TestContext, content: string | Buffer, scope = WHOLE) {
  const path = join(tempDir(t), 'registry.yaml');
  writeFileSync(path, content);
  return captureFile('legacy', { path, pollIntervalMs: 5000, maxBytes: 1000 }, scope);
}

describe('a registry file is captured', () => {
  test('as it reads, scalars as they were typed', async (t) => {
    const long = Array.from({ length: 40 }, () => 'word').join(' ');
    const metadata = `      version: 1.10\n      mode: 010\n      about: ${long}\n`;
    const text = `services:\n  - name: orders\n    metadata:\n${metadata}    instances: []\n`;
    assert.deepEqual(await capture(t, text), { kind: 'captured', raw: text, masked: [], unread: [] });
  });

  test('without comments, and with secrets masked wherever they stand', async (t) => {
    const text = `# password: hunter2
password: hunter2
services: # hunter2
  - name: orders
    owner: { api-key: hunter2 }
    metadata: { token: hunter2, jdbc: 'x://me:hunter2@db', params: '{"pwd": "hunter2"}' }
    instances: [{ address: 10.0.0.1, port: 80, metadata: { credentials: [hunter2] } }]
`;
    const captured = await capture(t, text);
    assert.equal(captured.kind, 'captured');
    if (captured.kind !== 'captured') return;
    assert.doesNotMatch(String(captured.raw), /hunter2/);
    assert.match(String(captured.raw), /10\.0\.0\.1/);
    assert.deepEqual(captured.masked, ['password', 'api-key', 'token', 'jdbc', 'pwd', 'credentials']);
  });

  test('without services that are wholly outside the scope', async (t) => {
    const orders = { include: [{ attributes: { service: ['ord*'] }, metadata: {} }], exclude: [] };
    const service = (name: string, instances = '[{ address: 10.0.0.1, port: 80 }]') =>
      `  - { name: ${name}, instances: ${instances} }\n`;
    const text = `services:\n${service('orders')}${service('bills')}${service('empty', '[]')}`;
    const captured = await capture(t, text, orders);
    assert.equal(captured.kind, 'captured');
    const names = [...String(captured.kind === 'captured' && captured.raw).matchAll(/name: (\w+)/g)].map(([, n]) => n);
    assert.deepEqual(names, ['orders', 'empty']);
  });

  const failures: readonly (readonly [what: string, content: string | Buffer, code: string])[] = [
    ['is empty', '', 'FILE_EMPTY'],
    ['is half written', 'services: [{ name: a', 'FILE_SYNTAX'],
    ['is something else', 'entries: []', 'FILE_LAYOUT'],
    ['is too large', `services: [] # ${'x'.repeat(1000)}`, 'FILE_TOO_LARGE'],
    ['is no text', Buffer.from([0xff, 0xfe]), 'FILE_SYNTAX'],
  ];
  for (const [what, content, code] of failures) {
    test(`never where it ${what}: the living registry would keep what it had`, async (t) => {
      const captured = await capture(t, content);
      assert.equal(captured.kind, 'failed');
      assert.equal(captured.kind === 'failed' && captured.code, code);
      assert.match(captured.kind === 'failed' ? captured.message : '', /\.$/);
    });
  }
});
