import assert from 'node:assert/strict';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import { tempDir } from '../fakes/temp-dir.ts';
import { freePort } from '../peers/run/free-port.ts';
import { waitFor } from '../peers/run/wait-for.ts';
import { runBundle, serveBundle } from './bundle.ts';

const REGISTRY = `services:
  - name: orders
    instances: [{ id: orders-1, address: 10.0.0.1, port: 8080 }, { id: orders-2, address: 127.0.0.1, port: 8080 }]
  - { name: bills, instances: [{ id: bills-1, address: 10.0.0.3, port: 80, metadata: { stage: test } }] }
  - { name: carts, instances: [{ id: carts-1, address: 10.0.0.4, port: 80 }] }
`;

async function explained(t: TestContext, args: readonly string[]) {
  const child = runBundle(t, ['explain', ...args]);
  const { code } = await child.ended();
  return { code, said: child.lines.join('\n') };
}

describe('footbridge explain, asking a running bridge', () => {
  test('tells the way of a service to whoever acknowledged it, where an onlooker counts for nobody', async (t) => {
    const { admin, grpc } = await serveBundle(t, REGISTRY);
    const before = await explained(t, ['carts', '--server', admin]);
    assert.equal(before.code, 0);
    assert.match(before.said, /^It is offered as it is registered/m);
    assert.match(before.said, /^\? clients +No client is connected to this replica/m);

    const watch = runBundle(t, ['watch', grpc]);
    await waitFor(() => watch.lines.some((line) => line.startsWith('+')), 'the watch was answered');
    const whole = await waitFor(async () => {
      const answer = await explained(t, ['carts.shop', '--server', admin]);
      return answer.said.includes('Acknowledged') ? answer : undefined;
    }, 'the client has acknowledged');
    assert.equal(whole.code, 0);
    assert.match(whole.said, /^\? clients +No client that takes entries is connected to this replica/m);
    assert.match(whole.said, /^√ host +Called as carts\.shop\.file/m);
    assert.match(whole.said, /^√ snapshot +Served in snapshot \d+, as it is now since snapshot \d+ \(\d+ s ago\)\.$/m);
    assert.match(whole.said, /^ {4}√ footbridge-watch .*Acknowledged response [0-9a-f]{16}.* It only looks on\.$/m);

    const partly = await explained(t, ['orders-2', '--server', admin]);
    assert.equal(partly.code, 3);
    assert.match(partly.said, /ADDRESS_RESERVED.*127\.0\.0\.1/);
    const [explanation] = JSON.parse((await explained(t, ['orders', '-s', admin, '-o', 'json'])).said);
    assert.deepEqual([explanation.service, explanation.outcome], ['orders', 'partly']);
  });

  test('tells which rule leaves a service out, and what is spelled alike', async (t) => {
    const scope = ', scope: { exclude: [{ metadata: { stage: test } }] }';
    const { admin, config, configPath, child } = await serveBundle(t, REGISTRY);
    writeFileSync(configPath, config.replace(', pollInterval', `${scope}, pollInterval`));
    child.signal('SIGHUP');
    await waitFor(async () => {
      const { said, code } = await explained(t, ['bills', '--server', admin]);
      return (
        code === 3 && /rule 1 of `registries\.file\.scope\.exclude` excludes it \(metadata stage: test\)/.test(said)
      );
    }, 'the new scope holds');
    const { code, said } = await explained(t, ['crats', '--server', admin]);
    assert.equal(code, 3);
    assert.match(said, /Did you mean file\/carts\?/);
  });

  test('says in one sentence when nothing can be asked there', async (t) => {
    const nothing = `http://127.0.0.1:${await freePort()}`;
    const { code, said } = await explained(t, ['orders', '--server', nothing]);
    assert.deepEqual([code, said], [1, `No bridge can be asked at ${nothing} (ECONNREFUSED). Give its admin port.`]);
    const secret = await explained(t, ['orders', '--server', nothing.replace('://', '://me:hunter2@')]);
    assert.deepEqual([secret.code, secret.said], [code, said]);
  });

  for (const [what, status, body] of [
    ['another page', 200, '<html>'],
    ['an error', 404, 'nothing here'],
  ] as const) {
    test(`says that ${what} is no explanation`, async (t) => {
      const server = createServer((_request, response) => response.writeHead(status).end(body));
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      t.after(() => server.close());
      const address = server.address();
      assert.ok(typeof address === 'object' && address !== null);
      const { code, said } = await explained(t, ['orders', '--server', `127.0.0.1:${address.port}`]);
      assert.equal(code, 1);
      assert.match(said, /admin port/);
    });
  }
});

describe('footbridge explain, of a dump', () => {
  test('tells what would become of a service, without a network', async (t) => {
    const dump = join(tempDir(t), 'services.yaml');
    writeFileSync(dump, REGISTRY);
    const identity = ['--namespace', 'shop', '--instance', 'test', '--dump', dump];
    const whole = await explained(t, ['carts', ...identity]);
    assert.equal(whole.code, 0);
    assert.match(whole.said, /^It would be published as it is registered\.$/m);
    assert.doesNotMatch(whole.said, /snapshot|clients/);
    assert.equal((await explained(t, ['orders', ...identity])).code, 3);
    assert.equal((await explained(t, ['nowhere', ...identity])).code, 3);
    assert.equal((await explained(t, ['orders', '--dump', join(tempDir(t), 'none')])).code, 1);
    assert.equal((await explained(t, ['orders', ...identity, '--server', 'http://127.0.0.1:1'])).code, 2);
    assert.equal((await explained(t, ['orders', '--server', 'ftp://x'])).code, 2);
    assert.equal((await explained(t, [])).code, 2);
  });

  test('refuses a name that is empty, as a variable of a script may be', async (t) => {
    for (const name of ['', ' ']) {
      const { code, said } = await explained(t, [name]);
      assert.equal(code, 2);
      assert.match(said, /It is empty: name a service/);
    }
  });
});
