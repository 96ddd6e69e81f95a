import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { seedingOutcome } from '../../../src/app/seeding-outcome.ts';
import { refusal } from '../../../src/persist/refusal.ts';
import type { SiblingAnswer } from '../../../src/persist/siblings.ts';
import { aSavedState } from '../../fakes/saved-values.ts';

const address = '10.0.0.1';
const given: SiblingAnswer = { kind: 'state', address, state: aSavedState([]) };
const none: SiblingAnswer = { kind: 'none', address };
const refused: SiblingAnswer = { kind: 'refused', address, refusal: refusal('STATE_FOREIGN', '') };
const stranger: SiblingAnswer = { kind: 'stranger', address, why: 'status 401' };
const silent: SiblingAnswer = { kind: 'silent', address, why: 'ECONNREFUSED' };

describe('what came of asking the other replicas', () => {
  for (const [answers, outcome] of [
    [[], 'alone'],
    [[none], 'nothing-read'],
    [[silent], 'silent'],
    [[stranger], 'token'],
    [[refused], 'refused'],
    [[given], 'given'],
    [[silent, none], 'silent'],
    [[silent, stranger], 'token'],
    [[stranger, refused], 'refused'],
    [[refused, silent, given], 'given'],
  ] as const) {
    test(`of answers ${answers.map(({ kind }) => kind).join(', ') || 'of nobody'} is ${outcome}`, () => {
      assert.equal(seedingOutcome({ answers, failure: undefined }), outcome);
    });
  }

  test('is why nobody could be asked', () => {
    for (const reason of ['token', 'unresolved'] as const)
      assert.equal(seedingOutcome({ answers: [], failure: { reason, why: 'x' } }), reason);
  });
});
