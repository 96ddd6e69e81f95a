// A registry that brings more than the limits allow, to the whole program: what was good is served on, and everybody is told.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { FakeIstiod } from '../fakes/fake-istiod.ts';
import { type RunningApp, runApp } from '../fakes/running-app.ts';
import { until } from '../fakes/until.ts';
import { untilHolds, waitFor } from '../peers/run/wait-for.ts';

const service = (name: string, ...ids: readonly string[]) =>
  `  - { name: ${name}, instances: [${ids.map((id) => `{ id: ${id}, address: 10.0.0.${id}, port: 8080 }`).join(', ')}] }\n`;
const ORDERS = service('orders', '1', '2');
const FLOOD = Array.from({ length: 40 }, (_, at) => service(`flood-${at}`, String(at + 10))).join('');

function isLogged({ logLines }: RunningApp, event: string): boolean {
  return logLines.some((line) => line.includes(`"${event}"`));
}

describe('a flooded registry', () => {
  test('costs nothing that was served, is told in log, metrics, page and explanation, and is over when it is over', async (t) => {
    const app = await runApp(t, `services:\n${ORDERS}`, { 'limits.services': 1, 'guard.removalDebounce': '0s' });
    const istiod = new FakeIstiod({ address: app.address, minor: 29 });
    t.after(() => istiod.close());
    await istiod.until(() => istiod.entries.size === 1, 'orders');

    app.writeRegistry(`services:\n${FLOOD}${service('orders', '1', '3')}`);
    await until(() => isLogged(app, 'limits.exceeded'), 'the log tells');
    await waitFor(async () => (await app.page('/debug/snapshot')).includes('10.0.0.3'), 'orders is updated');
    assert.deepEqual([...istiod.entries.keys()].length, 1);
    await waitFor(
      async () => (await app.page('/metrics')).includes('footbridge_over_limit{registry="file",limit="services"} 40'),
      'the metric counts',
    );
    assert.match(await app.page('/'), /40 services/, 'the page counts what is refused');
    const explained = await app.page('/debug/explain?name=flood-7&format=json');
    assert.match(explained, /SERVICE_OVER_LIMIT/);
    assert.match(explained, /it is over a limit, and not taken in/);
    assert.equal(app.logLines.filter((line) => line.includes('"limits.exceeded"')).length, 1, 'told once');

    app.writeRegistry(`services:\n${ORDERS}`);
    await until(() => isLogged(app, 'limits.kept'), 'the log tells that it is over');
    await untilHolds(
      async () =>
        assert.match(await app.page('/metrics'), /footbridge_over_limit\{registry="file",limit="services"\} 0/),
      'nothing is left out',
    );
  });

  test('that is so from the start gives istiod no answer, and a reason to whoever asks', async (t) => {
    const app = await runApp(t, `services:\n${FLOOD}`, { 'limits.services': 1 });
    await until(() => isLogged(app, 'limits.exceeded'), 'the log tells');
    await untilHolds(
      async () => assert.match(await app.page('/readyz'), /lists 40 services in scope, and `limits.services` is 1/),
      'readiness says why',
    );
    assert.match(await app.page('/metrics'), /footbridge_registry_up\{registry="file"\} 0/);
    assert.match(await app.page('/metrics'), /footbridge_snapshot_state\{state="empty"\} 1/);
  });
});
