// `footbridge release` against the whole program: what is held goes when a person says so, and not before.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { runCommandLine } from '../../src/cli/program.ts';
import { runApp } from '../fakes/running-app.ts';
import { tempDir } from '../fakes/temp-dir.ts';
import { waitFor } from '../peers/run/wait-for.ts';

const TOKEN = 'correct-horse-battery-staple';

function estate(services: number): string {
  const listed = Array.from({ length: services }, (_, at) => {
    return `{ name: orders-${at}, instances: [{ id: a, address: 10.0.0.${at + 1}, port: 8080 }] }`;
  });
  return `services: [${listed.join(', ')}]`;
}

/** A bridge whose registry has lost nine of ten services, and holds them. */
async function holding(t: TestContext) {
  const tokenFile = join(tempDir(t), 'token');
  writeFileSync(tokenFile, `${TOKEN}\n`);
  const keys = { 'admin.tokenFile': tokenFile, 'guard.removalDebounce': '50ms', 'guard.emptyGrace': '0s' };
  const app = await runApp(t, estate(10), keys);
  const served = async () => (await app.page('/debug/snapshot')).split('kind: ServiceEntry').length - 1;
  await waitFor(async () => (await served()) === 10, 'all are served');
  app.writeRegistry(estate(1));
  await waitFor(async () => (await app.page('/debug/holds')).includes('many-gone'), 'much gone is held');
  return { app, tokenFile, served };
}

async function command(...argv: readonly string[]) {
  const [data, talk]: [string[], string[]] = [[], []];
  const output = { data: (text: string) => void data.push(text), talk: (text: string) => void talk.push(text) };
  const code = await runCommandLine(argv, {}, output);
  return { code, data: data.join('\n'), talk: talk.join('\n') };
}

describe('footbridge release', () => {
  test('lists what is held, and ends it for who has the token', async (t) => {
    const { app, tokenFile, served } = await holding(t);
    const server = `--server=${app.adminUrl}`;
    const listed = await command('release', server);
    assert.equal(listed.code, 3);
    const [id = '', sentence = ''] = listed.data.split('\n');
    assert.match(id, /^file-many-gone-\d{8}T\d{9}Z$/);
    assert.match(
      sentence,
      /^ {2}Registry file lists much less than it did\. What is gone \(9 instances of 9 services\)/,
    );
    assert.deepEqual(JSON.parse((await command('release', server, '-o', 'json')).data)[0].id, id);
    assert.match(await app.page('/'), new RegExp(`<code>footbridge release ${id} --token-file FILE</code>`));

    const released = await command('release', id, server, '--token-file', tokenFile);
    assert.deepEqual([released.code, released.data], [0, '']);
    assert.match(released.talk, /answered 200: released: what is still missing is removed after the debounce$/);
    await waitFor(async () => (await served()) === 1, 'what was held is gone');
    assert.deepEqual(await command('release', server), { code: 0, data: 'Nothing is held.', talk: '' });
    assert.match(
      await app.page('/debug/events'),
      new RegExp(`the hold ${id} was released by hand, from 127\\.0\\.0\\.1`),
    );
    assert.ok(app.logLines.some((line) => line.includes('guard.released') && line.includes(id)));
    assert.ok(!app.logLines.join('').includes(TOKEN));
    assert.equal((await command('release', id, server, '--token-file', tokenFile)).code, 1);
  });

  test('changes nothing without the token', async (t) => {
    const { app, served } = await holding(t);
    const server = `--server=${app.adminUrl}`;
    const wrong = join(tempDir(t), 'token');
    writeFileSync(wrong, 'not-the-token-of-the-bridge');
    const [id = ''] = (await command('release', server)).data.split('\n');
    const refused = await command('release', id, server, '--token-file', wrong);
    assert.equal(refused.code, 1);
    assert.match(refused.talk, /answered 401: the token is missing or wrong/);
    const none = await command('release', id, server);
    assert.equal(none.code, 2);
    assert.match(none.talk, /^--token-file is missing/);
    const unreadable = await command('release', id, server, '--token-file', `${wrong}.none`);
    assert.equal(unreadable.code, 2);
    assert.match(unreadable.talk, /cannot be read \(ENOENT\)\.$/);
    assert.equal(await served(), 10);
  });

  test('says when nobody can be asked', async () => {
    const listed = await command('release', '--server=http://127.0.0.1:1');
    assert.equal(listed.code, 1);
    assert.match(listed.talk, /^No bridge can be asked at http:\/\/127\.0\.0\.1:1 /);
  });
});
