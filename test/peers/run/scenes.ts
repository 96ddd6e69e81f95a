// Groups of tests that can stand beside each other: each with a teardown of its own, so that slow faults do not wait for others.
import { after, describe } from 'node:test';
import { Teardown } from './teardown.ts';

/** Tests that run one after the other, with one teardown, while other groups run beside them. */
export function scenes(name: string, declare: (teardown: Teardown) => void): void {
  describe(name, { concurrency: 1 }, () => {
    const teardown = new Teardown();
    after(() => teardown.run());
    declare(teardown);
  });
}
