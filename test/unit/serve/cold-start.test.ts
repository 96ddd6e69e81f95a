import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type ColdStartClient, type ColdStartVerdict, judge } from '../../../src/serve/cold-start.ts';

const BOUND = 120_000;
const START = 1_000_000;

/** An istiod that has just started, and waits since START. */
const fresh: ColdStartClient = {
  streamId: 'fresh',
  standing: 'waiting',
  looksOnly: false,
  neverWaits: false,
  process: { firstAskedAtMs: START, wasYoung: true, wasAnswered: false },
  emptySinceMs: undefined,
};
const running: ColdStartClient = {
  ...fresh,
  streamId: 'running',
  process: { firstAskedAtMs: START, wasYoung: false, wasAnswered: false },
};
const silent: ColdStartClient = { ...fresh, streamId: 'silent', standing: 'other', process: undefined };
const answer = { kind: 'answer', waitedMs: BOUND } as const;
const wait = (because: Extract<ColdStartVerdict, { kind: 'waitForRegistries' }>['because']) =>
  ({ kind: 'waitForRegistries', because }) as const;

describe('judge()', () => {
  const rows: readonly {
    readonly title: string;
    readonly client?: Partial<ColdStartClient>;
    readonly others?: readonly ColdStartClient[];
    readonly boundMs?: number | undefined;
    readonly afterMs?: number;
    readonly holderLeftAtMs?: number;
    readonly expected: ColdStartVerdict;
  }[] = [
    { title: 'answers a fresh istiod that is alone when the bound is over', expected: answer },
    {
      title: 'lets it wait until then',
      afterMs: BOUND - 1,
      expected: { kind: 'waitUntil', atMs: START + BOUND },
    },
    { title: 'answers at once with a bound of 0', boundMs: 0, afterMs: 0, expected: { kind: 'answer', waitedMs: 0 } },
    { title: 'answers nobody without a bound', boundMs: undefined, expected: wait('no bound is configured') },
    {
      title: 'never answers a running istiod',
      client: { process: { firstAskedAtMs: START, wasYoung: false, wasAnswered: false } },
      afterMs: 1e12,
      expected: wait('it may hold entries'),
    },
    {
      title: 'answers one that runs for long and says itself that it is not ready, a bound after it said so first',
      client: { process: running.process, emptySinceMs: START + 5_000 },
      afterMs: BOUND + 5_000,
      expected: answer,
    },
    {
      title: 'lets such a one wait until then',
      client: { process: running.process, emptySinceMs: START + 5_000 },
      expected: { kind: 'waitUntil', atMs: START + 5_000 + BOUND },
    },
    {
      title: 'answers a fresh istiod beside such a one',
      others: [{ ...running, emptySinceMs: START }],
      expected: answer,
    },
    {
      title: 'never answers an Istio up to 1.15, whatever it says of itself',
      client: { neverWaits: true, emptySinceMs: START },
      expected: wait('it is ready without this answer'),
    },
    {
      title: 'never answers a client whose process cannot be told',
      client: { process: undefined },
      expected: wait('it may hold entries'),
    },
    {
      title: 'never answers a process that was answered before and came back',
      client: { process: { firstAskedAtMs: START, wasYoung: true, wasAnswered: true } },
      expected: wait('it may hold entries'),
    },
    {
      title: 'never answers an Istio up to 1.15, which does not wait',
      client: { neverWaits: true },
      expected: wait('it is ready without this answer'),
    },
    {
      title: 'never answers one that only looks',
      client: { looksOnly: true },
      expected: wait('it is ready without this answer'),
    },
    {
      title: 'has nothing to say of a client that waits for nothing',
      client: { standing: 'other' },
      expected: { kind: 'notWaiting' },
    },
    { title: 'answers nobody twice', client: { standing: 'released' }, expected: { kind: 'notWaiting' } },
    {
      title: 'lets a fresh istiod wait beside a running one',
      others: [running],
      afterMs: 1e12,
      expected: wait('another connected client may hold entries'),
    },
    {
      title: 'lets it wait beside a client that has not said yet who it is',
      others: [silent],
      expected: wait('another connected client may hold entries'),
    },
    {
      title: 'lets it wait beside an old istiod that holds what it was given',
      others: [{ ...running, standing: 'other', neverWaits: true }],
      expected: wait('another connected client may hold entries'),
    },
    {
      title:
        'lets it wait for another bound after one left that may hold entries: it may only have lost its connection',
      holderLeftAtMs: START + 50_000,
      expected: { kind: 'waitUntil', atMs: START + 50_000 + BOUND },
    },
    {
      title: 'answers it when that bound is over too',
      holderLeftAtMs: START + 50_000,
      afterMs: 50_000 + BOUND,
      expected: { kind: 'answer', waitedMs: 50_000 + BOUND },
    },
    {
      title: 'does not let it wait for one that left long before it came',
      holderLeftAtMs: START - 1,
      expected: answer,
    },
    { title: 'answers it beside another fresh one', others: [{ ...fresh, streamId: 'twin' }], expected: answer },
    {
      title: 'answers it beside one that was itself answered early on this stream',
      others: [
        {
          ...fresh,
          streamId: 'early',
          standing: 'released',
          process: { firstAskedAtMs: START, wasYoung: true, wasAnswered: true },
        },
      ],
      expected: answer,
    },
    {
      title:
        'lets it wait beside one that was answered early, went away and came back: another replica may have filled it',
      others: [{ ...fresh, streamId: 'early', process: { firstAskedAtMs: START, wasYoung: true, wasAnswered: true } }],
      expected: wait('another connected client may hold entries'),
    },
    { title: 'answers it beside one that only looks', others: [{ ...silent, looksOnly: true }], expected: answer },
    {
      title: 'answers it beside a fresh one that does not wait',
      others: [{ ...fresh, streamId: 'old', neverWaits: true }],
      expected: answer,
    },
  ];
  for (const { title, client = {}, others = [], afterMs = BOUND, holderLeftAtMs, expected, ...row } of rows) {
    test(title, () => {
      const boundMs = 'boundMs' in row ? row.boundMs : BOUND;
      const situation = { boundMs, holderLeftAtMs, nowMs: START + afterMs };
      const verdicts = judge([{ ...fresh, ...client }, ...others], situation);
      assert.deepEqual(verdicts.get('fresh'), expected);
    });
  }
});
