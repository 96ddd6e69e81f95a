import assert from 'node:assert/strict';
import { test } from 'node:test';
import { entriesMade } from '../../../src/check/entry-seen.ts';
import { inputOf, live, withRulesOfTheSameNames } from '../../fakes/explained.ts';

test('an entry has its own version beside a resource of another kind that bears its name', () => {
  const services = 'services: [{ name: orders, instances: [{ id: one, address: 10.0.0.1, port: 80 }] }]';
  const { turn } = inputOf({ readings: [[0, live(services)]] });
  assert.ok(turn !== undefined);
  const [alone] = entriesMade(turn);
  assert.match(alone?.version ?? '', /^[0-9a-f]{16}$/);
  assert.deepEqual(entriesMade(withRulesOfTheSameNames(turn)), [alone]);
});
