import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Category, type Check, check, failed, PASSED, skipped, warned } from '../../../src/check/check.ts';
import { runChecks } from '../../../src/check/run-checks.ts';

async function verdictsOf(...checks: readonly Check[]) {
  const [category] = await runChecks([{ title: 'all', checks }], { onCategory() {}, onBegin() {}, onEnd() {} });
  return category?.checked.map(({ verdict }) => verdict) ?? [];
}

function never(): never {
  throw new Error('it was run');
}

describe('checks', () => {
  test('are run in their order, one at a time, and told as they go', async () => {
    const told: string[] = [];
    let running = 0;
    const one = (subject: string) =>
      check(
        'port-free',
        async () => {
          assert.equal(++running, 1);
          await Promise.resolve();
          running--;
          return PASSED;
        },
        { subject },
      );
    const categories: readonly Category[] = [
      { title: 'first', checks: [one('a'), one('b')] },
      { title: 'second', checks: [one('c')] },
    ];
    await runChecks(categories, {
      onCategory: (title) => told.push(title),
      onBegin: ({ subject }) => told.push(`${subject} begins`),
      onEnd: ({ check: { subject }, verdict }) => told.push(`${subject} ${verdict.kind}`),
    });
    const expected = ['first', 'a begins', 'a passed', 'b begins', 'b passed', 'second', 'c begins', 'c passed'];
    assert.deepEqual(told, expected);
  });

  test('are skipped where what they need has failed, and name it, however long the chain', async () => {
    const reached = check('registry-reachable', () => failed('No.'), { subject: 'http://a/eureka' });
    const allowed = check('registry-allowed', never, { needs: [reached] });
    const listed = check('registry-listed', never, { needs: [allowed] });
    const [, second, third] = await verdictsOf(reached, allowed, listed);
    assert.deepEqual(second, skipped('it needs that http://a/eureka is reachable'));
    assert.deepEqual(third, second);
  });

  test('are run where what they need has only been warned of', async () => {
    const reached = check('registry-reachable', () => warned('One of three.'));
    assert.deepEqual(
      await verdictsOf(
        reached,
        check('registry-allowed', () => PASSED, { needs: [reached] }),
      ),
      [warned('One of three.'), PASSED],
    );
  });

  test('that break cost themselves alone, and say whose defect it is without quoting it', async () => {
    const broken = check('port-free', () => {
      throw new TypeError('hunter2');
    });
    const [first, second] = await verdictsOf(
      broken,
      check('config-valid', () => PASSED),
    );
    assert.equal(first?.kind, 'failed');
    assert.match(JSON.stringify(first), /TypeError.*defect of Footbridge/);
    assert.doesNotMatch(JSON.stringify(first), /hunter2/);
    assert.deepEqual(second, PASSED);
  });
});
