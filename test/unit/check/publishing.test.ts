import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Verdict } from '../../../src/check/check.ts';
import { publishingChecks } from '../../../src/check/publishing.ts';
import { configOf, live, NOW_MS } from '../../fakes/explained.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';
import { aSlice } from '../../fakes/model-values.ts';

async function verdictOn(...services: readonly string[]): Promise<Verdict | undefined> {
  const reading = live(`services: [${services.join(', ')}]`);
  const slice = aSlice({ services: new Map() }, { registry: 'vms', reading });
  const { category } = publishingChecks(configOf(), [async () => slice], new FakeClock(NOW_MS));
  return category.checks[0]?.run();
}

const service = (name: string, instance: string) => `{ name: ${name}, instances: [{ ${instance} }] }`;
const UP = service('up', 'address: 10.0.0.1, port: 80');
const DOWN = service('down', 'address: 10.0.0.2, port: 80, status: down');

describe('what would be published', () => {
  test('is so many entries', async () => assert.deepEqual(await verdictOn(UP), { kind: 'passed', note: '1 entry' }));

  test('is told with the entries that nobody answers for', async () =>
    assert.deepEqual(await verdictOn(UP, DOWN), {
      kind: 'passed',
      note: '2 entries (1 without an endpoint: down.shop.vms)',
    }));

  test('is told so beside problems too', async () => {
    const verdict = await verdictOn(UP, DOWN, service('bare', 'address: 10.0.0.3, port: 0'));
    assert.ok(verdict?.kind === 'warned');
    const first = '2 entries (1 without an endpoint: down.shop.vms) would be published. Left out, in whole or in part:';
    assert.equal(verdict.causes[0], first);
  });
});
