import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { explain } from '../../../../src/app/explain/explain.ts';
import { explained, inputOf, live, stageOf, stale, WAITING } from '../../../fakes/explained.ts';

const ORDERS = 'services: [{ name: ORDERS, instances: [{ id: one, address: 10.0.0.1, port: 8080 }] }]';

describe('a service that arrived as it is registered', () => {
  test('passed every stage, in the order of the pipeline', () => {
    const { outcome, stages } = explained('ORDERS', { readings: [[0, live(ORDERS)]] });
    assert.equal(outcome, 'in-mesh');
    assert.deepEqual(
      stages.map(({ stage, verdict }) => `${stage} ${verdict}`),
      [
        'registry passed',
        'scope passed',
        'instances passed',
        'guard passed',
        'host passed',
        'ports passed',
        'validation passed',
        'admission passed',
        'entry passed',
        'snapshot passed',
        'clients passed',
      ],
    );
  });

  test('stays so while its registry cannot be read, and the explanation says how old that knowledge is', () => {
    const readings = [
      [60_000, live(ORDERS)],
      [0, stale(live(ORDERS))],
    ] as const;
    const service = explained('ORDERS', { readings });
    const { verdict, sentence } = stageOf(service, 'registry');
    assert.deepEqual([service.outcome, verdict], ['in-mesh', 'noted']);
    assert.match(sentence, /cannot be read \(FILE_MISSING: .*read 3 s ago\. It listed it then\./);
  });
});

describe('a name that nobody knows', () => {
  test('is not said to be absent while a registry was not read', () => {
    const [answer] = explain('ORDERS', inputOf({ readings: [[0, WAITING]] }));
    assert.equal(answer?.kind === 'not-found' && answer.sentence, 'Nothing is known of ORDERS.');
  });
});
