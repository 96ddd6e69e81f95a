import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { reconnectDelayMs } from '../../../../../src/registry/zookeeper/session/reconnect-delay.ts';

test('the pause doubles with every failure, up to a limit', () => {
  const pauses = [0, 1, 2, 3, 4, 5, 6, 1_000_000].map((failures) => reconnectDelayMs(failures, 0.5));
  assert.deepEqual(pauses, [375, 750, 1_500, 3_000, 6_000, 7_500, 7_500, 7_500]);
});

test('dice decide between half of it and all of it', () => {
  fc.assert(
    fc.property(fc.nat(), fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (failures, random) => {
      const longest = reconnectDelayMs(failures, 1);
      const pause = reconnectDelayMs(failures, random);
      assert.ok(pause >= longest / 2 && pause <= longest);
    }),
  );
});
