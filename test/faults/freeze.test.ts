// `footbridge freeze` against the whole program: what is frozen stays until a person or its time ends it.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { runCommandLine } from '../../src/cli/program.ts';
import { runApp } from '../fakes/running-app.ts';
import { tempDir } from '../fakes/temp-dir.ts';
import { waitFor } from '../peers/run/wait-for.ts';

const TOKEN = 'correct-horse-battery-staple';

function estate(...names: readonly string[]): string {
  const listed = names.map((name) => `{ name: ${name}, instances: [{ id: a, address: 10.0.0.1, port: 8080 }] }`);
  return `services: [${listed.join(', ')}]`;
}

async function running(t: TestContext) {
  const tokenFile = join(tempDir(t), 'token');
  writeFileSync(tokenFile, `${TOKEN}\n`);
  const app = await runApp(t, estate('orders', 'bills'), { 'admin.tokenFile': tokenFile });
  const serves = async (name: string) => (await app.page('/debug/snapshot')).includes(`name: test.file.${name}`);
  await waitFor(() => serves('bills'), 'both are served');
  const command = async (...argv: readonly string[]) => {
    const [data, talk]: [string[], string[]] = [[], []];
    const output = { data: (text: string) => void data.push(text), talk: (text: string) => void talk.push(text) };
    const code = await runCommandLine([...argv, `--server=${app.adminUrl}`], {}, output);
    return { code, data: data.join('\n'), talk: talk.join('\n') };
  };
  const withToken = ['--token-file', tokenFile];
  const reads = async (count: number) =>
    waitFor(
      async () => (await app.page('/metrics')).includes(`footbridge_registry_services{registry="file"} ${count}`),
      `${count} services were read`,
    );
  return { app, serves, command, withToken, reads };
}

describe('footbridge freeze', () => {
  test('keeps a registry as it is, tells of it everywhere, and takes in what changed when it ends', async (t) => {
    const { app, serves, command, withToken, reads } = await running(t);
    assert.deepEqual(await command('freeze', 'list'), { code: 0, data: 'Nothing is frozen.', talk: '' });

    const added = await command('freeze', 'add', 'file', '--reason', 'a migration', '--for', '2h', ...withToken);
    assert.equal(added.code, 0, added.talk);
    const id = added.data;
    assert.match(id, /^file-freeze-\d{8}T\d{9}Z$/);
    assert.match(
      added.talk,
      /^Registry file stays as it is until \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC \(a migration\)\.$/,
    );
    app.writeRegistry(estate('orders', 'bills', 'carts'));
    await reads(3);
    assert.equal(await serves('carts'), false);

    const listed = await command('freeze', 'list');
    assert.deepEqual([listed.code, listed.data.split('\n')[0]], [3, id]);
    assert.equal(JSON.parse((await command('freeze', 'list', '-o', 'json')).data)[0].services, 2);
    assert.match(await app.page('/'), new RegExp(`footbridge freeze remove ${id} --token-file FILE`));
    assert.match(await app.page('/metrics'), /^footbridge_guard_freezes\{registry="file"\} 1$/m);
    assert.match(
      await app.page('/metrics'),
      /^footbridge_guard_freeze_start_timestamp_seconds\{registry="file"\} 1\d{9}/m,
    );
    assert.match(await app.page('/debug/explain?name=orders'), /"state": "frozen"/);
    assert.match(await app.page('/debug/explain?name=carts'), /It is kept out: it was not there when that began/);
    assert.match(
      await app.page('/debug/events'),
      new RegExp(`the freeze ${id} was begun by hand, from 127\\.0\\.0\\.1`),
    );

    const ended = await command('freeze', 'remove', id, ...withToken);
    assert.deepEqual([ended.code, ended.data], [0, '']);
    await waitFor(() => serves('carts'), 'what changed is taken in');
    assert.equal((await command('freeze', 'remove', id, ...withToken)).code, 1);
    for (const event of ['guard.frozen', 'guard.thawed', 'guard.freeze_by_hand'])
      assert.ok(
        app.logLines.some((line) => line.includes(event) && line.includes(id)),
        event,
      );
    assert.ok(!app.logLines.join('').includes(TOKEN));
  });

  test('ends by its time', async (t) => {
    const { app, serves, command, withToken, reads } = await running(t);
    const added = await command('freeze', 'add', '*', '--reason', 'x', '--for', '2s', '-o', 'json', ...withToken);
    assert.equal(JSON.parse(added.data).target, '*');
    app.writeRegistry(estate('orders', 'bills', 'carts'));
    await reads(3);
    assert.equal(await serves('carts'), false);
    await waitFor(() => serves('carts'), 'the time of the freeze is over');
  });

  test('of one service leaves the others alone, and says when there is none of that name', async (t) => {
    const { app, serves, command, withToken, reads } = await running(t);
    const added = await command('freeze', 'add', 'file/carts', '--reason', 'not yet', ...withToken);
    assert.match(added.talk, /It is about nothing that is there now/);
    app.writeRegistry(estate('orders', 'bills', 'carts', 'users'));
    await reads(4);
    await waitFor(() => serves('users'), 'another one comes');
    assert.equal(await serves('carts'), false);
  });

  test('is refused with a sentence, and freezes nothing', async (t) => {
    const { command, withToken } = await running(t);
    for (const [code, sentence, ...argv] of [
      [1, /400: there is no registry of that name; configured are: file$/, 'other', '--reason', 'x', ...withToken],
      [1, /400: `target` must be/, 'File', '--reason', 'x', ...withToken],
      [1, /400: `reason` must be one line/, 'file', '--reason', ' ', ...withToken],
      [1, /400: `until` must be a time/, 'file', '--reason', 'x', '--until', 'tomorrow', ...withToken],
      [1, /400: `until` is over already/, 'file', '--reason', 'x', '--until', '2020-01-01T00:00:00Z', ...withToken],
      [2, /^--token-file is missing/, 'file', '--reason', 'x'],
      [2, /must be a duration such as 30m/, 'file', '--reason', 'x', '--for', 'long', ...withToken],
      [2, /required option .*--reason/, 'file', ...withToken],
    ] as const) {
      const refused = await command('freeze', 'add', ...argv);
      assert.equal(refused.code, code, refused.talk);
      assert.match(refused.talk, sentence);
    }
    assert.equal((await command('freeze', 'list')).code, 0);
  });

  test('that stands in the configuration is shown, and ends there', async (t) => {
    const { app, serves, command, withToken } = await running(t);
    app.reload({ freeze: [{ target: 'file', reason: 'a migration' }], 'admin.tokenFile': withToken[1] });
    const listed = await waitFor(async () => {
      const answer = await command('freeze', 'list');
      return answer.code === 3 ? answer : undefined;
    }, 'the freeze holds');
    assert.match(
      listed.data,
      /Registry file stays as it is until it is taken out of the configuration \(a migration\)\.$/,
    );
    const [id = ''] = listed.data.split('\n');
    const refused = await command('freeze', 'remove', id, ...withToken);
    assert.equal(refused.code, 1);
    assert.match(refused.talk, /409: this freeze stands in the configuration/);
    app.writeRegistry(estate('orders', 'bills', 'carts'));
    app.reload({ 'admin.tokenFile': withToken[1] });
    await waitFor(() => serves('carts'), 'it is over with the line in the configuration');
  });
});
