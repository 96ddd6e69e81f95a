import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { compileSecrets } from '../../../../src/registry/decoding/secrets.ts';
import { decodeDelta, decodeFull, type Listing } from '../../../../src/registry/eureka/decode.ts';
import {
  applyApplications,
  applyDelta,
  applyFull,
  EMPTY_ESTATE,
  type Estate,
  reconcileHash,
} from '../../../../src/registry/eureka/estate.ts';
import type { InstanceRules } from '../../../../src/registry/eureka/to-instance.ts';
import { judgeScope } from '../../../../src/registry/scope.ts';
import { eurekaOptions } from '../../../fakes/eureka-options.ts';
import { rawInstance } from '../../../fakes/fake-eureka-registry.ts';

const rules: InstanceRules = { ...eurekaOptions(), registry: 'legacy' };
const isSecret = compileSecrets([]);

function listing(...instance: unknown[]): Listing {
  const decoded = decodeFull({ applications: { apps__hashcode: '', application: [{ instance }] } }, isSecret);
  assert.ok(decoded.kind === 'listing');
  return decoded;
}

function delta(...instance: unknown[]): Listing {
  const decoded = decodeDelta({ applications: { apps__hashcode: '', application: [{ instance }] } }, isSecret);
  assert.ok(decoded.kind === 'listing');
  return decoded;
}

function estateOf(...instance: unknown[]): Estate {
  return applyFull(EMPTY_ESTATE, listing(...instance), rules);
}

/** `APP/id=address` of all that is listed. */
function shown(estate: Estate): readonly string[] {
  return [...estate.applications].flatMap(([app, listed]) =>
    [...listed].map(([id, { instance }]) => `${app}/${id}=${instance?.address}`),
  );
}

const deleted = { actionType: 'DELETED' };
const modified = { actionType: 'MODIFIED' };

describe('the reconcile hash', () => {
  const cases: [what: string, instances: unknown[], expected: string][] = [
    [
      'counts all statuses, ordered by name',
      [
        rawInstance('A', '1', { status: 'UP' }),
        rawInstance('A', '2', { status: 'STARTING' }),
        rawInstance('B', '1', { status: 'UP' }),
        rawInstance('B', '2', { status: 'DOWN' }),
        rawInstance('B', '3', { status: 'OUT_OF_SERVICE' }),
      ],
      'DOWN_1_OUT_OF_SERVICE_1_STARTING_1_UP_2_',
    ],
    ['counts statuses that are not known as UNKNOWN', [rawInstance('A', '1', { status: 'NEW' })], 'UNKNOWN_1_'],
    ['counts instances that cannot be used', [rawInstance('A', '1', { ipAddr: '', hostName: 'unknown' })], 'UP_1_'],
    ['counts instances that cannot be read', [rawInstance('A', '1'), { app: 'A', status: 'DOWN' }], 'DOWN_1_UP_1_'],
  ];
  for (const [what, instances, expected] of cases)
    test(what, () => assert.equal(reconcileHash(estateOf(...instances)), expected));
  test('is empty for nothing', () => assert.equal(reconcileHash(EMPTY_ESTATE), ''));
});

