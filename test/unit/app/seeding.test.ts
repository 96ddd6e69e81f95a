import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Seeding } from '../../../src/app/seeding.ts';
import { ofReplica, refusal, type StateRefusal } from '../../../src/persist/refusal.ts';
import type { SavedState } from '../../../src/persist/saved-state.ts';
import type { SiblingAnswer, SiblingsAsked } from '../../../src/persist/siblings.ts';
import { FakeClock } from '../../fakes/fake-clock.ts';
import { type LogLine, recordingLog } from '../../fakes/recording-log.ts';
import { aMemory, aSavedRegistry, aSavedState } from '../../fakes/saved-values.ts';

const [ONE, TWO] = ['10.0.0.1', '10.0.0.2'];
const STATE = aSavedState([aSavedRegistry(aMemory([]))]);
const GIVEN: SiblingAnswer = { kind: 'state', address: ONE, state: STATE };
const REFUSAL = ofReplica(refusal('STATE_CORRUPT', 'another checksum'), TWO);
const REFUSED: SiblingAnswer = { kind: 'refused', address: TWO, refusal: REFUSAL };
const STRANGER: SiblingAnswer = { kind: 'stranger', address: ONE, why: 'status 401' };
const SILENT: SiblingAnswer = { kind: 'silent', address: ONE, why: 'ECONNREFUSED' };
const NONE: SiblingAnswer = { kind: 'none', address: ONE };

const asked = (...answers: readonly SiblingAnswer[]): SiblingsAsked => ({ answers, failure: undefined });
const UNRESOLVED: SiblingsAsked = { answers: [], failure: { reason: 'unresolved', why: 'no address' } };

/** Each time that the others are asked they say the next of `rounds`, and the last one from then on. */
function seeding(...rounds: readonly SiblingsAsked[]) {
  const clock = new FakeClock();
  const lines: LogLine[] = [];
  const refusals: StateRefusal[] = [];
  const adopted: (readonly SavedState[])[] = [];
  let asks = 0;
  let complete = false;
  const created = new Seeding({
    siblings: {
      states: async () => rounds[Math.min(asks++, rounds.length - 1)] ?? asked(),
      heldAgoMs: async () => undefined,
    },
    clock,
    log: recordingLog(lines),
    boundMs: undefined,
    isComplete: () => complete,
    onRefused: (all) => void refusals.push(...all),
    onStates: (states) => void adopted.push(states),
    onHeld: () => {},
  });
  const completed = () => {
    complete = true;
  };
  return { seeding: created, clock, lines, refusals, adopted, asks: () => asks, completed };
}

describe('whoever asks the other replicas', () => {
  test('knows nothing of what came of it before', () => {
    assert.equal(seeding(asked(GIVEN)).seeding.outcome(), undefined);
  });

  test('goes on until everything was read, and tells what they said last, or for good that one gave a state', async () => {
    const run = seeding(UNRESOLVED, asked(STRANGER), asked(GIVEN), asked(SILENT));
    run.seeding.start();
    const seen: unknown[] = [];
    for (let round = 0; round < 4; round++) {
      await run.clock.advanceAsync(round === 0 ? 1 : 5_000);
      seen.push(run.seeding.outcome());
    }
    assert.deepEqual(seen, ['unresolved', 'token', 'given', 'given']);
    run.completed();
    await run.clock.advanceAsync(60_000, 5_000);
    assert.deepEqual([run.asks(), run.clock.pending], [4, 0]);
    assert.deepEqual(run.adopted, [[STATE]]);
  });

  test('says in the log once for each reason who cannot be asked, and hands on what is refused', async () => {
    const run = seeding(asked(STRANGER, REFUSED), asked(STRANGER), asked(NONE), asked(STRANGER));
    for (let round = 0; round < 4; round++) await run.seeding.states();
    assert.deepEqual(
      run.lines.map(({ event, fields }) => [event, fields['address'], fields['why']]),
      [
        ['replicas.silent', ONE, 'status 401'],
        ['replicas.silent', ONE, 'status 401'],
      ],
    );
    assert.deepEqual(run.refusals, [REFUSAL]);
  });
});
