import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { explain } from '../../../src/app/explain/explain.ts';
import { explanationText, isAllWell } from '../../../src/cli/explanation-text.ts';
import { painter } from '../../../src/cli/paint.ts';
import { listText } from '../../../src/lib/plain.ts';
import { inputOf } from '../../fakes/explained.ts';
import { goldenText } from '../../golden/golden-text.ts';
import { SCENARIOS, type Scenario } from '../app/explain/scenarios.ts';

const plain = painter(false, {});
const ESC = String.fromCharCode(27);

/** What a bridge answers. */
function answered({ asked, program }: Scenario): unknown {
  return JSON.parse([...listText(explain(asked, inputOf(program)), 'json')].join(''));
}

describe('the text of an explanation', () => {
  for (const scenario of SCENARIOS) {
    test(`of ${scenario.name} is as it was`, () => {
      const lines = explanationText(answered(scenario), plain);
      goldenText(`explain/${scenario.name}.txt`, `${lines.join('\n')}\n`);
      assert.equal(isAllWell(answered(scenario)), ['in-mesh', 'offered'].includes(scenario.outcome));
    });
  }

  test('has colours on a terminal, and the same words', () => {
    for (const scenario of SCENARIOS) {
      const coloured = explanationText(answered(scenario), painter(true, {}));

      const words = coloured.map((line) => line.replaceAll(new RegExp(`${ESC}\\[\\d+m`, 'g'), ''));
      assert.deepEqual(words, explanationText(answered(scenario), plain));
      assert.ok(coloured.some((line) => line.includes(ESC)));
    }
  });

  test('is cut where a service has more instances than a terminal has lines', () => {
    const instances = Array.from({ length: 50 }, (_, index) => ({ id: `i-${index}`, verdict: 'passed' }));
    const stages = [{ stage: 'instances', verdict: 'passed', sentence: 'Many.', details: { instances } }];
    const lines = explanationText([{ kind: 'service', service: 'A', stages }], plain);
    assert.equal(lines.filter((line) => line.includes('i-')).length, 20);
    assert.ok(lines.includes('    and 30 more: --output json has all'));
  });

  for (const odd of [
    null,
    {},
    'text',
    [null],
    [[]],
    [{ kind: 'service' }],
    [{ stages: [1], outcome: 7 }],
    [{ kind: 'new' }],
  ]) {
    test(`of ${JSON.stringify(odd)}, which another release may answer, is some text and no exception`, () => {
      assert.ok(Array.isArray(explanationText(odd, plain)));
      assert.equal(isAllWell(odd), false);
    });
  }

  test('holds no control character of a stranger', () => {
    const service = { kind: 'service', service: 'a\u001b[2Jb\nc', stages: [] };
    const text = explanationText([service], plain).join('');
    assert.ok(!text.includes(ESC) && !text.includes('\n'));
  });
});
