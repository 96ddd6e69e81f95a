// A check that nobody has seen failing may be one that cannot: each one has a cause in test/ops/check that is made real there.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CheckAbout } from '../../../src/check/check-about.ts';
import { CHECKS } from '../../../src/check/check-table.ts';
import { eurekaCauses } from '../../ops/check/eureka-causes.ts';
import { ISTIOD_CAUSES, REMOTE_ISTIOD_CAUSE } from '../../ops/check/istiod-causes.ts';
import { LOCAL_CAUSES } from '../../ops/check/local-causes.ts';
import { REPLICA_CAUSES } from '../../ops/check/replica-causes.ts';
import { SERVER_CAUSES } from '../../ops/check/server-causes.ts';
import { zooKeeperCauses } from '../../ops/check/zookeeper-causes.ts';

function notStarted(): never {
  throw new Error('nothing is arranged here');
}

const causes = [
  ...LOCAL_CAUSES,
  ...eurekaCauses(notStarted),
  ...zooKeeperCauses(notStarted),
  ...SERVER_CAUSES,
  ...REPLICA_CAUSES,
  ...ISTIOD_CAUSES,
  REMOTE_ISTIOD_CAUSE,
];

const VERDICTS: Readonly<Record<CheckAbout['severity'], readonly string[]>> = {
  failure: ['failed'],
  warning: ['warned'],
  either: ['failed', 'warned'],
};

for (const [id, { severity }] of Object.entries<CheckAbout>(CHECKS)) {
  test(`${id} was seen with every verdict that the table says it can have, and with no other`, () => {
    const seen = new Set(causes.filter((cause) => cause.id === id).map(({ verdict }) => verdict));
    assert.deepEqual([...seen].sort(), VERDICTS[severity]);
  });
}

test('no two causes have one name', () => {
  const names = causes.map(({ what }) => what);
  assert.equal(new Set(names).size, names.length);
});
