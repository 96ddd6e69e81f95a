// SPDX-License-Identifier: Apache-2.0
// Reports every attempt to read, for metrics: what was asked for, how long it took, and the code where it failed.
import type { RegistryContext } from '../kind.ts';
import { asReadFailure } from './read-failure.ts';

export type Timed = <T>(mode: 'full' | 'delta' | 'apps', read: () => Promise<T>) => Promise<T>;

export function timed(registry: string, { clock, onRead }: Pick<RegistryContext, 'clock' | 'onRead'>): Timed {
  return async (mode, read) => {
    const startedMs = clock.now();
    const report = (outcome: 'ok' | 'error', code: string): void =>
      onRead({ registry, mode, outcome, code, durationMs: Math.max(0, clock.now() - startedMs) });
    try {
      const result = await read();
      report('ok', '');
      return result;
    } catch (thrown) {
      report('error', asReadFailure(thrown).code);
      throw thrown;
    }
  };
}
