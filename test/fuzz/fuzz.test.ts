// The same fuzzing as `npm run fuzz`, for as long as a suite may take; and whether it finds what was planted for it.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { SEED } from '../seed.ts';
import { PLANTED, PLANTED_HANG } from './planted.ts';
import { type Bundle, buildBundle } from './run/bundle.ts';
import { fuzzTargets, type TargetReport } from './run/fuzz-targets.ts';
import { againCommand, foundText } from './run/report-text.ts';
import type { FoundCase } from './run/run-cases.ts';
import { TARGETS } from './targets.ts';

const CASES = 2000;
const PLANTED_SEED = 4711;
const PLANTED_CASES = 3000 * PLANTED.length;

describe('fuzzing', () => {
  let bundle: Bundle;
  before(async () => {
    bundle = await buildBundle();
  });
  after(() => bundle.remove());

  describe('hostile input', () => {
    test('makes no decoder throw, hang, work more than its length tells or pollute a prototype', async () => {
      const run = { targets: TARGETS, cases: CASES, seed: SEED, threads: 2 };
      const reports = await fuzzTargets(run, bundle.path);
      const found = reports.filter(({ outcome }) => outcome.kind === 'found');
      assert.deepEqual(found, [], found.map((report) => foundText(report, SEED)).join('\n'));
      assert.deepEqual(reports.map(({ target }) => target).sort(), TARGETS.map(({ name }) => name).sort());
      assert.ok(reports.reduce((sum, { outcome }) => sum + outcome.cases, 0) >= CASES);
    });
  });

  describe('the fuzzer finds', () => {
    let reports: readonly TargetReport[] = [];
    let again: TargetReport | undefined;
    const foundIn = (name: string): FoundCase => {
      const outcome = reports.find(({ target }) => target === `planted-${name}`)?.outcome;
      assert.ok(outcome?.kind === 'found', `nothing was found in planted-${name}: ${JSON.stringify(outcome)}`);
      return outcome;
    };

    test('something in every decoder with a defect planted in it', async () => {
      const run = { seed: PLANTED_SEED, cases: PLANTED_CASES, threads: 2 };
      const found = await fuzzTargets({ ...run, targets: PLANTED }, bundle.path);
      const hung = await fuzzTargets({ ...run, targets: [PLANTED_HANG], longestCaseMs: 500 }, bundle.path);
      reports = [...found, ...hung];
      const { path } = foundIn('throw');
      [again] = await fuzzTargets({ ...run, targets: PLANTED.slice(0, 1), path }, bundle.path);
      const held = reports.filter(({ outcome }) => outcome.kind === 'held');
      assert.deepEqual(held, []);
      assert.equal(reports.length, PLANTED.length + 1);
    });

    test('an exception, in its smallest form, with the place that it came from', () => {
      const { oracle, what, stack, literal } = foundIn('throw');
      assert.equal(oracle, 'threw');
      assert.match(what, /^threw TypeError: /);
      assert.match(stack, /planted\.ts:\d+/);
      assert.ok(literal.length < 100, literal);
    });

    test('work that grows with the square of the input, in loops and in calls of the language', () => {
      for (const name of ['quadratic', 'quadratic-natively']) {
        const { oracle, what } = foundIn(name);
        assert.equal(oracle, 'work', name);
        assert.match(what, /^did \d+ steps for \d+ bytes; at most \d+ are linear$/);
      }
    });

    test('a prototype that was polluted, and an object that inherits from what was sent', () => {
      assert.equal(foundIn('pollution').oracle, 'polluted');
      assert.match(foundIn('pollution').what, /^polluted a prototype: Object(?:\.prototype)?\.\w+ came to be$/);
      assert.match(foundIn('inheritance').what, /inherits from what was sent/);
    });

    test('a case that does not come back, by its number and its input', () => {
      const { oracle, what, literal, path } = foundIn('hang');
      assert.equal(oracle, 'hung');
      assert.equal(what, 'did not come back within 0.5 s');
      assert.match(literal, /\[/);
      assert.match(path, /^\d+$/);
    });

    test('the same again by seed and path', () => {
      const former = foundIn('throw');
      const command = againCommand('planted-throw', PLANTED_SEED, former);
      assert.match(command, /^npm run fuzz -- --only planted-throw --seed 4711 --path [\d:]+$/);
      assert.ok(again?.outcome.kind === 'found');
      assert.equal(again.outcome.literal, former.literal);
    });
  });
});
