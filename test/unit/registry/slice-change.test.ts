import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { changeEvents } from '../../../src/registry/change-events.ts';
import { sliceChange } from '../../../src/registry/slice-change.ts';
import { anInstance, aService, aSlice, servicesOf } from '../../fakes/model-values.ts';

const one = anInstance({ id: '1' });
const two = anInstance({ id: '2' });
const live = (...services: ReturnType<typeof aService>[]) => aSlice({ services: servicesOf(...services) });
const lastError = { code: 'FILE_MISSING', message: 'it is gone', atMs: 0 };
const content = { services: servicesOf(), problems: [], readAtMs: 0 };
const stale = aSlice({ services: servicesOf() }, { reading: { kind: 'stale', content, sinceMs: 0, lastError } });
const waiting = aSlice({ services: servicesOf() }, { reading: { kind: 'waiting', sinceMs: 0, lastError } });

describe('a change of a slice', () => {
  test('names the instances that came, went and changed', () => {
    const before = live(aService('a', [one, two]));
    const after = live(aService('a', [{ ...two, status: 'down' }, anInstance({ id: '3' })]));
    assert.deepEqual(sliceChange(before, after)?.services, [
      { kind: 'changed', service: 'a', added: ['3'], removed: ['1'], changed: ['2'] },
    ]);
  });

  test('is none when only the time of reading differs', () => {
    assert.equal(sliceChange(live(), live()), undefined);
    assert.equal(sliceChange(undefined, waiting), undefined);
  });

  const texts: readonly (readonly [string, ReturnType<typeof sliceChange>, readonly string[]])[] = [
    ['a first read', sliceChange(undefined, live()), ['first good read']],
    [
      'a failure',
      sliceChange(live(), stale),
      ['cannot be read, the last good content stays: FILE_MISSING: it is gone'],
    ],
    ['a recovery', sliceChange(stale, live()), ['readable again']],
    ['a new service', sliceChange(live(), live(aService('a', [one, two]))), ['added, with 2 instances: 1, 2']],
    ['a service that is gone', sliceChange(live(aService('a', [one])), live()), ['removed, with 1 instance']],
    [
      'changed instances',
      sliceChange(live(aService('a', [one])), live(aService('a', [{ ...one, weight: 2 }, two]))),
      ['instances: 1 added (2), 1 changed (1)'],
    ],
    [
      'another order of the same instances',
      sliceChange(live(aService('a', [one, two])), live(aService('a', [two, one]))),
      ['changed'],
    ],
    [
      'many instances, cut',
      sliceChange(
        live(),
        live(
          aService(
            'a',
            Array.from({ length: 9 }, (_, at) => anInstance({ id: `${at}` })),
          ),
        ),
      ),
      ['added, with 9 instances: 0, 1, 2, 3, 4 and 4 more'],
    ],
    [
      'many services, counted',
      sliceChange(live(), live(...Array.from({ length: 21 }, (_, at) => aService(`s${at}`)))),
      ['21 services added, 0 removed, 0 changed'],
    ],
  ];
  for (const [what, change, expected] of texts) {
    test(`tells ${what} in words`, () => {
      assert.ok(change !== undefined);
      assert.deepEqual(
        changeEvents(change).map(({ text }) => text),
        expected,
      );
    });
  }
});
