// SPDX-License-Identifier: Apache-2.0
// Reloading while running: on SIGHUP and when the file changed. What can change safely is applied; a wrong or too deep
// change keeps the running configuration as it is, and says so.
import { readConfigFile } from '../config/config-file.ts';
import { loadConfig } from '../config/load.ts';
import { configProblemSentence } from '../config/problem.ts';
import { planReload } from '../config/reload.ts';
import { watchConfig } from '../config/watch-config.ts';
import type { Clock } from '../lib/clock.ts';
import type { Log } from '../observe/log.ts';
import type { App, LoadedConfig } from './app.ts';

export interface ReloadDeps {
  readonly clock: Clock;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly flags: ReadonlyMap<string, string>;
  readonly log: Log;
}

export interface Reloads {
  /** Reads the file anew and applies it, as SIGHUP asks. */
  readonly reload: () => void;
  close(): void;
}

export function watchReloads(
  app: Pick<App, 'apply' | 'reloaded'>,
  loaded: LoadedConfig & { readonly file: { readonly path: string; readonly text: string } | undefined },
  { clock, env, flags, log }: ReloadDeps,
): Reloads {
  const { file } = loaded;
  if (file === undefined) {
    return { reload: () => log.warn('config.reload_skipped', { why: 'there is no configuration file' }), close() {} };
  }
  let running: LoadedConfig = loaded;

  function refuse(fields: Readonly<Record<string, unknown>>): void {
    log.error('config.reload_refused', { ...fields, effect: 'the running configuration stays' });
    app.reloaded('refused');
  }

  function apply(next: { readonly path: string; readonly text: string }): void {
    const result = loadConfig({ file: next, env, flags: Object.fromEntries(flags) });
    if (result.kind === 'invalid') {
      refuse({ problems: result.problems.slice(0, 10).map(configProblemSentence) });
      return;
    }
    const plan = planReload(running.settings, result.settings);
    if (plan.kind === 'restart') {
      refuse({ why: plan.sentence });
      return;
    }
    if (plan.kind === 'live') {
      app.apply(result, plan.keys);
      running = result;
      log.info('config.reloaded', { keys: plan.keys });
    }
    app.reloaded(plan.kind === 'live' ? 'applied' : 'unchanged');
  }

  const reload = () => {
    void readConfigFile(file.path).then((reading) => {
      if (reading.kind === 'file') apply(reading.file);
      else refuse({ problems: [configProblemSentence(reading.problem)] });
    });
  };
  const watch = watchConfig({ file, clock, onChange: apply });
  return { reload, close: () => watch.close() };
}