describe('a delta', () => {
  const former = estateOf(rawInstance('A', '1'), rawInstance('A', '2'), rawInstance('B', '1'));
  const cases: [what: string, change: unknown[], expected: string[]][] = [
    [
      'adds',
      [rawInstance('C', '9', { ipAddr: '10.0.0.9' })],
      ['A/1=10.20.0.17', 'A/2=10.20.0.17', 'B/1=10.20.0.17', 'C/9=10.0.0.9'],
    ],
    [
      'takes ADDED for what is known as a change',
      [rawInstance('A', '1', { ipAddr: '10.0.0.9' })],
      ['A/1=10.0.0.9', 'A/2=10.20.0.17', 'B/1=10.20.0.17'],
    ],
    [
      'changes',
      [rawInstance('A', '2', { ...modified, ipAddr: '10.0.0.9' })],
      ['A/1=10.20.0.17', 'A/2=10.0.0.9', 'B/1=10.20.0.17'],
    ],
    [
      'adds what is MODIFIED and not known',
      [rawInstance('A', '3', modified)],
      ['A/1=10.20.0.17', 'A/2=10.20.0.17', 'A/3=10.20.0.17', 'B/1=10.20.0.17'],
    ],
    ['removes exactly what is named', [rawInstance('A', '2', deleted)], ['A/1=10.20.0.17', 'B/1=10.20.0.17']],
    [
      'removes the application with its last instance',
      [rawInstance('B', '1', deleted)],
      ['A/1=10.20.0.17', 'A/2=10.20.0.17'],
    ],
    [
      'removes what is not known without a word',
      [rawInstance('X', '1', deleted)],
      ['A/1=10.20.0.17', 'A/2=10.20.0.17', 'B/1=10.20.0.17'],
    ],
  ];
  for (const [what, change, expected] of cases) {
    test(what, () => assert.deepEqual(shown(applyDelta(former, delta(...change), rules)), expected));
  }
  test('leaves the former estate as it was', () => {
    const before = shown(former);
    applyDelta(former, delta(rawInstance('A', '1', deleted), rawInstance('Z', '1')), rules);
    assert.deepEqual(shown(former), before);
  });
  test('that repeats what is known changes nothing at all', () => {
    const again = [rawInstance('A', '1'), rawInstance('B', '1', modified), rawInstance('X', '1', deleted)];
    assert.equal(applyDelta(former, delta(...again), rules), former);
  });
  test('keeps the objects of every application that it does not name', () => {
    const next = applyDelta(former, delta(rawInstance('A', '1', { ...modified, status: 'DOWN' })), rules);
    assert.equal(next.applications.get('B'), former.applications.get('B'));
    assert.equal(next.applications.get('A')?.get('2'), former.applications.get('A')?.get('2'));
    assert.notEqual(next.applications.get('A')?.get('1'), former.applications.get('A')?.get('1'));
  });
});

describe('a full list', () => {
  const raw = [rawInstance('A', '1'), rawInstance('A', '2'), rawInstance('B', '1', { metadata: { password: 'x' } })];
  test('that says the same is the same estate', () => {
    const former = estateOf(...raw);
    assert.equal(applyFull(former, listing(...raw.toReversed()), rules), former);
  });
  test('keeps each equal instance', () => {
    const former = estateOf(...raw);
    const next = applyFull(former, listing(raw[0], rawInstance('A', '2', { ipAddr: '10.9.9.9' }), raw[2]), rules);
    assert.equal(next.applications.get('A')?.get('1'), former.applications.get('A')?.get('1'));
    assert.notEqual(next.applications.get('A')?.get('2'), former.applications.get('A')?.get('2'));
    assert.equal(next.applications.get('B'), former.applications.get('B'));
  });
  test('drops what it does not list', () => {
    assert.deepEqual(shown(applyFull(estateOf(...raw), listing(raw[0]), rules)), ['A/1=10.20.0.17']);
  });
  test('sees a change of nothing but metadata', () => {
    const former = estateOf(...raw);
    assert.notEqual(
      applyFull(former, listing(rawInstance('A', '1', { metadata: { v: '2' } }), raw[1], raw[2]), rules),
      former,
    );
  });
  test('ignores what every heartbeat changes', () => {
    const former = estateOf(...raw);
    const later = raw.map((instance) => ({
      ...instance,
      leaseInfo: { lastRenewalTimestamp: 9 },
      lastUpdatedTimestamp: '9',
    }));
    assert.equal(applyFull(former, listing(...later), rules), former);
  });
  for (const [what, stamps, expected] of [
    ['the one with the higher stamp', ['2', '1'], '10.0.0.1'],
    ['the one with the higher stamp, wherever it stands', ['1', '2'], '10.0.0.2'],
    ['the later one of equal age', ['1', '1'], '10.0.0.2'],
  ] as const) {
    test(`of two instances with one identity keeps ${what}, and says so`, () => {
      const estate = estateOf(
        rawInstance('A', '1', { ipAddr: '10.0.0.1', lastDirtyTimestamp: stamps[0] }),
        rawInstance('A', '1', { ipAddr: '10.0.0.2', lastDirtyTimestamp: stamps[1] }),
      );
      assert.deepEqual(shown(estate), [`A/1=${expected}`]);
      assert.deepEqual(
        estate.problems.map(({ code, instance }) => [code, instance]),
        [['INSTANCE_DUPLICATE', '1']],
      );
    });
  }
  test('keeps instances apart that share host and port, and ids that share a text across applications', () => {
    assert.equal(shown(estateOf(rawInstance('A', '1'), rawInstance('A', '2'), rawInstance('B', '1'))).length, 3);
  });
});

