// `/debug/explain` over HTTP: what it wants, and what it answers.
import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import { createAdmin } from '../../src/admin/server.ts';
import { silentLog } from '../../src/observe/log.ts';
import { FakeClock } from '../fakes/fake-clock.ts';
import { fakeViews, noActions } from '../fakes/fake-views.ts';

async function serve(t: TestContext): Promise<string> {
  const metrics = { contentType: 'text/plain', expose: async () => '' };
  const deps = { log: silentLog, clock: new FakeClock(), metrics, actions: noActions };
  const admin = createAdmin({ address: '127.0.0.1', port: 0, hostNames: [], tokenFile: undefined }, fakeViews(), deps);
  t.after(() => admin.close());
  const { port } = await admin.listen();
  return `http://127.0.0.1:${port}/debug/explain`;
}

describe('/debug/explain', () => {
  test('answers with explanations as JSON, and as YAML where that is asked for', async (t) => {
    const url = await serve(t);
    const json: unknown = await (await fetch(`${url}?name=a%2Fb`)).json();
    assert.deepEqual(Array.isArray(json) && [json.length, json[0].kind, json[0].asked], [1, 'not-found', 'a/b']);
    assert.match(await (await fetch(`${url}?name=x&format=yaml`)).text(), /^- kind: not-found\n {2}asked: x\n/);
  });

  for (const query of ['', '?name=', '?format=yaml']) {
    test(`says that a name is missing: \`${query}\``, async (t) => {
      const response = await fetch(`${await serve(t)}${query}`);
      assert.equal(response.status, 400);
      assert.match(await response.text(), /^`name` is missing: a service, a host, /);
    });
  }

  test('refuses a parameter that it does not know', async (t) => {
    assert.equal((await fetch(`${await serve(t)}?name=a&service=b`)).status, 400);
  });
});
