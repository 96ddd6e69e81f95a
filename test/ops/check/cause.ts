// A cause that a check must find, as a value: what is wrong in the world, and what the check then says. The suites make each one
// real and run the bundle against it; every-check.test.ts compares the list of all causes with the table of checks.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CheckId } from '../../../src/check/check-table.ts';
import { scratchFolder } from '../../peers/run/scratch.ts';
import { Teardown } from '../../peers/run/teardown.ts';
import { type JudgedCheck, judge } from './run-check.ts';

export interface Scene {
  /** A folder of its own. */
  readonly folder: string;
  readonly teardown: Teardown;
}

export interface Cause {
  readonly id: CheckId;
  readonly verdict: 'warned' | 'failed';
  /** Ends `finds ...`. */
  readonly what: string;
  /** Makes it so; gives the arguments of `footbridge check`. */
  readonly arrange: (scene: Scene) => Promise<readonly string[]>;
  readonly says: RegExp;
  readonly env?: Readonly<Record<string, string>>;
}

/** Stands wherever a secret may stand; none of what is printed may hold it. */
export const SECRET = 'hunter2-planted-secret';

export function findsCauses(causes: readonly Cause[]): void {
  for (const cause of causes) test(`finds ${cause.what}`, () => findsCause(cause));
}

async function findsCause({ id, verdict, arrange, says, env = {} }: Cause): Promise<void> {
  const teardown = new Teardown();
  try {
    const args = await arrange({ folder: scratchFolder(teardown, 'check'), teardown });
    const { checks, code, stdout, stderr } = await judge(args, env);
    const found = checks.filter((one) => one.id === id && one.verdict === verdict);
    const text = found.flatMap(({ causes = [] }) => causes).join('\n');
    assert.match(text, says, `${id} is not ${verdict}: ${stdout}`);
    for (const one of found) assertHelpful(one);
    const isBroken = checks.some((one) => one.verdict === 'failed');
    assert.equal(code, id === 'config-valid' ? 2 : isBroken ? 3 : 0);
    assert.equal(stderr, '', 'nothing is said where nobody looks');
    assert.ok(!stdout.includes(SECRET), 'no secret is printed');
  } finally {
    await teardown.run();
  }
}

function assertHelpful({ id, docs, remedy = '' }: JudgedCheck): void {
  assert.equal(docs, `docs/checks.md#${id}`);
  assert.match(remedy, /\.$/);
}