test('reads of single applications list just these', () => {
  const former = estateOf(rawInstance('A', '1'), rawInstance('B', '1'), rawInstance('C', '1'));
  const answers = new Map<string, Listing | 'absent'>([
    ['A', listing(rawInstance('A', '1'))],
    ['B', 'absent'],
  ]);
  const next = applyApplications(former, answers, rules);
  assert.deepEqual(shown(next), ['A/1=10.20.0.17']);
  assert.equal(next.applications.get('A'), former.applications.get('A'));
});

describe('outside the scope', () => {
  const ours: InstanceRules = {
    ...rules,
    judge: judgeScope({ include: [{ attributes: {}, metadata: { team: ['us'] } }], exclude: [] }),
  };
  const of = (team: string, fields: Readonly<Record<string, unknown>> = {}) =>
    rawInstance('A', '1', { ...fields, metadata: { team } });
  const kept = rawInstance('A', '2', { metadata: { team: 'us' } });
  const former = applyFull(EMPTY_ESTATE, listing(of('them', { status: 'DOWN' }), kept), ours);

  test('an instance is listed and counted in the hash, and nothing else is kept of it', () => {
    assert.deepEqual(shown(former), ['A/1=undefined', 'A/2=10.20.0.17']);
    assert.equal(reconcileHash(former), 'DOWN_1_UP_1_');
    assert.deepEqual(former.applications.get('A')?.get('1'), {
      instance: undefined,
      services: ['A'],
      problems: [],
      leftOut: { kind: 'not-included' },
      status: 'DOWN',
    });
  });
  test('an instance comes into scope by a change of its metadata, and leaves it again', () => {
    const into = applyDelta(former, delta(of('us', modified)), ours);
    assert.deepEqual(shown(into), ['A/1=10.20.0.17', 'A/2=10.20.0.17']);
    assert.equal(reconcileHash(into), 'UP_2_');
    const out = applyDelta(into, delta(of('them', modified)), ours);
    assert.deepEqual(shown(out), ['A/1=undefined', 'A/2=10.20.0.17']);
    assert.equal(reconcileHash(out), 'UP_2_');
    assert.equal(out.applications.get('A')?.get('2'), former.applications.get('A')?.get('2'));
  });
  test('a change of status is seen, also a removal', () => {
    assert.equal(reconcileHash(applyDelta(former, delta(of('them', modified)), ours)), 'UP_2_');
    assert.equal(reconcileHash(applyDelta(former, delta(of('them', deleted)), ours)), 'UP_1_');
  });
  test('no other change makes another estate', () => {
    const change = of('others', { status: 'DOWN', ipAddr: '10.9.9.9' });
    assert.equal(applyDelta(former, delta(change), ours), former);
    assert.equal(applyFull(former, listing(change, kept), ours), former);
  });
  test('the instances of an application that are alike share one object, others do not', () => {
    const many = ['UP', 'UP', 'DOWN'].map((status, id) => rawInstance('B', `${id}`, { status }));
    const application = applyFull(EMPTY_ESTATE, listing(...many), ours).applications.get('B');
    assert.equal(application?.get('0'), application?.get('1'));
    assert.equal(application?.get('2')?.status, 'DOWN');
  });
});
